"""A local day has exactly one slot, in every zone and through every change of the clocks."""

import datetime as dt
import itertools
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.schedule import first_slot, is_open, local_day, slot
from bot.domain.subscription import ChannelKind, Days, Destination, DestinationKind, Subscription

DAY = dt.timedelta(days=1)
MINUTE = dt.timedelta(minutes=1)
ZONES = sorted(zone for zone in available_timezones() if "/" in zone)


def subscription(zone: str = "Asia/Seoul", at: str = "09:00", days: Days = Days.DAILY) -> Subscription:
    return Subscription(
        destination=Destination(DestinationKind.CHANNEL, 1),
        channel_id=1,
        channel_kind=ChannelKind.TEXT,
        guild_id=1,
        time=dt.time.fromisoformat(at),
        zone=ZoneInfo(zone),
        created_at=dt.datetime(2023, 1, 1, tzinfo=dt.UTC),
        days=days,
    )


@pytest.mark.parametrize(
    ("zone", "at", "day", "utc"),
    [
        pytest.param("America/New_York", "02:30", "2026-03-08", "2026-03-08T07:30", id="a gap: 02:30 becomes 03:30"),
        pytest.param("Africa/Cairo", "00:30", "2026-04-24", "2026-04-23T22:30", id="a gap at midnight"),
        pytest.param("America/Havana", "00:30", "2026-03-08", "2026-03-08T05:30", id="another gap at midnight"),
        pytest.param("America/New_York", "01:30", "2026-11-01", "2026-11-01T05:30", id="a fold: the first of the two"),
        pytest.param("Australia/Lord_Howe", "01:45", "2026-04-05", "2026-04-04T14:45", id="a fold of half an hour"),
        pytest.param("Asia/Seoul", "09:00", "2023-02-28", "2023-02-28T00:00", id="no change of clocks"),
    ],
)
def test_a_wall_time_is_one_instant(zone: str, at: str, day: str, utc: str) -> None:
    due = slot(subscription(zone, at), dt.date.fromisoformat(day))

    assert due == dt.datetime.fromisoformat(utc).replace(tzinfo=dt.UTC)


@given(
    zone=st.sampled_from(ZONES),
    at=st.times().map(lambda at: at.replace(second=0, microsecond=0, tzinfo=None)),
    start=st.dates(dt.date(2020, 1, 1), dt.date(2030, 1, 1)),
)
def test_slots_follow_each_other_day_by_day(zone: str, at: dt.time, start: dt.date) -> None:
    wish = subscription(zone, at.isoformat("minutes"))

    slots = [slot(wish, start + n * DAY) for n in range(400)]

    gaps = [later - earlier for earlier, later in itertools.pairwise(slots)]
    assert all(dt.timedelta(hours=20) <= gap <= dt.timedelta(hours=28) for gap in gaps)


@given(
    zone=st.sampled_from(ZONES),
    days=st.sampled_from(Days),
    after=st.integers(0, 10 * 365 * 24 * 60).map(lambda n: dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + n * MINUTE),
)
def test_the_first_slot_is_the_earliest_one_on_a_served_day(zone: str, days: Days, after: dt.datetime) -> None:
    wish = subscription(zone, "00:15", days)

    first = first_slot(wish, after=after)

    all_slots = [slot(wish, after.date() + n * DAY) for n in range(-3, 12) if days.include(after.date() + n * DAY)]
    assert first == min(at for at in all_slots if at > after)


def test_a_slot_waits_for_a_date_to_come() -> None:
    wish = subscription()

    first = first_slot(wish, after=dt.datetime(2023, 2, 1, tzinfo=dt.UTC), not_before=dt.date(2023, 3, 4))

    assert first == dt.datetime(2023, 3, 4, 0, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("local", "days", "expected"),
    [
        pytest.param("2023-03-03T08:59", Days.DAILY, True, id="before the slot, yesterday's day is still open"),
        pytest.param("2023-03-03T09:00", Days.WEEKDAYS, True, id="Friday at the slot"),
        pytest.param("2023-03-03T23:59", Days.WEEKDAYS, True, id="Friday night"),
        pytest.param("2023-03-04T00:01", Days.WEEKDAYS, False, id="Saturday"),
        pytest.param("2023-03-06T00:30", Days.WEEKDAYS, False, id="Monday before its slot"),
        pytest.param("2023-03-06T09:00", Days.WEEKDAYS, True, id="Monday at its slot"),
        pytest.param("2023-03-07T08:00", Days.WEEKDAYS, True, id="Tuesday before its slot"),
    ],
)
def test_late_digests_go_out_only_on_served_days(local: str, days: Days, *, expected: bool) -> None:
    now = dt.datetime.fromisoformat(local).replace(tzinfo=ZoneInfo("Asia/Seoul"))

    assert is_open(subscription(days=days), now) is expected


def test_each_weekday_serves_its_own_day() -> None:
    monday = dt.date(2023, 3, 6)

    served = {day: [n for n in range(7) if day.include(monday + n * DAY)] for day in Days}

    assert served[Days.DAILY] == list(range(7))
    assert served[Days.WEEKDAYS] == [0, 1, 2, 3, 4]
    assert served[Days.WEEKENDS] == [5, 6]
    assert [served[day] for day in list(Days)[3:]] == [[n] for n in range(7)]


def test_the_local_day_is_the_one_on_the_wall() -> None:
    instant = dt.datetime(2023, 2, 28, 16, 0, tzinfo=dt.UTC)

    assert local_day(subscription("Asia/Seoul"), instant) == dt.date(2023, 3, 1)
    assert local_day(subscription("America/New_York"), instant) == dt.date(2023, 2, 28)
