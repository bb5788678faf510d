"""Watch every REST request from where retries are seen too: pace it as it starts, count its answer as it ends."""

from contextvars import ContextVar
from dataclasses import dataclass
from types import SimpleNamespace

import aiohttp
from yarl import URL

from bot.chat.breaker import Breaker
from bot.chat.pacer import Lane, Pacer

EXEMPT = ("/interactions/", "/webhooks/")
"""Not under the global limit (Rate Limits, "Global Rate Limit"); pacing them would eat the three seconds an answer may take."""


HURRY: ContextVar[bool] = ContextVar("hurry", default=False)
"""Set while a message is sent for which somebody waits: it goes before the posts."""


@dataclass(slots=True)
class Single:
    """A request that must not be made twice, for nothing tells Discord that the second one is a repeat."""

    made: bool = False

    def begin(self) -> None:
        """Let it be made, unless it was made already: discord.py repeats by itself what was answered with a 5xx."""
        if self.made:
            raise aiohttp.ClientError("it may have had its effect, and is not repeated")
        self.made = True


SINGLE: ContextVar[Single | None] = ContextVar("single", default=None)
"""Set while such a request is made."""


def trace(api_url: str, pacer: Pacer, breaker: Breaker) -> aiohttp.TraceConfig:
    """Return the tracing that discord.py's `http_trace` takes; requests to other places than `api_url` are let be."""
    root = URL(api_url)

    async def start(_: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestStartParams) -> None:
        path, single = _path(root, request.url), SINGLE.get()
        if single is not None:
            single.begin()
        if path is not None and not path.startswith(EXEMPT):
            await pacer.acquire(Lane.PROMPT if HURRY.get() else lane(request.method, path))

    async def end(_: aiohttp.ClientSession, __: SimpleNamespace, request: aiohttp.TraceRequestEndParams) -> None:
        if _path(root, request.url) is None:
            return
        headers, single = request.response.headers, SINGLE.get()
        if single is not None and request.response.status == 429:
            single.made = False  # nothing happened
        if headers.get("X-RateLimit-Scope") != "shared":  # shared limits are not held against us
            breaker.record(request.response.status)
        if request.response.status == 429 and headers.get("X-RateLimit-Global") is not None:
            pacer.slow_down()

    config = aiohttp.TraceConfig()
    config.on_request_start.append(start)
    config.on_request_end.append(end)
    return config


def lane(method: str, path: str) -> Lane:
    """Return the lane of a request: posts are broadcast, changes of posts can wait, all else has somebody waiting."""
    if method == "GET" or not path.startswith("/channels/"):
        return Lane.PROMPT
    if method == "PATCH" or path.endswith("/crosspost"):
        return Lane.UPKEEP
    return Lane.BROADCAST if path.endswith(("/messages", "/threads")) else Lane.PROMPT


def _path(root: URL, url: URL) -> str | None:
    if url.host != root.host or url.port != root.port or not url.path.startswith(root.path):
        return None
    return url.path[len(root.path.rstrip("/")) :]
