"""Hand messages in announcement channels on to their followers, within what Discord allows a channel."""

import datetime as dt
import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import assert_never

from bot.delivery.courier import Tally
from bot.delivery.ports import Clock, Ledger, Messenger, Operator
from bot.domain.delivery import Done, Gone, Part, Refused, Rejected, Unauthorized, Unknown, Withheld

log = logging.getLogger(__name__)

HOUR = dt.timedelta(hours=1)
BUDGET = 10
"""Messages that a channel may publish in an hour."""
PERIOD = dt.timedelta(days=1)
"""How long publishing is tried; after that it is no news."""


@dataclass(slots=True, kw_only=True)
class Publisher:
    """Publishes what was sent. Repeating is harmless: Discord publishes a message once."""

    ledger: Ledger
    messenger: Messenger
    operator: Operator
    clock: Clock
    tally: Tally
    _waiting: dict[int, dt.datetime] = field(default_factory=dict)
    """Until when a channel is left alone."""

    async def look(self) -> None:
        """Publish what may be published now."""
        now = self.clock.now()
        parts = await self.ledger.unpublished(now - PERIOD)
        for channel_id, own in groupby(sorted(parts, key=_place), key=lambda part: part.channel_id):
            if self._waiting.get(channel_id, now) <= now and not self.messenger.is_withholding:
                await self._channel(channel_id, list(own), now)

    async def _channel(self, channel_id: int, parts: Sequence[Part], now: dt.datetime) -> None:
        room = BUDGET - await self.ledger.count_published(channel_id, now - HOUR)
        for part in parts[: max(0, room)]:
            if not await self._publish(part):
                self._waiting[channel_id] = now + HOUR / 6
                return

    async def _publish(self, part: Part) -> bool:
        """Publish one message; False where it must be tried again later."""
        outcome = await self.messenger.publish(part.channel_id, part.message_id or 0)
        match outcome:
            case Done():
                self.tally.published += 1
            case Gone():
                pass
            case Refused(_, detail) | Rejected(detail):
                log.warning("a message in %d can't be published: %s", part.channel_id, detail)
                sentence = f"Messages in <#{part.channel_id}> can't be published to its followers: {detail}"
                await self.operator.alert(f"unpublished:{part.channel_id}", sentence)
            case Unknown() | Withheld() | Unauthorized():
                return False
            case _:
                assert_never(outcome)
        await self.ledger.published(part, self.clock.now())
        return True


def _place(part: Part) -> tuple[int, int]:
    return part.channel_id, part.message_id or 0
