"""Deliver posts to Discord, and say what became of them."""

import asyncio
import datetime as dt
from collections.abc import Coroutine
from typing import Any

import discord
from discord.http import Route

from bot.chat import forum, history
from bot.chat.breaker import Breaker
from bot.chat.texts import text_payload
from bot.chat.traffic import HURRY
from bot.chat.verdicts import TROUBLE, Failure, judge, judge_sending, judge_upkeep
from bot.delivery.courier import ATTEMPT
from bot.delivery.ports import Operator
from bot.domain.delivery import Done, LookBack, Outcome, Refused, Rejected, Sent, Unknown, Upkeep, Withheld
from bot.domain.post import Post, Thread

SUPPRESS_NOTIFICATIONS = 1 << 12
"""Message flag: nobody's telephone rings (Message Flags)."""


class DiscordMessenger:
    """A `Messenger` on top of a logged-in client.

    Messages go out as raw payloads: a `View` would be kept in memory for each of them.
    """

    def __init__(
        self, client: discord.Client, *, breaker: Breaker, operator: Operator, patience: float = ATTEMPT.total_seconds()
    ) -> None:
        self._client = client
        self._breaker = breaker
        self._operator = operator
        self._patience = patience

    @property
    def is_withholding(self) -> bool:
        """True while the breaker is open."""
        return self._breaker.is_open

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        """Make one attempt to post."""
        if self._breaker.is_open:
            return await self._withhold()
        payload = post.payload() | {"nonce": nonce, "enforce_nonce": True}
        if post.silent:
            payload["flags"] = SUPPRESS_NOTIFICATIONS
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        try:
            async with asyncio.timeout(self._patience):
                message = await self._client.http.request(route, json=payload)
        except TROUBLE as error:
            return judge_sending(error)
        if not isinstance(message, dict):  # not Discord: whatever stands between answered in its place
            return Unknown(f"an answer that is no message: {message!r:.100}")
        return Sent(int(message["id"]))

    async def look_back(self, channel_id: int, post: Post, since: dt.datetime) -> LookBack:
        """Look for our message among those posted after `since`."""
        if self._breaker.is_open:
            return await self._withhold()
        user = self._client.user
        if user is None:
            return Unknown("not logged in yet")
        try:
            async with asyncio.timeout(self._patience):
                return await history.look_back(self._client.http, channel_id, post, since, user.id)
        except TROUBLE as error:
            return _reading(judge(error))

    async def open_thread(self, forum_id: int, thread: Thread, post: Post) -> Outcome:
        """Make one attempt to open a forum's thread."""
        if self._breaker.is_open:
            return await self._withhold()
        try:
            async with asyncio.timeout(self._patience):
                opened = await forum.open_thread(self._client.http, forum_id, thread, post)
        except TROUBLE as error:
            return judge(error)
        if not isinstance(opened, dict):
            return Unknown(f"an answer that is no thread: {opened!r:.100}")
        return Sent(int(opened["id"]), int(opened["id"]))  # the first message has its thread's id

    async def find_thread(
        self, forum_id: int, guild_id: int, thread: Thread, post: Post, since: dt.datetime
    ) -> LookBack:
        """Look for the thread that we opened after `since`."""
        if self._breaker.is_open:
            return await self._withhold()
        user = self._client.user
        if user is None:
            return Unknown("not logged in yet")
        try:
            async with asyncio.timeout(self._patience):
                return await forum.find_thread(self._client.http, forum_id, guild_id, thread, post, since, user.id)
        except TROUBLE as error:
            return _reading(judge(error))

    async def edit(self, channel_id: int, message_id: int, post: Post) -> Upkeep:
        """Let a message of ours show `post`, without pinging anybody."""
        if self._breaker.is_open:
            return await self._withhold()
        route = Route(
            "PATCH", "/channels/{channel_id}/messages/{message_id}", channel_id=channel_id, message_id=message_id
        )
        payload = post.payload() | {"allowed_mentions": {"parse": []}}
        return await self._keep_up(self._client.http.request(route, json=payload))

    async def publish(self, channel_id: int, message_id: int) -> Upkeep:
        """Hand a message in an announcement channel on to its followers; one that they have is done."""
        if self._breaker.is_open:
            return await self._withhold()
        return await self._keep_up(self._client.http.publish_message(channel_id, message_id))

    async def _keep_up(self, request: Coroutine[Any, Any, object]) -> Upkeep:
        try:
            async with asyncio.timeout(self._patience):
                await request
        except TROUBLE as error:
            return judge_upkeep(error)
        return Done()

    async def open_dm(self, user_id: int) -> int | Refused:
        """Open the direct-message channel with a person and return its id.

        For a command, while the person waits: trouble other than a refusal is raised, for its error boundary. Discord asks bots not to
        open many.
        """
        try:
            channel = await self._client.http.start_private_message(user_id)
        except discord.HTTPException as error:
            failure = judge(error)
            if isinstance(failure, Refused):
                return failure
            raise
        return int(channel["id"])

    async def say(self, channel_id: int, text: str) -> Refused | None:
        """Write plain text, and return why the place does not take it, if so. Like `open_dm`, for a command."""
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        before = HURRY.set(True)
        try:
            await self._client.http.request(route, json=text_payload(text))
        except discord.HTTPException as error:
            failure = judge(error)
            if isinstance(failure, Refused):
                return failure
            raise
        finally:
            HURRY.reset(before)
        return None

    async def _withhold(self) -> Withheld:
        sentence = "Discord refuses too many requests (401, 403 or 429): deliveries wait for up to ten minutes, lest it bans this address."
        await self._operator.alert("breaker", sentence)
        return Withheld("too many invalid requests; waiting")


def _reading(failure: Failure) -> LookBack:
    """Turn the failure of a read into an answer: a request that Discord calls invalid says nothing about the message."""
    return Unknown(failure.detail) if isinstance(failure, Rejected) else failure
