"""What is owed, as a person who subscribed would expect it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.planner import Owed, Paused, Shelf, UpToDate, Verdict, Waiting, plan, verdict
from bot.domain.delivery import DeliveryState, History, KnownDigest
from bot.domain.subscription import Days, Pause, Subscription
from tests.delivery.builders import CHANNEL, at, digest, history, shelf, subscription

MARCH = [digest(f"2023-03-{day:02}") for day in range(1, 8)]


def judge(
    shelf: Shelf, wish: Subscription, now: str, had: History | None = None, limit: int = 3, zone: str = "Asia/Seoul"
) -> Verdict:
    return verdict(shelf, wish, had or History(), at(now, zone), catch_up_limit=limit)


def names(judgement: Verdict) -> list[str]:
    assert isinstance(judgement, Owed), judgement
    return [str(edition.date) for edition in judgement.editions]


def test_todays_digest_is_owed_from_its_minute_on() -> None:
    wish = subscription(created="2023-02-28T12:00")
    had = history((1, "2023-03-01"), opened="2023-03-01T09:00")

    early = judge(shelf(*MARCH[:2]), wish, "2023-03-02T08:59:59", had)
    on_time = judge(shelf(*MARCH[:2]), wish, "2023-03-02T09:00:00", had)

    assert early == Waiting(shelf(*MARCH[:2]).editions[1], at("2023-03-02T09:00"))
    assert names(on_time) == ["2023-03-02"]


def test_the_first_delivery_is_the_newest_digest_at_the_first_slot_after_subscribing() -> None:
    wish = subscription(created="2023-03-05T10:00")

    before = judge(shelf(*MARCH[:5]), wish, "2023-03-05T10:01")
    first = judge(shelf(*MARCH[:6]), wish, "2023-03-06T09:00")

    assert before == Waiting(shelf(*MARCH[:5]).editions[4], at("2023-03-06T09:00"))
    assert names(first) == ["2023-03-06"]


def test_a_new_subscription_gets_the_newest_digest_even_if_it_is_years_old() -> None:
    wish = subscription(created="2026-11-22T10:00")

    assert names(judge(shelf(*MARCH), wish, "2026-11-23T09:00")) == ["2023-03-07"]


def test_a_delivered_digest_is_never_owed_again() -> None:
    had = history(*((n, f"2023-03-{n:02}") for n in range(1, 8)))

    assert judge(shelf(*MARCH), subscription(), "2023-03-20T12:00", had) == UpToDate()


def test_a_late_digest_is_owed_as_soon_as_it_is_there() -> None:
    had = history((1, "2023-03-01"), opened="2023-03-01T09:00")

    assert names(judge(shelf(*MARCH[:2]), subscription(), "2023-03-02T16:47", had)) == ["2023-03-02"]


def test_after_downtime_the_newest_missed_digests_go_out_oldest_first() -> None:
    had = history((1, "2023-03-01"), opened="2023-03-01T09:00")

    owed = judge(shelf(*MARCH), subscription(), "2023-03-07T11:00", had)

    assert names(owed) == ["2023-03-05", "2023-03-06", "2023-03-07"]


def test_older_digests_that_turn_up_later_are_not_posted() -> None:
    had = history((3, "2023-03-03"))

    assert judge(shelf(*MARCH[:3]), subscription(), "2023-03-03T12:00", had) == UpToDate()


def test_a_second_digest_of_the_same_day_is_posted_when_it_arrives_after_the_first() -> None:
    first, second = digest("2023-03-01", "a"), digest("2023-03-01", "b")
    had = history((1, "2023-03-01"), opened="2023-03-01T09:00")

    owed = judge(shelf(first, second, seen={"b": at("2023-03-01T14:00")}), subscription(), "2023-03-01T14:00", had)
    old = judge(shelf(first, second), subscription(), "2023-03-01T14:00", had)

    assert names(owed) == ["2023-03-01"]
    assert old == UpToDate()


def test_a_digest_dated_in_the_future_waits_for_its_day_in_the_subscriptions_zone() -> None:
    shelf_ = shelf(*MARCH[:2])
    wish = subscription(zone="America/New_York", created="2023-02-20T12:00")
    had = history((1, "2023-03-01"), opened="2023-03-01T23:00")

    verdict_ = judge(shelf_, wish, "2023-03-02T08:59", had, zone="America/New_York")

    assert verdict_ == Waiting(shelf_.editions[1], at("2023-03-02T09:00", "America/New_York"))
    assert names(judge(shelf_, wish, "2023-03-02T09:00", had, zone="America/New_York")) == ["2023-03-02"]


def test_subscribing_again_does_not_repeat_what_was_delivered() -> None:
    had = history((7, "2023-03-07"), opened="2023-03-07T09:00")
    again = subscription(created="2023-03-07T15:00")

    assert judge(shelf(*MARCH), again, "2023-03-08T09:00", had) == UpToDate()


def test_subscribing_again_after_months_begins_with_the_newest_alone() -> None:
    had = history((1, "2023-03-01"), opened="2023-03-01T09:00")
    again = subscription(created="2023-05-01T15:00")

    assert names(judge(shelf(*MARCH), again, "2023-05-02T09:00", had)) == ["2023-03-07"]


def test_a_skipped_digest_counts_as_had() -> None:
    had = history((1, "2023-03-01"), (2, "2023-03-02", DeliveryState.SKIPPED))

    assert judge(shelf(*MARCH[:2]), subscription(), "2023-03-02T12:00", had) == UpToDate()


def test_a_delivery_begun_before_a_crash_goes_on_although_a_newer_digest_came() -> None:
    had = history((1, "2023-03-01", DeliveryState.OPEN), opened="2023-03-01T09:00")
    wish = subscription(created="2023-02-28T12:00")

    assert names(judge(shelf(*MARCH[:2]), wish, "2023-03-02T09:00", had)) == ["2023-03-01", "2023-03-02"]


def test_a_paused_destination_is_owed_nothing() -> None:
    pause = Pause("no_access", at("2023-03-01T09:00"))

    assert judge(shelf(*MARCH), subscription(pause=pause), "2023-03-05T09:00") == Paused(pause)


@pytest.mark.parametrize(
    ("now", "expected"),
    [("2023-03-04T12:00", False), ("2023-03-05T12:00", False), ("2023-03-06T08:59", False), ("2023-03-06T09:00", True)],
)
def test_on_weekdays_the_weekends_digests_wait_for_monday(now: str, *, expected: bool) -> None:
    had = history((3, "2023-03-03"), opened="2023-03-03T09:00")
    day = int(now[8:10])

    judgement = judge(shelf(*MARCH[:day]), subscription(days=Days.WEEKDAYS), now, had)

    assert isinstance(judgement, Owed) is expected
    if not expected:
        assert isinstance(judgement, Waiting)
        assert judgement.until == at("2023-03-06T09:00")


def test_nothing_is_owed_where_there_is_no_digest() -> None:
    assert judge(shelf(), subscription(), "2023-03-05T09:00") == UpToDate()


def test_copies_of_one_digest_are_one() -> None:
    copy = digest("2023-03-01", "zz-copy")
    original = MARCH[0]
    known = {
        each.id: KnownDigest(
            key=shelf(original).editions[0].known.key,
            id=original.id,
            date=each.date,
            first_seen_at=at("2023-01-01T00:00"),
        )
        for each in (original, copy)
    }

    both = Shelf.of([copy, original], known)

    assert [edition.digest for edition in both.editions] == [original]


@given(
    zone=st.sampled_from(
        [
            "Asia/Seoul",
            "America/Havana",
            "Africa/Cairo",
            "America/Santiago",
            "Australia/Lord_Howe",
            "Asia/Beirut",
            "Pacific/Apia",
            "America/New_York",
            "Asia/Kathmandu",
        ]
    ),
    minutes=st.integers(0, 24 * 60 - 1),
    start=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 1)),
    step=st.sampled_from([7, 15, 60]),
)
def test_with_a_digest_a_day_each_is_delivered_once_within_one_look_of_its_minute(
    zone: str, minutes: int, start: dt.date, step: int
) -> None:
    days = [start + dt.timedelta(days=n) for n in range(5)]
    papers = shelf(*(digest(str(day)) for day in days))
    wish = subscription(zone=zone, time=f"{minutes // 60:02}:{minutes % 60:02}", created="2023-01-01T00:00")
    had: list[tuple[int, str]] = [(1, str(days[0]))]
    now = at(f"{days[0]}T23:59", zone)
    delivered = []

    while now < at(f"{days[-1]}T23:59", zone) + dt.timedelta(hours=6):
        judgement = plan(papers, [wish], {CHANNEL: history(*had)}, now, catch_up_limit=3)[CHANNEL]
        for edition in judgement.editions if isinstance(judgement, Owed) else ():
            delivered.append((edition.date, now))
            had.append((edition.known.key, str(edition.date)))
        now += dt.timedelta(minutes=step)

    assert [day for day, _ in delivered] == days[1:]
    for day, when in delivered:
        due = dt.datetime.combine(day, wish.time, tzinfo=wish.zone).astimezone(dt.UTC)
        assert dt.timedelta(0) <= when - due < dt.timedelta(minutes=step)
