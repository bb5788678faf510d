"""The command line as an operator meets it: a process, its words and its exit code."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

DIGEST = """---
title: "Daily Digest / 1 Mar 2023"
categories: papers
---

### 1. Attention Is All You Need
- 순환 구조 없이 어텐션만으로 번역 모델을 만든 논문입니다.
- 논문은 https://arxiv.org/abs/1706.03762 에서 볼 수 있습니다.

### 2. Pointer Networks
- 출력 사전의 크기가 입력에 따라 달라지는 문제를 다룹니다.
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "digests").mkdir()
    (tmp_path / "digests" / "2023-03-01-daily-digest.md").write_text(DIGEST, encoding="utf8")
    return tmp_path


def bot(home: Path, *words: str, stdin: str = "", **environ: str) -> subprocess.CompletedProcess[str]:
    """Run a verb in `home`, with nothing of this machine's settings."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-m", "bot", *words],
        cwd=home,
        env={**inherited, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf8", **environ},
        input=stdin,
        text=True,
        encoding="utf8",
        capture_output=True,
        timeout=60,
        check=False,
    )


def test_without_a_token_one_sentence_names_the_settings_file_and_the_demo(home: Path) -> None:
    done = bot(home, "run")

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert ".env" in done.stderr
    assert "demo" in done.stderr


def test_all_wrong_settings_are_told_at_once(home: Path) -> None:
    done = bot(home, "run", DELIVERY_TIME="25:00", TIMEZONE="Mars/Olympus", POLL_SECONDS="often", DISCORD_TOKEN="x")

    assert done.returncode == 2
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 3
    for name, found in (("DELIVERY_TIME", "25:00"), ("TIMEZONE", "Mars/Olympus"), ("POLL_SECONDS", "often")):
        assert any(name in line and found in line for line in lines)


def test_a_missing_digest_folder_is_one_sentence(home: Path) -> None:
    done = bot(home, "run", DISCORD_TOKEN="secret-token", DIGESTS_DIR="nowhere")

    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "DIGESTS_DIR" in done.stderr
    assert "nowhere" in done.stderr
    assert "secret-token" not in done.stderr + done.stdout


def test_an_unreadable_database_is_one_sentence(home: Path) -> None:
    (home / "broken.db").write_bytes(b"this is no database" * 1000)

    done = bot(home, "run", DISCORD_TOKEN="secret-token", DATABASE_URL=f"sqlite+aiosqlite:///{home}/broken.db")

    assert done.returncode == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "DATABASE_URL" in done.stderr


def test_check_of_an_empty_folder_says_so_and_is_content(tmp_path: Path) -> None:
    done = bot(tmp_path, "check", str(tmp_path))

    assert done.returncode == 0
    assert "no digest" in (done.stdout + done.stderr).lower()


def test_check_answers_one_object_a_file(home: Path) -> None:
    done = bot(home, "check", "--json", "digests")

    (answer,) = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert answer["id"] == "2023-03-01-daily-digest"
    assert answer["date"] == "2023-03-01"
    assert [paper["title"] for paper in answer["papers"]] == ["Attention Is All You Need", "Pointer Networks"]
    assert answer["papers"][0]["url"] == "https://arxiv.org/abs/1706.03762"
    assert answer["warnings"] == []
    assert answer["error"] is None


def test_check_fails_where_a_file_has_an_error(home: Path) -> None:
    with (home / "digests" / "big.md").open("wb") as file:
        file.truncate(9 * 1024 * 1024)

    done = bot(home, "check", "--json", "digests")

    answers = {answer["id"]: answer for answer in map(json.loads, done.stdout.splitlines())}
    assert done.returncode == 1
    assert answers["big"]["error"]
    assert answers["2023-03-01-daily-digest"]["error"] is None


def test_preview_shows_the_payloads_that_would_be_posted(home: Path) -> None:
    done = bot(home, "preview", "--json", "digests/2023-03-01-daily-digest.md")

    (message,) = json.loads(done.stdout)
    assert done.returncode == 0
    assert [embed["title"] for embed in message["embeds"]] == ["1. Attention Is All You Need", "2. Pointer Networks"]


def test_preview_of_a_missing_file_is_one_sentence(home: Path) -> None:
    done = bot(home, "preview", "nowhere.md")

    assert done.returncode != 0
    assert len(done.stderr.strip().splitlines()) == 1
    assert "nowhere.md" in done.stderr


def test_search_answers_one_object_a_query_also_for_a_blank_one(home: Path) -> None:
    done = bot(home, "search", "--json", "-", stdin='어텐션\n\n"* NOT\npointer\n')

    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert [answer["query"] for answer in answers] == ["어텐션", "", '"* NOT', "pointer"]
    assert answers[0]["hits"][0]["id"] == "2023-03-01-daily-digest/1"
    assert answers[1]["hits"] == []
    assert answers[3]["hits"][0]["title"] == "Pointer Networks"


def test_a_dry_run_needs_no_token_and_says_why_nothing_is_owed(home: Path) -> None:
    done = bot(home, "deliver", "--dry-run")

    assert done.returncode == 0
    assert "no subscription" in done.stdout.lower()


def test_a_backup_is_written_once_and_never_over_a_file(home: Path) -> None:
    first = bot(home, "backup", "copy.db")
    second = bot(home, "backup", "copy.db")

    assert first.returncode == 0, first.stderr
    assert (home / "copy.db").read_bytes().startswith(b"SQLite format 3")
    assert second.returncode == 1
    assert "copy.db" in second.stderr


@pytest.mark.parametrize("verb", ["sync", "deliver"])
def test_verbs_that_speak_to_discord_ask_for_the_token(home: Path, verb: str) -> None:
    done = bot(home, verb)

    assert done.returncode == 2
    assert "DISCORD_TOKEN" in done.stderr
