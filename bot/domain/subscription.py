"""A subscription: a destination plus its wishes."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo


class DestinationKind(StrEnum):
    """Where a digest can go."""

    CHANNEL = "channel"
    USER = "user"


@dataclass(frozen=True, slots=True, order=True)
class Destination:
    """A channel (or thread, or forum) or a user, by Discord's id."""

    kind: DestinationKind
    id: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}"


class Style(StrEnum):
    """How much of a paper a post shows."""

    FULL = "full"
    COMPACT = "compact"
    TITLES = "titles"


class Language(StrEnum):
    """A language that the bot speaks."""

    KOREAN = "ko"
    ENGLISH = "en"


class Days(StrEnum):
    """On which days of the week a subscription is served, in its own zone."""

    DAILY = "daily"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    def include(self, day: dt.date) -> bool:
        """Tell whether `day` is one of them."""
        weekday = day.weekday()
        match self:
            case Days.DAILY:
                return True
            case Days.WEEKDAYS:
                return weekday < 5
            case Days.WEEKENDS:
                return weekday >= 5
            case _:
                return self is list(Days)[3 + weekday]


class ChannelKind(StrEnum):
    """What kind of place posts go to; it decides how a digest is posted there."""

    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    FORUM = "forum"
    THREAD = "thread"
    DM = "dm"


@dataclass(frozen=True, slots=True)
class Pause:
    """Why and since when a destination gets nothing."""

    reason: str
    """A `delivery.Refusal` value."""
    since: dt.datetime
    strikes: int = 1
    """Refusals in a row, for this reason."""
    probe_at: dt.datetime | None = None
    """From when on what is owed is tried once more; None where that is pointless."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One destination and what it asked for. Instants are UTC."""

    destination: Destination
    channel_id: int
    """Where messages are sent: the channel itself, or the opened direct-message channel of a user."""
    channel_kind: ChannelKind
    guild_id: int | None
    """The server of a channel; None for a user."""
    time: dt.time
    """Local wall time in `zone`, to the minute."""
    zone: ZoneInfo
    created_at: dt.datetime
    """When it was (last) made; its first delivery is at the first slot after this."""
    style: Style = Style.FULL
    days: Days = Days.DAILY
    keywords: str = ""
    """The topic filter as typed; empty lets every paper through."""
    language: Language = Language.KOREAN
    role_id: int | None = None
    """A role to mention above the first message."""
    pause: Pause | None = None
