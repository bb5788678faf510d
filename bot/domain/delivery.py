"""Deliveries, their parts, and what can become of a part."""

import datetime as dt
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NewType

from bot.domain.digest import DigestId
from bot.domain.subscription import Destination, Language, Style, Subscription

DigestKey = NewType("DigestKey", int)
"""The state's own number of a digest. It stays when the file is renamed."""

DeliveryKey = NewType("DeliveryKey", int)


class DeliveryState(StrEnum):
    """What became of a delivery."""

    OPEN = "open"
    """Parts are still to be sent."""
    DONE = "done"
    SKIPPED = "skipped"
    """No paper matched the subscription's topics."""
    FAILED = "failed"
    """Discord will not take it, whoever asks: a defect, told to the operator."""


class PartState(StrEnum):
    """What is known of a part."""

    SENDING = "sending"
    """A request is or was under way; its outcome is not known yet."""
    RELEASED = "released"
    """Nothing was posted, for certain; it may be claimed again."""
    SENT = "sent"


@dataclass(frozen=True, slots=True)
class KnownDigest:
    """What the state remembers of a digest file."""

    key: DigestKey
    id: DigestId
    date: dt.date
    first_seen_at: dt.datetime
    """When a scan first met it."""
    revision: str = ""
    """A hash of all that its messages are made of."""


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a delivery, as the ledger has it."""

    delivery: DeliveryKey
    ordinal: int
    """Counts from 1."""
    state: PartState
    nonce: str
    """At most 25 characters; the same for every attempt at this part."""
    first_attempt_at: dt.datetime
    attempts: int
    content_hash: str
    channel_id: int
    """Where it was or is being sent."""
    message_id: int | None
    """None until sent, and for a message that a moderator removed before we learnt its id."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a delivery is to look, as its subscription had it when the delivery began: later wishes are for later digests."""

    style: Style
    language: Language
    keywords: str
    role_id: int | None

    @classmethod
    def of(cls, subscription: Subscription) -> "Look":
        """Return what a subscription wishes now."""
        return cls(subscription.style, subscription.language, subscription.keywords, subscription.role_id)

    def on(self, subscription: Subscription) -> Subscription:
        """Return the subscription with these wishes."""
        return replace(
            subscription, style=self.style, language=self.language, keywords=self.keywords, role_id=self.role_id
        )


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest to one destination."""

    key: DeliveryKey
    digest: DigestKey
    digest_date: dt.date
    destination: Destination
    state: DeliveryState
    opened_at: dt.datetime
    settled_at: dt.datetime | None = None
    parts: tuple[Part, ...] = ()
    """In order; only those that were ever claimed."""
    look: Look | None = None
    """None where it began before looks were recorded."""
    revision: str | None = None
    """The revision of the digest that its messages show; None where they show several, or none yet."""


@dataclass(frozen=True, slots=True)
class History:
    """What one destination has had, as far as planning needs it: its newest deliveries by date."""

    deliveries: tuple[Delivery, ...] = ()
    """Newest digest date first; `parts` left empty."""


class Refusal(StrEnum):
    """Why a destination does not take messages."""

    CHANNEL_GONE = "channel_gone"
    """404, or 10003."""
    NO_ACCESS = "no_access"
    """403 with 50001: the bot cannot see the place."""
    NO_PERMISSION = "no_permission"
    """403 with 50013: the bot may not write there."""
    DM_CLOSED = "dm_closed"
    """403 with 50007: the person does not take messages."""
    NO_MUTUAL_SERVER = "no_mutual_server"
    """403 with 50278."""
    ARCHIVED = "archived"
    """400 with 50083: the thread is archived and locked."""
    OTHER = "other"
    """Another 403 or 404."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Discord has the message."""

    message_id: int | None
    """None where Discord says that it was delivered and removed since (404 with 10008)."""
    channel_id: int | None = None
    """The thread that a forum post opened; None where it is the channel that was asked for."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing was posted, and the same destination would refuse again."""

    refusal: Refusal
    detail: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """Nothing was posted: Discord finds the message itself invalid (400)."""

    detail: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """The message may or may not have been posted."""

    detail: str


@dataclass(frozen=True, slots=True)
class Unauthorized:
    """Nothing was posted: the token is no longer valid (401). Everything must stop."""

    detail: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """Nothing was asked of Discord: too many requests were refused of late."""

    detail: str


Outcome = Sent | Refused | Rejected | Unknown | Unauthorized | Withheld


@dataclass(frozen=True, slots=True)
class Done:
    """A message that stood there was changed, or handed on to followers."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The message is no longer there."""


Upkeep = Done | Gone | Refused | Rejected | Unknown | Unauthorized | Withheld
"""What becomes of a request about a message that was sent before. Each may be repeated without harm."""


@dataclass(frozen=True, slots=True)
class Found:
    """The channel's history shows the message."""

    message_id: int
    channel_id: int | None = None
    """The thread of a forum post; None where it is the channel that was asked for."""


@dataclass(frozen=True, slots=True)
class Absent:
    """The message is not there, for certain."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The history may not be read, and the channel has newer messages: whether ours is among them can't be known."""

    detail: str


LookBack = Found | Absent | Unreadable | Unknown | Refused | Unauthorized | Withheld
