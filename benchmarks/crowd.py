"""A Discord on the loopback interface with as many servers as you like: enough of it to start a bot, feed it, and use its commands.

It tells what the benchmarks need to know from outside: when a bot is connected, when it has read all that was sent, and how long it took
to answer. So the same feed measures any bot, and none needs to know that it is measured.
"""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import zstandard
from aiohttp import web

Payload = dict[str, Any]

ROOT = "/api/v10"
TOKEN = "benchmark"
EVERYTHING = str((1 << 53) - 1)
BOT = {"id": "1", "username": "bot", "discriminator": "0", "global_name": None, "avatar": None, "bot": True}
READER = {"id": "2", "username": "reader", "discriminator": "0", "global_name": None, "avatar": None}
FIRST = 1_000_000_000_000_000_000
"""Id of the first server; each has a million to itself."""


@dataclass(slots=True)
class Line:
    """A connection of the gateway, compressed as Discord does it: one zstd stream, flushed after each message."""

    socket: web.WebSocketResponse
    sequence: int = 0
    _stream: Any = field(default_factory=lambda: zstandard.ZstdCompressor(level=1).compressobj())

    async def send(self, frame: str) -> None:
        """Send a frame."""
        data = self._stream.compress(frame.encode()) + self._stream.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)
        await self.socket.send_bytes(data)

    async def dispatch(self, event: str, data: str) -> None:
        """Send an event, in the order of keys that Discord uses."""
        self.sequence += 1
        await self.send(f'{{"t":"{event}","s":{self.sequence},"op":0,"d":{data}}}')


