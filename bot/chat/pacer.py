"""Keep REST requests evenly spaced, below the rate that Discord allows a token."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from enum import IntEnum
from typing import Protocol

EARLY = 0.0015
"""Seconds before its slot at which a request wakes: a sleep overshoots by about a millisecond, the rest is waited out by yielding."""
SLACK = 0.015
"""Seconds of lateness that are made up for. At 48 a second no second then holds more than 49 starts, one less than Discord allows; a
strict window bears some 40 ms of bunching on the way."""
BLOCK = 24
"""Slots reserved at once, half a second of them: so a reservation, which is a write, takes nothing from the pace."""
RECOVERY = 10.0
"""Seconds from half the rate, after a global 429, back to the full rate."""


class Lane(IntEnum):
    """Who goes first: the smaller number."""

    PROMPT = 0
    """Somebody waits for it: look-ups, histories, opening a direct message."""
    BROADCAST = 1
    """Posts, of which there may be thousands."""
    UPKEEP = 2
    """Corrections and publishing: nobody waits for those while posts are due."""


class Budget(Protocol):
    """The slots of a token, which several processes may share."""

    async def reserve(self, count: int, gap: float) -> float | None:
        """Take the next `count` slots, `gap` seconds apart, and return in how many seconds the first one is.

        None where that can't be told just now: then everybody keeps to their own pace.
        """
        ...


class Pacer:
    """Lets one request start every `1 / rate` seconds.

    A start that comes a little late, as a sleep makes it, delays none of those that follow; more than `SLACK` is never made up for, or a
    stall of the event loop would end in a burst.
    """

    def __init__(
        self,
        rate: float,
        *,
        budget: Budget | None = None,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / rate
        self._budget = budget
        self._monotonic = monotonic
        self._sleep = sleep
        self._held = False
        self._due = float("-inf")
        self._slack = 0.0
        self._slowed_at = float("-inf")
        self._waiting: dict[Lane, deque[asyncio.Future[None]]] = {lane: deque() for lane in Lane}
        self._reserved: deque[float] = deque()
        self._reserving: asyncio.Task[None] | None = None

    async def acquire(self, lane: Lane) -> None:
        """Return when a request of `lane` may start."""
        await self._turn(lane)
        try:
            await self._slot()
        finally:
            self._pass_on()

    def slow_down(self) -> None:
        """Halve the rate, and let it recover."""
        self._slowed_at = self._monotonic()
        self._reserved.clear()

    async def _turn(self, lane: Lane) -> None:
        if not self._held:
            self._held = True
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting[lane].append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():  # it was our turn already
                self._pass_on()
            raise

    def _pass_on(self) -> None:
        for lane in Lane:
            queue = self._waiting[lane]
            while queue:
                turn = queue.popleft()
                if not turn.done():
                    turn.set_result(None)
                    return
        self._held = False

    async def _slot(self) -> None:
        gap = self._current_gap()
        if self._budget is not None:
            await self._have_reserved(self._budget, gap)
        reserved = self._reserved.popleft() if self._reserved else 0.0
        due = max(self._due + gap, self._monotonic() - self._slack, reserved)
        ahead = due - EARLY - self._monotonic()
        if ahead > 0:
            await self._sleep(ahead)
        while self._monotonic() < due:
            await self._sleep(0)
        self._due, self._slack = due, SLACK

    async def _have_reserved(self, budget: Budget, gap: float) -> None:
        """Drop slots that have passed, and see to it that there are more before the last one is used."""
        while self._reserved and self._reserved[0] < self._monotonic() - SLACK:
            self._reserved.popleft()
        if len(self._reserved) * 2 < self._wanted and (self._reserving is None or self._reserving.done()):
            self._reserving = asyncio.create_task(self._reserve(budget, self._wanted, gap), name="pace")
        if not self._reserved and self._reserving is not None:
            await asyncio.shield(self._reserving)

    async def _reserve(self, budget: Budget, count: int, gap: float) -> None:
        ahead = await budget.reserve(count, gap)
        if ahead is not None:
            first = self._monotonic() + ahead
            self._reserved.extend(first + number * gap for number in range(count))

    @property
    def _wanted(self) -> int:
        """How many slots to reserve at once: no more than there are requests, for what is not used is lost to others."""
        return min(BLOCK, 1 + sum(map(len, self._waiting.values())))

    def _current_gap(self) -> float:
        recovered = min(1.0, (self._monotonic() - self._slowed_at) / RECOVERY)
        return self._gap / (0.5 + 0.5 * recovered)
