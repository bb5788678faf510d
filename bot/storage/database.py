"""Open the durable state, bring its schema up to date, and close it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, event, inspect, text
from sqlalchemy.dialects import sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import StartupError
from bot.journal import PATIENCE, write_ahead
from bot.storage.engine import AsyncConnection, AsyncEngine, create_async_engine
from bot.storage.foundation import lay

if TYPE_CHECKING:
    from sqlalchemy.dialects import postgresql

HEAD = "0003"
"""The schema that this code knows; `migrations/versions` leads up to it."""


@dataclass(frozen=True, slots=True)
class Database:
    """An open database. A context is a transaction: it is committed at its end, or undone by an exception."""

    url: URL
    reader: AsyncEngine
    writer: AsyncEngine

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction that sees one state throughout."""
        async with self.reader.connect() as connection:
            yield connection

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncConnection]:
        """Give a transaction that is on disk once the context has ended."""
        async with self.writer.begin() as connection:
            yield connection

    def insert_once(self, table: Table) -> "sqlite.Insert | postgresql.Insert":
        """Return an INSERT that does nothing where a row with the same key stands already."""
        if self.is_sqlite:
            return sqlite.insert(table).on_conflict_do_nothing()
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415  0.1 s and 5 MB that most bots never need

        return postgresql.insert(table).on_conflict_do_nothing()

    async def wait_for_others(self, connection: AsyncConnection, purpose: str) -> None:
        """Let one process at a time go on with a write of this purpose, until the end of its transaction.

        SQLite has one writer anyway.
        """
        if not self.is_sqlite:
            await connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:purpose))"), {"purpose": purpose})

    @property
    def is_sqlite(self) -> bool:
        """Tell whether the state is a file of ours."""
        return self.url.get_backend_name() == "sqlite"


@asynccontextmanager
async def open_database(url: str) -> AsyncIterator[Database]:
    """Open the database at `url`, made or migrated where needed.

    Raises StartupError where it can't be reached or read, or was written by a newer version.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise StartupError("DATABASE_URL is no database address: see .env.example.", exit_code=2) from None
    database = _connect(parsed)
    try:
        await _prepare(database)
        yield database
    finally:
        await database.reader.dispose()
        await database.writer.dispose()


def _connect(url: URL) -> Database:
    if url.get_backend_name() != "sqlite":
        engine = create_async_engine(url, pool_size=5, max_overflow=5, pool_pre_ping=True)
        return Database(url, engine.execution_options(isolation_level="REPEATABLE READ"), engine)
    if url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    reader = create_async_engine(url, pool_size=2, max_overflow=0)
    writer = create_async_engine(
        url, pool_size=1, max_overflow=0
    )  # SQLite has one writer; ours wait here, not in its lock
    for engine, begin in ((reader, "BEGIN"), (writer, "BEGIN IMMEDIATE")):
        event.listen(engine.sync_engine, "connect", _set_up)
        event.listen(engine.sync_engine, "begin", lambda connection, begin=begin: connection.exec_driver_sql(begin))
    return Database(url, reader, writer)


def _set_up(connection: Any, _: object) -> None:
    connection.isolation_level = None  # SQLAlchemy says BEGIN, so that a write can say BEGIN IMMEDIATE
    cursor = connection.cursor()
    for pragma in (f"busy_timeout={PATIENCE * 1000}", "synchronous=FULL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    write_ahead(cursor.execute, PATIENCE)
    cursor.close()


async def _prepare(database: Database) -> None:
    try:
        async with database.read() as connection:
            revision = await connection.run_sync(_revision)
        if revision is None and await _found(database):
            return
        if revision != HEAD:
            await _migrate(database, revision)
    except (DBAPIError, OSError) as error:
        cause = error.orig if isinstance(error, DBAPIError) else error
        shown = database.url.render_as_string(hide_password=True)
        raise StartupError(f"DATABASE_URL names {shown}, which can't be used: {cause}.") from error


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


async def _found(database: Database) -> bool:
    async with database.write() as connection:
        await database.wait_for_others(connection, "migrations")
        return await connection.run_sync(lay, HEAD)


async def _migrate(database: Database, revision: str | None) -> None:
    from bot.storage.migration import is_known, upgrade  # noqa: PLC0415  Alembic takes 0.2 s to import, and is seldom needed

    if revision is not None and not is_known(revision):
        raise StartupError(
            "DATABASE_URL was written by a newer version of the bot: install that version, or restore a backup."
        )
    async with database.write() as connection:
        await database.wait_for_others(connection, "migrations")
        await connection.run_sync(upgrade)
