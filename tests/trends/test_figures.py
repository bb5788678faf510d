import csv
from dataclasses import replace

from bot.domain.trend import Line
from bot.locales.words import words
from bot.trends.figures import sentences, spreadsheet, table
from tests.trends.builders import a_trend


def said(*counts: tuple[int, ...]) -> list[str]:
    return [sentence for _, sentence in sentences(a_trend(*counts), words("en"))]


def test_a_term_is_summed_up_in_a_line() -> None:
    assert said((1, 2, 0, 0, 3, 9, 0, 4)) == [
        "in 19 of 80 papers (24 %) · 16 in the last four weeks, 3 in the four before · most in the week of Mon, 13 Jan 2025: 9"
    ]


def test_too_few_weeks_are_not_compared() -> None:
    assert said((1, 2)) == ["in 3 of 20 papers (15 %) · most in the week of Mon, 16 Dec 2024: 2"]


def test_a_single_week_has_no_highest() -> None:
    assert said((1,)) == ["in 1 of 10 papers (10 %)"]


def test_a_term_that_is_nowhere_is_said_to_be() -> None:
    assert said((1, 2), (0, 0))[1] == "in none of 20 papers"


def test_the_table_shows_the_newest_weeks_in_columns() -> None:
    assert table(a_trend(tuple(range(10)), (100,) * 10)).splitlines() == [
        "               1     2",
        "2024-12-23     2   100",
        "2024-12-30     3   100",
        "2025-01-06     4   100",
        "2025-01-13     5   100",
        "2025-01-20     6   100",
        "2025-01-27     7   100",
        "2025-02-03     8   100",
        "2025-02-10     9   100",
    ]


def test_the_spreadsheet_has_every_week() -> None:
    text = spreadsheet(a_trend((1, 2), (3, 4)), words("en")).decode("utf-8-sig")

    assert list(csv.reader(text.splitlines())) == [
        ["Week of", "All papers", "언어 모델 · language model", "diffusion"],
        ["2024-12-09", "10", "1", "3"],
        ["2024-12-16", "10", "2", "4"],
    ]


def test_a_term_is_no_formula() -> None:
    formula = replace(a_trend((1,)), lines=(Line(("=cmd|' /C calc'!A0",), (1,)),))

    assert ",'=cmd" in spreadsheet(formula, words("en")).decode("utf-8-sig")
