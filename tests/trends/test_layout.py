import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales.words import words
from bot.trends.chart import Chart
from bot.trends.layout import lay_out, scale
from tests.trends.builders import a_trend


def test_a_chart_has_every_text_in_it() -> None:
    seen = lay_out(a_trend((1, 2, 4)), words("en"))

    assert seen.title == "Papers a week"
    assert [series.label for series in seen.series] == ["언어 모델 · language model (7)"]
    assert [tick.text for tick in seen.across] == ["9 Dec 2024", "16 Dec", "23 Dec"]
    assert [tick.text for tick in seen.up] == ["0", "1", "2", "3", "4"]


def test_the_first_mark_of_a_year_names_it() -> None:
    seen = lay_out(a_trend((0,) * 10), words("ko"))

    assert [tick.text for tick in seen.across] == [
        "2024년 12월 9일",
        "12월 23일",
        "2025년 1월 6일",
        "1월 20일",
        "2월 3일",
    ]


@pytest.mark.parametrize("weeks", [1, 8, 9, 30, 52])
def test_marks_never_crowd(weeks: int) -> None:
    seen = lay_out(a_trend((1,) * weeks), words("en"))

    assert 1 <= len(seen.across) <= 5


def test_a_chart_survives_the_way_to_another_process() -> None:
    seen = lay_out(a_trend((1, 2), (3, 4)), words("ko"))

    assert Chart.loads(seen.dumps()) == seen


@given(st.integers(0, 10**6))
def test_a_scale_is_short_and_reaches_the_top(highest: int) -> None:
    ticks = list(scale(highest))

    assert ticks[0] == 0
    assert ticks[-1] >= max(1, highest)
    assert 2 <= len(ticks) <= 6
