"""What a monitor sees."""

import socket

import aiohttp
import pytest

from bot.delivery.courier import Tally
from bot.errors import StartupError
from bot.health import Health


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_readiness_follows_the_gateway() -> None:
    ready = False
    port = free_port()

    async with Health(Tally(), lambda: ready, lambda: 5).serve("127.0.0.1", port):
        before = await get(port, "/readyz")
        ready = True
        after = await get(port, "/readyz")
        alive = await get(port, "/healthz")

    assert before == (503, "not ready\n")
    assert after == (200, "ready\n")
    assert alive == (200, "ok\n")


async def test_metrics_count_what_was_delivered() -> None:
    port = free_port()

    async with Health(Tally(sent=12, repeated=1), lambda: True, lambda: 5).serve("127.0.0.1", port):
        status, text = await get(port, "/metrics")

    assert status == 200
    assert "paper_digest_sent_total 12.0" in text
    assert "paper_digest_repeated_total 1.0" in text
    assert "paper_digest_digests 5.0" in text


async def test_an_address_in_use_is_said_in_one_sentence() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])

        with pytest.raises(StartupError, match=f"127.0.0.1:{port}"):
            async with Health(Tally(), lambda: True, lambda: 0).serve("127.0.0.1", port):
                pass
