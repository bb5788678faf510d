"""The page that looks like the channel, and the preview that follows what the author saves."""

import io
import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from rich.console import Console

from bot.domain.subscription import Language, Style
from bot.errors import StartupError
from bot.terminal.preview import preview, watch
from bot.terminal.watching import saves

DIGEST = """---
title: "Daily Digest / 28 Feb 2023 </title><script>"
---

### 1. Counting </script><script>alert(1)</script> Sheep
- 양을 세는 `</script>` 모델입니다.
"""


class Tags(HTMLParser):
    """Collect the elements of a page, and the text of its scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.scripts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag == "script":
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self.elements[-1:] and self.elements[-1][0] == "script" and self.scripts:
            self.scripts[-1] += data


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "today.md"
    path.write_text(DIGEST, encoding="utf-8")
    return path


def written(file: Path, *, reload: bool = False) -> tuple[int, str, str]:
    page = file.with_suffix(".html")
    console = Console(file=io.StringIO(), width=200)
    code = preview(
        file, style=Style.FULL, language=Language.KOREAN, blog_url=None, page=page, reload=reload, console=console
    )
    assert isinstance(console.file, io.StringIO)
    return code, page.read_text(encoding="utf-8"), console.file.getvalue()


def payloads(file: Path) -> object:
    console = Console(file=io.StringIO(), width=200)
    preview(file, style=Style.FULL, language=Language.KOREAN, blog_url=None, as_json=True, console=console)
    assert isinstance(console.file, io.StringIO)
    return json.loads(console.file.getvalue())


def test_the_page_holds_the_exact_messages_whatever_they_say(file: Path) -> None:
    code, page, said = written(file)

    tags = Tags()
    tags.feed(page)
    shown = json.loads(tags.scripts[0])
    assert code == 0
    assert said == f"1 message is in {file.with_suffix('.html')}.\n"
    assert shown["messages"] == payloads(file)
    assert (shown["bot"], shown["when"]) == ("Paper Digest", "2023-02-28T09:00:00")
    assert len(tags.scripts) == 2


def test_the_page_needs_nothing_but_itself(file: Path) -> None:
    _, page, _ = written(file)

    tags = Tags()
    tags.feed(page)
    policy = next(
        given["content"] for tag, given in tags.elements if given.get("http-equiv") == "Content-Security-Policy"
    )
    assert not any(given.get("src") or given.get("href") for _, given in tags.elements)
    assert "default-src 'none'" in str(policy)
    assert "font-src" not in str(policy)
    assert "connect-src" not in str(policy)


def test_a_page_of_nothing_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "quiet.md"
    file.write_text("# 2023-02-28\n\n오늘은 쉽니다.\n", encoding="utf-8")

    code, page, _ = written(file)

    assert code == 1
    assert "it has no papers" in re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)
    assert "it has no papers" in " ".join(capsys.readouterr().err.split())


def test_only_a_watched_page_loads_itself_anew(file: Path) -> None:
    assert 'http-equiv="refresh"' not in written(file)[1]
    assert 'http-equiv="refresh"' in written(file, reload=True)[1]


def test_a_page_that_cannot_be_written_is_one_sentence(file: Path) -> None:
    with pytest.raises(StartupError, match="can't be written"):
        preview(
            file,
            style=Style.FULL,
            language=Language.KOREAN,
            blog_url=None,
            page=file / "page.html",
            console=Console(quiet=True),
        )


def test_the_libraries_of_the_page_come_with_their_licences() -> None:
    page = files("bot.terminal") / "page"
    used = json.loads((page / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    licences = (page / "LICENSES.txt").read_text(encoding="utf-8")

    for name in ("@skyra/discord-components-core", "discord-markdown-parser"):
        assert f"== {name} {used[name]} " in licences


def test_every_save_is_noticed_once(file: Path) -> None:
    acts: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,
            lambda: file.write_text("changed", encoding="utf-8"),
            lambda: None,
            file.unlink,
            lambda: None,
            lambda: file.write_text("back", encoding="utf-8"),
        ]
    )
    pauses = 0

    def pause() -> None:
        nonlocal pauses
        pauses += 1
        next(acts)()

    looks = saves(file, pause=pause)
    noticed = []
    for _ in range(4):
        next(looks)
        noticed.append(pauses)

    assert noticed == [0, 2, 4, 6]


def test_a_watched_preview_shows_each_save_until_it_is_interrupted() -> None:
    codes = iter([0, 1, 0])

    def three_saves() -> Iterator[None]:
        yield from (None, None, None)
        raise KeyboardInterrupt

    shown: list[int] = []

    def show_once() -> int:
        shown.append(next(codes))
        return shown[-1]

    assert watch(show_once, three_saves(), console=Console(file=io.StringIO())) == 0
    assert shown == [0, 1, 0]
