"""Which of its dates is a digest's own."""

import datetime as dt

import pytest

from bot.reading.finding import Code, Severity
from bot.reading.parser import Reading, read

PAPER = "### 1. A Title with Words\n- text\n"


def reading(text: str, path: str = "digest.md") -> Reading:
    return read(text.encode(), path)


def front(**values: str) -> str:
    return "---\n" + "".join(f"{name}: {value}\n" for name, value in values.items()) + "---\n"


@pytest.mark.parametrize(
    ("text", "path", "day"),
    [
        (front(title='"2 Jan 2026"', date="2026-01-05") + "# 2026-01-03\n" + PAPER, "2026-01-04.md", 2),
        (front(title="papers", date="2026-01-05") + "# 2026-01-03\n" + PAPER, "2026-01-04.md", 3),
        ("**2026-01-03** papers\n\n" + PAPER, "2026-01-04.md", 3),
        ("# Papers\n\n*January 3, 2026*\n\n" + PAPER, "2026-01-04.md", 3),
        (front(date="2026-01-05") + PAPER, "2026-01-04.md", 4),
        (front(date="2026-01-05") + PAPER, "2026/01/06/x.md", 5),
        (PAPER, "6-Jan-2026/x.md", 6),
        (PAPER, "2026/01/06/x.md", 6),
        (PAPER, "2026/01/report_06.md", 6),
        (PAPER, "2026/Jan/06.md", 6),
        (PAPER, "2026/0106.md", 6),
        (PAPER, "2026/01-06.md", 6),
        (PAPER, "2026/01/0106.md", 6),
        (PAPER, "260106.md", 6),
        (front(lastmod="2026-01-06") + PAPER, "x.md", 6),
        (PAPER, "2026/0106-0112.md", 6),
        ("# Papers\n\n- 时间范围：2026-01-07 ~ 2026-01-13\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\nLast update: 2026-01-07\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\nAutomated deployment @ 2026-01-07 09:16:31\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\n<p>查看更新文章 <sub>更新时间: 2026年01月07日 05:40</sub></p>\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\nSome words.\n\n## 2026-01-08 Robots\n\n" + PAPER, "x.md", 8),
        ("# Papers\n\nLast updated: 2026-01-09\n\n## 2026-01-08 Robots\n\n" + PAPER, "x.md", 8),
        ("# Papers\n\nLast updated: January 7, 2026\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\nSome words.\n\n_Generated on 2026-01-07 at 09:00_\n\n" + PAPER, "x.md", 7),
        ("# Papers\n\nSome words.\n\nGenerated at: 2026-01-07 09:00\n\n" + PAPER, "x.md", 7),
    ],
)
def test_title_then_heading_then_file_name_then_front_matter_then_folder(text: str, path: str, day: int) -> None:
    assert reading(text, path).date == dt.date(2026, 1, day)


def test_an_archive_of_several_days_has_no_date_of_its_own() -> None:
    assert reading(f"# Papers\n\nSome words.\n\n## 2026-01-08\n\n{PAPER}\n## 2026-01-07\n\n{PAPER}").date is None


@pytest.mark.parametrize("zone", ["+0900", "-0800", "Z", "+00:00"])
def test_no_time_zone_moves_the_day(zone: str) -> None:
    assert reading(front(date=f"2026-01-05 00:15:00 {zone}") + PAPER).date == dt.date(2026, 1, 5)


def test_a_digest_without_a_date_is_an_error_that_says_what_to_do() -> None:
    undated = reading(PAPER)

    (found,) = [finding for finding in undated.findings if finding.code is Code.NO_DATE]
    assert undated.digest is None
    assert undated.error == "the digest has no date"
    assert found.severity is Severity.ERROR
    assert "title" in found.remedy


def test_a_file_without_papers_may_lack_a_date() -> None:
    index = reading("# Archive\n")

    assert index.error is None


def test_dates_that_disagree_are_told_with_the_one_that_counts() -> None:
    told = [
        f.message
        for f in reading("# Papers 2026-01-03\n" + PAPER, "2026-01-04.md").findings
        if f.code is Code.DATES_DISAGREE
    ]

    assert told == ["the heading says 2026-01-03, the file name 2026-01-04; 2026-01-03 counts"]


def test_a_day_within_the_digests_range_does_not_disagree() -> None:
    weekly = reading("# Papers 2026-01-05 ~ 2026-01-11\n" + PAPER, "2026-01-09.md")

    assert weekly.date == dt.date(2026, 1, 5)
    assert Code.DATES_DISAGREE not in {finding.code for finding in weekly.findings}


def test_a_day_that_could_be_two_is_settled_by_another_place() -> None:
    assert reading("# Papers 03/02/2026\n" + PAPER, "2026-02-03.md").date == dt.date(2026, 2, 3)
    assert reading("# Papers 03/02/2026\n" + PAPER, "2026-03-02.md").date == dt.date(2026, 3, 2)
    assert reading("# Papers 03/02/2026\n" + PAPER).date is None


def test_a_day_that_does_not_exist_is_told_and_the_next_place_counts() -> None:
    told = reading(front(title="2026-02-30") + PAPER, "2026-02-28.md")

    assert told.date == dt.date(2026, 2, 28)
    assert Code.DATE_UNREADABLE in {finding.code for finding in told.findings}
