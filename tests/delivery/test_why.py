"""A person learns why a paper did or did not reach them, whatever the reason."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.delivery.why import (
    Arrived,
    BeforeSubscription,
    LeftOut,
    NoneMatched,
    NotSubscribed,
    OnHold,
    PassedOver,
    Undeliverable,
    Underway,
    Waits,
)
from bot.domain.delivery import Refusal, Refused, Rejected
from bot.domain.digest import Digest
from bot.domain.relevance import Excluded, Fits, Lacks
from tests.delivery.builders import CHANNEL, LOOK, at, digest, paper, subscription
from tests.delivery.station import Station, station


def topical(day: str, *titles: str) -> Digest:
    return replace(digest(day), papers=tuple(paper(n, title) for n, title in enumerate(titles, 1)))


OLD = topical("2023-02-27", "Spiking nets")
FIRST = topical("2023-02-28", "Spiking nets", "Vision", "Spiking vision")
SECOND = topical("2023-03-02", "Audio")
SPIKING = replace(subscription(created="2023-03-01T08:00"), keywords="spiking -vision")
LACKS = Lacks((), ("spiking",), None)


@pytest.fixture
async def here(tmp_path: Path) -> AsyncIterator[Station]:
    """A process at eight in the morning, an hour before the delivery, with two digests on the shelf."""
    async with station(tmp_path, "2023-03-01T08:00", [OLD, FIRST]) as started:
        await started.deliveries.shelf()
        yield started


async def deliver(here: Station) -> None:
    await here.subscribe(SPIKING)
    here.clock.instant = at("2023-03-01T09:00")
    await here.tick()


async def test_nothing_is_subscribed(here: Station) -> None:
    assert await here.why(FIRST) == NotSubscribed()


async def test_it_waits_for_its_time(here: Station) -> None:
    await here.subscribe(SPIKING)

    assert await here.why(FIRST) == Waits(at("2023-03-01T09:00"))


async def test_a_digest_of_the_future_waits_for_its_day(here: Station) -> None:
    await deliver(here)
    await here.publish(topical("2023-03-05", "Spiking"))

    assert await here.why(here.digests.digests[-1]) == Waits(at("2023-03-05T09:00"))


async def test_what_the_topics_leave_out_is_known_ahead(here: Station) -> None:
    await here.subscribe(SPIKING)

    assert await here.why(FIRST, 2) == LeftOut(LACKS, None, surely=True)


async def test_it_was_delivered(here: Station) -> None:
    await deliver(here)

    assert await here.why(FIRST) == Arrived(at("2023-03-01T09:00"), (CHANNEL.id, 1), surely=True)


async def test_it_was_left_out_of_what_was_delivered(here: Station) -> None:
    await deliver(here)

    assert await here.why(FIRST, 3) == LeftOut(Excluded("vision"), (CHANNEL.id, 1), surely=True)


async def test_of_several_messages_the_one_that_shows_it_is_named(here: Station) -> None:
    await here.subscribe(replace(SPIKING, keywords=""))
    long = replace(
        digest("2023-03-01"), papers=tuple(paper(n, f"Paper {n}", f"- {'긴 문장. ' * 200}") for n in range(1, 12))
    )
    here.clock.instant = at("2023-03-01T09:00")
    await here.publish(long)

    last = await here.why(long, 11)

    assert isinstance(last, Arrived)
    assert last.message == (CHANNEL.id, len(here.mailbox.posts))
    assert len(here.mailbox.posts) > 1


async def test_what_was_changed_since_is_not_certain(here: Station) -> None:
    await deliver(here)
    await here.subscribe(replace(SPIKING, keywords="audio"))

    assert await here.why(FIRST) == LeftOut(Lacks((), ("audio",), None), (CHANNEL.id, 1), surely=False)


async def test_what_was_delivered_before_unsubscribing_was_delivered(here: Station) -> None:
    await deliver(here)
    await here.subscriptions.remove(CHANNEL)

    assert await here.why(FIRST) == Arrived(at("2023-03-01T09:00"), (CHANNEL.id, 1), surely=False)


async def test_no_paper_matched(here: Station) -> None:
    await deliver(here)
    here.clock.instant = at("2023-03-02T09:00")
    await here.publish(SECOND)

    assert await here.why(SECOND) == NoneMatched(LACKS)


async def test_no_paper_matched_the_topics_of_that_day(here: Station) -> None:
    await deliver(here)
    here.clock.instant = at("2023-03-02T09:00")
    await here.publish(SECOND)
    await here.subscribe(replace(SPIKING, keywords="audio"))

    assert await here.why(SECOND) == NoneMatched(Fits(("audio",)))


async def test_it_is_older_than_the_subscription(here: Station) -> None:
    await deliver(here)

    assert await here.why(OLD) == BeforeSubscription(at("2023-03-01T08:00"))


async def test_it_came_after_newer_ones_had_gone_out(here: Station) -> None:
    await deliver(here)
    here.clock.instant = at("2023-03-03T09:00")
    await here.publish(topical("2023-03-03", "Spiking"))
    late = topical("2023-03-02", "Spiking")
    await here.publish(late)

    assert await here.why(late) == PassedOver()


async def test_an_old_digest_that_came_late_is_older_than_the_subscription(here: Station) -> None:
    await deliver(here)
    late = topical("2023-02-26", "Spiking")
    await here.publish(late)

    assert await here.why(late) == BeforeSubscription(at("2023-03-01T08:00"))


async def test_the_destination_refuses(here: Station) -> None:
    here.mailbox.answer = Refused(Refusal.NO_PERMISSION, "50013")
    await deliver(here)

    seen = await here.why(FIRST)

    assert isinstance(seen, OnHold)
    assert (seen.pause.reason, seen.pause.since) == ("no_permission", at("2023-03-01T09:00"))


async def test_a_paused_destination_gets_no_later_digest_either(here: Station) -> None:
    here.mailbox.answer = Refused(Refusal.NO_PERMISSION, "50013")
    await deliver(here)
    here.clock.instant += dt.timedelta(days=1)
    await here.publish(SECOND)

    assert isinstance(await here.why(SECOND), OnHold)


async def test_the_message_was_invalid(here: Station) -> None:
    here.mailbox.answer = Rejected("50035")
    await deliver(here)

    assert await here.why(FIRST) == Undeliverable()


async def test_it_is_under_way(here: Station) -> None:
    await here.subscribe(SPIKING)
    edition = (await here.deliveries.shelf()).newest(FIRST.date)
    assert edition is not None
    await here.ledger.open(edition.known.key, edition.date, CHANNEL, here.clock.now(), LOOK)

    assert await here.why(FIRST) == Underway()
