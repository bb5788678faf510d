"""The table of buckets stays cheap."""

import asyncio

import aiohttp
from discord.http import HTTPClient

from bot.chat.limiter import SWEEP_EVERY, EagerRatelimit, install

HOURS = 10_000.0


def an_http_client() -> HTTPClient:
    http = HTTPClient(asyncio.get_running_loop())
    install(http, aiohttp.TraceConfig())
    return http


async def test_a_key_keeps_its_bucket() -> None:
    http = an_http_client()

    bucket = http.get_ratelimit("channel 1")

    assert isinstance(bucket, EagerRatelimit)
    assert http.get_ratelimit("channel 1") is bucket
    assert http.get_ratelimit("channel 2") is not bucket


async def test_buckets_that_lie_idle_are_dropped_now_and_then() -> None:
    http = an_http_client()
    for number in range(SWEEP_EVERY + 40):
        http.get_ratelimit(f"channel {number}")._last_request -= HOURS

    for number in range(SWEEP_EVERY):
        http.get_ratelimit(f"thread {number}")

    assert len(http._buckets) <= SWEEP_EVERY


async def test_a_bucket_in_use_is_kept() -> None:
    http = an_http_client()
    used = http.get_ratelimit("used")
    await used.acquire()
    used._last_request -= HOURS

    for number in range(2 * SWEEP_EVERY):
        http.get_ratelimit(f"channel {number}")

    assert http.get_ratelimit("used") is used
