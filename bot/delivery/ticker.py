"""The timer that says "look again now": one APScheduler interval job, and nothing that must survive a restart."""

import datetime as dt
import logging
from collections.abc import Awaitable, Callable

from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = logging.getLogger(__name__)


class Ticker:
    """Calls `tick` now and then every `seconds`, never twice at a time."""

    def __init__(self, name: str, tick: Callable[[], Awaitable[object]], *, seconds: int) -> None:
        self._name = name
        self._tick = tick
        self._seconds = seconds
        self._scheduler = AsyncIOScheduler(timezone="UTC")

    def start(self) -> None:
        """Look at once, and from then on. Must be called inside the running event loop."""
        self._scheduler.add_job(
            self._look,
            "interval",
            seconds=self._seconds,
            next_run_time=dt.datetime.now(dt.UTC),
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
            log.exception("%s failed; the next try follows in %d s", self._name, self._seconds)
