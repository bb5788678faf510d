"""What the commands and the timer ask of delivery."""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import assert_never

from bot.delivery.courier import Carried, NoMatch, Receipt, TokenRefused, TurnedAway, Underway, Unfit
from bot.delivery.fleet import Fleet, Run
from bot.delivery.planner import Edition, Shelf, Verdict
from bot.delivery.ports import Clock, Digests, Ledger, Subscriptions
from bot.delivery.roster import Roster
from bot.domain.delivery import DeliveryState, KnownDigest, Refusal
from bot.domain.digest import Digest, DigestId
from bot.domain.schedule import first_slot, local_day
from bot.domain.subscription import Destination, Subscription

log = logging.getLogger(__name__)

PROBES = 5
"""Paused destinations tried at one look: each is likely to refuse once more, which Discord counts against the bot."""
PATIENCE = 20.0
"""Seconds that `send_now` waits before it says that the delivery is still under way."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """It stands in the channel."""

    digest: Digest
    message: tuple[int, int] | None
    """Channel and message of the first part; None where a moderator removed it already."""


@dataclass(frozen=True, slots=True)
class AlreadyHad:
    """This destination has had the newest digest."""

    digest: Digest
    message: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class NothingYet:
    """There is no digest to send."""


@dataclass(frozen=True, slots=True)
class NothingMatches:
    """No paper of the newest digest matches the topics."""

    digest: Digest


@dataclass(frozen=True, slots=True)
class Undeliverable:
    """The destination refuses; it is paused."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Pending:
    """Still under way; it goes on by itself."""

    digest: Digest


SendNow = Delivered | AlreadyHad | NothingYet | NothingMatches | Undeliverable | Pending


Aftercare = Callable[[Shelf], Awaitable[None]]
"""What follows each look, when fresh deliveries are on their way."""


async def nothing_more(_: Shelf) -> None:
    """Do nothing after a look."""


class Deliveries:
    """Plans with the files, wishes and memory of this moment, and hands what is owed to the fleet."""

    def __init__(
        self,
        *,
        digests: Digests,
        subscriptions: Subscriptions,
        ledger: Ledger,
        fleet: Fleet,
        clock: Clock,
        catch_up_limit: int,
        aftercare: Aftercare = nothing_more,
    ) -> None:
        self._digests = digests
        self._ledger = ledger
        self._clock = clock
        self._aftercare = aftercare
        self._roster = Roster(subscriptions=subscriptions, ledger=ledger, clock=clock, catch_up_limit=catch_up_limit)
        self._known: Mapping[DigestId, KnownDigest] | None = None
        self._shelf = Shelf((), {})
        self.fleet = fleet

    async def tick(self, day: dt.date | None = None) -> int:
        """Look once and start what is owed; return how many destinations were started. `day` leaves only that day's digests."""
        shelf = await self.shelf(day)
        started, probes = 0, PROBES
        async for owed in self._roster.owed(shelf):
            for subscription, verdict in owed:
                probes -= subscription.pause is not None
                if subscription.pause is not None and probes < 0:
                    self._roster.wake(subscription.destination)  # its turn comes at a later look
                else:
                    started += self._start(Run(subscription, verdict.editions))
        await self._aftercare(shelf)
        return started

    def _start(self, run: Run) -> bool:
        """Hand a run to the fleet; False where its destination is being served."""
        destination = run.subscription.destination
        futures = self.fleet.dispatch([run])
        if not futures:
            self._roster.wake(destination)
            return False
        self._roster.begin(destination)
        futures[0].add_done_callback(lambda _: self._roster.wake(destination))
        return True

    async def verdicts(self, day: dt.date | None = None) -> dict[Destination, Verdict]:
        """Judge every subscription as of now."""
        return await self._roster.verdicts(await self.shelf(day))

    async def shelf(self, day: dt.date | None = None) -> Shelf:
        """Return the digests there are now, or those of one day; the very same shelf as long as nothing changes."""
        digests = await self._digests.refresh()
        known = await self._ledger.know(digests, self._clock.now())
        if day is not None:
            return Shelf.of([digest for digest in digests if digest.date == day], known)
        if self._known is not known:
            self._known, self._shelf = known, Shelf.of(digests, known)
        return self._shelf

    async def next_delivery(self, subscription: Subscription) -> dt.datetime:
        """Return the next slot of a subscription."""
        return first_slot(subscription, after=max(self._clock.now(), subscription.created_at))

    async def send_now(self, subscription: Subscription) -> SendNow:
        """Send the newest digest at once, unless this destination has had it."""
        edition = (await self.shelf()).newest(local_day(subscription, self._clock.now()))
        if edition is None:
            return NothingYet()
        before = await self._ledger.history(subscription.destination)
        settled = [each for each in before.deliveries if each.state is DeliveryState.DONE]
        if any(each.digest == edition.known.key for each in settled):
            return AlreadyHad(edition.digest, await self._first_message(edition, subscription))
        futures = self.fleet.dispatch([Run(subscription, (edition,))])
        if not futures:
            return Pending(edition.digest)
        done, _ = await asyncio.wait(futures, timeout=PATIENCE)
        if not done:
            return Pending(edition.digest)
        return await self._answer(futures[0].result(), edition, subscription)

    async def _answer(self, receipt: Receipt, edition: Edition, subscription: Subscription) -> SendNow:
        match receipt:
            case Carried():
                return Delivered(edition.digest, await self._first_message(edition, subscription))
            case NoMatch():
                return NothingMatches(edition.digest)
            case TurnedAway(refusal):
                return Undeliverable(refusal)
            case Unfit():
                return Undeliverable(Refusal.OTHER)
            case Underway() | TokenRefused():
                return Pending(edition.digest)
            case _:
                assert_never(receipt)

    async def _first_message(self, edition: Edition, subscription: Subscription) -> tuple[int, int] | None:
        delivery = await self._ledger.delivery(edition.known.key, subscription.destination)
        first = next(iter(delivery.parts), None) if delivery else None
        if first is None or first.message_id is None:
            return None
        return first.channel_id, first.message_id
