"""What is owed to whom: a pure function of digests, subscriptions, ledger and time.

A timer only says "look again now"; whatever a restart, a double tick or a jump of the clock does, the answer here stays right.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.domain.delivery import Delivery, DeliveryState, DigestKey, History, KnownDigest
from bot.domain.digest import Digest, DigestId
from bot.domain.schedule import DAY, first_slot, is_open, local_day
from bot.domain.subscription import Destination, Pause, Subscription


@dataclass(frozen=True, slots=True)
class Edition:
    """A digest that is there now, with what the state remembers of it."""

    digest: Digest
    known: KnownDigest

    @property
    def date(self) -> dt.date:
        """The digest's calendar date."""
        return self.digest.date

    def order(self) -> tuple[dt.date, DigestId]:
        """Sort by date, then name."""
        return self.digest.date, self.digest.id


@dataclass(frozen=True, slots=True)
class Owed:
    """These go out now, in this order."""

    editions: tuple[Edition, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The next one goes out then."""

    edition: Edition
    until: dt.datetime


@dataclass(frozen=True, slots=True)
class UpToDate:
    """Everything there is was delivered, skipped for want of a matching topic, or is older than what was."""


@dataclass(frozen=True, slots=True)
class Paused:
    """The destination refused and is left alone until it is time for another try."""

    pause: Pause


Verdict = Owed | Waiting | UpToDate | Paused


@dataclass(frozen=True, slots=True)
class Shelf:
    """The digests there are now."""

    editions: tuple[Edition, ...]
    """Oldest first."""
    by_key: Mapping[DigestKey, Edition]

    @classmethod
    def of(cls, digests: Sequence[Digest], known: Mapping[DigestId, KnownDigest]) -> "Shelf":
        """Pair digests with what is known of them; of copies of one digest the first by name stands for all."""
        by_key: dict[DigestKey, Edition] = {}
        for digest in sorted(digests, key=lambda digest: (digest.date, digest.id)):
            memory = known[digest.id]
            by_key.setdefault(memory.key, Edition(digest, memory))
        return cls(tuple(by_key.values()), by_key)

    def horizon(self, now: dt.datetime, most: int) -> dt.date:
        """Return the date of the oldest digest that can still be owed to somebody who gets `most` of the past."""
        latest = now.date() + DAY  # somewhere it is tomorrow already
        past = [edition.date for edition in self.editions if edition.date <= latest]
        return past[-most - 1] if len(past) > most else dt.date.min

    def newest(self, day: dt.date) -> Edition | None:
        """Return the newest digest that is not dated after `day`."""
        return next((edition for edition in reversed(self.editions) if edition.date <= day), None)


def plan(
    shelf: Shelf,
    subscriptions: Sequence[Subscription],
    histories: Mapping[Destination, History],
    now: dt.datetime,
    *,
    catch_up_limit: int,
) -> dict[Destination, Verdict]:
    """Judge every subscription."""
    nothing = History()
    return {
        subscription.destination: verdict(
            shelf, subscription, histories.get(subscription.destination, nothing), now, catch_up_limit=catch_up_limit
        )
        for subscription in subscriptions
    }


def verdict(
    shelf: Shelf,
    subscription: Subscription,
    history: History,
    now: dt.datetime,
    *,
    catch_up_limit: int,
) -> Verdict:
    """Judge one subscription."""
    pause = subscription.pause
    if pause is not None and (pause.probe_at is None or now < pause.probe_at):
        return Paused(pause)
    pending = [
        (edition, goes_out(subscription, edition, now))
        for edition in outstanding(shelf, subscription, history, now, limit=catch_up_limit)
    ]
    owed = tuple(edition for edition, at in pending if at <= now)
    if owed:
        return Owed(owed)
    return min((Waiting(edition, at) for edition, at in pending), key=lambda each: each.until, default=UpToDate())


def goes_out(subscription: Subscription, edition: Edition, now: dt.datetime) -> dt.datetime:
    """Return when a digest that is outstanding goes out: `now` if at once."""
    due = first_slot(subscription, after=subscription.created_at, not_before=edition.date)
    if due > now:
        return due
    return now if is_open(subscription, now) else first_slot(subscription, after=now)


def outstanding(
    shelf: Shelf, subscription: Subscription, history: History, now: dt.datetime, *, limit: int
) -> list[Edition]:
    """Return what the destination should still get, oldest first: at most `limit` of the past, and what lies in the future."""
    settled = [delivery for delivery in history.deliveries if delivery.state is not DeliveryState.OPEN]
    begun = [delivery.digest for delivery in history.deliveries if delivery.state is DeliveryState.OPEN]
    today = local_day(subscription, now)
    news = _news(shelf, settled, today, limit)
    if not any(delivery.opened_at >= subscription.created_at for delivery in settled):
        newest = next((edition for edition in news if edition.date <= today), None)
        news = [edition for edition in news if edition.date > today or edition is newest]
    pending = {edition.known.key: edition for edition in news}
    pending |= {key: shelf.by_key[key] for key in begun if key in shelf.by_key}
    ordered = sorted(pending.values(), key=Edition.order)
    past = [edition for edition in ordered if edition.date <= today]
    return past[-limit:] + ordered[len(past) :]


def _news(shelf: Shelf, settled: Sequence[Delivery], today: dt.date, limit: int) -> list[Edition]:
    """Return digests newer than the newest one had, newest first; older ones that turn up later are archived, not posted."""
    had = {delivery.digest for delivery in settled}
    latest = max(settled, key=lambda delivery: (delivery.digest_date, delivery.opened_at), default=None)
    news: list[Edition] = []
    for edition in reversed(shelf.editions):
        if latest is not None and edition.date < latest.digest_date:
            break
        came_later = (
            latest is None or edition.date > latest.digest_date or edition.known.first_seen_at > latest.opened_at
        )
        if came_later and edition.known.key not in had:
            news.append(edition)
        if sum(each.date <= today for each in news) == limit:
            break
    return news
