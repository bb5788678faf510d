"""Which digest files the bot has met, under which names, so that renaming one does not deliver it again."""

import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Row, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.delivery import DigestKey, KnownDigest
from bot.domain.digest import Digest, DigestId
from bot.storage.database import Database
from bot.storage.schema import digests as table


class Memory:
    """Keeps a key for each digest through renames and corrections."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._last: tuple[tuple[Digest, ...], Mapping[DigestId, KnownDigest]] | None = None

    async def know(self, digests: tuple[Digest, ...], at: dt.datetime) -> Mapping[DigestId, KnownDigest]:
        """Record the digests that are there now and return what is known of each.

        Where the very same values come again, nothing is read or written.
        """
        if self._last is not None and _same(self._last[0], digests):
            return self._last[1]
        async with self._database.write() as connection:
            await self._database.wait_for_others(connection, "digests")
            known = await _Visit(connection, digests, at).know()
        self._last = digests, known
        return known


def _same(before: tuple[Digest, ...], now: tuple[Digest, ...]) -> bool:
    return len(before) == len(now) and all(a is b for a, b in zip(before, now, strict=True))


class _Visit:
    """One comparison of what is there with what is remembered."""

    def __init__(self, connection: AsyncConnection, digests: tuple[Digest, ...], at: dt.datetime) -> None:
        self._connection = connection
        self._digests = digests
        self._at = at
        self._present = {digest.id for digest in digests}
        self._by_id: dict[str, Row[Any]] = {}
        self._by_fingerprint: dict[str, list[Row[Any]]] = {}

    async def know(self) -> dict[DigestId, KnownDigest]:
        for row in await self._connection.execute(select(table)):
            self._remember(row)
        return {digest.id: await self._one(digest) for digest in self._digests}

    def _remember(self, row: Row[Any]) -> None:
        self._by_id[row.id] = row
        self._by_fingerprint.setdefault(row.fingerprint, []).append(row)

    async def _one(self, digest: Digest) -> KnownDigest:
        mark = fingerprint(digest)
        row = self._by_id.get(digest.id)
        if row is not None:
            if (row.fingerprint, row.date) != (mark, digest.date):
                await self._update(row, fingerprint=mark, date=digest.date)
            return KnownDigest(DigestKey(row.key), digest.id, digest.date, row.first_seen_at)
        for row in self._by_fingerprint.get(mark, ()):
            if row.id not in self._present:  # renamed
                await self._update(row, id=digest.id, date=digest.date)
                self._present.add(row.id)  # a second copy of what is gone is new
                return KnownDigest(DigestKey(row.key), digest.id, digest.date, row.first_seen_at)
            if row.date == digest.date:  # a copy beside its original
                return KnownDigest(DigestKey(row.key), digest.id, digest.date, row.first_seen_at)
        values = {"id": digest.id, "date": digest.date, "fingerprint": mark, "first_seen_at": self._at}
        row = (await self._connection.execute(insert(table).values(values).returning(table))).one()
        self._remember(row)
        return KnownDigest(DigestKey(row.key), digest.id, digest.date, row.first_seen_at)

    async def _update(self, row: Row[Any], **values: object) -> None:
        await self._connection.execute(update(table).where(table.c.key == row.key).values(**values))


def fingerprint(digest: Digest) -> str:
    """Hash titles and bodies, in order; neither name nor date, which a rename may change."""
    text = "\x1e".join("\x1f".join((paper.title, *paper.blocks)) for paper in digest.papers)
    return hashlib.sha256(text.encode()).hexdigest()
