"""Wishes are kept as they were made, and gone when they should be."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import Refusal
from bot.domain.subscription import (
    ChannelKind,
    Days,
    Destination,
    DestinationKind,
    Language,
    Pause,
    Style,
    Subscription,
)
from bot.storage.database import Database
from bot.storage.subscriptions import Subscriptions

NOW = dt.datetime(2023, 3, 1, 0, 0, 1, 234567, tzinfo=dt.UTC)
LARGE = 2**63 - 1
"""The largest id that Discord could give before its own clock runs out."""


def channel(number: int = 700, guild: int = 1) -> Subscription:
    """A subscription with every wish other than its default."""
    return Subscription(
        destination=Destination(DestinationKind.CHANNEL, number),
        channel_id=number,
        channel_kind=ChannelKind.ANNOUNCEMENT,
        guild_id=guild,
        time=dt.time(7, 5),
        zone=ZoneInfo("America/New_York"),
        created_at=NOW,
        style=Style.COMPACT,
        days=Days.WEEKDAYS,
        keywords='언어 모델, -vision "in context"',
        language=Language.ENGLISH,
        role_id=LARGE,
    )


def person(number: int = 900) -> Subscription:
    destination = Destination(DestinationKind.USER, number)
    return Subscription(destination, number + 1, ChannelKind.DM, None, dt.time(9), ZoneInfo("Asia/Seoul"), NOW)


@pytest.fixture
def subscriptions(database: Database) -> Subscriptions:
    return Subscriptions(database)


@pytest.mark.parametrize("wish", [channel(), channel(LARGE), person()], ids=["channel", "largest id", "person"])
async def test_a_subscription_comes_back_as_it_was_put(subscriptions: Subscriptions, wish: Subscription) -> None:
    await subscriptions.put(wish)

    assert await subscriptions.get(wish.destination) == wish


async def test_an_instant_of_another_zone_comes_back_as_the_same_instant(subscriptions: Subscriptions) -> None:
    local = NOW.astimezone(ZoneInfo("Asia/Kolkata"))
    await subscriptions.put(replace(channel(), created_at=local))

    found = await subscriptions.get(channel().destination)

    assert found is not None
    assert found.created_at == NOW
    assert found.created_at.tzinfo is dt.UTC


async def test_putting_again_replaces_the_former_wishes(subscriptions: Subscriptions) -> None:
    await subscriptions.put(channel())
    changed = replace(channel(), style=Style.TITLES, role_id=None)

    await subscriptions.put(changed)

    assert await subscriptions.all() == (changed,)


async def test_all_are_ordered_by_destination(subscriptions: Subscriptions) -> None:
    wishes = [person(), channel(30), channel(4)]
    for wish in wishes:
        await subscriptions.put(wish)

    found = await subscriptions.all()

    assert found == tuple(sorted(wishes, key=lambda wish: wish.destination))


async def test_a_person_and_a_channel_of_one_number_are_two_destinations(subscriptions: Subscriptions) -> None:
    await subscriptions.put(channel(5))
    await subscriptions.put(person(5))

    removed = await subscriptions.remove(channel(5).destination)

    assert removed
    assert await subscriptions.all() == (person(5),)


async def test_removing_what_is_not_there_says_so(subscriptions: Subscriptions) -> None:
    assert not await subscriptions.remove(channel().destination)


async def test_the_subscriptions_of_a_server_are_its_own(subscriptions: Subscriptions) -> None:
    for wish in (channel(2, guild=1), channel(1, guild=1), channel(3, guild=2), person()):
        await subscriptions.put(wish)

    assert await subscriptions.of_guild(1) == (channel(1, guild=1), channel(2, guild=1))


@pytest.mark.parametrize("probe_at", [NOW + dt.timedelta(days=1), None])
async def test_a_pause_is_kept_and_a_later_one_takes_its_place(
    subscriptions: Subscriptions, probe_at: dt.datetime | None
) -> None:
    await subscriptions.put(channel())
    await subscriptions.pause(channel().destination, Pause(Refusal.NO_PERMISSION, NOW))
    later = Pause(Refusal.CHANNEL_GONE, NOW, strikes=2, probe_at=probe_at)

    kept = await subscriptions.pause(channel().destination, later)

    assert kept
    assert await subscriptions.get(channel().destination) == replace(channel(), pause=later)


async def test_a_destination_without_subscription_is_not_paused(subscriptions: Subscriptions) -> None:
    assert not await subscriptions.pause(channel().destination, Pause(Refusal.NO_ACCESS, NOW))


async def test_a_paused_destination_is_resumed_once(subscriptions: Subscriptions) -> None:
    await subscriptions.put(channel())
    await subscriptions.pause(channel().destination, Pause(Refusal.NO_ACCESS, NOW))

    resumed = [await subscriptions.resume(channel().destination) for _ in range(2)]

    assert resumed == [True, False]
    assert await subscriptions.get(channel().destination) == channel()