class Crowd:
    """`servers` servers of 20 channels, 11 roles, 20 emojis and 3 stickers each, on one shard."""

    def __init__(self, servers: int) -> None:
        self.servers = servers
        self.port = 0
        self.consumed = asyncio.Event()
        """Set once the bot has read everything up to the last server."""
        self._line: Line | None = None
        self.answer: Payload = {}
        """The newest one."""
        self._answers: dict[str, asyncio.Future[float]] = {}
        self._commands: list[Payload] = []
        self._asked = 0

    @property
    def api_url(self) -> str:
        """Where REST is."""
        return f"http://127.0.0.1:{self.port}{ROOT}"

    async def ask(self, name: str, **options: str) -> float:
        """Use a slash command, and return the seconds until the bot's answer is here."""
        command, line = next(each for each in self._commands if each["name"] == name.split(maxsplit=1)[0]), self._line
        assert line is not None
        self._asked += 1
        token = f"token-{self._asked}"
        answered = self._answers[token] = asyncio.get_running_loop().create_future()
        began = time.perf_counter()
        await line.dispatch("INTERACTION_CREATE", _compact(_interaction(self._asked, token, command, name, options)))
        async with asyncio.timeout(10):
            arrived: float = await answered
            return arrived - began

    def application(self) -> web.Application:
        """Return the application to serve."""
        app = web.Application()
        app.add_routes(
            [
                web.get("/gateway/", self._gateway),
                web.get(f"{ROOT}/users/@me", lambda _: _json(BOT)),
                web.get(f"{ROOT}/oauth2/applications/@me", lambda _: _json(_APPLICATION)),
                web.get(f"{ROOT}/gateway/bot", self._where),
                web.put(f"{ROOT}/applications/{{id}}/commands", self._register),
                web.post(f"{ROOT}/interactions/{{id}}/{{token}}/callback", self._callback),
            ]
        )
        return app

    async def _where(self, request: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": 1}
        return await _json({"url": f"ws://{request.host}/gateway/", "shards": 1, "session_start_limit": limit})

    async def _register(self, request: web.Request) -> web.Response:
        own = {"application_id": "1", "version": "1", "default_member_permissions": None, "nsfw": False}
        self._commands = [own | each | {"id": str(10 + at)} for at, each in enumerate(await request.json())]
        return await _json(self._commands)

    async def _callback(self, request: web.Request) -> web.Response:
        arrived = time.perf_counter()
        body = await request.json()
        if body["type"] == 4:  # a message; a deferral would only say that the bot is thinking
            self.answer = body["data"]
            self._answers.pop(request.match_info["token"]).set_result(arrived)
        return await _json({"interaction": {"id": request.match_info["id"], "type": 2}})

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(max_msg_size=0)
        await socket.prepare(request)
        line = self._line = Line(socket)
        self.consumed.clear()
        await line.send('{"op":10,"d":{"heartbeat_interval":41250}}')
        feeding: asyncio.Task[None] | None = None
        async for message in socket:
            frame = message.json()
            if frame["op"] == 1:
                await line.send('{"op":11}')
                if feeding is not None and feeding.done() and frame["d"] == line.sequence:
                    self.consumed.set()
            elif frame["op"] == 2:
                feeding = asyncio.create_task(self._feed(line, request.host, intents=frame["d"]["intents"]))
        if feeding is not None:
            await feeding
        return socket

    async def _feed(self, line: Line, host: str, *, intents: int) -> None:
        ids = [FIRST + server * 1_000_000 for server in range(self.servers)]
        ready = {
            "v": 10,
            "user": BOT,
            "guilds": [{"id": str(each), "unavailable": True} for each in ids],
            "session_id": "session",
            "resume_gateway_url": f"ws://{host}/gateway/",
            "shard": [0, 1],
            "application": {"id": "1", "flags": 0},
        }
        await line.dispatch("READY", _compact(ready))
        if intents & 1:
            template = _compact(_guild()).replace("%", "%%").replace("9" * 12, "%d")
            holes = template.count("%d")
            for each in ids:
                await line.dispatch("GUILD_CREATE", template % ((each // 1_000_000,) * holes))
        await line.send('{"op":1,"d":null}')  # asks for a heartbeat, whose number says how far the bot has read


@asynccontextmanager
async def crowd(servers: int) -> AsyncIterator[Crowd]:
    """Serve a crowd while the context lasts."""
    here = Crowd(servers)
    runner = web.AppRunner(here.application(), access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        here.port = int(runner.addresses[0][1])
        yield here
    finally:
        await runner.cleanup()


async def _json(body: object) -> web.Response:
    """Answer in JSON; discord.py wants the content type without a charset."""
    return web.Response(body=json.dumps(body).encode(), headers={"Content-Type": "application/json"})


def _compact(data: object) -> str:
    """Write JSON as Discord does."""
    return json.dumps(data, separators=(",", ":"))


_APPLICATION = {
    "id": "1",
    "name": "bot",
    "description": "",
    "icon": None,
    "bot_public": True,
    "bot_require_code_grant": False,
    "owner": READER,
    "team": None,
    "verify_key": "0" * 64,
    "flags": 0,
}


def _id(number: int) -> str:
    """Return an id in the template of a server, whose first twelve digits are filled in later."""
    return f"{'9' * 12}{number:06}"


def _guild() -> Payload:
    """Return what Discord tells of a server of average size."""
    overwrites = [{"id": _id(role), "type": 0, "allow": "1024", "deny": "2048"} for role in (0, 3)]
    channels = [
        {
            "id": _id(100 + at),
            "type": 4 if at % 7 == 0 else 0,
            "name": f"a-channel-of-the-server-{at}",
            "position": at,
            "permission_overwrites": overwrites,
            "nsfw": False,
            "topic": "What this channel is for, in a sentence or two, as people write it.",
            "parent_id": None if at % 7 == 0 else _id(100 + at - at % 7),
            "last_message_id": _id(90_000 + at),
            "rate_limit_per_user": 0,
            "flags": 0,
        }
        for at in range(20)
    ]
    roles = [
        {
            "id": _id(at),
            "name": f"role {at}" if at else "@everyone",
            "permissions": "1071698660929",
            "position": at,
            "color": 3447003,
            "colors": {"primary_color": 3447003, "secondary_color": None, "tertiary_color": None},
            "hoist": False,
            "managed": False,
            "mentionable": True,
            "icon": None,
            "unicode_emoji": None,
            "flags": 0,
        }
        for at in range(11)
    ]
    emojis = [
        {
            "id": _id(200 + at),
            "name": f"emoji_{at}",
            "roles": [],
            "require_colons": True,
            "managed": False,
            "animated": at % 2 == 0,
            "available": True,
        }
        for at in range(20)
    ]
    stickers = [
        {
            "id": _id(300 + at),
            "name": f"sticker {at}",
            "description": "A sticker",
            "tags": "wave",
            "type": 2,
            "format_type": 1,
            "available": True,
            "guild_id": _id(0),
        }
        for at in range(3)
    ]
    me = {
        "user": BOT,
        "roles": [_id(3)],
        "joined_at": "2024-01-01T00:00:00+00:00",
        "deaf": False,
        "mute": False,
        "flags": 0,
    }
    return {
        "id": _id(0),
        "name": "A server of average size",
        "icon": "0" * 32,
        "owner_id": "2",
        "preferred_locale": "en-US",
        "afk_channel_id": None,
        "afk_timeout": 300,
        "system_channel_id": _id(101),
        "system_channel_flags": 0,
        "features": ["COMMUNITY", "NEWS", "WELCOME_SCREEN_ENABLED"],
        "roles": roles,
        "channels": channels,
        "threads": [],
        "emojis": emojis,
        "stickers": stickers,
        "members": [me],
        "member_count": 120,
        "presences": [],
        "voice_states": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
        "unavailable": False,
        "verification_level": 1,
        "default_message_notifications": 1,
        "explicit_content_filter": 2,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 1,
        "premium_subscription_count": 2,
        "large": False,
        "joined_at": "2024-01-01T00:00:00+00:00",
    }


def _interaction(number: int, token: str, command: Payload, name: str, options: dict[str, str]) -> Payload:
    """Return a use of a slash command in the first server."""
    given: list[Payload] = [{"name": each, "type": 3, "value": value} for each, value in options.items()]
    for group in reversed(name.split()[1:]):
        given = [{"name": group, "type": 1, "options": given}]
    reader = READER | {"id": str(1000 + number)}  # one person after another: none of them is too fast for a cooldown
    member = {"user": reader, "roles": [], "permissions": EVERYTHING, "joined_at": "2024-01-01T00:00:00+00:00"}
    return {
        "id": str(FIRST + 500_000 + number),
        "application_id": "1",
        "type": 2,
        "token": token,
        "version": 1,
        "data": {"id": command["id"], "name": command["name"], "type": 1, "options": given},
        "guild_id": str(FIRST),
        "guild": {"id": str(FIRST), "locale": "en-US", "features": []},
        "guild_locale": "en-US",
        "channel_id": str(FIRST + 101),
        "channel": {"id": str(FIRST + 101), "type": 0, "name": "papers", "position": 1, "permissions": EVERYTHING},
        "member": member | {"deaf": False, "mute": False, "flags": 0},
        "app_permissions": EVERYTHING,
        "locale": "en-US",
        "entitlements": [],
        "attachment_size_limit": 10_485_760,
        "context": 0,
        "authorizing_integration_owners": {"0": str(FIRST)},
    }
