"""An author sees what Discord will show."""

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from bot.domain.subscription import Language, Style
from bot.terminal.preview import preview

DIGEST = """---
title: "Daily Digest / 28 Feb 2023"
---

### 1. Counting Sheep
- 양을 세는 모델입니다.

### 2. Counting Cats
![고양이](https://a.example/cat.png)
- [기호] 고양이를 셉니다.
"""


def shown(path: Path, *, as_json: bool = False, root: Path | None = None) -> tuple[int, str]:
    console = Console(file=io.StringIO(), width=100)
    code = preview(
        path,
        style=Style.FULL,
        language=Language.KOREAN,
        blog_url="https://blog.example",
        as_json=as_json,
        root=root,
        console=console,
    )
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2023" / "today.md"
    path.parent.mkdir()
    path.write_text(DIGEST, encoding="utf-8")
    return path


def test_each_message_is_drawn_with_its_embeds_and_control(file: Path) -> None:
    code, text = shown(file)

    assert code == 0
    for part in (
        "Message 1 of 1",
        "논문 2편",
        "1. Counting Sheep",
        "- 양을 세는",
        "[기호] 고양이",
        "· 2/2",
        "https://a.example/cat.png",
    ):
        assert part in text
    assert "▾ ]  2" in text


def test_json_is_an_array_of_the_messages_bodies(file: Path) -> None:
    code, text = shown(file, as_json=True)

    (message,) = json.loads(text)
    assert code == 0
    assert [embed["title"] for embed in message["embeds"]] == ["1. Counting Sheep", "2. Counting Cats"]
    assert message["allowed_mentions"] == {"parse": []}


def test_a_file_in_the_digest_folder_has_the_link_that_it_will_have(file: Path) -> None:
    _, inside = shown(file, root=file.parent.parent)
    _, outside = shown(file, root=file.parent / "elsewhere")

    assert "<https://blog.example/2023/today>" in inside
    assert "<https://blog.example/today>" in outside


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("---\npublished: false\n---\n" + DIGEST.partition("---\n\n")[2], "published: false"),
        ("# 2023-02-28\n\n오늘은 쉽니다.\n", "no papers"),
        (DIGEST.replace("28 Feb 2023", "an unknown day"), "date"),
    ],
)
def test_a_file_that_would_not_be_posted_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, reason: str
) -> None:
    path = tmp_path / "draft.md"
    path.write_text(text, encoding="utf-8")

    code, printed = shown(path, as_json=True)

    assert code == 1
    assert json.loads(printed) == []
    assert reason in " ".join(capsys.readouterr().err.split())


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _ = shown(tmp_path / "missing.md")

    assert code == 1
    assert "Nothing would be posted of" in capsys.readouterr().err
