"""The gateway: hello, identify, ready, events, and resuming after a break."""

import asyncio
import json
import secrets
from contextlib import suppress
from dataclasses import dataclass, field

from aiohttp import WSCloseCode, WSMsgType, web

from tests.wire import payloads
from tests.wire.truth import Payload, World

HEARTBEAT = 41_250
"""Milliseconds between two heartbeats."""


@dataclass(slots=True)
class Session:
    """One shard's session, which outlives its connection."""

    id: str
    shard: int
    socket: web.WebSocketResponse | None
    sent: list[str] = field(default_factory=list)
    """Every event's frame; the place in the list is its sequence number less one."""

    async def dispatch(self, event: str, data: Payload) -> None:
        """Send an event, or keep it for the resumption."""
        frame = json.dumps({"op": 0, "t": event, "s": len(self.sent) + 1, "d": data})
        self.sent.append(frame)
        if self.socket is not None and not self.socket.closed:
            with suppress(ConnectionError):  # killed a moment ago: the resumption, if any, brings it
                await self.socket.send_str(frame)


class Gateway:
    """All sessions."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.sessions: dict[int, Session] = {}
        """The newest session of each shard."""
        self.identified = 0
        self.resumed = 0

    @property
    def connected(self) -> bool:
        """True while every shard has its connection."""
        live = [each for each in self.sessions.values() if each.socket is not None and not each.socket.closed]
        return len(live) == self.world.settings.shards

    async def dispatch(self, event: str, data: Payload, guild_id: int | None = None) -> None:
        """Send an event to the shard that is told of this server; direct messages go to the first."""
        shard = 0 if guild_id is None else (guild_id >> 22) % self.world.settings.shards
        if shard in self.sessions:
            await self.sessions[shard].dispatch(event, data)

    async def reconnect(self) -> None:
        """Ask every client to connect anew and resume (op 7)."""
        await self._send({"op": 7, "d": None})

    async def invalidate(self) -> None:
        """Tell every client that its session is worth nothing (op 9)."""
        await self._send({"op": 9, "d": False})
        self.sessions.clear()

    async def drop(self) -> None:
        """Break every connection without a word."""
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.close(code=WSCloseCode.GOING_AWAY)

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": HEARTBEAT}})
        session: Session | None = None
        async for frame in socket:
            if frame.type is not WSMsgType.TEXT:
                continue
            command = json.loads(frame.data)
            match command["op"]:
                case 1:
                    await socket.send_json({"op": 11, "d": None})
                case 2:
                    session = await self._identify(socket, request, command["d"])
                case 6:
                    session = await self._resume(socket, command["d"])
        if session is not None and session.socket is socket:
            session.socket = None
            await self.world.touch()
        return socket

    async def _identify(self, socket: web.WebSocketResponse, request: web.Request, data: Payload) -> Session | None:
        if data["token"] != self.world.settings.token:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        shard, shards = data.get("shard") or (0, 1)
        session = self.sessions[shard] = Session(secrets.token_hex(16), shard, socket)
        guilds = [each for each in self.world.guilds.values() if (each.id >> 22) % shards == shard]
        ready = {
            "v": 10,
            "user": payloads.user(self.world.bot),
            "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
            "session_id": session.id,
            "resume_gateway_url": f"ws://{request.host}/gateway",
            "shard": [shard, shards],
            "application": {"id": str(self.world.bot.id), "flags": 0},
        }
        await session.dispatch("READY", ready)
        for guild in guilds:
            await session.dispatch("GUILD_CREATE", payloads.guild(guild, self.world))
        self.identified += 1
        await self.world.touch()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Payload) -> Session | None:
        session = next((each for each in self.sessions.values() if each.id == data["session_id"]), None)
        if session is None or data["token"] != self.world.settings.token:
            await socket.send_json({"op": 9, "d": False})
            return None
        for frame in session.sent[data["seq"] :]:
            await socket.send_str(frame)
        session.socket = socket
        await session.dispatch("RESUMED", {})
        self.resumed += 1
        await self.world.touch()
        return session

    async def _send(self, frame: Payload) -> None:
        sockets = [session.socket for session in self.sessions.values() if session.socket is not None]
        await asyncio.gather(*(socket.send_json(frame) for socket in sockets))
