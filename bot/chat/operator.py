"""Tell whoever hosts the bot what needs them, on Discord itself."""

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress

import discord
from discord.http import Route

from bot.chat.texts import text_payload
from bot.chat.verdicts import TROUBLE

log = logging.getLogger(__name__)

COOL_DOWN = 3600.0
"""Seconds for which a subject that was told is not told again."""
LONGEST = 2000
"""Characters of a message (Create Message)."""
GATHERING = 5.0
"""Seconds after a message during which what is told gathers for the next: so a broadcast with many refusals loses no pace to alerts."""
PATIENCE = 15.0
"""Seconds for one message."""


class DiscordOperator:
    """An `Operator` who reads a channel, or else the direct messages of the application's owner.

    An alert never holds up who raises it: it is logged and put in a queue. The first goes out at once, and what gathers in the seconds
    after a message goes into the next one.
    """

    def __init__(
        self,
        client: discord.Client,
        *,
        alert_channel_id: int | None,
        cool_down: float = COOL_DOWN,
        gathering: float = GATHERING,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client = client
        self._channel_id = alert_channel_id
        self._cool_down = cool_down
        self._gathering = gathering
        self._monotonic = monotonic
        self._told: dict[str, float] = {}
        self._unsent: deque[str] = deque()
        self._sending: asyncio.Task[None] | None = None
        self._sent_at = float("-inf")
        self._hurry = asyncio.Event()

    async def alert(self, subject: str, sentence: str) -> None:
        """Tell the operator, at most once a cool-down for each subject."""
        now = self._monotonic()
        if now - self._told.get(subject, float("-inf")) < self._cool_down:
            return
        self._told[subject] = now
        log.warning("told the operator: %s", sentence)
        self._enqueue(sentence)

    async def recovered(self, subject: str, sentence: str) -> None:
        """Tell the operator that an alert's reason is gone; the subject may be told again from now on."""
        self._told.pop(subject, None)
        log.info("told the operator: %s", sentence)
        self._enqueue(sentence)

    async def flush(self, seconds: float = PATIENCE) -> None:
        """Tell at once what has gathered; return when everything is told or has failed, or time is up."""
        self._hurry.set()
        if self._sending is not None:
            await asyncio.wait({self._sending}, timeout=seconds)
        self._hurry.clear()

    def _enqueue(self, sentence: str) -> None:
        self._unsent.append(sentence)
        if self._sending is None or self._sending.done():
            self._sending = asyncio.create_task(self._send_all(), name="operator")

    async def _send_all(self) -> None:
        while self._unsent:
            await self._gather()
            self._forget_cooled()
            text = self._next_text()
            try:
                async with asyncio.timeout(PATIENCE):
                    await self._send(text)
            except TROUBLE as error:
                log.error("the operator could not be told: %s", error)  # noqa: TRY400 - the reason says it all
            self._sent_at = asyncio.get_running_loop().time()

    async def _gather(self) -> None:
        """Wait until the last message is some seconds old, or there is a hurry."""
        with suppress(TimeoutError):
            async with asyncio.timeout_at(self._sent_at + self._gathering):
                await self._hurry.wait()

    def _forget_cooled(self) -> None:
        now = self._monotonic()
        self._told = {subject: at for subject, at in self._told.items() if now - at < self._cool_down}

    def _next_text(self) -> str:
        """Join as many waiting sentences as a message holds."""
        text = self._unsent.popleft()[:LONGEST]
        while self._unsent and len(text) + 1 + len(self._unsent[0]) <= LONGEST:
            text += "\n" + self._unsent.popleft()
        return text

    async def _send(self, text: str) -> None:
        channel_id = await self._channel()
        if channel_id is None:
            return  # not logged in: the log has it
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=channel_id)
        await self._client.http.request(route, json=text_payload(text))

    async def _channel(self) -> int | None:
        if self._client.application is None:
            return None
        if self._channel_id is None:
            application = self._client.application
            team_owner = application.team.owner_id if application.team else None
            channel = await self._client.http.start_private_message(team_owner or application.owner.id)
            self._channel_id = int(channel["id"])
        return self._channel_id
