"""What `--fix` mends, and what it leaves alone."""

from pathlib import Path

import pytest
from hypothesis import given

from bot.reading.fixes import fixed, replace_file
from bot.reading.parser import read
from tests.reading.documents import documents


def mended(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return fixed(raw, read(raw, "2026-01-02.md")).decode(errors="replace")


def papers(*numbers: int) -> str:
    return "\n".join(f"### {n}. Paper called {place}\n- text\n" for place, n in enumerate(numbers, 1))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\ufeff" + papers(1), papers(1)),
        (papers(1).replace("\n", "\r\n"), papers(1)),
        (papers(1).replace("- text", "- text \t "), papers(1)),
        (papers(1, 2, 4), papers(1, 2, 3)),
        (papers(1, 2, 2, 4), papers(1, 2, 3, 4)),
        (papers(7, 9, 10), papers(7, 8, 9)),
        ("---\ntitle: x \n---\n\n" + papers(1, 3), "---\ntitle: x\n---\n\n" + papers(1, 2)),
    ],
)
def test_what_is_safe_is_mended(before: str, after: str) -> None:
    assert mended(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "",
        papers(1, 2, 3),
        papers(1, 2, 1, 2),
        papers(3, 2, 1),
        "- a line that is broken  \n  in two\n",
        "```\ncode with spaces   \n```\n",
        "### [6] First of the Papers\n- a\n\n### [8] Second of the Papers\n- b\n",
        "## 1. Section\n\n### 1. A Paper of the First\nhttps://arxiv.org/abs/2601.00001\n\n"
        "## 2. Section\n\n### 1. A Paper of the Second\nhttps://arxiv.org/abs/2601.00002\n",
        "### 1. Section numbers\n\n## 2. Elsewhere\n",
    ],
)
def test_what_is_right_or_not_ours_to_decide_stays(text: str) -> None:
    assert mended(text) == text


def test_bytes_that_are_not_utf8_stay_as_they_are() -> None:
    raw = "### 1. 제목입니다 \n".encode("cp949")

    assert fixed(raw, read(raw, "x.md")) == raw


@given(documents())
def test_mending_twice_changes_nothing_more_and_loses_no_paper(raw: bytes) -> None:
    before = read(raw, "2026-01-02.md")

    once = fixed(raw, before)
    after = read(once, "2026-01-02.md")

    assert fixed(once, after) == once
    assert [paper.title for paper in after.papers] == [paper.title for paper in before.papers]
    assert after.date == before.date


def test_a_file_is_replaced_whole_and_keeps_its_mode(tmp_path: Path) -> None:
    place = tmp_path / "x.md"
    place.write_bytes(b"old")
    place.chmod(0o640)
    (tmp_path / "link.md").symlink_to("x.md")

    replace_file(tmp_path / "link.md", b"new")

    assert place.read_bytes() == b"new"
    assert place.stat().st_mode & 0o777 == 0o640
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.md", "x.md"]


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path: Path) -> None:
    place = tmp_path / "folder"
    place.mkdir()

    with pytest.raises(OSError, match="folder"):
        replace_file(place, b"new")

    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]
