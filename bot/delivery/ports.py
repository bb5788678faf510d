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
    Look,
    LookBack,
    Outcome,
    Part,
    Upkeep,
)
from bot.domain.digest import Digest, DigestId
from bot.domain.post import Post, Thread
from bot.domain.subscription import Destination, Pause, Subscription


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

    async def destinations(self) -> Sequence[Destination]:
        """Return everybody who is subscribed, paused ones included."""
        ...

    async def some(self, destinations: Iterable[Destination]) -> Sequence[Subscription]:
        """Return the subscriptions that there are of some hundred destinations at most."""
        ...

    def take_changes(self) -> set[Destination]:
        """Return whose subscription this process has changed since the last call."""
        ...

    async def get(self, destination: Destination) -> Subscription | None:
        """Return one destination's subscription."""
        ...

    async def pause(self, destination: Destination, pause: Pause) -> bool:
        """Keep why and until when nothing more is sent there; False where it is not subscribed."""
        ...

    async def resume(self, destination: Destination) -> bool:
        """Serve a paused destination again; False where it was not paused."""
        ...


class Ledger(Protocol):
    """The memory of what was delivered. Every method is one transaction that is on disk when it returns."""

    async def know(self, digests: Iterable[Digest], at: dt.datetime) -> Mapping[DigestId, KnownDigest]:
        """Record the digests that are there now and return what is known of each.

        A digest under a new name whose content is that of a name no longer among `digests` was renamed and keeps its key; a copy
        beside its original (same content, same date) shares the original's key.
        """
        ...

    async def histories(self, destinations: Sequence[Destination], since: dt.date) -> Mapping[Destination, History]:
        """Return what some hundred destinations had of digests dated `since` or later.

        Of a destination that had none of those it is the delivery begun last, if there ever was one.
        """
        ...

    async def history(self, destination: Destination) -> History:
        """Return one destination's newest deliveries (at least ten)."""
        ...

    async def delivery(self, digest: DigestKey, destination: Destination) -> Delivery | None:
        """Return the delivery of this digest to this destination with its parts, if it was ever opened."""
        ...

    async def open(
        self, digest: DigestKey, date: dt.date, destination: Destination, at: dt.datetime, look: Look
    ) -> Delivery:
        """Return the one delivery of this digest to this destination with its parts, opening it if there is none.

        Its look is `look` until a part of it is claimed, and from then on what it was.
        """
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

    async def sent(self, part: Part, message_id: int | None, at: dt.datetime, channel_id: int | None = None) -> None:
        """Settle a part as delivered, to the thread `channel_id` where it opened one."""
        ...

    async def release(self, part: Part) -> None:
        """Settle a part as certainly not posted, so that it can be claimed afresh."""
        ...

    async def close(
        self, delivery: DeliveryKey, state: DeliveryState, at: dt.datetime, revision: str | None = None
    ) -> None:
        """Settle a whole delivery, whose messages show `revision` of the digest; None where they show several."""
        ...

    async def recent(self, since: dt.datetime) -> Sequence[DigestKey]:
        """Return the digests of which a delivery was begun after `since`."""
        ...

    async def outdated(self, digest: DigestKey, revision: str, since: dt.datetime) -> Sequence[Destination]:
        """Return where finished deliveries of a digest, begun after `since`, show another revision of it."""
        ...

    async def edited(self, part: Part, content_hash: str) -> None:
        """Keep what a message that stands there shows now."""
        ...

    async def removed(self, part: Part) -> None:
        """Keep that a message is no longer there."""
        ...

    async def corrected(self, delivery: DeliveryKey, revision: str) -> None:
        """Keep that all messages of a delivery show `revision` of the digest."""
        ...

    async def unpublished(self, since: dt.datetime) -> Sequence[Part]:
        """Return the messages in announcement channels, sent after `since`, that followers don't have, oldest first."""
        ...

    async def published(self, part: Part, at: dt.datetime) -> None:
        """Keep that a message was handed on to followers, or can't be."""
        ...

    async def count_published(self, channel_id: int, since: dt.datetime) -> int:
        """Count the messages of a channel that were handed on after `since`."""
        ...


class Messenger(Protocol):
    """Discord, as far as a delivery needs it. Never raises for what Discord or the network does: each outcome is a value."""

    @property
    def is_withholding(self) -> bool:
        """True while nothing may be asked of Discord, for too many requests were refused."""
        ...

    async def send(self, channel_id: int, post: Post, nonce: str) -> Outcome:
        """Make one attempt to post; a repeat with the same nonce within Discord's window posts nothing twice."""
        ...

    async def look_back(self, channel_id: int, post: Post, since: dt.datetime) -> LookBack:
        """Look for our message that shows `post` among those posted after `since`."""
        ...

    async def open_thread(self, forum_id: int, thread: Thread, post: Post) -> Outcome:
        """Make one attempt to open a forum's thread with `post`; a repeat would open another one."""
        ...

    async def find_thread(
        self, forum_id: int, guild_id: int, thread: Thread, post: Post, since: dt.datetime
    ) -> LookBack:
        """Look for the thread that we opened with `post` after `since`."""
        ...

    async def edit(self, channel_id: int, message_id: int, post: Post) -> Upkeep:
        """Let a message of ours show `post`, without pinging anybody."""
        ...

    async def publish(self, channel_id: int, message_id: int) -> Upkeep:
        """Hand a message in an announcement channel on to its followers."""
        ...


class Renderer(Protocol):
    """Digests become posts."""

    def posts(self, digest: Digest, key: DigestKey, subscription: Subscription) -> tuple[Post, ...]:
        """Return the messages of a delivery in order; empty where no paper matches the subscription's topics. Deterministic."""
        ...

    def emptied(self, subscription: Subscription) -> Post:
        """Return what a message shows that a correction left without papers."""
        ...

    def thread(self, digest: Digest, subscription: Subscription) -> Thread:
        """Return the forum thread of a delivery. Deterministic."""
        ...


class Operator(Protocol):
    """Whoever hosts the bot."""

    async def alert(self, subject: str, sentence: str) -> None:
        """Tell the operator, at most once a cool-down for each subject."""
        ...

    async def recovered(self, subject: str, sentence: str) -> None:
        """Tell the operator that an alert's reason is gone; the subject may be told again from now on."""
        ...
