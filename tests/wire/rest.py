"""The REST API, as far as the bot needs it."""

import re
from typing import Any

from aiohttp import web

from tests.wire import payloads
from tests.wire.answers import answer
from tests.wire.errors import ApiError, invalid_form, unknown
from tests.wire.limits import Limits
from tests.wire.threads import Threads
from tests.wire.truth import Channel, Inbox, Message, Payload, Permission, World
from tests.wire.validation import check_message, check_nonce

COMMAND_NAME = re.compile(r"[-_\w]{1,32}")
REFUSALS = {
    Inbox.CLOSED: ApiError(403, 50007, "Cannot send messages to this user"),
    Inbox.NO_MUTUAL_SERVER: ApiError(403, 50278, "Cannot send messages to this user due to having no mutual guilds"),
}
SPEECH = ("content", "embeds", "components", "flags")


def pings(body: Payload) -> bool:
    """Tell whether a message's content names a role or everyone that it is allowed to notify."""
    allowed = body.get("allowed_mentions")
    content = body.get("content") or ""
    if allowed is None:
        return "<@" in content or "@everyone" in content
    everyone = "everyone" in allowed.get("parse", ()) and "@everyone" in content
    return everyone or any(f"<@&{role}>" in content for role in allowed.get("roles", ()))


class Rest:
    """Users, channels, messages and commands."""

    def __init__(self, world: World, limits: Limits) -> None:
        self.world = world
        self.limits = limits

    def routes(self, root: str) -> list[web.RouteDef]:
        """Return the routes below `root`."""
        message = f"{root}/channels/{{channel}}/messages/{{message}}"
        return [
            web.get(f"{root}/users/@me", self.me),
            web.get(f"{root}/oauth2/applications/@me", self.application),
            web.get(f"{root}/gateway/bot", self.gateway),
            web.get(f"{root}/guilds/{{guild}}", self.get_guild),
            web.put(f"{root}/applications/{{application}}/commands", self.put_commands),
            web.post(f"{root}/users/@me/channels", self.open_direct_channel),
            web.get(f"{root}/channels/{{channel}}", self.get_channel),
            web.get(f"{root}/channels/{{channel}}/messages", self.history),
            web.post(f"{root}/channels/{{channel}}/messages", self.create_message),
            web.get(message, self.get_message),
            web.patch(message, self.edit_message),
            web.post(f"{message}/crosspost", self.publish),
            *Threads(self).routes(root),
        ]

    async def me(self, _: web.Request) -> web.Response:
        """Answer *Get Current User*."""
        return answer(payloads.user(self.world.bot))

    async def application(self, _: web.Request) -> web.Response:
        """Answer *Get Current Application*."""
        return answer(payloads.application(self.world))

    async def gateway(self, request: web.Request) -> web.Response:
        """Answer *Get Gateway Bot*."""
        start = {"total": 1000, "remaining": 999, "reset_after": 86_400_000, "max_concurrency": 1}
        url = f"ws://{request.host}/gateway"
        return answer({"url": url, "shards": self.world.settings.shards, "session_start_limit": start})

    async def put_commands(self, request: web.Request) -> web.Response:
        """Answer *Bulk Overwrite Global Application Commands*."""
        if request.match_info["application"] != str(self.world.bot.id):
            raise ApiError(403, 20012, "You are not authorized to perform this action on this application")
        commands: list[Payload] = await request.json()
        for index, command in enumerate(commands):
            _check_command(str(index), command)
        known = {"application_id": str(self.world.bot.id), "version": "1", "default_member_permissions": None}
        self.world.commands = [known | command | {"id": str(self.world.new_id())} for command in commands]
        return answer(self.world.commands)

    async def open_direct_channel(self, request: web.Request) -> web.Response:
        """Answer *Create DM*."""
        user = self.world.users.get(int((await request.json())["recipient_id"]))
        if user is None or user.bot:
            raise ApiError(400, 50033, "Invalid Recipient(s)")
        return answer(payloads.channel(self.world.direct_channel(user), self.world))

    async def get_guild(self, request: web.Request) -> web.Response:
        """Answer *Get Guild*."""
        guild = self.world.guilds.get(int(request.match_info["guild"]))
        if guild is None:
            raise unknown("Guild", 10004)
        return answer(payloads.guild(guild, self.world))

    async def get_channel(self, request: web.Request) -> web.Response:
        """Answer *Get Channel*."""
        return answer(payloads.channel(self.visible(request), self.world))

    async def history(self, request: web.Request) -> web.Response:
        """Answer *Get Channel Messages*: an empty list where the history may not be read."""
        channel = self.visible(request)
        if not channel.permissions & Permission.READ_MESSAGE_HISTORY:
            return answer([])
        limit = int(request.query.get("limit", "50"))
        if not 1 <= limit <= 100:
            raise invalid_form("limit", "int value should be between 1 and 100.", "NUMBER_TYPE_MAX")
        standing = [message for message in channel.messages if not message.deleted]
        if "after" in request.query:
            standing = [message for message in standing if message.id > int(request.query["after"])][:limit]
        if "before" in request.query:
            standing = [message for message in standing if message.id < int(request.query["before"])]
        return answer([payloads.message(message, self.world) for message in reversed(standing[-limit:])])

    async def create_message(self, request: web.Request) -> web.Response:
        """Answer *Create Message*."""
        channel = self.visible(request)
        limited, headers = self.limits.admit_message(channel.id)
        if limited is not None:
            return answer(limited.body(), {**headers, **limited.headers()}, status=429)
        body: Payload = await request.json()
        if channel.type in payloads.FORUMS:
            raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
        self.check_sending(channel)
        check_message(body)
        nonce = check_nonce(body)
        message = None if nonce is None else self.world.find_nonce(self.world.bot.id, nonce)
        if message is None:
            message = self.say(channel, body, nonce)
            channel.archived = False
        elif message.deleted:
            raise unknown("Message", 10008)
        await self.world.touch()
        return answer(payloads.message(message, self.world) | {"nonce": nonce}, headers)

    async def get_message(self, request: web.Request) -> web.Response:
        """Answer *Get Channel Message*."""
        return answer(payloads.message(self._message(request), self.world))

    async def edit_message(self, request: web.Request) -> web.Response:
        """Answer *Edit Message*."""
        channel, message = self.visible(request), self._message(request)
        limited, headers = self.limits.admit_edit(channel.id)
        if limited is not None:
            return answer(limited.body(), {**headers, **limited.headers()}, status=429)
        if message.author_id != self.world.bot.id:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        if channel.archived or channel.locked:
            raise ApiError(400, 50083, "Thread is archived")
        given: Payload = await request.json()
        body = message.body | {name: value for name, value in given.items() if name in SPEECH}
        check_message(body)
        message.body = body
        message.edits += 1
        message.pinged = message.pinged or pings(given)
        await self.world.touch()
        return answer(payloads.message(message, self.world), headers)

    async def publish(self, request: web.Request) -> web.Response:
        """Answer *Crosspost Message*."""
        channel, message = self.visible(request), self._message(request)
        limited, headers = self.limits.admit_publishing(channel.id)
        if limited is not None:
            return answer(limited.body(), {**headers, **limited.headers()}, status=429)
        if channel.type != 5:
            raise ApiError(400, 50068, "Invalid message type")
        if not channel.permissions & Permission.SEND_MESSAGES:
            raise ApiError(403, 50013, "Missing Permissions")
        if message.published:
            raise ApiError(400, 40033, "This message has already been crossposted")
        message.published = True
        await self.world.touch()
        return answer(payloads.message(message, self.world), headers)

    def visible(self, request: web.Request) -> Channel:
        channel = self.world.channels.get(int(request.match_info["channel"]))
        if channel is None:
            raise unknown("Channel", 10003)
        if not channel.permissions & Permission.VIEW_CHANNEL:
            raise ApiError(403, 50001, "Missing Access")
        return channel

    def _message(self, request: web.Request) -> Message:
        number = int(request.match_info["message"])
        for message in self.visible(request).messages:
            if message.id == number and not message.deleted:
                return message
        raise unknown("Message", 10008)

    def check_sending(self, channel: Channel) -> None:
        if channel.recipient_id is not None:
            refusal = REFUSALS.get(self.world.users[channel.recipient_id].inbox)
            if refusal is not None:
                raise refusal
        if channel.locked:
            raise ApiError(400, 50083, "Thread is archived")
        is_thread = channel.type in payloads.THREADS
        needed = Permission.SEND_MESSAGES_IN_THREADS if is_thread else Permission.SEND_MESSAGES
        if not channel.permissions & needed:
            raise ApiError(403, 50013, "Missing Permissions")

    def say(self, channel: Channel, body: Payload, nonce: str | None) -> Message:
        """Put a message of the bot into a channel, less what it may not show there."""
        kept: dict[str, Any] = {name: body[name] for name in SPEECH if name in body}
        if not channel.permissions & Permission.EMBED_LINKS:
            kept["embeds"] = []
        return self.world.post(channel, self.world.bot.id, kept, nonce=nonce, pinged=pings(body))


def _check_command(path: str, command: Payload) -> None:
    if COMMAND_NAME.fullmatch(command["name"]) is None or command["name"] != command["name"].lower():
        raise invalid_form(f"{path}.name", "Command name is invalid", "APPLICATION_COMMAND_INVALID_NAME")
    if command.get("type", 1) == 1 and not 1 <= len(command.get("description", "")) <= 100:
        raise invalid_form(f"{path}.description", "Must be between 1 and 100 in length.", "BASE_TYPE_BAD_LENGTH")
    options = command.get("options", [])
    if len(options) > 25 or len(command.get("choices") or ()) > 25:
        raise invalid_form(f"{path}.options", "Must be 25 or fewer in length.", "BASE_TYPE_BAD_LENGTH")
    for index, option in enumerate(options):
        _check_command(f"{path}.options.{index}", option)
