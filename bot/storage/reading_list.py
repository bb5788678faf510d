"""What people keep to read."""

import hashlib
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, delete, select, update

from bot.domain.delivery import DigestKey
from bot.domain.digest import DigestId
from bot.domain.reading_list import MOST, EntryKey, ListFull, ReadingState, Saved, SavedBefore, SavedPaper, Saving
from bot.domain.text import normal
from bot.storage.database import Database
from bot.storage.schema import reading_list as table


class ReadingList:
    """The reading list of every person."""

    def __init__(self, database: Database, *, most: int = MOST) -> None:
        self._database = database
        self._most = most

    async def save(self, user_id: int, entry: SavedPaper) -> Saving:
        """Put a paper on a person's list, unless it is there already or the list is full."""
        async with self._database.write() as connection:
            before = tuple(map(of_row, await connection.execute(_of(user_id))))
            known = next((each for each in before if each.digest == entry.digest and _is_same(each, entry)), None)
            if known is not None:
                return SavedBefore(known)
            if len(before) >= self._most:
                return ListFull()
            added = await connection.execute(self._database.insert_once(table).values(_values(user_id, entry)))
            return Saved(len(before) + added.rowcount)  # none where another process was faster

    async def of(self, user_id: int) -> tuple[SavedPaper, ...]:
        """Return a person's list, saved last first."""
        async with self._database.read() as connection:
            return tuple(map(of_row, await connection.execute(_of(user_id))))

    async def get(self, user_id: int, key: EntryKey) -> SavedPaper | None:
        """Return one entry of a person's list."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(table).where(_is(user_id, key)))).first()
            return None if row is None else of_row(row)

    async def mark(self, user_id: int, key: EntryKey, state: ReadingState) -> bool:
        """Say whether a paper has been read; False where it is not on the person's list."""
        statement = update(table).where(_is(user_id, key)).values(state=state.value)
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def remove(self, user_id: int, key: EntryKey) -> bool:
        """Take a paper off the list; False where it is not on it."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(table).where(_is(user_id, key)))).rowcount > 0


def of_row(row: Row[Any]) -> SavedPaper:
    """Read an entry."""
    return SavedPaper(
        digest=DigestKey(row.digest),
        ordinal=row.ordinal,
        digest_id=DigestId(row.digest_id),
        date=row.date,
        title=row.title,
        url=row.url,
        authors=tuple(row.authors.splitlines()),
        saved_at=row.saved_at,
        state=ReadingState(row.state),
        key=EntryKey(row.key),
    )


def _of(user_id: int) -> Any:
    return select(table).where(table.c.user_id == user_id).order_by(table.c.saved_at.desc(), table.c.key.desc())


def _is(user_id: int, key: EntryKey) -> ColumnElement[bool]:
    return and_(table.c.user_id == user_id, table.c.key == key)


def _is_same(before: SavedPaper, entry: SavedPaper) -> bool:
    return before.is_same(entry.title, entry.url)


def _values(user_id: int, entry: SavedPaper) -> dict[str, Any]:
    title = entry.title.replace("\0", " ")  # PostgreSQL takes no NUL
    return {
        "user_id": user_id,
        "digest": entry.digest,
        "ordinal": entry.ordinal,
        "fingerprint": hashlib.sha256(f"{normal(title)}\0{entry.url}".encode()).hexdigest()[:32],
        "digest_id": entry.digest_id,
        "date": entry.date,
        "title": title,
        "url": entry.url,
        "authors": "\n".join(" ".join(author.split()) for author in entry.authors),
        "state": entry.state.value,
        "saved_at": entry.saved_at,
    }
