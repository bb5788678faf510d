"""What a person keeps to read."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import NewType

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.text import normal, runs

EntryKey = NewType("EntryKey", int)

MOST = 1000
"""Papers that one person can keep."""


class ReadingState(StrEnum):
    """Whether a kept paper has been read."""

    TO_READ = "to_read"
    READ = "read"


@dataclass(frozen=True, slots=True)
class SavedPaper:
    """A paper as it was when it was saved: enough to find it again, and to cite it after its digest is gone."""

    digest: DigestKey
    """Stays when the file is renamed."""
    ordinal: int
    digest_id: DigestId
    """The digest's name at the time."""
    date: dt.date
    """The digest's."""
    title: str
    url: str | None
    authors: tuple[str, ...]
    saved_at: dt.datetime
    state: ReadingState = ReadingState.TO_READ
    key: EntryKey | None = None
    """None until it is on the list."""

    def is_same(self, title: str, url: str | None) -> bool:
        """Tell whether a paper of the same digest, perhaps corrected since, is this one: by its page, else by its title."""
        if self.url is not None and url is not None:
            return self.url == url
        return normal(self.title) == normal(title)

    @classmethod
    def of(cls, digest: Digest, key: DigestKey, paper: Paper, at: dt.datetime) -> "SavedPaper":
        """Take down what is kept of a paper."""
        return cls(key, paper.ordinal, digest.id, digest.date, paper.title, paper.url, paper.authors, at)


@dataclass(frozen=True, slots=True)
class Saved:
    """It is on the list now."""

    total: int


@dataclass(frozen=True, slots=True)
class SavedBefore:
    """It was on the list already, and still is, as it was."""

    entry: SavedPaper


@dataclass(frozen=True, slots=True)
class ListFull:
    """The list holds as many papers as a list can."""


Saving = Saved | SavedBefore | ListFull


def found_in(digest: Digest, entry: SavedPaper) -> Paper | None:
    """Return a saved paper in its digest as that is now, for corrections may have moved it; None if it was taken out.

    A paper without a page whose title is nowhere any more is looked for at its old place: there the title was corrected.
    """
    there = [paper for paper in digest.papers if paper.ordinal == entry.ordinal]
    same = [paper for paper in (*there, *digest.papers) if entry.is_same(paper.title, paper.url)]
    return next(iter(same or [paper for paper in there if entry.url is None and paper.url is None]), None)


def mark(paper: Paper) -> str:
    """Return a short mark of a paper's title, by which a control knows it again after a correction moved it."""
    return sha256(normal(paper.title).encode("utf-8", "replace")).hexdigest()[:12]


def marked(digest: Digest, place: int, text: str) -> Paper | None:
    """Return the paper with a mark, the one at `place` first; None where its title is no longer there."""
    papers = sorted(digest.papers, key=lambda paper: paper.ordinal != place)
    return next((paper for paper in papers if mark(paper) == text), None)


def chosen(
    entries: Iterable[SavedPaper], *, state: ReadingState | None = None, text: str = ""
) -> tuple[SavedPaper, ...]:
    """Return the entries in a state whose title or authors have every word of `text`; words may be unfinished."""
    words = runs(text)
    return tuple(
        entry
        for entry in entries
        if (state is None or entry.state is state)
        and all(word in normal(" ".join((entry.title, *entry.authors))) for word in words)
    )
