"""What a look costs with thousands of subscriptions: with nothing owed, with a digest owed to everybody, and how long it holds others up.

    python -m benchmarks.planning [SUBSCRIPTIONS]

Subscriptions and a year of deliveries stand in a SQLite file; the fleet is told to wait, so that planning alone is measured. A task that
wakes every few milliseconds notices how long the event loop was busy.
"""

import asyncio
import datetime as dt
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert

from bot.delivery.courier import Courier
from bot.delivery.fleet import Fleet
from bot.delivery.service import Deliveries
from bot.domain.digest import Digest
from bot.rendering.renderer import Renderer
from bot.storage import schema
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import digest
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, FixedDigests

HISTORY = 60
"""Days of deliveries that everybody had."""
FIRST = dt.date(2023, 1, 1)
CREATED = dt.datetime(2022, 12, 1, tzinfo=dt.UTC)
BEAT = 0.002


@dataclass(slots=True)
class Pulse:
    """The longest time for which nothing else could run."""

    longest: float = 0.0

    async def beat(self) -> None:
        """Feel it until cancelled."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(BEAT)
            self.longest = max(self.longest, time.perf_counter() - began - BEAT)


async def fill(database: Database, count: int, digests: Sequence[Digest]) -> None:
    """Write subscriptions and their history, as fast as it goes."""
    known = await Ledger(database).know(digests, CREATED)
    wish = {"kind": "channel", "channel_kind": "text", "time": "09:00", "zone": "Asia/Seoul", "created_at": CREATED}
    wish |= {"style": "full", "days": "daily", "keywords": "", "language": "ko", "strikes": 0}
    delivery = {"kind": "channel", "state": "done", "style": "full", "language": "ko", "keywords": ""}
    async with database.write() as connection:
        rows = [wish | {"id": number, "channel_id": number, "guild_id": number // 20} for number in range(count)]
        await connection.execute(insert(schema.subscriptions), rows)
        for shown in digests:
            at = dt.datetime.combine(shown.date, dt.time(0), dt.UTC)
            had = delivery | {
                "digest": known[shown.id].key,
                "digest_date": shown.date,
                "opened_at": at,
                "settled_at": at,
            }
            await connection.execute(insert(schema.deliveries), [had | {"id": number} for number in range(count)])


@asynccontextmanager
async def a_program(count: int) -> AsyncIterator[tuple[Deliveries, FixedDigests, FakeClock]]:
    """Put together what plans."""
    digests = [digest((FIRST + dt.timedelta(days=day)).isoformat(), papers=7) for day in range(HISTORY)]
    clock, shelf = FakeClock(f"{FIRST + dt.timedelta(days=HISTORY - 1)}T12:00"), FixedDigests(digests)
    discord = FakeDiscord(clock, is_withholding=True)
    with tempfile.TemporaryDirectory() as folder:
        async with open_database(f"sqlite+aiosqlite:///{folder}/{Path('bot.db')}") as database:
            await fill(database, count, digests)
            ledger, subscriptions = Ledger(database), Subscriptions(database)
            courier = Courier(
                ledger=ledger,
                messenger=discord,
                renderer=Renderer(None),
                subscriptions=subscriptions,
                operator=Alerts(),
                clock=clock,
                owner="me",
            )
            yield (
                Deliveries(
                    digests=shelf,
                    subscriptions=subscriptions,
                    ledger=ledger,
                    fleet=Fleet(courier),
                    clock=clock,
                    catch_up_limit=3,
                ),
                shelf,
                clock,
            )


async def timed(deliveries: Deliveries, pulse: Pulse) -> tuple[int, float, float]:
    """Look once: how many are owed something, the seconds it took, and the longest time that others had to wait."""
    pulse.longest = 0.0
    began = time.perf_counter()
    started = await deliveries.tick()
    return started, time.perf_counter() - began, pulse.longest


def said(what: str, measured: tuple[int, float, float]) -> str:
    """Say it in a line."""
    started, seconds, longest = measured
    return f"{what}: {1000 * seconds:.1f} ms, {started} owed; the event loop was never busy for more than {1000 * longest:.1f} ms"


async def main(count: int) -> None:
    """Measure and print."""
    pulse = Pulse()
    beating = asyncio.create_task(pulse.beat())
    async with a_program(count) as (deliveries, shelf, clock):
        print(said(f"{count} subscriptions, first look", await timed(deliveries, pulse)))
        quiet = [await timed(deliveries, pulse) for _ in range(20)]
        print(said("nothing owed, median of 20 looks", sorted(quiet, key=lambda look: look[1])[10]))
        tomorrow = FIRST + dt.timedelta(days=HISTORY)
        shelf.digests = (*shelf.digests, digest(tomorrow.isoformat(), papers=7))
        print(said("a new digest for tomorrow", await timed(deliveries, pulse)))
        await clock.sleep(86_400)
        print(said("everybody's time has come", await timed(deliveries, pulse)))
        await deliveries.fleet.idle()
    beating.cancel()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))
