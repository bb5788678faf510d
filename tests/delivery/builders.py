"""Small values for the tests of delivery."""

import datetime as dt
from zoneinfo import ZoneInfo

from bot.delivery.planner import Shelf
from bot.domain.delivery import Delivery, DeliveryKey, DeliveryState, DigestKey, History, KnownDigest, Look
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.subscription import (
    ChannelKind,
    Days,
    Destination,
    DestinationKind,
    Language,
    Pause,
    Style,
    Subscription,
)

SEOUL = ZoneInfo("Asia/Seoul")
CHANNEL = Destination(DestinationKind.CHANNEL, 700)
LOOK = Look(Style.FULL, Language.KOREAN, "", None)


def at(text: str, zone: str = "Asia/Seoul") -> dt.datetime:
    """An instant from local wall time."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(dt.UTC)


def paper(ordinal: int, title: str = "", body: str = "- 첫 문장입니다.") -> Paper:
    return Paper(
        ordinal=ordinal,
        number=ordinal,
        title=title or f"Paper number {ordinal}",
        url=None,
        links=(),
        authors=(),
        section=None,
        blocks=(body,),
        image=None,
        line=ordinal,
    )


def digest(day: str, name: str = "", papers: int = 2) -> Digest:
    return Digest(
        id=DigestId(name or f"{day}-daily-digest"),
        date=dt.date.fromisoformat(day),
        title=f"Daily Digest / {day}",
        papers=tuple(paper(n, f"Paper {n} of {name or day}") for n in range(1, papers + 1)),
    )


def shelf(*digests: Digest, seen: dict[str, dt.datetime] | None = None) -> Shelf:
    """A shelf on which digests are known by keys 1, 2, … in the order given, seen at the beginning of 2023 unless said."""
    known = {
        each.id: KnownDigest(DigestKey(n), each.id, each.date, (seen or {}).get(each.id, at("2023-01-01T00:00")))
        for n, each in enumerate(digests, 1)
    }
    return Shelf.of(digests, known)


def subscription(
    *,
    created: str = "2023-01-15T12:00",
    time: str = "09:00",
    zone: str = "Asia/Seoul",
    days: Days = Days.DAILY,
    pause: Pause | None = None,
    destination: Destination = CHANNEL,
    style: Style = Style.FULL,
) -> Subscription:
    return Subscription(
        destination=destination,
        channel_id=destination.id,
        channel_kind=ChannelKind.TEXT,
        guild_id=1,
        time=dt.time.fromisoformat(time),
        zone=ZoneInfo(zone),
        created_at=at(created),
        days=days,
        pause=pause,
        style=style,
    )


def history(*had: tuple[int, str] | tuple[int, str, DeliveryState], opened: str = "2023-02-01T09:00") -> History:
    """A history of (digest key, date[, state]), opened at one instant."""
    deliveries = [
        Delivery(
            key=DeliveryKey(n),
            digest=DigestKey(key),
            digest_date=dt.date.fromisoformat(day),
            destination=CHANNEL,
            state=state[0] if state else DeliveryState.DONE,
            opened_at=at(opened),
        )
        for n, (key, day, *state) in enumerate(had, 1)
    ]
    return History(tuple(sorted(deliveries, key=lambda each: each.digest_date, reverse=True)))
