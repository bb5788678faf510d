"""When the archive learns its words anew."""

import sqlite3
from pathlib import Path

import pytest

from bot.archive import learning
from bot.archive.archive import Archive, open_archive
from bot.archive.lane import Lane
from bot.archive.reader import Reader
from bot.archive.store import open_writer
from tests.archive.builders import digest, fill, paper


async def test_an_archive_learns_when_enough_has_changed(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    days = [
        digest(*(paper(f"Paper {day} {n}", "말뭉치") for n in range(10)), day=f"2024-03-{day:02}")
        for day in range(1, 5)
    ]
    writer = Lane("writer", lambda: open_writer(path))
    async with open_archive(path) as archive:
        await fill(archive, *days)

        unchanged = await learning.learn(path, writer)
        await fill(archive, *days, digest(paper("One more", "말뭉치"), day="2024-03-09"))
        after_one = await learning.learn(path, writer)

    await writer.close()
    assert (unchanged, after_one) == (False, False)


async def test_a_large_archive_is_learnt_from_by_another_process(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    papers = [paper(f"Paper {n}", "말뭉치를 모은 말뭉치") for n in range(learning.HERE + 1)]
    async with open_archive(path) as archive:
        await fill(archive, digest(*papers))

        results = await archive.search("말뭉ㅊ")

    assert results.corrected == "말뭉치"


async def test_learning_that_fails_is_an_error_of_the_archive(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    writer = Lane("writer", lambda: open_writer(path))
    async with open_archive(path) as archive:
        await fill(archive, digest(paper("One", "말")))
    await writer.run(lambda connection: connection.execute("UPDATE fact SET value = 9"))
    await writer.run(lambda connection: connection.execute("DROP TABLE sound"))

    with pytest.raises(sqlite3.OperationalError):
        await learning.learn(path, writer)

    await writer.close()


async def test_a_statement_that_takes_too_long_is_interrupted(archive: Archive, tmp_path: Path) -> None:
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    reader = Reader(tmp_path / "archive.db")

    with pytest.raises(sqlite3.OperationalError), reader.within(0.01):
        reader.connection.execute(endless).fetchone()
    after = reader.connection.execute("SELECT 1").fetchone()
    reader.close()

    assert after == (1,)


async def test_a_reader_cannot_write(archive: Archive, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "archive.db")

    with pytest.raises(sqlite3.OperationalError):
        reader.connection.execute("DELETE FROM paper")
    reader.close()


async def test_a_reader_learns_of_what_was_written_meanwhile(archive: Archive, tmp_path: Path) -> None:
    reader = Reader(tmp_path / "archive.db")
    before = reader.vocabulary.papers

    await fill(archive, digest(paper("One", "말")))
    after = reader.vocabulary.papers
    reader.close()

    assert (before, after) == (0, 1)
