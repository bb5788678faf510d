"""The archive as the rest of the program sees it."""

import asyncio
import datetime as dt
import sqlite3
import sys
import unicodedata
from asyncio.subprocess import PIPE
from pathlib import Path

import pytest

from bot.archive import store
from bot.archive.archive import Archive, open_archive
from tests.archive.builders import digest, fill, paper, titles

ROOT = Path(__file__).parents[2]
SPIKING = paper("SpikeGPT: Generative Pre-trained Language Model", "스파이킹 신경망으로 언어 모델을 학습합니다.")
IMAGE = paper(
    "Composer: Creative Image Synthesis", "이미지 생성을 조합으로 제어합니다.", url="https://arxiv.org/abs/2302.09778"
)
SAFETY = paper(
    "Constitutional AI: Harmlessness from Feedback", "모델의 무해성을 강화학습으로 높입니다.", authors=("Yuntao Bai",)
)


@pytest.mark.parametrize(
    "query",
    [
        "언어 모델",
        "언어모델",
        "언어모델을",
        "스파이킹",
        "spikegpt",
        "language models",
        unicodedata.normalize("NFD", "언어모델"),
    ],
)
async def test_a_paper_is_found_by_the_words_of_its_title_and_summary(archive: Archive, query: str) -> None:
    await fill(archive, digest(IMAGE, SPIKING, SAFETY))

    found = await titles(archive, query)

    assert found[0] == SPIKING.title


@pytest.mark.parametrize("query", ["Yuntao Bai", "2302.09778"])
async def test_authors_and_arxiv_ids_are_searched_too(archive: Archive, query: str) -> None:
    await fill(archive, digest(SPIKING, IMAGE, SAFETY))

    found = await titles(archive, query)

    assert found == [{"Yuntao Bai": SAFETY, "2302.09778": IMAGE}[query].title]


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "*",
        "NOT",
        "NEAR(a b)",
        "title:spike",
        "^",
        "(((",
        "\0",
        "a\0b",
        "🔥🔥",
        "가나다라마바사아자차" * 10,
        "ㅋㅋ",
        "é",
        "a" * 5000,
        "\ud800",
    ],
)
async def test_any_text_is_answered(archive: Archive, query: str) -> None:
    await fill(archive, digest(SPIKING))

    results = await archive.search(query)
    suggestions = await archive.complete(query)

    assert results.total == len(results.hits)
    assert isinstance(suggestions, tuple)


@pytest.mark.parametrize("query", ["", "   ", "\n", "!!!"])
async def test_a_query_without_a_word_finds_nothing(archive: Archive, query: str) -> None:
    await fill(archive, digest(SPIKING))

    results = await archive.search(query)

    assert (results.hits, results.total, results.corrected) == ((), 0, None)


async def test_a_hit_says_where_the_paper_is_and_why_it_was_found(archive: Archive) -> None:
    await fill(archive, digest(SPIKING, IMAGE, day="2024-03-05"))

    hit, *_ = (await archive.search("조합으로")).hits

    assert hit.id == "2024-03-05-daily-digest/2"
    assert (hit.date, hit.url) == (dt.date(2024, 3, 5), "https://arxiv.org/abs/2302.09778")
    assert hit.snippet == "이미지 생성을 **조합으로** 제어합니다."


