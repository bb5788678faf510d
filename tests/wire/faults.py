"""Misbehaviour on demand: before a request has its effect, or after it."""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from aiohttp import web

from tests.wire.truth import Settings

LONGER_THAN_ANY_PATIENCE = 3600.0
MOMENTS: tuple[Literal["before", "after"], ...] = ("before", "after")


@dataclass(slots=True)
class Fault:
    """One rule. It strikes the first `times` requests that fit, after letting `skip` of them pass."""

    path: str
    """A regular expression for the whole path below the API's root."""
    action: Literal["status", "drop", "silence", "delay"]
    method: str = "POST"
    when: Literal["before", "after"] = "before"
    times: int = 1
    skip: int = 0
    status: int = 500
    code: int = 0
    body: str | None = None
    """In place of Discord's JSON, such as a web page of what stands between."""
    seconds: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)

    def strikes(self, method: str, path: str) -> bool:
        """Tell whether this request is struck, and count it."""
        if self.times <= 0 or method != self.method or re.fullmatch(self.path, path) is None:
            return False
        if self.skip > 0:
            self.skip -= 1
            return False
        self.times -= 1
        return True

    async def strike(self, request: web.Request) -> web.Response | None:
        """Misbehave; None where the request goes on afterwards."""
        match self.action:
            case "delay":
                await asyncio.sleep(self.seconds)
                return None
            case "silence":
                await asyncio.sleep(LONGER_THAN_ANY_PATIENCE)
            case "drop":
                if request.transport is not None:
                    request.transport.abort()
            case "status":
                return self._answer()
        raise asyncio.CancelledError

    def _answer(self) -> web.Response:
        if self.body is not None:
            return web.Response(status=self.status, text=self.body, content_type="text/html", headers=self.headers)
        text = f'{{"message": "injected", "code": {self.code}, "retry_after": {self.seconds}, "global": {_yes(self.headers)}}}'
        headers = {"Content-Type": "application/json"} | self.headers
        return web.Response(status=self.status, body=text.encode(), headers=headers)


def _yes(headers: dict[str, str]) -> str:
    return "true" if "X-RateLimit-Global" in headers else "false"


KINDS: tuple[tuple[Literal["status", "drop", "silence"], int], ...] = (
    ("status", 500),
    ("status", 502),
    ("status", 503),
    ("drop", 0),
    ("silence", 0),
)


class Chaos:
    """Faults by chance: each kind strikes `chaos` of all posts, half of them before the effect and half after it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chance = random.Random(settings.seed)
        self.struck: Counter[str] = Counter()

    def strike(self, method: str, path: str) -> Fault | None:
        """Return what happens to this request, if anything."""
        if not self._settings.chaos or method != "POST" or not path.endswith(("/messages", "/threads")):
            return None
        place = int(self._chance.random() / self._settings.chaos)
        if place >= len(KINDS):
            return None
        (action, status), when = KINDS[place], self._chance.choice(MOMENTS)
        self.struck[f"{status or action} {when}"] += 1
        return Fault(path, action, when=when, status=status)
