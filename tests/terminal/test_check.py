"""An author learns what is wrong before readers see it."""

import io
import json
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from rich.console import Console
from typer.testing import CliRunner

from bot.cli import cli
from bot.reading.text import MAX_BYTES
from bot.terminal.check import check

ROOT = Path(__file__).parent.parent.parent

SOUND = """---
title: "Daily Digest / 28 Feb 2023"
---

### 1. A Paper that Comes with Code
**Authors**: Ann Lee, Bo Kim

- 코드는 https://github.com/example/code 에서 확인할 수 있습니다.
- https://arxiv.org/pdf/2302.12345v2

### 2. A Paper that Has a Page
- https://arxiv.org/abs/2302.12346
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "blog"
    (folder / "2023").mkdir(parents=True)
    (folder / "2023" / "2023-02-28.md").write_text(SOUND, encoding="utf-8")
    return folder


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(text.encode())
    return folder / name


def as_json(*paths: Path) -> tuple[int, list[dict[str, Any]]]:
    out = io.StringIO()
    code = check(paths, as_json=True, stdout=out)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


def as_text(*paths: Path, fix: bool = False) -> tuple[int, list[str]]:
    console = Console(file=io.StringIO(), width=80)
    code = check(paths, fix=fix, console=console)
    assert isinstance(console.file, io.StringIO)
    return code, console.file.getvalue().splitlines()


def test_a_sound_digest_is_one_object_with_every_field(folder: Path) -> None:
    code, (answer,) = as_json(folder)

    assert code == 0
    assert answer["path"] == str(folder / "2023" / "2023-02-28.md")
    assert (answer["id"], answer["date"], answer["title"]) == (
        "2023/2023-02-28",
        "2023-02-28",
        "Daily Digest / 28 Feb 2023",
    )
    assert (answer["warnings"], answer["error"]) == ([], None)
    first = answer["papers"][0]
    assert {name: first[name] for name in ("number", "title", "url", "links", "authors", "section")} == {
        "number": 1,
        "title": "A Paper that Comes with Code",
        "url": "https://arxiv.org/abs/2302.12345",
        "links": ["https://github.com/example/code", "https://arxiv.org/abs/2302.12345"],
        "authors": ["Ann Lee", "Bo Kim"],
        "section": None,
    }
    assert first["blocks"][1] == "- 코드는 https://github.com/example/code 에서 확인할 수 있습니다."


def test_warnings_have_line_and_message_and_findings_have_all(folder: Path) -> None:
    file = write(folder, "gap.md", SOUND.replace("### 2.", "### 3."))

    code, (answer,) = as_json(file)

    assert code == 0
    assert answer["warnings"] == [{"line": 11, "message": "number gap: 2 is missing"}]
    (gap,) = answer["findings"]
    assert (gap["line"], gap["column"], gap["code"], gap["severity"]) == (11, 1, "D003", "warning")
    assert gap["remedy"]


def test_a_file_named_by_itself_is_always_answered(folder: Path, tmp_path: Path) -> None:
    draft = write(folder, "_drafts/draft.md", SOUND)
    kept_back = write(folder, "kept.md", SOUND.replace("title:", "published: false\ntitle:"))
    text = write(folder, "note.txt", "no Markdown by name")

    code, answers = as_json(draft, kept_back, text, tmp_path / "missing.md")

    assert [answer["id"] for answer in answers] == ["draft", "kept", "note", "missing"]
    assert [answer["published"] for answer in answers] == [True, False, True, True]
    assert [answer["error"] is None for answer in answers] == [True, True, True, False]
    assert code == 1


def test_drafts_and_unpublished_files_of_a_folder_are_left_out(folder: Path) -> None:
    write(folder, "_drafts/draft.md", SOUND)
    write(folder, "kept.md", SOUND.replace("title:", "published: false\ntitle:"))

    _, answers = as_json(folder)

    assert [answer["id"] for answer in answers] == ["2023/2023-02-28"]


@pytest.mark.parametrize(
    ("name", "text", "error"),
    [
        ("undated.md", "### 1. A Paper without a Day\n- text\n", "the digest has no date"),
        ("large.md", "x" * (MAX_BYTES + 1), "the file is larger than 8 MiB"),
    ],
)
def test_a_file_that_cannot_be_delivered_is_an_error(folder: Path, name: str, text: str, error: str) -> None:
    write(folder, name, text)

    code, answers = as_json(folder)

    assert code == 1
    assert {Path(answer["path"]).name: answer["error"] for answer in answers} == {name: error, "2023-02-28.md": None}


def test_a_link_out_of_the_folder_and_a_missing_folder_are_errors(folder: Path, tmp_path: Path) -> None:
    (folder / "out.md").symlink_to(write(tmp_path, "elsewhere/x.md", SOUND))

    code, answers = as_json(folder, tmp_path / "nowhere")

    assert code == 1
    assert [answer["id"] for answer in answers if answer["error"]] == ["out", "nowhere"]


def test_the_day_may_stand_in_the_folders_above_a_file_named_by_itself(tmp_path: Path) -> None:
    file = write(tmp_path, "2024/10/31/papers.md", "### 1. A Paper by its Folder\n- text\n")

    _, (answer,) = as_json(file)

    assert answer["date"] == "2024-10-31"


def test_each_finding_is_one_line_however_narrow_the_terminal(folder: Path) -> None:
    file = write(folder, "gap.md", SOUND.replace("### 2.", "### 3.") + "- @everyone\n")

    code, lines = as_text(file)

    assert code == 0
    assert lines == [
        f"{file}: 2 papers, 2023-02-28 (2 headings ### N. Title and no other numbered ones)",
        f"{file}:11:1: warning D003 number gap: 2 is missing — "
        "Number the papers anew; --fix does it where they simply count on.",
        f"{file}:13:3: warning D018 @everyone would mention people; it is posted as text — Leave it out.",
        "1 file, 2 papers: 0 errors, 2 warnings, 0 notes.",
    ]


def test_a_paper_of_an_earlier_digest_is_told_across_files_and_folders(folder: Path, tmp_path: Path) -> None:
    later = write(tmp_path, "other/2023-03-01.md", SOUND.replace("28 Feb", "1 Mar"))

    _, lines = as_text(folder, later)

    told = [line for line in lines if "D019" in line]
    assert len(told) == 2
    assert all(line.startswith(str(later)) and "2023-02-28.md" in line for line in told)


def test_nothing_to_check_says_so(tmp_path: Path) -> None:
    code, lines = as_text(tmp_path)

    assert code == 0
    assert lines == ["There is no digest here: no .md or .markdown file."]


def test_fix_mends_the_file_and_says_what_is_left(folder: Path) -> None:
    file = write(folder, "gap.md", "\ufeff" + SOUND.replace("### 2.", "### 3.").replace("\n", " \r\n", 1))

    code, lines = as_text(file, fix=True)

    assert code == 0
    assert file.read_bytes() == SOUND.encode()
    assert lines[0].endswith("mended")
    assert lines[-1] == "1 file, 2 papers: 0 errors, 0 warnings, 0 notes. 1 file mended."


def test_fix_does_not_touch_a_sound_file(folder: Path) -> None:
    file = folder / "2023" / "2023-02-28.md"
    before = file.stat()

    as_text(folder, fix=True)

    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert file.stat().st_ino == before.st_ino


def test_every_hook_runs_the_check_on_the_files_it_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    sound = folder / "2023" / "2023-02-28.md"
    undated = write(folder, "undated.md", "### 1. A Paper without a Day\n- text \n")
    monkeypatch.chdir(folder)

    for hook in hooks:
        program, *words = shlex.split(hook["entry"])
        assert program == "paper-digest"
        assert hook["language"] == "python"
        assert CliRunner().invoke(cli, [*words, str(sound)]).exit_code == 0
        assert CliRunner().invoke(cli, [*words, str(sound), str(undated)]).exit_code == 1

    assert undated.read_text(encoding="utf-8").endswith("- text\n")
    assert {hook["id"] for hook in hooks} == {"paper-digest-check", "paper-digest-fix"}
