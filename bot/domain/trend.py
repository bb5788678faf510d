"""How often terms occur in the papers of each week."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

MOST_WEEKS = 52
WEEK = dt.timedelta(weeks=1)

Days = Mapping[dt.date, int]
"""Papers a day."""


@dataclass(frozen=True, slots=True)
class Line:
    """One term through the weeks."""

    spellings: tuple[str, ...]
    """The term as asked for, then what counts as the same: its counterparts in the other language."""
    counts: tuple[int, ...]
    """Papers a week that have it in any spelling."""

    @property
    def total(self) -> int:
        """Papers of all weeks."""
        return sum(self.counts)

    @property
    def label(self) -> str:
        """The term and its first counterpart."""
        return " · ".join(self.spellings[:2])


@dataclass(frozen=True, slots=True)
class Trend:
    """The terms through the same weeks."""

    weeks: tuple[dt.date, ...]
    """Mondays, without gaps, oldest first; the last is the week of the newest paper."""
    papers: tuple[int, ...]
    """All papers of each week."""
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Papers of all weeks."""
        return sum(self.papers)


def trend(papers: Days, terms: Mapping[tuple[str, ...], Days], *, most: int = MOST_WEEKS) -> Trend:
    """Count by weeks: at most the `most` newest of those since the first paper."""
    every = by_week(papers)
    weeks = _weeks(min(every), max(every))[-most:] if every else ()
    lines = tuple(Line(spellings, _counts(by_week(days), weeks)) for spellings, days in terms.items())
    return Trend(weeks, _counts(every, weeks), lines)


def by_week(days: Days) -> Counter[dt.date]:
    """Sum up days under the Monday of their week."""
    counts: Counter[dt.date] = Counter()
    for day, papers in days.items():
        counts[day - dt.timedelta(days=day.weekday())] += papers
    return counts


def _weeks(first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    return tuple(first + n * WEEK for n in range((last - first) // WEEK + 1))


def _counts(of: Mapping[dt.date, int], weeks: tuple[dt.date, ...]) -> tuple[int, ...]:
    return tuple(of.get(week, 0) for week in weeks)
