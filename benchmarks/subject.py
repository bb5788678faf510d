"""A bot as a process of its own, watched from outside through `/proc`: Linux alone."""

import asyncio
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crowd import TOKEN, Crowd

PATIENCE = 300.0
"""Seconds to be ready in."""
OURS = ("-m", "bot", "run")
STOCK = ("-m", "benchmarks.stock", "default")
STOCK_NO_INTENTS = ("-m", "benchmarks.stock", "none")
DIGESTS = 5
DIGEST = """---
title: "Daily Digest / {day} Mar 2024"
---
"""
PAPER = """
### {number}. A Paper That Stands for Many: Number {number} of Seven
- 이 논문은 하루치 요약이 보통 얼마나 긴지를 보여 주기 위한 것으로, 한 항목이 두세 문장으로 이루어져 있습니다. 그래서 이만큼 깁니다.
- It has a second point, in English, which is about as long as such points are in a digest.
- Paper: https://arxiv.org/abs/2403.0{number}000
"""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a process has used so far."""

    memory: float
    """MB that are resident now."""
    peak: float
    """MB that were resident at most."""
    cpu: float
    """Seconds."""


@dataclass(slots=True)
class Subject:
    """A running bot."""

    process: asyncio.subprocess.Process
    began: float

    async def until_ready(self) -> float:
        """Wait until it says that it is ready; return the seconds since its process was started."""
        assert self.process.stdout is not None
        said: list[bytes] = []
        async with asyncio.timeout(PATIENCE):
            async for line in self.process.stdout:
                if b"ready" in line:
                    return time.perf_counter() - self.began
                said.append(line)
        raise RuntimeError(b"".join(said).decode())

    def usage(self) -> Usage:
        """Return what it has used."""
        proc = Path(f"/proc/{self.process.pid}")
        status = dict(line.split(":", 1) for line in (proc / "status").read_text().splitlines())
        ticks = (proc / "stat").read_text().rpartition(")")[2].split()[11:13]
        return Usage(
            memory=int(status["VmRSS"].split()[0]) / 1024,
            peak=int(status["VmHWM"].split()[0]) / 1024,
            cpu=sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"),
        )


@asynccontextmanager
async def a_folder() -> AsyncIterator[Path]:
    """Give a folder with five digests, from which a bot starts for the first time."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        (folder / "digests").mkdir()
        for day in range(1, DIGESTS + 1):
            text = DIGEST.format(day=day) + "".join(PAPER.format(number=number) for number in range(1, 8))
            (folder / "digests" / f"2024-03-0{day}-daily-digest.md").write_text(text, encoding="utf-8")
        yield folder


@asynccontextmanager
async def a_subject(discord: Crowd, folder: Path, arguments: tuple[str, ...]) -> AsyncIterator[Subject]:
    """Start a bot as `python ARGUMENTS` does; it is killed when the context ends."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(__file__).parents[1]),
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": discord.api_url,
        "DIGESTS_DIR": str(folder / "digests"),
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'bot.db'}",
        "ARCHIVE_PATH": str(folder / "archive.db"),
    }
    began = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        cwd=folder,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    try:
        yield Subject(process, began)
    finally:
        if process.returncode is None:
            process.kill()
        await process.wait()
