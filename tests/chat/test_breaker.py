"""The breaker counts what Discord counts."""

import pytest

from bot.chat.breaker import WINDOW, Breaker


@pytest.mark.parametrize("status", [401, 403, 429])
def test_invalid_requests_open_it(status: int) -> None:
    breaker = Breaker(limit=3)

    for _ in range(3):
        breaker.record(status)

    assert breaker.is_open


@pytest.mark.parametrize("status", [200, 204, 400, 404, 500, 503])
def test_others_do_not(status: int) -> None:
    breaker = Breaker(limit=1)

    breaker.record(status)

    assert not breaker.is_open


def test_it_closes_when_the_oldest_leaves_the_window() -> None:
    now = [0.0]
    breaker = Breaker(limit=2, monotonic=lambda: now[0])
    breaker.record(403)
    now[0] = 100.0
    breaker.record(403)
    was_open = breaker.is_open

    now[0] = WINDOW

    assert (was_open, breaker.is_open) == (True, False)
