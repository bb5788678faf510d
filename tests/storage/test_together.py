"""Several processes with one state: each may plan and deliver everything, and together they deliver it once."""

import asyncio
import datetime as dt
from collections import Counter

from bot.delivery.courier import Courier
from bot.delivery.fleet import Fleet
from bot.delivery.service import Deliveries
from bot.domain.subscription import Destination, DestinationKind
from bot.storage.database import Database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import digest, subscription
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, FixedDigests, OnePostAPaper

DIGEST = digest("2023-03-01", papers=3)
PLACES = 25


def a_process(database: Database, discord: FakeDiscord, name: str) -> Deliveries:
    ledger, subscriptions = Ledger(database), Subscriptions(database)
    courier = Courier(
        ledger=ledger,
        messenger=discord,
        renderer=OnePostAPaper(),
        subscriptions=subscriptions,
        operator=Alerts(),
        clock=discord.clock,
        owner=name,
    )
    return Deliveries(
        digests=FixedDigests([DIGEST]),
        subscriptions=subscriptions,
        ledger=ledger,
        fleet=Fleet(courier, in_flight=8),
        clock=discord.clock,
        catch_up_limit=3,
    )


async def test_two_processes_deliver_everything_once(database: Database, another: Database) -> None:
    discord = FakeDiscord(FakeClock("2023-03-01T10:00"), nonce_memory=dt.timedelta(0))  # which would hide a duplicate
    for number in range(1, PLACES + 1):
        await Subscriptions(database).put(subscription(destination=Destination(DestinationKind.CHANNEL, number)))
    processes = [a_process(database, discord, "one"), a_process(another, discord, "two")]

    await asyncio.gather(*(process.tick() for process in processes))
    await asyncio.gather(*(process.fleet.idle() for process in processes))
    for process in processes:
        await process.tick()
        await process.fleet.idle()

    posted = Counter((channel, mark) for channel, mark, _, _ in discord.messages)
    assert set(posted.values()) == {1}
    assert len(posted) == PLACES * len(DIGEST.papers)
    assert sum(process.fleet.tally.sent for process in processes) == len(posted)
