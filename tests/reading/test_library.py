"""The digest folder in memory."""

import asyncio
import datetime as dt
import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.errors import StartupError
from bot.reading.library import Library
from bot.reading.shelved import Shelved
from bot.reading.text import MAX_BYTES


def text(day: str, *titles: str) -> str:
    papers = "".join(f"\n### {n}. {title}\n- text\n" for n, title in enumerate(titles or ("A Title of a Paper",), 1))
    return f'---\ntitle: "Daily Digest / {day}"\n---\n{papers}'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "digests"
    root.mkdir()
    (root / "b.md").write_text(text("2 Mar 2023"), encoding="utf-8")
    (root / "a.md").write_text(text("3 Mar 2023"), encoding="utf-8")
    return root


async def restarted(root: Path, shelves: Iterable[Shelved]) -> Library:
    """Return the library of a later start that recalls something; what is read anew bears its real title."""
    library = Library(root)
    library.recall([replace(each, reading=replace(each.reading, title="recalled")) for each in shelves])
    await library.refresh()
    return library


async def ids(library: Library) -> list[str]:
    return [digest.id for digest in await library.refresh()]


async def test_digests_come_oldest_first(root: Path) -> None:
    library = Library(root)

    assert await ids(library) == ["b", "a"]
    assert library.newest is not None
    assert library.newest.id == "a"
    assert [digest.id for digest in library.on(dt.date(2023, 3, 2))] == ["b"]


async def test_a_paper_is_found_by_its_id(root: Path) -> None:
    library = Library(root)
    await library.refresh()

    found = library.paper("a/1")

    assert found is not None
    assert found[1].title == "A Title of a Paper"
    assert [library.paper(wrong) for wrong in ("a/2", "a/0", "c/1", "a", "", "a/x")] == [None] * 6


async def test_files_unchanged_since_the_last_start_are_not_read_again(root: Path) -> None:
    before = Library(root)
    await before.refresh()

    library = await restarted(root, before.shelves.values())

    assert [digest.title for digest in library.digests] == ["recalled", "recalled"]
    assert library.text_hash("a") == before.text_hash("a")


async def test_files_changed_since_the_last_start_are_read_again_and_those_gone_are_forgotten(root: Path) -> None:
    before = Library(root)
    await before.refresh()
    (root / "a.md").write_text(text("3 Mar 2023", "A Better Title of It"), encoding="utf-8")
    (root / "b.md").unlink()

    library = await restarted(root, before.shelves.values())

    assert [digest.title for digest in library.digests] == ["Daily Digest / 3 Mar 2023"]


async def test_a_changed_file_is_read_again_and_its_hash_changes(root: Path) -> None:
    library = Library(root)
    await library.refresh()
    before = library.text_hash("a")

    (root / "a.md").write_text(text("3 Mar 2023", "A Better Title of It"), encoding="utf-8")
    await library.refresh()

    found = library.get("a")
    assert found is not None
    assert found.papers[0].title == "A Better Title of It"
    assert library.text_hash("a") != before


async def test_a_file_rewritten_with_its_old_size_and_time_is_read_again(root: Path) -> None:
    library = Library(root)
    await library.refresh()
    status = (root / "a.md").stat()

    (root / "new").write_text(text("3 Mar 2023", "B Title of a Paper"), encoding="utf-8")
    os.utime(root / "new", ns=(status.st_atime_ns, status.st_mtime_ns))
    (root / "new").replace(root / "a.md")
    await library.refresh()

    found = library.get("a")
    assert found is not None
    assert found.papers[0].title == "B Title of a Paper"


async def test_a_renamed_file_keeps_its_hash_under_its_new_id(root: Path) -> None:
    library = Library(root)
    await library.refresh()
    before = library.text_hash("a")

    (root / "a.md").rename(root / "renamed.md")

    assert await ids(library) == ["b", "renamed"]
    assert library.text_hash("renamed") == before


async def test_a_copy_is_a_digest_of_its_own_with_the_same_hash(root: Path) -> None:
    library = Library(root)
    (root / "copy.md").write_bytes((root / "a.md").read_bytes())

    assert await ids(library) == ["b", "a", "copy"]
    assert library.text_hash("copy") == library.text_hash("a")


async def test_a_deleted_file_is_gone(root: Path) -> None:
    library = Library(root)
    await library.refresh()
    (root / "a.md").unlink()

    assert await ids(library) == ["b"]
    assert library.get("a") is None
    with pytest.raises(KeyError):
        library.text_hash("a")


async def test_of_two_files_with_one_id_the_first_by_path_counts(root: Path) -> None:
    (root / "a.markdown").write_text(text("4 Mar 2023"), encoding="utf-8")
    library = Library(root)

    await library.refresh()

    found = library.get("a")
    assert found is not None
    assert found.date == dt.date(2023, 3, 4)


async def test_drafts_and_unpublished_files_are_no_digests(root: Path) -> None:
    (root / "_drafts").mkdir()
    (root / "_drafts" / "c.md").write_text(text("4 Mar 2023"), encoding="utf-8")
    (root / "d.md").write_text(text("5 Mar 2023").replace("title", "published: false\ntitle"), encoding="utf-8")

    assert await ids(Library(root)) == ["b", "a"]


async def test_one_bad_file_never_stops_the_others(root: Path, tmp_path: Path) -> None:
    (root / "c.md").write_bytes(os.urandom(4000))
    (root / "undated.md").write_text("### 1. A Title of a Paper\n- text\n", encoding="utf-8")
    with (root / "large.md").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    (root / "leaves.md").symlink_to(tmp_path)
    (root / "nowhere.md").symlink_to("missing.md")
    library = Library(root)

    assert await ids(library) == ["b", "a"]
    errors = {str(reading.id): reading.error for reading in library.readings.values() if reading.error}
    assert set(errors) == {"undated", "large", "leaves", "nowhere"}
    assert "8 MiB" in str(errors["large"])


async def test_a_file_that_could_not_be_read_is_tried_again(root: Path) -> None:
    (root / "c.md").symlink_to("later.md")
    library = Library(root)
    assert await ids(library) == ["b", "a"]

    (root / "later.md").write_text(text("4 Mar 2023"), encoding="utf-8")

    assert await ids(library) == ["b", "a", "c", "later"]


async def test_a_folder_that_vanishes_for_a_moment_leaves_everything_as_it_was(root: Path) -> None:
    library = Library(root)
    await library.refresh()

    await asyncio.to_thread(root.rename, root.with_name("elsewhere"))

    assert await ids(library) == ["b", "a"]


async def test_an_unchanged_file_is_not_opened_again(root: Path) -> None:
    library = Library(root)
    before = await library.refresh()
    for place in (root / "a.md", root / "b.md"):
        os.utime(place, ns=(1, place.stat().st_mtime_ns))
    read_at = [place.stat().st_atime_ns for place in (root / "a.md", root / "b.md")]

    after = await library.refresh()
    await library.refresh()

    assert after == before
    assert library.digests is not None
    assert read_at == [1, 1]


def test_a_missing_folder_keeps_the_program_from_starting(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="DIGESTS_DIR"):
        Library(tmp_path / "nowhere").check()
