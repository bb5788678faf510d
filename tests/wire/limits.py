"""Rate limits: so many messages a channel, so many requests in all."""

import hashlib
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from tests.wire.truth import Settings


@dataclass(frozen=True, slots=True)
class Limited:
    """A request that comes too early."""

    retry_after: float
    is_global: bool

    def body(self) -> dict[str, object]:
        """Return the JSON of the 429."""
        return {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": self.is_global}

    def headers(self) -> dict[str, str]:
        """Return the headers of the 429; without `Via` a client must think that Cloudflare answers."""
        headers = {
            "Retry-After": f"{self.retry_after:.3f}",
            "Via": "1.1 google",
            "X-RateLimit-Scope": "global" if self.is_global else "user",
        }
        return headers | {"X-RateLimit-Global": "true"} if self.is_global else headers


@dataclass(slots=True)
class _Bucket:
    began: float
    used: int = 0


@dataclass(slots=True)
class Limits:
    """Counts requests by a sliding window over all, and by windows that begin with a channel's first message."""

    settings: Settings
    _starts: deque[float] = field(default_factory=deque)
    _buckets: dict[tuple[str, int], _Bucket] = field(default_factory=dict)

    def admit(self) -> Limited | None:
        """Count a request against the global limit."""
        now, window = time.monotonic(), self.settings.global_window
        while self._starts and now - self._starts[0] >= window:
            self._starts.popleft()
        if len(self._starts) >= self.settings.global_limit:
            return Limited(window - (now - self._starts[0]), is_global=True)
        self._starts.append(now)
        return None

    def admit_message(self, channel_id: int) -> tuple[Limited | None, Mapping[str, str]]:
        """Count a message, or a thread, against its channel's limit, and return the headers that tell the client."""
        return self._admit("messages", channel_id, self.settings.channel_limit, self.settings.channel_window)

    def admit_edit(self, channel_id: int) -> tuple[Limited | None, Mapping[str, str]]:
        """Count an edit likewise; edits have a bucket of their own."""
        return self._admit("edits", channel_id, self.settings.channel_limit, self.settings.channel_window)

    def admit_publishing(self, channel_id: int) -> tuple[Limited | None, Mapping[str, str]]:
        """Count a crosspost likewise."""
        return self._admit("crossposts", channel_id, self.settings.publish_limit, self.settings.publish_window)

    def _admit(self, kind: str, channel_id: int, limit: int, window: float) -> tuple[Limited | None, Mapping[str, str]]:
        now, key = time.monotonic(), (kind, channel_id)
        bucket = self._buckets.get(key)
        if bucket is None or now - bucket.began >= window:
            bucket = self._buckets[key] = _Bucket(now)
        left = window - (now - bucket.began)
        limited = Limited(left, is_global=False) if bucket.used >= limit else None
        if limited is None:
            bucket.used += 1
        headers = {
            "X-RateLimit-Limit": str(limit),
            "X-RateLimit-Remaining": str(limit - bucket.used),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": hashlib.md5(kind.encode()).hexdigest(),
        }
        return limited, headers
