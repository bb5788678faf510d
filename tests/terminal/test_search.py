"""The archive from the shell."""

import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.terminal.search import search

DIGEST = """---
title: "Daily Digest / 4 Mar 2024"
---

### 1. Scaling [Laws] for Models

- 언어 모델을 키웁니다.

### 2. Spiking Networks

- 스파이킹 신경망입니다.
"""


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    """A folder with one digest."""
    folder = tmp_path / "digests"
    folder.mkdir()
    (folder / "2024-03-04-daily-digest.md").write_text(DIGEST, encoding="utf8")
    return folder


async def _search(digests: Path, query: str, *, as_json: bool = True, lines: str = "") -> str:
    out = io.StringIO()
    archive = digests.parent / "archive.db"
    code = await search(digests, archive, query, limit=10, as_json=as_json, stdin=io.StringIO(lines), stdout=out)
    assert code == 0
    return out.getvalue()


async def test_a_query_is_answered_in_json(digests: Path) -> None:
    answer = json.loads(await _search(digests, "언어모델"))

    assert answer["query"] == "언어모델"
    assert answer["hits"][0] | {"score": 1} == {
        "id": "2024-03-04-daily-digest/1",
        "title": "Scaling [Laws] for Models",
        "date": "2024-03-04",
        "url": None,
        "score": 1,
    }


async def test_each_line_of_the_input_is_a_query_blank_ones_too(digests: Path) -> None:
    answers = [json.loads(line) for line in (await _search(digests, "-", lines="spiking\n\n 언어 \r\n")).splitlines()]

    assert [answer["query"] for answer in answers] == ["spiking", "", " 언어 "]
    assert [bool(answer["hits"]) for answer in answers] == [True, False, True]


async def test_a_person_reads_titles_and_what_was_looked_for(digests: Path) -> None:
    found = await _search(digests, "spikng", as_json=False)

    assert "Showing results for spiking." in found
    assert "Spiking Networks" in found


async def test_a_person_reads_that_nothing_was_found(digests: Path) -> None:
    assert "Nothing in the archive" in await _search(digests, "🔥", as_json=False)


async def test_a_corrected_file_is_read_again(digests: Path) -> None:
    await _search(digests, "spiking")
    file = digests / "2024-03-04-daily-digest.md"
    file.write_text(DIGEST.replace("Spiking Networks", "Graph Networks"), encoding="utf8")

    found = json.loads(await _search(digests, "graph"))

    assert found["hits"][0]["title"] == "Graph Networks"


async def test_unchanged_files_leave_the_archive_as_it_is(digests: Path) -> None:
    await _search(digests, "spiking")
    with closing(sqlite3.connect(digests.parent / "archive.db")) as watching:
        before = watching.execute("PRAGMA data_version").fetchone()

        await _search(digests, "spiking")

        assert watching.execute("PRAGMA data_version").fetchone() == before


async def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(StartupError):
        await search(tmp_path / "nowhere", tmp_path / "archive.db", "x", limit=1, as_json=True)
