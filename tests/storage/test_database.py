"""The state opens at every schema that was ever released, refuses a newer one, and is undone where a transaction breaks off."""

import asyncio
import sqlite3
import sys
import threading
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from bot.errors import StartupError
from bot.storage.database import HEAD, Database, open_database
from bot.storage.migration import FOLDER, upgrade
from bot.storage.schema import metadata
from bot.storage.subscriptions import Subscriptions
from tests.storage.test_subscriptions import channel

REVISIONS = [script.revision for script in reversed(list(ScriptDirectory(str(FOLDER)).walk_revisions()))]


async def downgraded(url: str, revision: str) -> None:
    """Make a state as the version of the bot with that schema made it."""
    async with open_database(url) as database, database.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.run_sync(lambda connection: upgrade(connection, revision))


def differences(connection: Connection) -> list[object]:
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


def test_the_code_knows_the_newest_migration() -> None:
    assert REVISIONS[-1] == HEAD


@pytest.mark.parametrize("revision", REVISIONS)
async def test_migrations_lead_from_every_revision_to_the_tables_that_the_code_reads(url: str, revision: str) -> None:
    await downgraded(url, revision)

    async with open_database(url) as database, database.read() as connection:
        found = await connection.run_sync(differences)
        stored = (await connection.execute(text("SELECT version_num FROM alembic_version"))).scalar()

    assert found == []
    assert stored == HEAD


def shape(connection: Connection) -> dict[str, object]:
    """Return all that a database tells about its tables."""
    seen = inspect(connection)
    return {
        table: [
            [(column["name"], str(column["type"]), column["nullable"], column["default"]) for column in columns],
            seen.get_pk_constraint(table),
            sorted(seen.get_foreign_keys(table), key=str),
            sorted(seen.get_unique_constraints(table), key=str),
            sorted(seen.get_check_constraints(table), key=str),
            sorted(seen.get_indexes(table), key=str),
        ]
        for table in seen.get_table_names()
        for columns in [sorted(seen.get_columns(table), key=str)]
    }


async def test_a_fresh_state_is_what_the_migrations_would_have_made_of_nothing(url: str) -> None:
    async with open_database(url) as database, database.read() as connection:
        fresh = await connection.run_sync(shape)
    await downgraded(url, REVISIONS[0])
    async with open_database(url) as database, database.read() as connection:
        migrated = await connection.run_sync(shape)

    assert fresh == migrated


async def test_a_database_with_tables_of_others_is_used_too(url: str) -> None:
    async with open_database(url) as database, database.write() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.execute(text("DROP TABLE alembic_version"))
        await connection.execute(text("CREATE TABLE theirs (id INTEGER)"))

    async with open_database(url) as database:
        await Subscriptions(database).put(channel())

        assert await Subscriptions(database).all() == (channel(),)


async def test_a_state_opened_again_is_as_it_was_left(url: str) -> None:
    async with open_database(url) as database:
        await Subscriptions(database).put(channel())

    async with open_database(url) as database:
        assert await Subscriptions(database).all() == (channel(),)


async def test_a_state_of_a_newer_version_is_refused_and_left_alone(url: str) -> None:
    async with open_database(url) as database, database.write() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StartupError, match="newer version"):
        async with open_database(url):
            pytest.fail("it was opened")


async def test_processes_that_start_at_once_make_one_state(url: str) -> None:
    code = f"""
import asyncio
from bot.storage.database import open_database

async def start():
    async with open_database({url!r}):
        pass

asyncio.run(start())
"""
    starts = [await asyncio.create_subprocess_exec(sys.executable, "-c", code) for _ in range(3)]

    codes = [await process.wait() for process in starts]

    assert codes == [0, 0, 0]
    async with open_database(url) as database:
        assert await Subscriptions(database).all() == ()


async def test_a_start_waits_for_another_process_that_prepares_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # SQLite refuses to change the journal at once, however long it may wait
    release = threading.Timer(0.2, other.rollback)
    release.start()

    async with open_database(f"sqlite+aiosqlite:///{path}") as database:
        assert await Subscriptions(database).all() == ()

    release.join()
    other.close()


async def test_an_exception_undoes_its_transaction_and_nothing_else(database: Database) -> None:
    subscriptions = Subscriptions(database)

    async def break_off() -> None:
        async with database.write() as connection:
            await connection.execute(text("INSERT INTO meta (key, value) VALUES ('half', 'done')"))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await break_off()

    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM meta"))).scalar() == 0
    await subscriptions.put(channel())
    assert await subscriptions.all() == (channel(),)


async def test_a_reader_sees_one_state_throughout(database: Database, another: Database) -> None:
    async with database.read() as connection:
        count = text("SELECT count(*) FROM subscriptions")
        before = (await connection.execute(count)).scalar()
        await Subscriptions(another).put(channel())

        after = (await connection.execute(count)).scalar()

    assert (before, after) == (0, 0)


async def test_an_address_that_is_none_is_told_in_a_sentence() -> None:
    with pytest.raises(StartupError, match="DATABASE_URL"):
        async with open_database("no address at all"):
            pytest.fail("it was opened")


async def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("not a database, " * 1000)

    with pytest.raises(StartupError, match=r"bot\.db, which can't be used"):
        async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db"):
            pytest.fail("it was opened")


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(StartupError) as told:
        async with open_database("postgresql+asyncpg://bot:hunter2@127.0.0.1:9/state"):
            pytest.fail("it was opened")

    assert "can't be used" in str(told.value)
    assert "hunter2" not in str(told.value)
