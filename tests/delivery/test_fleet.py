"""Many deliveries at once: bounded, never two to one destination, and ended in order."""

import asyncio
import itertools
from collections import deque
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.courier import Carried, Courier, TokenRefused, Underway
from bot.delivery.fleet import Fleet, Run
from bot.delivery.planner import Edition
from bot.domain.delivery import Outcome, Refusal, Refused, Unauthorized
from bot.domain.post import Post
from bot.domain.subscription import Destination, DestinationKind, Subscription
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import digest, subscription
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, OnePostAPaper

DIGEST = digest("2023-03-01", papers=2)


class Gate(FakeDiscord):
    """Holds every request until the gate opens, and counts how many wait at most."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__(clock)
        self.open = asyncio.Event()
        self.waiting = 0
        self.most = 0
        self.arrived = asyncio.Event()

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        self.waiting += 1
        self.most = max(self.most, self.waiting)
        self.arrived.set()
        await self.open.wait()
        self.waiting -= 1
        return await super().send(channel_id, post, nonce)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        yield database


def courier(database: Database, discord: FakeDiscord) -> Courier:
    return Courier(
        ledger=Ledger(database),
        messenger=discord,
        renderer=OnePostAPaper(),
        subscriptions=Subscriptions(database),
        operator=Alerts(),
        clock=discord.clock,
        owner="test",
    )


async def runs(database: Database, count: int) -> list[Run]:
    clock = FakeClock()
    known = await Ledger(database).know([DIGEST], clock.now())
    edition = Edition(DIGEST, known[DIGEST.id])
    for wish in wishes(count):
        await Subscriptions(database).put(wish)
    return [Run(each, (edition,)) for each in wishes(count)]


def wishes(count: int) -> list[Subscription]:
    return [subscription(destination=Destination(DestinationKind.CHANNEL, n)) for n in range(1, count + 1)]


async def test_every_destination_is_served(database: Database) -> None:
    discord = FakeDiscord(FakeClock())
    fleet = Fleet(courier(database, discord))

    receipts = fleet.dispatch(await runs(database, 30))
    await fleet.idle()

    assert [future.result() for future in receipts] == [Carried()] * 30
    assert len(discord.messages) == 60


async def test_no_more_than_the_bound_are_in_flight(database: Database) -> None:
    discord = Gate(FakeClock())
    fleet = Fleet(courier(database, discord), in_flight=4)

    fleet.dispatch(await runs(database, 20))
    await discord.arrived.wait()
    discord.open.set()
    await fleet.idle()

    assert discord.most <= 4
    assert len(discord.messages) == 40


async def test_a_destination_under_way_is_not_started_twice(database: Database) -> None:
    discord = Gate(FakeClock())
    fleet = Fleet(courier(database, discord))

    first = fleet.dispatch(await runs(database, 3))
    second = fleet.dispatch(await runs(database, 4))
    discord.open.set()
    await fleet.idle()

    assert (len(first), len(second)) == (3, 1)
    assert len(discord.messages) == 8


async def test_who_unsubscribes_while_waiting_for_their_turn_gets_nothing(database: Database) -> None:
    discord = Gate(FakeClock())
    fleet = Fleet(courier(database, discord), in_flight=1)

    fleet.dispatch(await runs(database, 2))
    await discord.arrived.wait()
    await Subscriptions(database).remove(Destination(DestinationKind.CHANNEL, 2))
    discord.open.set()
    await fleet.idle()

    assert {channel for channel, *_ in discord.messages} == {1}


async def test_nothing_is_begun_while_discord_refuses_too_much(database: Database) -> None:
    discord = FakeDiscord(FakeClock())
    discord.is_withholding = True
    fleet = Fleet(courier(database, discord))

    receipts = fleet.dispatch(await runs(database, 3))
    await fleet.idle()

    assert [future.result() for future in receipts] == [Underway()] * 3
    assert discord.requests == 0


async def test_one_refusal_stays_one(database: Database) -> None:
    discord = FakeDiscord(FakeClock())
    discord.faults = deque([Refused(Refusal.NO_ACCESS, "403")])
    fleet = Fleet(courier(database, discord), in_flight=1)

    fleet.dispatch(await runs(database, 10))
    await fleet.idle()

    assert {channel for channel, *_ in discord.messages} == set(range(2, 11))


async def test_a_refused_token_stops_everything(database: Database) -> None:
    discord = FakeDiscord(FakeClock())
    discord.faults = deque([Unauthorized("401")])
    fleet = Fleet(courier(database, discord), in_flight=1)

    receipts = fleet.dispatch(await runs(database, 10))
    await fleet.idle()

    assert fleet.token_refused.is_set()
    assert receipts[0].result() == TokenRefused()
    assert discord.requests == 1


async def test_stopping_finishes_the_requests_in_flight_and_begins_nothing_new(database: Database) -> None:
    discord = Gate(FakeClock())
    fleet = Fleet(courier(database, discord), in_flight=2)

    fleet.dispatch(await runs(database, 10))
    await discord.arrived.wait()
    stopping = asyncio.create_task(fleet.stop(seconds=30))
    await asyncio.sleep(0)
    discord.open.set()
    await stopping

    assert 1 <= len(discord.messages) <= 2
    assert fleet.dispatch(await runs(database, 1)) == []


async def test_stopping_does_not_wait_for_ever(database: Database) -> None:
    discord = Gate(FakeClock())
    fleet = Fleet(courier(database, discord))

    receipts = fleet.dispatch(await runs(database, 2))
    await discord.arrived.wait()
    await fleet.stop(seconds=0)

    assert all(future.cancelled() for future in receipts)
    assert discord.messages == []


async def test_a_defect_in_one_delivery_leaves_the_others_alone(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(OnePostAPaper):
        calls = itertools.count()

        def posts(self, *args: object) -> tuple[Post, ...]:
            if next(self.calls) == 0:
                raise ZeroDivisionError
            return super().posts(*args)  # type: ignore[arg-type]  # handed through as they came

    discord = FakeDiscord(FakeClock())
    one = courier(database, discord)
    one.renderer = Broken()
    fleet = Fleet(one, in_flight=1)

    fleet.dispatch(await runs(database, 3))
    await fleet.idle()

    assert len(discord.messages) == 4
    assert "a delivery to channel:1 broke off" in caplog.text
