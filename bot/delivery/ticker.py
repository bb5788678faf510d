"""The timer that says "look again now": one APScheduler interval job, and nothing that must survive a restart."""

import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)


class Ticker:
    """Calls `tick` now and then every `seconds`, never twice at a time."""

    def __init__(self, tick: Callable[[], Awaitable[object]], *, seconds: int) -> None:
        self._tick = tick
        self._seconds = seconds
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    async def start(self) -> None:
        """Look once, then keep looking. Must be called inside the running event loop."""
        await self._look()
        self._scheduler.add_job(
            self._look,
            "interval",
            seconds=self._seconds,
            misfire_grace_time=None,  # the default of one second would drop a late look
            coalesce=True,
            max_instances=1,
        )
        self._scheduler.start()

    def stop(self) -> None:
        """Look no more; a look under way is cancelled, which is harmless."""
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _look(self) -> None:
        try:
            await self._tick()
        except Exception:  # the boundary of a scheduled job: the next look must come
            log.exception("a look at what is owed failed; the next one follows in %d s", self._seconds)
