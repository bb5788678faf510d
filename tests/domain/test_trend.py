import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.trend import Line, trend

MONDAY = dt.date(2024, 4, 29)
DAYS = st.dictionaries(st.dates(dt.date(2020, 1, 1), dt.date(2026, 1, 1)), st.integers(1, 9), max_size=12)


def day(number: int) -> dt.date:
    return MONDAY + dt.timedelta(days=number)


def test_days_are_counted_under_their_monday() -> None:
    seen = trend({day(0): 5, day(6): 2, day(7): 3}, {("llm",): {day(6): 1, day(7): 2}})

    assert seen.weeks == (MONDAY, day(7))
    assert seen.papers == (7, 3)
    assert seen.lines == (Line(("llm",), (1, 2)),)


def test_a_week_without_papers_is_there_all_the_same() -> None:
    seen = trend({day(0): 1, day(15): 1}, {("llm",): {day(15): 1}})

    assert seen.papers == (1, 0, 1)
    assert seen.lines[0].counts == (0, 0, 1)


def test_only_the_newest_weeks_are_counted() -> None:
    seen = trend({day(7 * n): 1 for n in range(60)}, {("llm",): {day(0): 1, day(59 * 7): 1}}, most=52)

    assert (len(seen.weeks), seen.weeks[-1], seen.lines[0].total) == (52, day(59 * 7), 1)


def test_an_empty_archive_has_no_weeks() -> None:
    seen = trend({}, {("llm",): {}})

    assert (seen.weeks, seen.total, seen.lines[0].counts) == ((), 0, ())


def test_a_label_names_the_counterpart_in_the_other_language() -> None:
    assert Line(("언어 모델", "language model", "LM"), ()).label == "언어 모델 · language model"


@given(DAYS)
def test_no_paper_is_lost_between_days_and_weeks(days: dict[dt.date, int]) -> None:
    seen = trend(days, {("x",): days}, most=1000)

    assert seen.total == sum(days.values()) == seen.lines[0].total
    assert all(
        later - earlier == dt.timedelta(weeks=1) for earlier, later in zip(seen.weeks, seen.weeks[1:], strict=False)
    )
