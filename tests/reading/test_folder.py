"""Which files are digests, and how one is read that somebody else is writing."""

import contextlib
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.reading import folder
from bot.reading.text import MAX_BYTES


def paths(root: Path) -> list[str]:
    return [file.path for file in folder.files(root)]


def write(place: Path, text: str = "text") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")
    return place


def test_markdown_files_of_all_folders_come_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.markdown", "C.MD", "2023/x.md", "2023/02/y [1]: 논문.md", "notes.txt", "md", "x.md.bak"):
        write(tmp_path / name)

    assert paths(tmp_path) == ["2023/02/y [1]: 논문.md", "2023/x.md", "C.MD", "a.markdown", "b.md"]


def test_drafts_and_hidden_folders_are_left_out(tmp_path: Path) -> None:
    for name in ("_drafts/a.md", "2023/_drafts/b.md", ".git/c.md", ".hidden.md", "_posts/d.md"):
        write(tmp_path / name)

    assert paths(tmp_path) == ["_posts/d.md"]


def test_a_folder_named_like_a_file_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path / "x.md" / "inside.md")

    assert paths(tmp_path) == ["x.md/inside.md"]


def test_links_inside_the_folder_are_read_and_those_that_leave_it_are_not(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.md")
    root = tmp_path / "digests"
    write(root / "real.md")
    (root / "inside.md").symlink_to("real.md")
    (root / "leaves.md").symlink_to(outside)
    (root / "nowhere.md").symlink_to("missing.md")
    (root / "ring.md").symlink_to("ring.md")
    (root / "folder").symlink_to(outside.parent)

    found = {file.path: file.signature for file in folder.files(root)}

    assert set(found) == {"real.md", "inside.md", "leaves.md", "nowhere.md", "ring.md"}
    assert [path for path, signature in found.items() if signature is None] == ["leaves.md", "nowhere.md", "ring.md"]


def test_a_pipe_named_like_a_file_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")

    assert paths(tmp_path) == []
    with pytest.raises(OSError, match="is not a file"):
        folder.read_bytes(tmp_path / "pipe.md")


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        paths(tmp_path / "nowhere")


def test_eight_mebibytes_are_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    exact, over = tmp_path / "exact.md", tmp_path / "over.md"
    for place, size in ((exact, MAX_BYTES), (over, MAX_BYTES + 1)):
        with place.open("wb") as file:
            file.truncate(size)

    raw = folder.read_bytes(exact).raw

    assert raw is not None
    assert len(raw) == MAX_BYTES
    assert folder.read_bytes(over).raw is None


@pytest.fixture
def restless(tmp_path: Path) -> Iterator[Path]:
    """A file that is rewritten without a pause, always with one character from its start to its end."""
    place = write(tmp_path / "restless.md", "A")
    stop = threading.Event()

    def rewrite() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            place.write_bytes(bytes([65 + n % 26]) * 200_000)

    writer = threading.Thread(target=rewrite)
    writer.start()
    yield place
    stop.set()
    writer.join()


def test_a_file_that_changes_while_it_is_read_is_never_read_in_part_of_two_versions(restless: Path) -> None:
    for _ in range(50):
        with contextlib.suppress(OSError):  # it kept changing: the next look tries again
            content = folder.read_bytes(restless)
            assert content.raw is not None
            assert len(set(content.raw)) <= 1
