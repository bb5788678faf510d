"""The stage on which commands are tried."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.cogs.stage import Stage, stage


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Stage]:
    """Set a stage with one digest, in a task of its own: the simulation must end in the context in which it began."""
    ready: asyncio.Future[Stage] = asyncio.get_running_loop().create_future()
    over = asyncio.Event()

    async def play() -> None:
        try:
            async with stage(tmp_path) as set_up:
                ready.set_result(set_up)
                await over.wait()
        except BaseException as error:
            if not ready.done():
                ready.set_exception(error)
            raise

    playing = asyncio.create_task(play())
    yield await ready
    over.set()
    await playing
