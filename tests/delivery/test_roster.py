"""Of thousands only those are judged whose answer can have changed."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import pytest

from bot.delivery.planner import Shelf
from bot.delivery.roster import CHUNK, REVIEW, Roster
from bot.domain.delivery import DeliveryState, Refusal
from bot.domain.digest import Digest
from bot.domain.subscription import Days, Destination, DestinationKind, Pause, Subscription
from bot.storage.database import Database, open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL, LOOK, digest, subscription
from tests.delivery.world import FakeClock

OTHER = Destination(DestinationKind.CHANNEL, 701)


class Counted(Subscriptions):
    """Subscriptions that count how many are read to be judged."""

    judged = 0

    async def some(self, destinations: Iterable[Destination]) -> tuple[Subscription, ...]:
        found = await super().some(destinations)
        self.judged += len(found)
        return found


@dataclass
class World:
    database: Database
    clock: FakeClock
    subscriptions: Counted
    ledger: Ledger
    roster: Roster
    shelf: Shelf = field(default_factory=lambda: Shelf((), {}))

    async def put_on_shelf(self, *digests: Digest) -> None:
        self.shelf = Shelf.of(digests, await self.ledger.know(digests, self.clock.now()))

    async def look(self) -> list[Destination]:
        """Return who is owed something."""
        return [wish.destination async for chunk in self.roster.owed(self.shelf) for wish, _ in chunk]

    async def had(self, destination: Destination, state: DeliveryState = DeliveryState.DONE) -> None:
        """Note that a destination got the newest digest."""
        edition = self.shelf.editions[-1]
        delivery = await self.ledger.open(edition.known.key, edition.date, destination, self.clock.now(), LOOK)
        await self.ledger.close(delivery.key, state, self.clock.now())

    async def judged(self) -> int:
        """Look, and return how many were judged."""
        before = self.subscriptions.judged
        await self.look()
        return self.subscriptions.judged - before


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = FakeClock("2023-03-01T08:00")
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        subscriptions, ledger = Counted(database), Ledger(database)
        roster = Roster(subscriptions=subscriptions, ledger=ledger, clock=clock, catch_up_limit=3)
        world = World(database, clock, subscriptions, ledger, roster)
        await world.put_on_shelf(digest("2023-03-01"))
        yield world


async def hours(world: World, count: float) -> None:
    await world.clock.sleep(count * 3600)


async def test_who_waits_is_judged_when_the_time_has_come(world: World) -> None:
    await world.subscriptions.put(subscription(time="08:02"))

    looks = [await world.look()]
    for _ in range(3):
        await world.clock.sleep(60)
        looks.append(await world.look())

    assert looks == [[], [], [CHANNEL], []]
    assert world.subscriptions.judged == 2


async def test_who_is_owed_something_is_named_once_until_it_was_served(world: World) -> None:
    await world.subscriptions.put(subscription(time="07:00"))

    named = [await world.look(), await world.look()]
    world.roster.begin(CHANNEL)
    world.roster.wake(CHANNEL)
    named.append(await world.look())

    assert named == [[CHANNEL], [], [CHANNEL]]


async def test_who_is_up_to_date_is_left_alone(world: World) -> None:
    await world.subscriptions.put(subscription(time="07:00"))
    await world.had(CHANNEL)
    await world.look()

    assert await world.judged() == 0


async def test_a_new_digest_wakes_everybody(world: World) -> None:
    await world.subscriptions.put(subscription(time="07:00"))
    await world.had(CHANNEL)
    await world.look()
    await hours(world, 24)

    await world.put_on_shelf(digest("2023-03-01"), digest("2023-03-02"))

    assert await world.look() == [CHANNEL]


async def test_changed_wishes_wake_their_subscription_alone(world: World) -> None:
    for destination in (CHANNEL, OTHER):
        await world.subscriptions.put(subscription(destination=destination, time="23:00"))
    await world.look()

    await world.subscriptions.put(subscription(destination=OTHER, time="07:00"))

    assert await world.look() == [OTHER]
    assert world.subscriptions.judged == 3


async def test_a_subscription_made_meanwhile_is_judged(world: World) -> None:
    await world.look()

    await world.subscriptions.put(subscription(time="07:00"))

    assert await world.look() == [CHANNEL]


async def test_who_unsubscribed_is_forgotten(world: World) -> None:
    await world.subscriptions.put(subscription(time="08:02"))
    await world.look()
    await world.subscriptions.remove(CHANNEL)

    await world.clock.sleep(300)

    assert await world.look() == []


async def test_a_paused_destination_is_judged_when_it_is_to_be_tried(world: World) -> None:
    await world.subscriptions.put(subscription(time="07:00"))
    until = world.clock.now() + dt.timedelta(minutes=2)
    await world.subscriptions.pause(CHANNEL, Pause(Refusal.NO_ACCESS, world.clock.now(), probe_at=until))

    before = await world.look()
    await world.clock.sleep(120)

    assert before == []
    assert await world.look() == [CHANNEL]


async def test_what_another_process_changed_is_seen_within_minutes(world: World) -> None:
    await world.look()
    await Subscriptions(world.database).put(subscription(time="07:00"))

    at_once = await world.look()
    await world.clock.sleep(REVIEW.total_seconds())

    assert at_once == []
    assert await world.look() == [CHANNEL]


async def test_a_clock_set_back_is_harmless(world: World) -> None:
    await world.subscriptions.put(subscription(time="08:30"))
    await world.look()

    await hours(world, -5)
    before = await world.look()
    await hours(world, 6)

    assert before == []
    assert await world.look() == [CHANNEL]


async def test_who_is_being_served_is_not_named_even_at_a_review(world: World) -> None:
    await world.subscriptions.put(subscription(time="07:00"))
    await world.look()
    world.roster.begin(CHANNEL)

    await world.clock.sleep(REVIEW.total_seconds())

    assert await world.look() == []


async def test_everybody_is_judged_in_chunks(world: World) -> None:
    numbers = range(1, CHUNK + 11)
    for number in numbers:
        await world.subscriptions.put(
            subscription(destination=Destination(DestinationKind.CHANNEL, number), time="07:00")
        )

    chunks = [[wish.destination.id for wish, _ in chunk] async for chunk in world.roster.owed(world.shelf)]

    assert [len(chunk) for chunk in chunks] == [CHUNK, 10]
    assert list(chain.from_iterable(chunks)) == list(numbers)


async def test_the_whole_roster_can_be_judged_for_an_explanation(world: World) -> None:
    wishes: Sequence[Subscription] = [
        subscription(time="07:00"),
        replace(subscription(destination=OTHER, days=Days.MONDAY)),
    ]
    for wish in wishes:
        await world.subscriptions.put(wish)

    verdicts = await world.roster.verdicts(world.shelf)

    assert {destination: type(verdict).__name__ for destination, verdict in verdicts.items()} == {
        CHANNEL: "Owed",
        OTHER: "Waiting",
    }
