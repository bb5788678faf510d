import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.relevance import Excluded, Fits, Lacks
from bot.domain.subscription import Days
from bot.domain.time_machine import forecast
from bot.domain.topics import selected

FIRST = dt.date(2024, 5, 1)
TITLES = st.lists(st.text(alphabet="가나다abc ", max_size=12), max_size=5)


def digest(day: int, *titles: str) -> Digest:
    date = FIRST + dt.timedelta(days=day)
    papers = tuple(Paper(n, n, title, None, (), (), None, (), None, n) for n, title in enumerate(titles, 1))
    return Digest(DigestId(f"{date}-daily-digest"), date, "Daily Digest", papers)


def test_a_forecast_counts_what_would_have_been_sent() -> None:
    days = [
        digest(0, "Spiking nets", "Vision"),
        digest(1, "Audio"),
        digest(2, "A spiking LLM", "Spiking vision", "Text"),
    ]

    seen = forecast(days, "spiking")

    assert (seen.digests, seen.days, seen.papers, len(seen.taken), seen.skipped) == (3, 3, 6, 3, 1)
    assert seen.a_day == 1.0


def test_two_digests_of_one_day_are_one_day() -> None:
    seen = forecast([digest(0, "rag"), digest(0, "rag")], "rag")

    assert (seen.days, seen.a_day) == (1, 2.0)


def test_examples_are_the_newest_and_of_different_digests() -> None:
    days = [digest(n, f"first {n}", f"second {n}") for n in range(5)]

    seen = forecast(days, "first, second")

    assert [each.title for each in seen.examples] == ["first 4", "first 3", "first 2"]


def test_examples_come_from_one_digest_where_the_others_have_none() -> None:
    seen = forecast([digest(0, "rag a", "rag b"), digest(1, "vision"), digest(2, "rag c")], "rag")

    assert [each.title for each in seen.examples] == ["rag c", "rag a", "rag b"]


def test_near_misses_say_what_kept_the_paper_out() -> None:
    day = digest(0, "spiking vision", "spiking nets", "weather", "spiking language nets")

    seen = forecast([day], "spiking language -nets")

    assert [(each.title, each.reason) for each in seen.near_misses] == [
        ("spiking language nets", Excluded("nets")),
        ("spiking vision", Lacks(("spiking",), ("language",), None)),
        ("spiking nets", Lacks(("spiking",), ("language",), None)),
    ]


def test_a_paper_that_has_nothing_of_what_was_asked_is_no_near_miss() -> None:
    assert forecast([digest(0, "weather")], "spiking").near_misses == ()


def test_a_digest_waits_for_a_served_day_and_few_go_out_together() -> None:
    week = [digest(n, f"rag {n}") for n in range(7)]  # a Wednesday to a Tuesday

    seen = forecast(week, "rag", days=Days.MONDAY, at_once=3)

    assert [each.title for each in seen.examples] == ["rag 6", "rag 5", "rag 4"]
    assert (len(seen.taken), seen.passed_over, seen.skipped) == (4, 3, 0)


def test_only_the_newest_digests_are_looked_at() -> None:
    seen = forecast([digest(n, "rag") for n in range(70)], "rag")

    assert (seen.digests, len(seen.taken)) == (60, 60)


def test_no_digest_is_no_reason_to_fail() -> None:
    seen = forecast([], "rag")

    assert (seen.papers, seen.a_day, seen.examples) == (0, 0.0, ())


@given(st.lists(TITLES, max_size=5), st.text(alphabet='가나다abc ,-"', max_size=10))
def test_a_forecast_takes_what_the_filter_selects(titles: list[list[str]], keywords: str) -> None:
    days = [digest(n, *each) for n, each in enumerate(titles)]

    seen = forecast(days, keywords)

    assert seen.taken == tuple(day.paper_id(paper) for day in days for paper in selected(day, keywords))
    assert all(isinstance(each.reason, Fits) and each.id in seen.taken for each in seen.examples)
    assert not {each.id for each in seen.near_misses} & set(seen.taken)
