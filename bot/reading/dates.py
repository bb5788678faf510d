"""Calendar dates as people write them. Nothing is ever invented, and nothing is moved by a time zone."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.reading.text import plain

MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""How the names of months begin."""
_FIRST_YEAR: Final = 2010
"""Two digits that could be an earlier year are a day: hardly anybody wrote such digests before."""
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_LAST_MONTH = _MONTH.replace("<month>", "<last>")
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SHORT_YEAR = r"['’]?(?P<year>(?:19|20)?\d\d)(?![\d:])"
_TO = re.compile(r"\s{0,2}(?:[~〜～-]|to|through|until|부터|至|到|から)\s{0,2}", re.IGNORECASE)
_GAP = r"[ ,._/-]{1,3}"


@dataclass(frozen=True, slots=True)
class Written:
    """A date found in a text."""

    days: tuple[dt.date, ...]
    """One day; more where the order of day and month can't be told; none where there is no such day (30 February)."""
    text: str
    """As it is written."""
    start: int
    end: int
    until: dt.date | None = None
    """The last day, where a range is written out."""


_Reader = Callable[[re.Match[str]], tuple[dt.date, ...]]
_Forms = tuple[tuple[re.Pattern[str], _Reader], ...]


def find(text: str) -> Written | None:
    """Return the first date in `text`; of a range, its first day."""
    if not any(map(str.isdecimal, text)):
        return None
    matching = plain(text[:1000])
    found = [written for form, reader in _forms_in(matching) for written in _first(form, reader, matching)]
    valid = [written for written in found if written.days]
    first = min(valid or found, key=lambda written: (written.start, -written.end), default=None)
    return first if first is None else _with_end(first, matching)


def _forms_in(text: str) -> _Forms:
    """Return the forms that a text can have: with names of months only where one is named."""
    forms = _IN_NUMBERS
    if "年" in text or "년" in text:
        forms += _IN_CHARACTERS
    folded = text.lower()
    return forms + _BY_NAMES if any(month in folded for month in MONTHS) else forms


def _with_end(first: Written, text: str) -> Written:
    """Look for the last day of a range: `2026-08-14 ~ 2026-08-20`."""
    to = _TO.match(text, first.end)
    if to is None:
        return first
    lasts = (reader(match) for form, reader in _forms_in(text) if (match := form.match(text, to.end())))
    return replace(first, until=next((days[0] for days in lasts if days), None))


def _first(form: re.Pattern[str], reader: _Reader, text: str) -> Iterator[Written]:
    for match in form.finditer(text):
        yield Written(reader(match), match[0].strip(), match.start(), match.end())
        return


def _day(year: int, month: int, day: int) -> tuple[dt.date, ...]:
    """Return the day if the calendar has it and a digest could be of it."""
    if not 1900 <= year <= 2200:
        return ()
    try:
        return (dt.date(year, month, day),)
    except ValueError:
        return ()


def _year(written: str) -> int:
    """Two digits are of this century: no digest of papers is older."""
    return int(written) + (2000 if len(written) == 2 else 0)


def _numeric(match: re.Match[str]) -> tuple[dt.date, ...]:
    return _day(_year(match["year"]), int(match["month"]), int(match["day"]))


def _named(match: re.Match[str]) -> tuple[dt.date, ...]:
    return _day(_year(match["year"]), _month(match["month"]), int(match["day"]))


def _month(name: str) -> int:
    return MONTHS.index(name[:3].lower()) + 1


def _named_range(match: re.Match[str]) -> tuple[dt.date, ...]:
    """Read `29 Dec - 4 Jan 2026`: the year is the last day's, so the first day may be of the year before."""
    first = _month(match["month"])
    last = _month(match["last"]) if match["last"] else first
    return _day(_year(match["year"]) - (first > last), first, int(match["day"]))


def _three_numbers(match: re.Match[str]) -> tuple[dt.date, ...]:
    """Read `28/02/2023` or `02/28/2023`: both where either could be meant."""
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return tuple(dict.fromkeys(_day(year, second, first) + _day(year, first, second)))


def _short_numbers(match: re.Match[str]) -> tuple[dt.date, ...]:
    """Read `28/02/23` or `23/02/28`; the earlier year is likelier with slashes, since nobody writes a digest years ahead."""
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    year_first, year_last = _day(2000 + first, second, third), _day(2000 + third, second, first)
    both = tuple(day for day in year_first + year_last if day.year >= _FIRST_YEAR)
    return tuple(sorted(set(both)))[:1] if match[2] == "/" else both[:1]


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_IN_NUMBERS: Final[_Forms] = (
    (_form(rf"(?<![\d.]){_YEAR} ?([-/._]) ?(?P<month>\d{{1,2}}) ?\2 ?(?P<day>\d{{1,2}})(?!\d)"), _numeric),
    (_form(r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"), _numeric),
    (_form(r"(?<![\d./-])(\d{1,2})[-/.](\d{1,2})[-/.]((?:19|20)\d\d)(?!\d)"), _three_numbers),
    (_form(r"(?<![\d./-])(\d\d)([-/.])(\d\d)\2(\d\d)(?![\d./-])"), _short_numbers),
    (_form(r"['’](?P<year>\d\d)[./-] ?(?P<month>\d{1,2})[./-] ?(?P<day>\d{1,2})(?!\d)"), _numeric),
)
_IN_CHARACTERS: Final[_Forms] = (
    (
        _form(r"(?<!\d)(?P<year>(?:19|20)\d\d) ?[년年] ?(?P<month>\d{1,2}) ?[월月] ?(?P<day>\d{1,2}) ?[일日号號]?"),
        _numeric,
    ),
    (_form(r"(?<!\d)['’]?(?P<year>\d\d) ?[년年] ?(?P<month>\d{1,2}) ?[월月] ?(?P<day>\d{1,2}) ?[일日号號]?"), _numeric),
)
_BY_NAMES: Final[_Forms] = (
    (
        _form(
            rf"(?<!\d){_DAY}(?: ?(?:-|~|to|and|&) ?\d{{1,2}}(?:st|nd|rd|th)?)?(?: of)?{_GAP}{_MONTH}{_GAP}{_SHORT_YEAR}"
        ),
        _named,
    ),
    (_form(rf"(?<!\w){_MONTH}{_GAP}{_DAY}{_GAP}{_YEAR}"), _named),
    (
        _form(
            rf"(?<!\w){_MONTH}{_GAP}{_DAY} ?(?:-|~|to|and|&) ?(?:{_LAST_MONTH}{_GAP})?"
            rf"\d{{1,2}}(?:st|nd|rd|th)?(?:{_GAP}|\) ?-? ?){_YEAR}"
        ),
        _named_range,
    ),
    (
        _form(
            rf"(?<!\d){_DAY}(?: of)?{_GAP}{_MONTH} ?(?:-|~|to|and|&) ?"
            rf"\d{{1,2}}(?:st|nd|rd|th)?(?: of)?{_GAP}{_LAST_MONTH}{_GAP}{_YEAR}"
        ),
        _named_range,
    ),
    (_form(rf"(?<!\w)(?P<year>(?:19|20)\d\d){_GAP}{_MONTH}{_GAP}{_DAY}(?!\d)"), _named),
)
