"""Stop before Discord does: ten thousand invalid requests in ten minutes ban the address."""

import time
from collections import deque
from collections.abc import Callable

WINDOW = 600.0
"""Seconds over which Discord counts (Rate Limits, "Invalid Request Limit")."""
LIMIT = 500
"""A twentieth of Discord's limit: other programs may share the address."""
INVALID = frozenset({401, 403, 429})


class Breaker:
    """Counts invalid requests and says when no more deliveries should be tried."""

    def __init__(self, *, limit: int = LIMIT, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._invalid: deque[float] = deque(maxlen=limit)

    def record(self, status: int) -> None:
        """Count an answer by its status."""
        if status in INVALID:
            self._invalid.append(self._monotonic())

    @property
    def is_open(self) -> bool:
        """True while the last `WINDOW` seconds hold the limit."""
        return len(self._invalid) == self._limit and self._monotonic() - self._invalid[0] < WINDOW
