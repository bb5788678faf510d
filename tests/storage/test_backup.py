"""A backup is one consistent state, or nothing."""

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.storage.backup import backup
from bot.storage.database import Database, open_database
from bot.storage.subscriptions import Subscriptions
from tests.storage.places import PostgresPlaces
from tests.storage.test_subscriptions import channel


@pytest.fixture
async def file(tmp_path: Path) -> AsyncIterator[Database]:
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/bot.db") as database:
        await Subscriptions(database).put(channel())
        yield database


async def test_a_backup_opens_as_the_state_that_it_copies(file: Database, tmp_path: Path) -> None:
    await backup(file, tmp_path / "copy.db")

    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/copy.db") as copy:
        assert await Subscriptions(copy).all() == (channel(),)


async def test_a_backup_is_made_while_a_write_is_under_way_and_leaves_it_out(file: Database, tmp_path: Path) -> None:
    async with file.write() as connection:
        await connection.exec_driver_sql("INSERT INTO meta (key, value) VALUES ('half', 'done')")

        await backup(file, tmp_path / "copy.db")

    with sqlite3.connect(tmp_path / "copy.db") as copy:
        assert copy.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    copy.close()


async def test_an_existing_file_is_not_written_over(file: Database, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")

    with pytest.raises(StartupError, match="exists already"):
        await backup(file, tmp_path / "copy.db")

    assert (tmp_path / "copy.db").read_text() == "precious"


async def test_a_folder_that_is_not_there_is_told_in_a_sentence(file: Database, tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="is no folder"):
        await backup(file, tmp_path / "nowhere" / "copy.db")


async def test_what_an_interrupted_backup_left_is_no_hindrance(file: Database, tmp_path: Path) -> None:
    (tmp_path / ".copy.db.unfinished").write_text("half a backup")

    await backup(file, tmp_path / "copy.db")

    assert not (tmp_path / ".copy.db.unfinished").exists()
    async with open_database(f"sqlite+aiosqlite:///{tmp_path}/copy.db") as copy:
        assert await Subscriptions(copy).all() == (channel(),)


async def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(file: Database, tmp_path: Path) -> None:
    (tmp_path / ".copy.db.unfinished").mkdir()

    with pytest.raises(StartupError, match=r"copy\.db can't be written"):
        await backup(file, tmp_path / "copy.db")


async def test_a_state_in_postgresql_is_left_to_its_own_tool(places: PostgresPlaces, tmp_path: Path) -> None:
    async with open_database(await places.new()) as database:
        with pytest.raises(StartupError, match="pg_dump"):
            await backup(database, tmp_path / "copy.db")
