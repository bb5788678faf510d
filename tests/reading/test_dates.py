"""Dates as people write them."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import dates

DAY = dt.date(2023, 2, 28)


@pytest.mark.parametrize(
    "text",
    [
        "Daily Digest / 28 Feb 2023",
        "2023-02-28",
        "2023. 2. 28.",
        "2023/02/28",
        "2023_02_28_digest",
        "20230228",
        "Feb 28, 2023",
        "February 28th, 2023",
        "28th of February 2023",
        "Tue, 28 Feb 23",
        "2023년 2월 28일",
        "2023년2월28일 화요일",
        "23년 2월 28일",
        "2023年2月28日",
        "2023‑02‑28",
        "２０２３-０２-２８",
        "2023 Feb 28",
        "2023-02-28T09:00:00+09:00",
        "2023-02-28 00:15:00 +0900",
        "2023-02-28T13:04:41.Z",
        "2023-02-28 ~ 2023-03-06",
        "28 Feb - 6 March 2023",
        "Feb 28 - Mar 6, 2023",
        "28/02/2023",
        "02/28/2023",
        "28/02/23",
        "23/02/28",
        "'23.2.28",
    ],
)
def test_a_date_is_read_as_it_is_written(text: str) -> None:
    written = dates.find(text)

    assert written is not None
    assert written.days == (DAY,)


@pytest.mark.parametrize(
    "text", ["", "no digits", "version 1.2.3", "2026-W33", "arXiv 2302.13971", "1,234", "2023", "Feb 2023"]
)
def test_what_is_no_date_is_not_made_one(text: str) -> None:
    assert dates.find(text) is None


@pytest.mark.parametrize("text", ["2023-02-30", "31 Apr 2023", "2023-13-01", "0000-01-01"])
def test_a_day_that_the_calendar_lacks_is_seen_and_not_moved(text: str) -> None:
    written = dates.find(text)

    assert written is None or written.days == ()


def test_a_day_that_could_be_two_is_both() -> None:
    written = dates.find("03/02/2023")

    assert written is not None
    assert set(written.days) == {dt.date(2023, 2, 3), dt.date(2023, 3, 2)}


def test_a_range_over_new_year_starts_in_the_old_one() -> None:
    written = dates.find("29 Dec - 4 Jan 2026")

    assert written is not None
    assert written.days == (dt.date(2025, 12, 29),)


def test_a_range_knows_its_last_day() -> None:
    written = dates.find("2023-02-28 ~ 2023-03-06")

    assert written is not None
    assert written.until == dt.date(2023, 3, 6)


@given(
    st.dates(dt.date(1950, 1, 1), dt.date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %b %Y", "%B %d, %Y", "%Y%m%d"]),
)
def test_every_day_survives_being_written(day: dt.date, form: str) -> None:
    if form == "%Y%m%d" and not 2000 <= day.year < 2100:
        form = "%Y/%m/%d"

    written = dates.find(f"papers of {day.strftime(form)}")

    assert written is not None
    assert written.days == (day,)


@given(st.text(max_size=300))
def test_any_text_is_looked_at_without_complaint(text: str) -> None:
    written = dates.find(text)

    assert written is None or all(1900 <= day.year <= 2200 for day in written.days)
