"""The stand-in for Discord, and the bot beside it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from discord.gateway import DiscordWebSocket
from discord.http import Route

from bot.chat.breaker import Breaker
from bot.chat.client import PaperDigestBot
from bot.chat.pacer import Pacer
from bot.chat.traffic import trace
from tests.wire.process import BotProcess, prepared
from tests.wire.standin import StandIn, hosting, world

Connect = Callable[..., AbstractAsyncContextManager[PaperDigestBot]]


@pytest.fixture(scope="session")
def host() -> Iterator[str]:
    """Run the stand-in's process for as long as tests need it."""
    with hosting() as address:
        yield address


@pytest.fixture
async def discord(host: str) -> AsyncIterator[StandIn]:
    """Open a world for one test, in which the bot must never answer late or twice."""
    async with world(host) as here:
        yield here
        assert (await here.state())["failures"] == []


@pytest.fixture
def addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put discord.py's addresses, which the bot moves, back in the end."""
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)


async def _nothing(_: object) -> None:
    """Take no notice."""


@pytest.fixture
def log_in(discord: StandIn, addresses: None) -> Connect:
    """Return a context in which a bot is logged in to the stand-in, without its gateway."""

    @asynccontextmanager
    async def logged_in(
        *,
        pacer: Pacer | None = None,
        breaker: Breaker | None = None,
        on_setup: Callable[[PaperDigestBot], Awaitable[None]] = _nothing,
        **listeners: Any,
    ) -> AsyncIterator[PaperDigestBot]:
        bot = PaperDigestBot(
            on_setup=on_setup,
            on_channel_gone=listeners.get("on_channel_gone", _nothing),
            on_guild_left=listeners.get("on_guild_left", _nothing),
            api_url=discord.api_url,
            http_trace=trace(discord.api_url, pacer or Pacer(1000), breaker or Breaker()),
        )
        async with bot:
            await bot.login(discord.token)
            yield bot

    return logged_in


@pytest.fixture
def connect(discord: StandIn, log_in: Connect) -> Connect:
    """Return a context in which a bot is logged in and connected to the stand-in's gateway."""

    @asynccontextmanager
    async def connected(**options: Any) -> AsyncIterator[PaperDigestBot]:
        async with log_in(**options) as bot:
            running = asyncio.create_task(bot.connect())
            await discord.state(connections=1)
            yield bot
            await bot.close()
            await running

    return connected


@pytest.fixture
async def bot(tmp_path: Path, discord: StandIn) -> AsyncIterator[BotProcess]:
    """Prepare the real bot as a process; the test starts it."""
    async with prepared(tmp_path, discord) as process:
        yield process
