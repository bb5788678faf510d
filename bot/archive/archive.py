"""The archive: every paper there is, findable."""

import asyncio
import datetime as dt
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from bot.archive import files, frequency, indexing, lookup
from bot.archive.candidates import Span
from bot.archive.lane import Closeable, Lane
from bot.archive.learning import learn
from bot.archive.reader import Reader
from bot.archive.store import discard, open_writer
from bot.archive.values import Hit, Results, Suggestion
from bot.domain.digest import Digest, DigestId, PaperId

log = logging.getLogger(__name__)

P = ParamSpec("P")
C = TypeVar("C", bound=Closeable)
T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called on the event loop with the digests done and the digests to do."""

BATCH = 20
"""Digests a transaction: some 0.2 s of work at twenty papers each, and a reader sees what is done so far."""

SAY_EVERY = 10.0
"""Seconds between two lines of the log while much is indexed."""

BULK = 50
"""Digests from which on the index is merged after a sync; a daily digest is not worth it."""


class Archive:
    """Every paper of every digest. Searching never waits for indexing, nor typing for searching: each has its own connection."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Lane("archive-writer", lambda: open_writer(path))
        self._reader = Lane("archive-search", lambda: Reader(path))
        self._typing = Lane("archive-typing", lambda: Reader(path))
        self._syncing = asyncio.Lock()
        self._damaged = False
        self._values: object = None

    async def open(self) -> None:
        """Make sure that the file is an archive."""
        await self._writer.run(lambda _: None)

    async def close(self) -> None:
        """Close the connections once what is under way is done."""
        for lane in (self._reader, self._typing, self._writer):
            await lane.close()

    async def sync(
        self, digests: Sequence[Digest], hash_of: Callable[[DigestId], str], progress: Progress | None = None
    ) -> None:
        """Bring the archive up to date: index digests whose hash is new, and forget those that are not there any more.

        Costs a comparison of hashes where nothing changed. A damaged file is replaced and filled anew.
        """
        async with self._syncing:
            try:
                await self._sync(digests, hash_of, progress)
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError) and not self._damaged:
                    raise  # a full disk or a long lock: the file itself is whole
                log.warning("The archive %s is damaged (%s); it is built anew.", self._path, error)
                await self._renew()
                await self._sync(digests, hash_of, progress)

    async def kept(self, unpack: Callable[[bytes], T | None]) -> list[T]:
        """Return what `keep` was given last, less what `unpack` makes nothing of; nothing where the file is damaged."""
        return await self._answer(self._writer, [], files.kept, unpack)

    async def keep(self, values: Mapping[str, T], stamp: Callable[[T], str], pack: Callable[[T], bytes]) -> None:
        """Keep what was read of each file for the next start; costs nothing where it is the mapping kept last.

        Only what has another `stamp` than before is written.
        """
        if values is not self._values:
            await self._writer.run(files.keep, values, stamp, pack)
            self._values = values

    async def search(
        self,
        query: str,
        *,
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int = 10,
        offset: int = 0,
        quoting: bool = True,
    ) -> Results:
        """Return the papers that answer `query`, best first. Any text is a query; a blank one finds nothing.

        Without `quoting` the hits' snippets stay empty: choosing and marking lines takes as long as the rest for a hundred hits.
        """
        span = Span(*(day.isoformat() for day in (since or dt.date.min, until or dt.date.max)))
        return await self._answer(
            self._reader, Results((), 0, None, 0.0), lookup.search, query, span, limit, offset, quoting=quoting
        )

    async def complete(self, text: str, limit: int = 25) -> tuple[Suggestion, ...]:
        """Return papers whose title continues or resembles `text`; the newest ones for a blank text."""
        return await self._answer(self._typing, (), lookup.complete, text, limit)

    async def related(self, paper_id: str, limit: int = 5) -> tuple[Hit, ...]:
        """Return the papers that share most of what is particular to this one; none for an unknown id."""
        return await self._answer(self._reader, (), lookup.related, paper_id, limit)

    async def random(self) -> PaperId | None:
        """Return any paper; None while the archive is empty."""
        return await self._answer(self._typing, None, lookup.any_paper)

    async def papers_by_day(self, spellings: Sequence[str] | None = None) -> Mapping[dt.date, int]:
        """Return how many papers of each day have a term in any of its spellings; without spellings, all papers."""
        if spellings is None:
            return await self._answer(self._reader, {}, frequency.all_papers_by_day)
        return await self._answer(self._reader, {}, frequency.papers_by_day, spellings)

    async def counterparts(self, term: str) -> tuple[str, ...]:
        """Return what the archive's own glossary has for a term in the other language, the surest first; often nothing."""
        return await self._answer(self._reader, (), frequency.counterparts, term)

    async def _answer(
        self,
        lane: Lane[C],
        nothing: T,
        work: Callable[Concatenate[C, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Do `work`; where the file turns out damaged, answer `nothing` and let the next sync build it anew."""
        try:
            return await lane.run(work, *args, **kwargs)
        except sqlite3.DatabaseError as error:
            log.warning("The archive %s could not answer: %s", self._path, error)
            self._damaged = self._damaged or not isinstance(error, sqlite3.OperationalError)
            return nothing

    async def _sync(
        self, digests: Sequence[Digest], hash_of: Callable[[DigestId], str], progress: Progress | None
    ) -> None:
        if self._damaged:
            raise sqlite3.DatabaseError("a search could not read it")
        known = await self._writer.run(indexing.known_hashes)
        here = {digest.id for digest in digests}
        gone = [digest_id for digest_id in known if digest_id not in here]
        come = [
            indexing.Replacement(digest, text_hash)
            for digest in digests
            if known.get(digest.id) != (text_hash := hash_of(digest.id))
        ]
        if gone:
            await self._writer.run(indexing.replace, gone, ())
        said = time.monotonic()
        for start in range(0, len(come), BATCH):
            await self._writer.run(indexing.replace, (), come[start : start + BATCH])
            done = min(start + BATCH, len(come))
            if progress is not None:
                progress(done, len(come))
            if time.monotonic() - said > SAY_EVERY:
                said = time.monotonic()
                log.info("Indexed %d of %d digests.", done, len(come))
        if len(come) >= BULK:
            await self._writer.run(indexing.settle)
        started = time.monotonic()
        if await learn(self._path, self._writer):
            log.info("The archive learnt its words in %.1f s.", time.monotonic() - started)

    async def _renew(self) -> None:
        for lane in (self._reader, self._typing, self._writer):
            await lane.hang_up()
        discard(self._path)
        self._damaged, self._values = False, None


@asynccontextmanager
async def open_archive(path: Path) -> AsyncIterator[Archive]:
    """Open the archive at `path`, creating it if need be; what it holds is whatever the last sync left there."""
    archive = Archive(path)
    try:
        await archive.open()
        yield archive
    finally:
        await archive.close()