async def test_pages_follow_on_each_other(archive: Archive) -> None:
    await fill(archive, digest(*(paper(f"Vision study {number}", "시각 모델") for number in range(25))))

    pages = [await archive.search("vision", limit=10, offset=offset) for offset in (0, 10, 20, 30)]

    assert [len(page.hits) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    assert len({hit.id for page in pages for hit in page.hits}) == 25


async def test_a_search_can_be_kept_to_a_span_of_days(archive: Archive) -> None:
    days = [f"2024-03-0{day}" for day in range(1, 6)]
    await fill(archive, *(digest(SPIKING, day=day) for day in days))

    results = await archive.search("spikegpt", since=dt.date(2024, 3, 2), until=dt.date(2024, 3, 4))

    assert sorted(hit.date.day for hit in results.hits) == [2, 3, 4]


async def test_a_corrected_digest_is_indexed_anew_and_a_removed_one_forgotten(archive: Archive) -> None:
    await fill(archive, digest(SPIKING, day="2024-03-01"), digest(IMAGE, day="2024-03-02"))

    await fill(archive, digest(SAFETY, day="2024-03-01"))

    assert await titles(archive, "spikegpt") == []
    assert await titles(archive, "composer") == []
    assert await titles(archive, "constitutional") == [SAFETY.title]


async def test_an_unchanged_digest_is_not_indexed_again(archive: Archive) -> None:
    told: list[tuple[int, int]] = []
    await fill(archive, digest(SPIKING))

    await archive.sync([digest(SPIKING)], lambda _: "another", lambda done, total: told.append((done, total)))
    await archive.sync([digest(SPIKING)], lambda _: "another", lambda done, total: told.append((done, total)))

    assert told == [(1, 1)]


async def test_titles_are_completed_from_their_beginning(archive: Archive) -> None:
    await fill(archive, digest(SPIKING, IMAGE, SAFETY))

    offered = await archive.complete("compos")

    assert offered[0].title == IMAGE.title


async def test_an_empty_text_is_completed_with_the_newest_papers(archive: Archive) -> None:
    await fill(archive, digest(SPIKING, day="2024-03-01"), digest(IMAGE, SAFETY, day="2024-03-02"))

    offered = await archive.complete("  ")

    assert [each.title for each in offered] == [IMAGE.title, SAFETY.title, SPIKING.title]


async def test_related_papers_share_what_is_particular(archive: Archive) -> None:
    twin = paper("Spikformer: Spiking Transformer", "스파이킹 신경망과 자기 주의를 합칩니다.")
    await fill(archive, digest(SPIKING, IMAGE, SAFETY), digest(twin, day="2024-03-05"))

    related = await archive.related("2024-03-05-daily-digest/1")

    assert related[0].title == SPIKING.title
    assert twin.title not in {hit.title for hit in related}
    assert await archive.related("nowhere/1") == ()


async def test_a_random_paper_is_one_of_the_archive(archive: Archive) -> None:
    nothing = await archive.random()
    await fill(archive, digest(SPIKING, IMAGE))

    found = await archive.random()

    assert nothing is None
    assert found in {"2024-03-04-daily-digest/1", "2024-03-04-daily-digest/2"}


@pytest.mark.parametrize("content", [b"not a database", b"SQLite format 3\0" + b"\xff" * 5000, b""])
async def test_a_damaged_file_is_built_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "archive.db"
    path.write_bytes(content)

    async with open_archive(path) as archive:
        await fill(archive, digest(SPIKING))
        found = await titles(archive, "spikegpt")

    assert found == [SPIKING.title]


async def test_a_database_of_another_program_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE theirs (x)")
    other.close()

    async with open_archive(path):
        pass

    kept = sqlite3.connect(path.with_name("archive.db.not-an-archive"))
    assert kept.execute("SELECT count(*) FROM theirs").fetchone() == (0,)
    kept.close()


@pytest.mark.parametrize("version", [None, 999], ids=["new", "of another version"])
async def test_processes_that_start_at_once_share_one_archive(tmp_path: Path, version: int | None) -> None:
    path = tmp_path / "archive.db"
    if version:
        async with open_archive(path) as archive:
            await fill(archive, digest(SPIKING))
        with sqlite3.connect(path) as old:
            old.execute(f"PRAGMA user_version = {version}")
        old.close()
    code = f"""
import asyncio
from pathlib import Path
from tests.archive.test_archive import SPIKING, digest, fill, open_archive, titles

async def start():
    async with open_archive(Path({str(path)!r})) as archive:
        await fill(archive, digest(SPIKING))
        assert await titles(archive, "spikegpt") == [SPIKING.title]

print("imported", flush=True)
input()
asyncio.run(start())
"""
    starts = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, cwd=ROOT, stdin=PIPE, stdout=PIPE)
        for _ in range(4)
    ]
    for process in starts:
        assert process.stdout
        assert await process.stdout.readline() == b"imported\n"

    await asyncio.gather(*(process.communicate(b"\n") for process in starts))

    assert [process.returncode for process in starts] == [0, 0, 0, 0]


async def test_an_archive_that_is_locked_is_not_taken_for_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.db"
    async with open_archive(path) as archive:
        await fill(archive, digest(SPIKING))
    monkeypatch.setattr(store, "PATIENCE", 0.1)  # not half a minute: nobody lets go of the file
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA journal_mode = DELETE")
    other.execute("BEGIN EXCLUSIVE")

    with pytest.raises(sqlite3.OperationalError, match="locked"):
        async with open_archive(path):
            pytest.fail("it was opened")

    other.close()
    async with open_archive(path) as archive:
        assert await titles(archive, "spikegpt") == [SPIKING.title]


async def test_an_archive_of_another_version_is_built_anew(tmp_path: Path) -> None:
    path = tmp_path / "archive.db"
    async with open_archive(path) as archive:
        await fill(archive, digest(SPIKING))
    with sqlite3.connect(path) as old:
        old.execute("PRAGMA user_version = 999")
    old.close()

    async with open_archive(path) as archive:
        found = await titles(archive, "spikegpt")
        await fill(archive, digest(SPIKING))
        found_then = await titles(archive, "spikegpt")

    assert found == []
    assert found_then == [SPIKING.title]
