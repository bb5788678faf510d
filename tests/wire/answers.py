"""How the stand-in answers."""

import json
from collections.abc import Mapping

from aiohttp import web

ARRIVED = web.RequestKey("arrived", float)
"""When a request reached the stand-in, before any latency of its own."""


def answer(body: object, headers: Mapping[str, str] | None = None, *, status: int = 200) -> web.Response:
    """Answer with JSON, under the very content type that Discord names."""
    headers = {"Content-Type": "application/json"} | dict(headers or {})
    return web.Response(status=status, body=json.dumps(body).encode(), headers=headers)
