"""The timer keeps looking, whatever a look does."""

import asyncio

import pytest

from bot.delivery.ticker import Ticker


async def test_it_looks_at_once() -> None:
    looked = asyncio.Event()

    async def look() -> None:
        looked.set()

    ticker = Ticker("delivery", look, seconds=3600)
    ticker.start()
    await asyncio.wait_for(looked.wait(), 5)
    ticker.stop()

    assert looked.is_set()


async def test_a_look_that_fails_is_logged_and_not_the_last(caplog: pytest.LogCaptureFixture) -> None:
    looks = asyncio.Queue[int]()

    async def look() -> None:
        looks.put_nowait(1)
        raise ZeroDivisionError

    ticker = Ticker("delivery", look, seconds=1)
    ticker.start()
    for _ in range(2):
        await asyncio.wait_for(looks.get(), 10)
    ticker.stop()

    assert "delivery failed; the next try follows in 1 s" in caplog.text


async def test_a_look_under_way_is_not_doubled() -> None:
    under_way = most = 0
    looked = asyncio.Event()

    async def look() -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(1.5)
        under_way -= 1
        looked.set()

    ticker = Ticker("delivery", look, seconds=1)
    ticker.start()
    await asyncio.wait_for(looked.wait(), 10)
    ticker.stop()

    assert most == 1


async def test_stopping_before_the_start_is_harmless() -> None:
    async def look() -> None: ...

    Ticker("delivery", look, seconds=1).stop()
