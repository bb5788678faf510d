"""Which digest files the bot has met, under which names, so that renaming one does not deliver it again."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row, insert, select, update

from bot.domain.delivery import DigestKey, KnownDigest
from bot.domain.digest import Digest, DigestId
from bot.storage.database import Database
from bot.storage.engine import AsyncConnection
from bot.storage.schema import digests as table


@dataclass(frozen=True, slots=True)
class _Hashed:
    """A digest with the hashes of what it says."""

    digest: Digest
    fingerprint: str
    revision: str


class Memory:
    """Keeps a key for each digest through renames and corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._hashed: dict[DigestId, _Hashed] = {}
        self._last: tuple[tuple[Digest, ...], Mapping[DigestId, KnownDigest]] | None = None

    async def know(self, digests: tuple[Digest, ...], at: dt.datetime) -> Mapping[DigestId, KnownDigest]:
        """Record the digests that are there now and return what is known of each.

        Where the very same values come again, nothing is read or written, and the very same answer is given.
        """
        if self._last is not None and _same(self._last[0], digests):
            return self._last[1]
        hashed = await asyncio.to_thread(_hash, digests, self._hashed)
        async with self._database.write() as connection:
            await self._database.wait_for_others(connection, "digests")
            known = await _Visit(connection, tuple(hashed.values()), at).know()
        self._hashed, self._last = hashed, (digests, known)
        return known


def _same(before: tuple[Digest, ...], now: tuple[Digest, ...]) -> bool:
    return len(before) == len(now) and all(a is b for a, b in zip(before, now, strict=True))


def _hash(digests: tuple[Digest, ...], before: Mapping[DigestId, _Hashed]) -> dict[DigestId, _Hashed]:
    """Hash the digests that are new or changed; in a thread, for at the start these are all there ever were."""
    return {
        digest.id: known
        if (known := before.get(digest.id)) is not None and known.digest is digest
        else _Hashed(digest, fingerprint(digest), revision(digest))
        for digest in digests
    }


class _Visit:
    """One comparison of what is there with what is remembered."""

    def __init__(self, connection: AsyncConnection, digests: tuple[_Hashed, ...], at: dt.datetime) -> None:
        self._connection = connection
        self._digests = digests
        self._at = at
        self._present = {each.digest.id for each in digests}
        self._by_id: dict[str, Row[Any]] = {}
        self._by_fingerprint: dict[str, list[Row[Any]]] = {}

    async def know(self) -> dict[DigestId, KnownDigest]:
        for row in await self._connection.execute(select(table)):
            self._remember(row)
        return {each.digest.id: await self._one(each) for each in self._digests}

    def _remember(self, row: Row[Any]) -> None:
        self._by_id[row.id] = row
        self._by_fingerprint.setdefault(row.fingerprint, []).append(row)

    async def _one(self, hashed: _Hashed) -> KnownDigest:
        digest = hashed.digest
        row = await self._met(digest, hashed.fingerprint)
        return KnownDigest(DigestKey(row.key), digest.id, digest.date, row.first_seen_at, hashed.revision)

    async def _met(self, digest: Digest, mark: str) -> Row[Any]:
        """Return the row of a digest, brought up to date or newly made."""
        row: Row[Any] | None = self._by_id.get(digest.id)
        if row is not None:
            if (row.fingerprint, row.date) != (mark, digest.date):
                await self._update(row, fingerprint=mark, date=digest.date)
            return row
        for row in self._by_fingerprint.get(mark, ()):
            if row.id not in self._present:  # renamed
                await self._update(row, id=digest.id, date=digest.date)
                self._present.add(row.id)  # a second copy of what is gone is new
                return row
            if row.date == digest.date:  # a copy beside its original
                return row
        values = {"id": digest.id, "date": digest.date, "fingerprint": mark, "first_seen_at": self._at}
        made: Row[Any] = (await self._connection.execute(insert(table).values(values).returning(table))).one()
        self._remember(made)
        return made

    async def _update(self, row: Row[Any], **values: object) -> None:
        await self._connection.execute(update(table).where(table.c.key == row.key).values(**values))


def fingerprint(digest: Digest) -> str:
    """Hash titles and bodies, in order; neither name nor date, which a rename may change."""
    text = "\x1e".join("\x1f".join((paper.title, *paper.blocks)) for paper in digest.papers)
    return hashlib.sha256(text.encode()).hexdigest()


def revision(digest: Digest) -> str:
    """Hash all that messages are made of: everything but the lines, which an edit elsewhere in the file moves."""
    still = replace(digest, papers=tuple(replace(paper, line=0) for paper in digest.papers))
    return hashlib.sha256(repr(still).encode(errors="surrogatepass")).hexdigest()
