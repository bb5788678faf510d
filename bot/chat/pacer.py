"""Keep REST requests evenly spaced, below the rate that Discord allows a token."""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable
from enum import IntEnum

EARLY = 0.0015
"""Seconds before its slot at which a request wakes: a sleep overshoots by about a millisecond, the rest is waited out by yielding."""
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


class Pacer:
    """Lets one request start every `1 / rate` seconds, measured from the actual start of the one before.

    Slots computed ahead would be used in a burst after a stall of the event loop; this never makes up for lost time.
    """

    def __init__(
        self,
        rate: float,
        *,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._gap = 1 / rate
        self._monotonic = monotonic
        self._sleep = sleep
        self._held = False
        self._last = float("-inf")
        self._slowed_at = float("-inf")
        self._waiting: dict[Lane, deque[asyncio.Future[None]]] = {lane: deque() for lane in Lane}

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
        slot = self._last + self._current_gap()
        ahead = slot - EARLY - self._monotonic()
        if ahead > 0:
            await self._sleep(ahead)
        while self._monotonic() < slot:
            await self._sleep(0)
        self._last = self._monotonic()

    def _current_gap(self) -> float:
        recovered = min(1.0, (self._monotonic() - self._slowed_at) / RECOVERY)
        return self._gap / (0.5 + 0.5 * recovered)
