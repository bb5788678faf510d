"""Which of the dates that a digest gives is its own."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.reading import dates
from bot.reading.dates import Written
from bot.reading.finding import Code, Finding, error, warning

_SIX_DIGITS = re.compile(r"(?<!\d)(?P<year>[1-4]\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_TREE = re.compile(r"(?:^|/)((?:19|20)\d\d)[-/_.]?(\d{1,2})(?:/(\d{1,2}))?(?=/|$)")
_MONTH_AND_DAY = re.compile(
    r"(?:^|/)((?:19|20)\d\d)/(?:\d{1,2}/)?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?:[-_~]\d{4})?$"
)
_LAST_NUMBER = re.compile(r"(?:^|\D)(\d{1,2})\D*$")
_LABEL = (
    r"(?:last[\s_-])?(?:generated|created|updated?|published|released|deployment|date|search window|period"
    r"|날짜|일자|작성일?|생성일?|게시일?|수집\s?(?:일자|기준일)|생성\s?일시|기간"
    r"|(?:收集)?日期(?:范围)?|生成|发布|更新|时间范围|時間範圍|期間|収集日|日付|date range)"
)
_STAMP = re.compile(rf"[\W_]*{_LABEL}", re.IGNORECASE)
_STAMP_WITHIN = re.compile(rf"{_LABEL}(?:\s?(?:at|on|time|时间|時間|日時?))?[\s*_]{{0,4}}[:：@]", re.IGNORECASE)
_BETWEEN = 30
"""Characters that may stand between a label that opens a line and its date."""
_CLOSE = 3
"""Characters that may stand between a label within a line and its date."""
_RECURS = 3
"""Times from which on a label near the top is a field of papers (`Published Date: …`)."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place where a digest may give its date."""

    name: str
    line: int
    """Counts from 1."""
    written: Written | None


@dataclass(frozen=True, slots=True)
class Dated:
    """A digest's own date and what is to be said about it."""

    date: dt.date | None
    place: str
    findings: tuple[Finding, ...]


def date_of(places: Sequence[Place]) -> Dated:
    """Choose among `places`, which come in falling order of trust.

    A date whose day and month could be swapped counts only if another place agrees with one reading of it.
    """
    findings = [_unreadable(place) for place in places if place.written is not None and not place.written.days]
    certain = [(place, place.written.days[0]) for place in places if place.written and len(place.written.days) == 1]
    for place in places:
        if place.written is None or not place.written.days:
            continue
        agreed = [day for day in place.written.days if len(place.written.days) == 1 or day in {d for _, d in certain}]
        if agreed:
            return Dated(agreed[0], place.name, (*findings, *_disagreements(place, agreed[0], certain)))
        findings.append(_unreadable(place))
    remedy = "Put the date into the title, for example “Daily Digest / 28 Feb 2023”."
    return Dated(None, "", (*findings, error(1, Code.NO_DATE, "the digest has no date", remedy)))


def in_path(path: str) -> tuple[Written | None, Written | None]:
    """Return the dates that the file's name and its folders give."""
    pure = PurePosixPath(path)
    name = dates.find(pure.stem) or _six_digits(pure.stem)
    folders = str(pure.parent)
    return name, _in_folders(folders, pure.stem if name is None else "")


def stamp(lines: Sequence[str]) -> tuple[int, Written] | None:
    """Return a labelled date (`Generated at: …`) near the top, with the index of its line."""
    for n, line in enumerate(lines):
        match = _STAMP.match(line[:200])
        if match and sum(other.startswith(match[0]) for other in lines) >= _RECURS:
            continue
        written = dates.find(line[match.end() : 200]) if match else None
        if written is not None and written.start <= _BETWEEN:
            return n, written
        within = (
            dates.find(line[match.end() : match.end() + _BETWEEN]) for match in _STAMP_WITHIN.finditer(line[:200])
        )
        if closest := next((found for found in within if found is not None and found.start <= _CLOSE), None):
            return n, closest
    return None


def _six_digits(stem: str) -> Written | None:
    match = _SIX_DIGITS.search(stem)
    if match is None:
        return None
    try:
        day = dt.date(2000 + int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return None
    return Written((day,), match[0], match.start(), match.end())


def _in_folders(folders: str, stem: str) -> Written | None:
    """Read `26-May-2025/x`, `2024/10/31/x`, `2026/07/report_16`, `2026/Jan/05`, `2026/0105`; the folder nearest to the file counts."""
    for part in (*reversed(folders.split("/")), f"{folders}/{stem}".replace("/", "-")):
        if written := dates.find(part):
            return written
    if short := _MONTH_AND_DAY.search(f"{folders}/{stem}"):
        return _written(short, short[1], short[2], short[3])
    trees = list(_TREE.finditer(folders))
    if not trees:
        return None
    tree = trees[-1]
    day = tree[3] or (last[1] if (last := _LAST_NUMBER.search(stem)) else None)
    if day is None:
        return None
    return _written(tree, tree[1], tree[2], day)


def _written(match: re.Match[str], year: str, month: str, day: str) -> Written | None:
    try:
        found = dt.date(int(year), int(month), int(day))
    except ValueError:
        return None
    return Written((found,), f"{year}/{month}/{day}", match.start(), match.end())


def _disagreements(chosen: Place, day: dt.date, certain: Sequence[tuple[Place, dt.date]]) -> list[Finding]:
    until = (chosen.written.until if chosen.written is not None else None) or day
    return [
        warning(
            other.line,
            Code.DATES_DISAGREE,
            f"the {chosen.name} says {day}, the {other.name} {written}; {day} counts",
            "Make them agree.",
        )
        for other, written in certain
        if not day <= written <= until
    ]


def _unreadable(place: Place) -> Finding:
    assert place.written is not None  # noqa: S101
    said = f"{place.written.text} in the {place.name} "
    said += "could be two different days" if place.written.days else "is no day of the calendar"
    return warning(place.line, Code.DATE_UNREADABLE, said, "Write the date as 2023-02-28.")
