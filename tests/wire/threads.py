"""Forums and threads, as far as the bot needs them."""

from typing import Protocol

from aiohttp import web

from tests.wire import payloads
from tests.wire.answers import answer
from tests.wire.errors import ApiError, invalid_form
from tests.wire.limits import Limits
from tests.wire.truth import Channel, Message, Payload, Permission, World
from tests.wire.validation import check_message

REQUIRE_TAG = 1 << 4


class Place(Protocol):
    """What threads need of the rest of the API."""

    world: World
    limits: Limits

    def visible(self, request: web.Request) -> Channel:
        """Return the channel of a request; raises where the bot does not see it."""
        ...

    def check_sending(self, channel: Channel) -> None:
        """Raise where the bot may not write."""
        ...

    def say(self, channel: Channel, body: Payload, nonce: str | None) -> Message:
        """Put a message of the bot into a channel."""
        ...


class Threads:
    """*Start Thread in Forum Channel* and the two lists of threads."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self.world = place.world

    def routes(self, root: str) -> list[web.RouteDef]:
        """Return the routes below `root`."""
        return [
            web.post(f"{root}/channels/{{channel}}/threads", self.start),
            web.get(f"{root}/guilds/{{guild}}/threads/active", self.active),
            web.get(f"{root}/channels/{{channel}}/threads/archived/public", self.archived),
        ]

    async def start(self, request: web.Request) -> web.Response:
        """Open a thread with its first message, whose id is the thread's. There is no nonce: a repeat opens another."""
        forum = self._place.visible(request)
        limited, headers = self._place.limits.admit_message(forum.id)
        if limited is not None:
            return answer(limited.body(), {**headers, **limited.headers()}, status=429)
        body: Payload = await request.json()
        if forum.type not in payloads.FORUMS:
            raise invalid_form("type", "This field is required", "BASE_TYPE_REQUIRED")
        self._place.check_sending(forum)
        self._check(forum, body)
        opened = Channel(self.world.new_id(), body["name"], 11, forum.guild_id)
        opened.parent_id, opened.owner_id, opened.permissions = forum.id, self.world.bot.id, forum.permissions
        opened.applied_tags = list(body.get("applied_tags", ()))
        message = self._place.say(opened, body["message"], None)
        message.id = opened.last_message_id = forum.last_message_id = opened.id
        self.world.channels[opened.id] = opened
        await self.world.touch()
        shown = payloads.channel(opened, self.world) | {"message": payloads.message(message, self.world)}
        return answer(shown, headers, status=201)

    async def active(self, request: web.Request) -> web.Response:
        """List a server's threads that are not archived and that the bot sees."""
        guild = int(request.match_info["guild"])
        return answer(self._listing(lambda thread: thread.guild_id == guild and not thread.archived))

    async def archived(self, request: web.Request) -> web.Response:
        """List a channel's archived threads; for those who may read histories."""
        forum = self._place.visible(request)
        if not forum.permissions & Permission.READ_MESSAGE_HISTORY:
            raise ApiError(403, 50013, "Missing Permissions")
        listing = self._listing(lambda thread: thread.parent_id == forum.id and thread.archived)
        return answer(listing | {"has_more": False})

    def _listing(self, fits: "Fits") -> Payload:
        threads = [
            each
            for each in self.world.channels.values()
            if each.type in payloads.THREADS and each.permissions & Permission.VIEW_CHANNEL and fits(each)
        ]
        return {"threads": [payloads.channel(each, self.world) for each in threads], "members": []}

    def _check(self, forum: Channel, body: Payload) -> None:
        if not 1 <= len(body.get("name", "").strip()) <= 100:
            raise invalid_form("name", "Must be between 1 and 100 in length.", "BASE_TYPE_BAD_LENGTH")
        check_message(body["message"])
        applied, known = body.get("applied_tags", []), {tag["id"]: tag for tag in forum.tags}
        if len(applied) > 5 or not set(applied) <= known.keys():
            raise invalid_form("applied_tags", "Unknown or too many tags.", "BASE_TYPE_BAD_LENGTH")
        if any(known[tag]["moderated"] for tag in applied) and not forum.permissions & Permission.MANAGE_THREADS:
            raise ApiError(403, 50013, "Missing Permissions")
        if forum.flags & REQUIRE_TAG and not applied:
            raise ApiError(400, 40067, "A tag is required to create a forum post in this channel")


class Fits(Protocol):
    """A question about a thread."""

    def __call__(self, thread: Channel, /) -> bool:
        """Answer it."""
        ...
