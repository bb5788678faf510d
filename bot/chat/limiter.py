"""Return a message as soon as Discord has it, and survive giving up on a request.

discord.py waits for a used-up bucket to refill *inside* the request that emptied it: the fifth post to a channel comes back five
seconds after it stands there, and a crash in between leaves its outcome unknown. Here the next request waits instead.

And the request that meets a global rate limit closes the gate for all, and opens it again after its wait; cancelled by a timeout
meanwhile, it would leave the gate closed for ever. Here a timer opens it too.

Both reach into private parts of discord.py, hence its pinned version; tests hold them on the wire.
"""
# ruff: noqa: SLF001

import asyncio
from types import SimpleNamespace, TracebackType

import aiohttp
from discord.http import HTTPClient, Ratelimit

SWEEP_EVERY = 256
"""New buckets between two sweeps; discord.py sweeps the whole table for each one."""


class EagerRatelimit(Ratelimit):
    """A bucket that refills in the background."""

    __slots__ = ("_refill",)

    def __init__(self, max_ratelimit_timeout: float | None) -> None:
        super().__init__(max_ratelimit_timeout)
        self._refill: asyncio.Task[None] | None = None

    async def __aexit__(
        self,
        type: type[BaseException] | None,  # noqa: A002 - named by the class that this one stands in for
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Give the token back, and see to those who wait."""
        self.outgoing -= 1
        tokens = self.remaining - self.outgoing
        if self._sleeping.locked() or (self._refill is not None and not self._refill.done()):
            return  # a second refill would hand out the same tokens again
        if tokens <= 0:
            self._refill = asyncio.create_task(self._refresh())
        elif self._pending_requests:
            self._wake(tokens)


def install(http: HTTPClient, trace: aiohttp.TraceConfig) -> None:
    """Give `http`, which `trace` watches, both of it. Must be called before the login."""
    _use_eager_buckets(http)
    _reopen_gate(http, trace)


def _use_eager_buckets(http: HTTPClient) -> None:
    """Hand out eager buckets, from a table that stays cheap with thousands of channels."""
    buckets: dict[str, Ratelimit] = http._buckets
    unswept = 0

    def get_ratelimit(key: str) -> Ratelimit:
        nonlocal unswept
        bucket = buckets.get(key)
        if bucket is None:
            unswept += 1
            if unswept >= SWEEP_EVERY:
                unswept = 0
                http._try_clear_expired_ratelimits()
            bucket = buckets[key] = EagerRatelimit(http.max_ratelimit_timeout)
        return bucket

    http.get_ratelimit = get_ratelimit  # type: ignore[method-assign]


def _reopen_gate(http: HTTPClient, trace: aiohttp.TraceConfig) -> None:
    async def end(_: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
        headers = request.response.headers
        if request.response.status == 429 and "X-RateLimit-Global" in headers:
            wait = float(headers.get("Retry-After", 1.0))
            asyncio.get_running_loop().call_later(wait, http._global_over.set)

    trace.on_request_end.append(end)
