"""Announcements reach their followers, within what Discord allows a channel."""

import datetime as dt
from collections import deque
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from bot.delivery.courier import Carried, Courier
from bot.delivery.planner import Shelf
from bot.delivery.publisher import BUDGET, HOUR, PERIOD, Publisher
from bot.domain.delivery import Gone, Refusal, Refused, Unknown
from bot.domain.subscription import ChannelKind, Subscription
from bot.storage.database import open_database
from bot.storage.ledger import Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL, digest, subscription
from tests.delivery.world import Alerts, FakeClock, FakeDiscord, OnePostAPaper

NEWS = replace(subscription(), channel_kind=ChannelKind.ANNOUNCEMENT)


@dataclass
class World:
    courier: Courier
    publisher: Publisher
    discord: FakeDiscord
    alerts: Alerts
    clock: FakeClock

    async def deliver(self, papers: int, wish: Subscription = NEWS) -> None:
        shown = digest("2023-03-01", papers=papers)
        shelf = Shelf.of([shown], await self.courier.ledger.know([shown], self.clock.now()))
        assert await self.courier.carry(shelf.editions[0], wish) == Carried()


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock, alerts = FakeClock(), Alerts()
    discord = FakeDiscord(clock)
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        ledger, subscriptions = Ledger(database), Subscriptions(database)
        await subscriptions.put(NEWS)
        courier = Courier(
            ledger=ledger,
            messenger=discord,
            renderer=OnePostAPaper(),
            subscriptions=subscriptions,
            operator=alerts,
            clock=clock,
            owner="me",
        )
        publisher = Publisher(ledger=ledger, messenger=discord, operator=alerts, clock=clock, tally=courier.tally)
        yield World(courier, publisher, discord, alerts, clock)


async def test_every_message_is_published_once_and_in_order(world: World) -> None:
    await world.deliver(3)

    for _ in range(2):
        await world.publisher.look()

    assert world.discord.published == [1, 2, 3]


async def test_a_plain_channel_has_nothing_to_publish(world: World) -> None:
    await world.deliver(3, subscription(destination=replace(CHANNEL, id=701)))

    await world.publisher.look()

    assert world.discord.published == []


async def test_what_is_beyond_the_hour_is_published_in_the_next(world: World) -> None:
    await world.deliver(BUDGET + 2)

    await world.publisher.look()
    await world.publisher.look()
    within = len(world.discord.published)
    await world.clock.sleep(HOUR.total_seconds())
    await world.publisher.look()

    assert within == BUDGET
    assert world.discord.published == list(range(1, BUDGET + 3))


async def test_trouble_leaves_the_channel_alone_for_a_while(world: World) -> None:
    await world.deliver(2)
    world.discord.answers = deque([Unknown("429 for half an hour")])

    await world.publisher.look()
    await world.publisher.look()
    meanwhile = list(world.discord.published)
    await world.clock.sleep(dt.timedelta(minutes=11).total_seconds())
    await world.publisher.look()

    assert meanwhile == []
    assert world.discord.published == [1, 2]


async def test_a_message_that_is_gone_keeps_the_others_from_nothing(world: World) -> None:
    await world.deliver(2)
    world.discord.answers = deque([Gone()])

    for _ in range(2):
        await world.publisher.look()

    assert world.discord.published == [2]


async def test_a_refusal_is_told_and_not_repeated(world: World) -> None:
    await world.deliver(1)
    world.discord.answers = deque([Refused(Refusal.NO_PERMISSION, "403 Missing Permissions")])

    for _ in range(2):
        await world.publisher.look()

    assert world.discord.published == []
    assert len(world.alerts.told) == 1


async def test_old_news_is_no_news(world: World) -> None:
    await world.deliver(1)
    await world.clock.sleep(PERIOD.total_seconds())

    await world.publisher.look()

    assert world.discord.published == []


async def test_nothing_is_asked_while_discord_refuses_too_much(world: World) -> None:
    await world.deliver(1)
    world.discord.is_withholding = True

    await world.publisher.look()

    assert world.discord.published == []
