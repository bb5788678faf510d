"""The real bot as a process of its own, which can be killed."""

import asyncio
import datetime as dt
import os
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Subscription
from bot.storage.database import open_database
from bot.storage.subscriptions import Subscriptions
from tests.wire.standin import StandIn

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "tests" / "data" / "2024-03-04-daily-digest.md"
"""Seven papers of the length that a day usually has."""
PATIENCE = 20.0
"""Seconds to stop in."""


@dataclass(slots=True)
class BotProcess:
    """`python -m bot run` in a folder of its own, against a stand-in."""

    folder: Path
    discord: StandIn
    entry: tuple[str, ...] = ("bot", "run")
    """The module to run, and its arguments."""
    starts: int = 0
    _process: Process | None = field(default=None, repr=False)

    @property
    def digests(self) -> Path:
        """The folder that the author writes to."""
        return self.folder / "digests"

    @property
    def database_url(self) -> str:
        """Where the state is."""
        return f"sqlite+aiosqlite:///{self.folder / 'bot.db'}"

    @property
    def log(self) -> str:
        """All that the bot logged."""
        return (self.folder / "bot.log").read_text(encoding="utf-8")

    def write_digest(self, day: int) -> None:
        """Write the sample as the digest of that day of March 2024."""
        text = SAMPLE.read_text(encoding="utf-8").replace("4 Mar 2024", f"{day} Mar 2024")
        self.replace(self.digests / f"2024-03-{day:02}-daily-digest.md", text)

    async def subscribe_long_ago(self, guild: int, channels: Iterable[int]) -> None:
        """Write subscriptions whose first slot is past: they are owed the newest digest at the bot's start."""
        created = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
        async with open_database(self.database_url) as database:
            for channel in channels:
                destination = Destination(DestinationKind.CHANNEL, channel)
                wish = Subscription(destination, channel, ChannelKind.TEXT, guild, dt.time(0), ZoneInfo("UTC"), created)
                await Subscriptions(database).put(wish)

    def replace(self, file: Path, text: str) -> None:
        """Write a file that is there at once and whole."""
        draft = self.digests / "draft"
        draft.write_text(text, encoding="utf-8")
        draft.rename(file)

    async def start(self) -> None:
        """Start, and return when the gateway is connected."""
        await self.spawn()
        self.starts += 1
        await self.discord.state(connections=self.starts)

    @asynccontextmanager
    async def twin(self) -> AsyncIterator["BotProcess"]:
        """Prepare a second process of the same bot with the same files and state; it is gone when the context ends."""
        twin = BotProcess(self.folder, self.discord, self.entry)
        try:
            yield twin
        finally:
            await twin.kill()

    async def spawn(self) -> None:
        """Start, and return at once."""
        environment = {
            "PATH": os.environ["PATH"],
            "DISCORD_TOKEN": self.discord.token,
            "DISCORD_API_URL": self.discord.api_url,
            "DIGESTS_DIR": str(self.digests),
            "DATABASE_URL": self.database_url,
            "ARCHIVE_PATH": str(self.folder / "archive.db"),
            "POLL_SECONDS": "1",
            "LANGUAGE": "ko",
            "PYTHONPATH": str(ROOT),
        }
        with (self.folder / "bot.log").open("a", encoding="utf-8") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", *self.entry, cwd=self.folder, env=environment, stderr=log, stdout=log
            )

    async def death(self, seconds: float) -> bool:
        """Wait until it has ended by itself; False if it lives on."""
        assert self._process is not None
        try:
            async with asyncio.timeout(seconds):
                await self._process.wait()
        except TimeoutError:
            return False
        return True

    async def kill(self) -> None:
        """End it at once, as a power cut would."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()

    async def stop(self) -> None:
        """Ask it to end, as `docker stop` does."""
        assert self._process is not None
        self._process.terminate()
        async with asyncio.timeout(PATIENCE):
            assert await self._process.wait() == 0, self.log


@asynccontextmanager
async def prepared(folder: Path, discord: StandIn) -> AsyncIterator[BotProcess]:
    """Prepare a bot that has one digest and has not been started; it is gone when the context ends."""
    process = BotProcess(folder, discord)
    process.digests.mkdir()
    process.write_digest(4)
    try:
        yield process
    except BaseException as error:
        if process.starts:
            error.add_note(f"the bot's log:\n{process.log[-5000:]}")
        raise
    finally:
        await process.kill()
