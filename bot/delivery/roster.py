"""Who is to be judged now: of thousands of subscriptions only those whose time has come or whose wishes changed.

What is owed is still computed from digests, wishes and ledger alone; this only remembers until when the answer can't change. Whatever
makes it change wakes a subscription: its time, its own wishes, a delivery that ended, another shelf. And every few minutes all are judged
anew, so that nothing rests on this memory but speed.
"""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from bot.delivery.planner import Owed, Paused, Shelf, UpToDate, Verdict, Waiting, plan
from bot.delivery.ports import Clock, Ledger, Subscriptions
from bot.domain.subscription import Destination, Subscription

CHUNK = 200
"""Subscriptions judged in one go: some 15 ms of work, after which other tasks have their turn."""
REVIEW = dt.timedelta(minutes=5)
"""After which everybody is judged anew: other processes subscribe people too."""
NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)


class Roster:
    """Judges subscriptions, each as seldom as it may."""

    def __init__(self, *, subscriptions: Subscriptions, ledger: Ledger, clock: Clock, catch_up_limit: int) -> None:
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._clock = clock
        self._catch_up_limit = catch_up_limit
        self._shelf: Shelf | None = None
        self._reviewed_at = dt.datetime.min.replace(tzinfo=dt.UTC)
        self._wakes: dict[Destination, dt.datetime] = {}
        self._underway: set[Destination] = set()

    async def owed(self, shelf: Shelf) -> AsyncIterator[list[tuple[Subscription, Owed]]]:
        """Yield by chunks who is owed something now; nobody is named again before it is woken or its time comes."""
        for chunk in _chunks(await self._due(shelf)):
            for destination in chunk:  # whoever is not found is no longer subscribed
                self._wakes.pop(destination, None)
            owed = []
            for subscription, verdict in await self._judge(shelf, chunk):
                self._wakes[subscription.destination] = _until(verdict)
                if isinstance(verdict, Owed):
                    owed.append((subscription, verdict))
            yield owed
            await asyncio.sleep(0)

    async def verdicts(self, shelf: Shelf) -> dict[Destination, Verdict]:
        """Judge everybody."""
        found: dict[Destination, Verdict] = {}
        for chunk in _chunks(await self._subscriptions.destinations()):
            found |= {wish.destination: verdict for wish, verdict in await self._judge(shelf, chunk)}
        return found

    def begin(self, destination: Destination) -> None:
        """Leave a destination alone while it is served."""
        self._underway.add(destination)

    def wake(self, destination: Destination) -> None:
        """Judge a destination at the next look."""
        self._underway.discard(destination)
        self._wakes[destination] = self._clock.now()

    async def _due(self, shelf: Shelf) -> Sequence[Destination]:
        now, changed = self._clock.now(), self._subscriptions.take_changes()
        if shelf is not self._shelf or not self._reviewed_at <= now < self._reviewed_at + REVIEW:
            everybody = await self._subscriptions.destinations()
            self._shelf, self._reviewed_at, self._wakes = shelf, now, dict.fromkeys(everybody, now)
        due = {destination for destination, at in self._wakes.items() if at <= now} | changed
        return sorted(due - self._underway)

    async def _judge(self, shelf: Shelf, chunk: Sequence[Destination]) -> list[tuple[Subscription, Verdict]]:
        now, most = self._clock.now(), self._catch_up_limit
        subscriptions, histories = await asyncio.gather(
            self._subscriptions.some(chunk), self._ledger.histories(chunk, shelf.horizon(now, most))
        )
        verdicts = plan(shelf, subscriptions, histories, now, catch_up_limit=most)
        return [(subscription, verdicts[subscription.destination]) for subscription in subscriptions]


def _until(verdict: Verdict) -> dt.datetime:
    """Return until when a verdict can't change by itself; who is owed something is woken by its delivery's end."""
    match verdict:
        case Waiting(_, until):
            return until
        case Paused(pause):
            return pause.probe_at or NEVER
        case Owed() | UpToDate():
            return NEVER


T = TypeVar("T")


def _chunks(values: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(values)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
