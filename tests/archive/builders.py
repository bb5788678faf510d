"""Digests to put into an archive."""

import datetime as dt
import hashlib

from bot.archive.archive import Archive
from bot.domain.digest import Digest, DigestId, Paper


def paper(title: str, *bullets: str, url: str | None = None, authors: tuple[str, ...] = ()) -> Paper:
    """Write a paper; its digest numbers it."""
    return Paper(
        ordinal=0,
        number=None,
        title=title,
        url=url,
        links=(),
        authors=authors,
        section=None,
        blocks=tuple(f"- {bullet}" for bullet in bullets),
        image=None,
        line=1,
    )


def digest(*papers: Paper, day: str = "2024-03-04", name: str | None = None) -> Digest:
    """Put papers into the digest of a day."""
    date = dt.date.fromisoformat(day)
    numbered = tuple(
        Paper(
            ordinal=place,
            number=place,
            title=each.title,
            url=each.url,
            links=each.links,
            authors=each.authors,
            section=each.section,
            blocks=each.blocks,
            image=each.image,
            line=each.line,
        )
        for place, each in enumerate(papers, 1)
    )
    return Digest(id=DigestId(name or f"{day}-daily-digest"), date=date, title=f"Digest of {day}", papers=numbered)


async def fill(archive: Archive, *digests: Digest) -> None:
    """Make these digests all that the archive has; a digest's hash follows from what is in it."""
    hashes = {each.id: hashlib.sha256(repr(each).encode()).hexdigest() for each in digests}
    await archive.sync(digests, hashes.__getitem__)


async def titles(archive: Archive, query: str) -> list[str]:
    """Search, and return the titles found, best first."""
    return [hit.title for hit in (await archive.search(query)).hits]
