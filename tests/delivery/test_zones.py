"""Four hundred zones, through the weeks in which clocks change: each local day's digest comes once, in its minute."""

import datetime as dt
import random
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.delivery.planner import Owed, Shelf, UpToDate, Waiting, verdict
from bot.domain.delivery import Delivery, DeliveryKey, DeliveryState, History
from bot.domain.schedule import slot
from bot.domain.subscription import Destination, DestinationKind, Subscription
from tests.delivery.builders import digest, shelf, subscription
from tests.delivery.station import station

POLL = dt.timedelta(seconds=15)
GLANCE = dt.timedelta(minutes=15)
"""Between two looks where all of delivery takes part, so that three days pass in seconds."""
ZONES = random.Random(1).sample(sorted(available_timezones()), 400)
AWKWARD = ("00:00", "00:30", "01:30", "02:00", "02:30", "03:00", "23:30", "23:59")
"""Times of day that some zone's clock skips or shows twice."""
PERIODS = [
    pytest.param("2023-03-10", 19, id="clocks go forward in America and Europe"),
    pytest.param("2023-10-27", 12, id="clocks go back in Europe and America"),
    pytest.param("2023-04-20", 10, id="clocks go forward at midnight in Cairo and Beirut"),
    pytest.param("2023-12-28", 8, id="a year ends"),
]


def days(first: str, count: int) -> list[dt.date]:
    return [dt.date.fromisoformat(first) + dt.timedelta(days=number) for number in range(count)]


def wishes() -> list[Subscription]:
    """One subscription a zone, half of them at awkward times."""
    chance = random.Random(2)
    times = [chance.choice((*AWKWARD, f"{chance.randrange(24):02}:{chance.randrange(60):02}")) for _ in ZONES]
    return [subscription(zone=zone, time=time) for zone, time in zip(ZONES, times, strict=True)]


def delivered(
    wish: Subscription, there: Shelf, start: dt.datetime, end: dt.datetime
) -> list[tuple[dt.date, dt.datetime]]:
    """Look every `POLL` from `start` to `end`, deliver what is owed, and return the digests' dates and when they went out."""
    had: list[Delivery] = []
    found: list[tuple[dt.date, dt.datetime]] = []
    now = start
    while now < end:
        judged = verdict(there, wish, History(tuple(reversed(had))), now, catch_up_limit=3)
        if isinstance(judged, UpToDate):
            break
        if isinstance(judged, Owed):
            for edition in judged.editions:
                key = DeliveryKey(len(had) + 1)
                had.append(
                    Delivery(key, edition.known.key, edition.date, wish.destination, DeliveryState.DONE, now, now)
                )
                found.append((edition.date, now))
        now = _next_look(now, judged.until if isinstance(judged, Waiting) else now, start)
    return found


def _next_look(now: dt.datetime, until: dt.datetime, start: dt.datetime) -> dt.datetime:
    """Return the first look after `now` at which anything can have changed."""
    looks = -((start - max(until, now + POLL)) // POLL)
    return start + looks * POLL


@pytest.mark.parametrize(("first", "count"), PERIODS)
def test_each_local_days_digest_comes_once_and_in_its_minute(first: str, count: int) -> None:
    dates = days(first, count)
    there = shelf(*(digest(day.isoformat()) for day in dates))
    start = dt.datetime.combine(dates[0], dt.time(), dt.UTC) - dt.timedelta(hours=15, seconds=7)
    end = start + dt.timedelta(days=count + 3)

    for asked in wishes():
        wish = replace(asked, created_at=start - dt.timedelta(days=30))
        went_out = delivered(wish, there, start, end)

        assert [date for date, _ in went_out] == dates, wish.zone
        for date, at in went_out:
            late = at - slot(wish, date)
            assert dt.timedelta(0) <= late < POLL, (wish.zone, date, late)


@pytest.mark.parametrize(
    "day",
    [
        pytest.param("2023-03-12", id="clocks go forward in America"),
        pytest.param("2023-10-29", id="clocks go back in Europe"),
    ],
)
async def test_ledger_and_couriers_too_serve_every_zone_once_on_that_local_day(day: str, tmp_path: Path) -> None:
    date = dt.date.fromisoformat(day)
    start = dt.datetime.combine(date, dt.time(), dt.UTC) - dt.timedelta(hours=15, seconds=7)
    asked = {
        channel: replace(
            wish,
            destination=Destination(DestinationKind.CHANNEL, channel),
            channel_id=channel,
            created_at=start - dt.timedelta(days=30),
        )
        for channel, wish in enumerate(wishes(), 1)
    }

    async with station(tmp_path, "2023-01-01", [digest(day, papers=1)]) as here:
        here.clock.instant = start
        for wish in asked.values():
            await here.subscribe(wish)
        while here.clock.instant < start + dt.timedelta(days=3):
            await here.tick()
            here.clock.instant += GLANCE

    late = {channel: at - slot(asked[channel], date) for channel, *_, at in here.mailbox.messages}
    assert sorted(channel for channel, *_ in here.mailbox.messages) == sorted(asked)
    assert dt.timedelta(0) <= min(late.values()) <= max(late.values()) < GLANCE


def test_the_zones_hold_every_kind_of_change() -> None:
    """Of the zones chosen, some skip midnight itself, some change by half an hour, and most change not at all."""
    kinds = {"Africa/Cairo", "Australia/Lord_Howe", "America/Havana", "Asia/Beirut"}
    noon = dt.datetime(2023, 1, 15, 12, tzinfo=dt.UTC)
    summer = dt.datetime(2023, 7, 15, 12, tzinfo=dt.UTC)

    changing = [
        zone
        for zone in ZONES
        if noon.astimezone(ZoneInfo(zone)).utcoffset() != summer.astimezone(ZoneInfo(zone)).utcoffset()
    ]

    assert len(changing) > 80
    assert kinds & set(ZONES)
