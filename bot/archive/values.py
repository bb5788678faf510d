"""What the archive answers."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.digest import PaperId


@dataclass(frozen=True, slots=True)
class Hit:
    """A paper that was found."""

    id: PaperId
    title: str
    date: dt.date
    url: str | None
    score: float
    """Higher is better; comparable within one answer only."""
    snippet: str
    """The line of the paper that answers best, in Discord's Markdown with what was looked for in bold; empty without a body."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a query."""

    hits: tuple[Hit, ...]
    """Best first: the page that was asked for."""
    total: int
    """Papers found on all pages. Beyond some two hundred the rest has next to nothing in common with the query and is left out."""
    corrected: str | None
    """What was looked for instead, where the query's words are not in the archive as typed."""
    ms: float
    """Milliseconds that the search took."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A paper offered while somebody types."""

    id: PaperId
    title: str
    date: dt.date
