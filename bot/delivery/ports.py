"""What delivery needs of the world, each as a protocol that says what it guarantees."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from bot.domain.delivery import (
    Delivery,
    DeliveryKey,
    DeliveryState,
    DigestKey,
    History,
    KnownDigest,
    LookBack,
    Outcome,
    Part,
    Refusal,
)
from bot.domain.digest import Digest, DigestId
from bot.domain.post import Post
from bot.domain.subscription import Destination, Subscription


class Clock(Protocol):
    """The time, so that a test can give its own."""

    def now(self) -> dt.datetime:
        """Return the instant, aware and in UTC."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Return after that many seconds of this clock."""
        ...


class Digests(Protocol):
    """The digest files, read."""

    async def refresh(self) -> Sequence[Digest]:
        """Read what changed since the last call and return every deliverable digest, oldest first."""
        ...


class Subscriptions(Protocol):
    """Who wants what."""

    async def all(self) -> Sequence[Subscription]:
        """Return every subscription, paused ones included, ordered by destination."""
        ...

    async def get(self, destination: Destination) -> Subscription | None:
        """Return one destination's subscription."""
        ...

    async def pause(self, destination: Destination, refusal: Refusal, at: dt.datetime) -> bool:
        """Keep the reason why nothing more is sent there; False where it was paused already, so that it is told once."""
        ...


class Ledger(Protocol):
    """The memory of what was delivered. Every method is one transaction that is on disk when it returns."""

    async def know(self, digests: Iterable[Digest], at: dt.datetime) -> Mapping[DigestId, KnownDigest]:
        """Record the digests that are there now and return what is known of each.

        A digest under a new name whose content is that of a name no longer among `digests` was renamed and keeps its key; a copy
        beside its original (same content, same date) shares the original's key.
        """
        ...

    async def histories(self) -> Mapping[Destination, History]:
        """Return the newest deliveries of every destination that ever had one (at least its ten newest by date)."""
        ...

    async def history(self, destination: Destination) -> History:
        """Return one destination's newest deliveries (at least ten)."""
        ...

    async def delivery(self, digest: DigestKey, destination: Destination) -> Delivery | None:
        """Return the delivery of this digest to this destination with its parts, if it was ever opened."""
        ...

    async def open(self, digest: DigestKey, date: dt.date, destination: Destination, at: dt.datetime) -> Delivery:
        """Return the one delivery of this digest to this destination with its parts, opening it if there is none."""
        ...

    async def claim(
        self,
        delivery: DeliveryKey,
        ordinal: int,
        *,
        nonce: str,
        content_hash: str,
        channel_id: int,
        owner: str,
        at: dt.datetime,
        lease: dt.timedelta,
    ) -> Part | None:
        """Commit the intention to send a part, before any request is made.

        A new or released part starts afresh (`first_attempt_at` is `at`, attempts 1). One that is `sending` under an expired lease, or
        under `owner`'s own, is taken over with its nonce and first attempt kept and its attempts counted up. None where it is sent, or
        somebody else holds the lease.
        """
        ...

    async def sent(self, part: Part, message_id: int | None, at: dt.datetime) -> None:
        """Settle a part as delivered."""
        ...

    async def release(self, part: Part) -> None:
        """Settle a part as certainly not posted, so that it can be claimed afresh."""
        ...

    async def close(self, delivery: DeliveryKey, state: DeliveryState, at: dt.datetime) -> None:
        """Settle a whole delivery."""
        ...


class Messenger(Protocol):
    """Discord, as far as a delivery needs it. Never raises for what Discord or the network does: each outcome is a value."""

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        """Make one attempt to post; a repeat with the same nonce within Discord's window posts nothing twice."""
        ...

    async def look_back(self, channel_id: int, post: Post, since: dt.datetime) -> LookBack:
        """Look for our message that shows `post` among those posted after `since`."""
        ...


class Renderer(Protocol):
    """Digests become posts."""

    def posts(self, digest: Digest, key: DigestKey, subscription: Subscription) -> tuple[Post, ...]:
        """Return the messages of a delivery in order; empty where no paper matches the subscription's topics. Deterministic."""
        ...


class Operator(Protocol):
    """Whoever hosts the bot."""

    async def alert(self, subject: str, sentence: str) -> None:
        """Tell the operator, at most once a cool-down for each subject."""
        ...
