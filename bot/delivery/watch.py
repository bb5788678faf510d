"""What the operator should hear of although nobody's delivery failed: no new digest for days, or a file that can't be read."""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from bot.delivery.planner import Shelf
from bot.delivery.ports import Clock, Operator

STALE_AFTER = dt.timedelta(days=4)
"""Longer than a weekend, after which even a digest of working days must have come."""
TOLD_AT_ONCE = 5
"""Files that are named; of more only their number."""
STALE, FILES = "told:stale", "told:files"


class Memory(Protocol):
    """A place that keeps a text under a key, through restarts."""

    async def get(self, key: str) -> str | None:
        """Return the text, if there is one."""
        ...

    async def put(self, key: str, value: str) -> None:
        """Keep the text."""
        ...


@dataclass(slots=True, kw_only=True)
class Watch:
    """Tells the operator once of each trouble, and once that it is over; a restart repeats nothing."""

    operator: Operator
    memory: Memory
    clock: Clock
    _before: Mapping[str, str] = field(default_factory=dict)
    """Troubles of the last look: a file is told only when it fails twice, for it may be being written."""
    _told: dict[str, str] | None = None

    async def look(self, shelf: Shelf, troubles: Mapping[str, str]) -> None:
        """Compare what is there with what was told. `troubles` are sentences by file."""
        await self._staleness(shelf)
        await self._files(troubles)
        self._before = dict(troubles)

    async def _staleness(self, shelf: Shelf) -> None:
        if not shelf.editions:
            return
        newest = max(shelf.editions, key=lambda edition: edition.known.first_seen_at)
        told = await self.memory.get(STALE)
        if self.clock.now() - newest.known.first_seen_at <= STALE_AFTER:
            if told:
                await self.memory.put(STALE, "")
                await self.operator.recovered("stale", f"A new digest has come: {newest.digest.id}.")
        elif told != newest.digest.id:
            await self.memory.put(STALE, newest.digest.id)
            sentence = f"No new digest for {STALE_AFTER.days} days: the newest is {newest.digest.id}."
            await self.operator.alert("stale", sentence)

    async def _files(self, troubles: Mapping[str, str]) -> None:
        told = await self._remembered()
        lasting = {path: said for path, said in troubles.items() if self._before.get(path) == said}
        fresh = {path: said for path, said in lasting.items() if told.get(path) != said}
        mended = [path for path in told if path not in troubles]
        if not fresh and not mended:
            return
        for path in mended:
            del told[path]
        told.update(fresh)
        await self.memory.put(FILES, json.dumps(told))
        await self._tell(fresh, mended)

    async def _tell(self, fresh: Mapping[str, str], mended: list[str]) -> None:
        for path, said in list(fresh.items())[:TOLD_AT_ONCE]:
            await self.operator.alert(f"file:{path}:{said}", f"{path} can't be delivered: {said}")
        if len(fresh) > TOLD_AT_ONCE:
            more = len(fresh) - TOLD_AT_ONCE
            await self.operator.alert(
                f"files:{more}", f"{more} more files can't be delivered: run `check` to see them."
            )
        for path in mended[:TOLD_AT_ONCE]:
            await self.operator.recovered(f"file:{path}", f"{path} is mended or gone.")

    async def _remembered(self) -> dict[str, str]:
        if self._told is None:
            self._told = json.loads(await self.memory.get(FILES) or "{}")
        return self._told
