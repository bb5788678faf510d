"""What is true in the stand-in's world: who is there, and what was really posted."""

import asyncio
import itertools
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntFlag, StrEnum
from typing import Any

Payload = dict[str, Any]

EPOCH = 1_420_070_400_000
"""Milliseconds from 1970 to the first second of 2015, from which Discord's ids count."""


class Permission(IntFlag):
    """The permissions that the stand-in judges by."""

    MANAGE_GUILD = 1 << 5
    VIEW_CHANNEL = 1 << 10
    SEND_MESSAGES = 1 << 11
    EMBED_LINKS = 1 << 14
    READ_MESSAGE_HISTORY = 1 << 16
    MANAGE_THREADS = 1 << 34
    SEND_MESSAGES_IN_THREADS = 1 << 38


ALL = Permission(sum(Permission))


class Inbox(StrEnum):
    """Whether a person takes direct messages of the bot."""

    OPEN = "open"
    CLOSED = "closed"
    NO_MUTUAL_SERVER = "no_mutual_server"


@dataclass(slots=True)
class Settings:
    """How this Discord behaves."""

    token: str = "c3RhbmQtaW4tYm90.abcdef.stand-in-token"
    nonce_window: float = 120.0
    channel_limit: int = 5
    channel_window: float = 5.0
    publish_limit: int = 10
    publish_window: float = 3600.0
    global_limit: int = 50
    global_window: float = 1.0
    latency: float = 0.0
    """Seconds for an answer; the effect comes halfway."""
    shards: int = 1
    chaos: float = 0.0
    """The share of posts that each kind of fault strikes."""
    seed: int = 0
    """Of the chance that chooses them."""


@dataclass(slots=True)
class User:
    """A person, or the bot."""

    id: int
    name: str
    bot: bool = False
    inbox: Inbox = Inbox.OPEN
    permissions: int = int(ALL)
    locale: str = "en-US"


@dataclass(slots=True)
class Message:
    """A message that stands in a channel, or stood there."""

    id: int
    channel_id: int
    author_id: int
    body: Payload
    """`content`, `embeds`, `components`, `flags`."""
    nonce: str | None = None
    posted_at: float = field(default_factory=time.monotonic)
    webhook_id: int | None = None
    deleted: bool = False
    edits: int = 0
    published: bool = False
    """Whether followers of an announcement channel have it."""
    pinged: bool = False
    """Whether it named somebody who was notified, as it was posted or edited."""


@dataclass(slots=True)
class Channel:
    """A channel, thread or direct-message channel."""

    id: int
    name: str
    type: int
    guild_id: int | None
    recipient_id: int | None = None
    permissions: int = int(ALL)
    """What the bot may do in it."""
    locked: bool = False
    """Of a thread: archived and locked."""
    archived: bool = False
    """Of a thread: put away for want of messages; the next one takes it out again."""
    parent_id: int | None = None
    owner_id: int | None = None
    """Of a thread: who opened it."""
    tags: list[Payload] = field(default_factory=list)
    """Of a forum: `available_tags`."""
    flags: int = 0
    applied_tags: list[str] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    last_message_id: int | None = None


@dataclass(slots=True)
class Guild:
    """A server that the bot is in."""

    id: int
    name: str
    owner_id: int
    locale: str = "en-US"
    roles: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Request:
    """A REST request as it arrived."""

    at: float
    method: str
    path: str
    status: int = 0
    """0 while it is being answered."""


class World:
    """Everything the stand-in knows."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._numbers = itertools.count()
        self._changed = asyncio.Condition()
        self.bot = User(self.new_id(), "Paper Digest", bot=True)
        self.owner = User(self.new_id(), "operator")
        self.users = {user.id: user for user in (self.bot, self.owner)}
        self._nonces: dict[tuple[int, str], Message] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.commands: list[Payload] = []
        self.requests: deque[Request] = deque(maxlen=100_000)
        self.failures: list[str] = []
        """What no well-behaved bot does: late or double acknowledgements."""

    def new_id(self) -> int:
        """Return a snowflake of this moment."""
        return (int(time.time() * 1000) - EPOCH) << 22 | next(self._numbers) % 4096

    def find_nonce(self, author_id: int, nonce: str) -> Message | None:
        """Return what this author posted with `nonce` within the window."""
        message = self._nonces.get((author_id, nonce))
        if message is None or time.monotonic() - message.posted_at > self.settings.nonce_window:
            return None
        return message

    def post(self, channel: Channel, author_id: int, body: Payload, **more: Any) -> Message:
        """Put a message into a channel."""
        message = Message(self.new_id(), channel.id, author_id, body, **more)
        channel.messages.append(message)
        if message.nonce is not None:
            self._nonces[author_id, message.nonce] = message
        channel.last_message_id = message.id
        return message

    def direct_channel(self, user: User) -> Channel:
        """Return the direct-message channel with a person, opening it if need be."""
        for channel in self.channels.values():
            if channel.recipient_id == user.id:
                return channel
        channel = Channel(self.new_id(), "", 1, None, recipient_id=user.id)
        self.channels[channel.id] = channel
        return channel

    async def touch(self) -> None:
        """Wake those who wait for something to become true."""
        async with self._changed:
            self._changed.notify_all()

    async def until(self, condition: Callable[[], bool], seconds: float) -> bool:
        """Wait until `condition` holds; False if it does not within `seconds`."""
        try:
            async with asyncio.timeout(seconds), self._changed:
                await self._changed.wait_for(condition)
        except TimeoutError:
            return False
        return True
