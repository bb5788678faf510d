"""A digest and its papers, as they were written."""

import datetime as dt
from dataclasses import dataclass
from typing import NewType

DigestId = NewType("DigestId", str)
"""The path of the file below the digest folder, with forward slashes and without suffix: `2023-02-28-daily-digest`."""

PaperId = NewType("PaperId", str)
"""`<digest id>/<ordinal>`."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One entry of a digest."""

    ordinal: int
    """Place in the document, counting from 1."""
    number: int | None
    """The number as written; None where the author wrote none."""
    title: str
    url: str | None
    """The paper's own page; None where the digest gives none (a code repository is not the paper's page)."""
    links: tuple[str, ...]
    """Every link in document order, without repeats; arXiv links in their canonical `https://arxiv.org/abs/…` form."""
    authors: tuple[str, ...]
    section: str | None
    blocks: tuple[str, ...]
    """The body as blocks of the source's own Markdown, in order; a list item is a block and keeps its marker and depth."""
    image: str | None
    """The first image's address."""
    line: int
    """Line of the file on which the paper starts, counting from 1."""


@dataclass(frozen=True, slots=True)
class Digest:
    """One day's papers: a file that has a date and at least one paper."""

    id: DigestId
    date: dt.date
    """The calendar date as written, never moved by a time zone."""
    title: str
    papers: tuple[Paper, ...]
    intro: tuple[str, ...] = ()
    """What stands before the first paper, as blocks."""

    def paper_id(self, paper: Paper) -> PaperId:
        """Name one of this digest's papers."""
        return PaperId(f"{self.id}/{paper.ordinal}")


def split_paper_id(paper_id: str) -> tuple[DigestId, int] | None:
    """Take a paper's id apart; None where the text is not one."""
    digest_id, slash, ordinal = paper_id.rpartition("/")
    if not slash or not digest_id or not (ordinal.isascii() and ordinal.isdigit()):
        return None
    return DigestId(digest_id), int(ordinal)
