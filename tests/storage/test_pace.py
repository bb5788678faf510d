"""Processes that share a state share the request budget of their token."""

import asyncio
from itertools import pairwise

from bot.storage.database import Database
from bot.storage.pace import Pace

GAP = 0.02


async def test_a_free_budget_begins_at_once(database: Database) -> None:
    assert await Pace(database).reserve(1, GAP) == 0.0


async def test_what_was_reserved_is_nobody_elses(database: Database, another: Database) -> None:
    one, two = Pace(database), Pace(another)
    await one.reserve(500, GAP)

    ahead = await two.reserve(1, GAP)

    assert ahead is not None
    assert 5.0 < ahead <= 10.0


async def test_blocks_taken_at_once_do_not_overlap(database: Database, another: Database) -> None:
    paces = [Pace(database), Pace(another)]
    await paces[0].reserve(1000, GAP)  # so that the clock plays no part

    aheads = await asyncio.gather(*(paces[n % 2].reserve(100, GAP) for n in range(10)))

    begins = sorted(ahead for ahead in aheads if ahead is not None)
    assert len(begins) == 10
    assert all(later - earlier > 1.0 for earlier, later in pairwise(begins))


async def test_slots_that_nobody_used_in_time_are_not_owed_later(database: Database) -> None:
    pace = Pace(database)
    await pace.reserve(1, 0.001)
    await asyncio.sleep(0.05)

    assert await pace.reserve(1, GAP) == 0.0
