"""The demo is the real bot in a simulated Discord; here everything but the browser."""

import datetime as dt
import re
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.request import urlopen

import aiohttp
import pytest

from bot.config import Settings
from bot.demo import Stage, demo, stage
from bot.domain.subscription import Language
from bot.errors import StartupError

ROOT = Path(__file__).parent.parent

DIGEST = """---
title: "Daily Digest / {day} Mar 2023"
---

### 1. Attention Is All You Need
- 어텐션만으로 번역하는 모델입니다.

### 2. Pointer Networks
- 입력의 자리를 가리켜 답하는 모델입니다.
"""


def write_digest(folder: Path, day: int) -> None:
    """Write a digest of a day in March 2023."""
    folder.mkdir(exist_ok=True)
    (folder / f"2023-03-{day:02}-daily-digest.md").write_text(DIGEST.format(day=day), encoding="utf8")


@pytest.fixture
def digests(tmp_path: Path) -> Path:
    for day in (1, 2):
        write_digest(tmp_path / "digests", day)
    return tmp_path / "digests"


@asynccontextmanager
async def subscribed(digests: Path) -> AsyncIterator[Stage]:
    """Set up the stage and subscribe. No fixture: pytest would close it in another context than it was opened in."""
    async with stage(Settings.of({"DIGESTS_DIR": str(digests)})) as here:
        await here.subscribe()
        yield here


async def test_the_real_command_posts_the_newest_digest_with_an_embed_for_each_paper(digests: Path) -> None:
    async with subscribed(digests) as here:
        (post,) = here.channel.history()

    assert [embed.title for embed in post.embeds] == ["1. Attention Is All You Need", "2. Pointer Networks"]
    assert "2023년 3월 2일" in post.content
    assert post.components


async def test_posts_carry_the_time_it_is(digests: Path) -> None:
    async with subscribed(digests) as here:
        (post,) = here.channel.history()

    assert abs(dt.datetime.now(dt.UTC) - post.created_at) < dt.timedelta(minutes=1)


async def test_commands_and_controls_are_answered(digests: Path) -> None:
    async with subscribed(digests) as here:
        (post,) = here.channel.history()

        found = await here.member.slash(here.channel, "paper search", query="attention")
        card = await here.member.select(post, values=["1"])

    assert found.response is not None
    assert "Attention Is All You Need" in str([embed.to_dict() for embed in found.response.embeds])
    assert card.response is not None
    assert card.response.ephemeral


async def test_what_is_put_into_the_folder_is_known_at_the_next_look(digests: Path) -> None:
    async with subscribed(digests) as here:
        write_digest(digests, 3)

        posted = await here.look()
        latest = await here.member.slash(here.channel, "digest latest")

    assert not posted  # it is due at the next slot
    assert latest.response is not None
    assert "2023년 3월 3일" in latest.response.content


async def test_a_file_that_is_mended_mends_the_post_at_the_next_look(digests: Path) -> None:
    async with subscribed(digests) as here:
        newest = digests / "2023-03-02-daily-digest.md"
        newest.write_text(newest.read_text(encoding="utf8").replace("번역하는", "옮기는"), encoding="utf8")

        changed = await here.look()
        (post,) = here.channel.history()

    assert changed
    assert "옮기는" in str(post.embeds[0].description)


@pytest.mark.parametrize(("language", "word"), [(Language.KOREAN, "다음"), (Language.ENGLISH, "Next")])
async def test_answers_come_in_the_language_of_the_settings(digests: Path, language: Language, word: str) -> None:
    async with stage(Settings.of({"DIGESTS_DIR": str(digests), "LANGUAGE": language.value})) as here:
        answer = await here.subscribe()

    assert word in answer


async def test_without_any_digest_the_server_stands_all_the_same(tmp_path: Path) -> None:
    async with stage(Settings.of({"DIGESTS_DIR": str(tmp_path)})) as here:
        answer = await here.subscribe()

        assert answer
        assert here.channel.history() == []


async def test_the_page_shows_the_post_to_whoever_has_its_address_and_to_nobody_else(digests: Path) -> None:
    async with subscribed(digests) as here, here.page(0) as page, aiohttp.ClientSession() as browser:
        address, _, capability = page.url.partition("#")
        async with browser.post(f"{address}api/pages", json={}) as stranger:
            refused = stranger.status
        headers = {"X-Simcord-Capability": capability}
        async with browser.post(f"{address}api/pages", json={}, headers=headers) as known:
            shown = await known.text()

    assert refused == 401
    assert "1. Attention Is All You Need" in shown


async def test_a_taken_port_is_one_sentence(digests: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        with pytest.raises(StartupError, match=rf"{port}.*--port"):
            await demo(Settings.of({"DIGESTS_DIR": str(digests)}), screenshot=None, port=port)


def run(home: Path, *words: str, path: str = "") -> subprocess.Popen[str]:
    """Begin the verb in `home`, with programs from `path` alone."""
    return subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", *words],
        cwd=home,
        env={"PATH": path, "HOME": str(home), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf8",
    )


def test_the_verb_serves_the_page_until_it_is_told_to_stop_and_leaves_nothing(tmp_path: Path, digests: Path) -> None:
    with run(tmp_path, "--port", "0") as process:
        assert process.stdout is not None
        address = next(found for line in process.stdout if (found := re.search(r"http://\S+", line)))
        with urlopen(address[0].partition("#")[0], timeout=10) as page:
            status = page.status
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)

    assert status == 200
    assert process.returncode == 0
    assert said == ""
    assert list(tmp_path.iterdir()) == [digests]


def test_without_a_browser_a_screenshot_says_what_to_install(tmp_path: Path, digests: Path) -> None:
    with run(tmp_path, "--screenshot", "picture.png") as process:
        _, said = process.communicate(timeout=30)

    assert process.returncode == 1
    assert len(said.strip().splitlines()) == 1
    assert "chromium" in said


BROWSER = """#!{python}
import sys
from urllib.request import urlopen
from PIL import Image
address = sys.argv[-1]
assert b"<html" in urlopen(address.partition("#")[0]).read() and "#" in address
(target,) = [word.partition("=")[2] for word in sys.argv if word.startswith("--screenshot=")]
Image.linear_gradient("L").save(target)
"""


def test_a_screenshot_is_what_the_browser_draws_of_the_page(tmp_path: Path, digests: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "chromium").write_text(BROWSER.format(python=sys.executable), encoding="utf8")
    (programs / "chromium").chmod(0o755)

    with run(tmp_path, "--screenshot", "picture.png", path=str(programs)) as process:
        said, complaint = process.communicate(timeout=30)

    assert process.returncode == 0, complaint
    assert "picture.png" in said
    assert (tmp_path / "picture.png").read_bytes().startswith(b"\x89PNG")
