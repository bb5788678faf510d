"""The ledger remembers, and gives each part to one process at a time."""

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.delivery import Delivery, DeliveryState, DigestKey, Part, PartState
from bot.domain.digest import Digest, DigestId
from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Language, Style
from bot.storage.database import Database
from bot.storage.ledger import REMEMBERED, Ledger
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import CHANNEL, LOOK, digest, subscription

NOW = dt.datetime(2023, 3, 1, 0, 0, tzinfo=dt.UTC)
LEASE = dt.timedelta(seconds=30)
SECOND = dt.timedelta(seconds=1)
OTHER = Destination(DestinationKind.CHANNEL, 701)


@pytest.fixture
def ledger(database: Database) -> Ledger:
    return Ledger(database)


async def known(ledger: Ledger, *digests: Digest) -> list[DigestKey]:
    """Let the ledger meet digests and return their keys."""
    found = await ledger.know(digests, NOW)
    return [found[each.id].key for each in digests]


async def opened(ledger: Ledger, day: str = "2023-03-01", to: Destination = CHANNEL) -> Delivery:
    shown = digest(day)
    [key] = await known(ledger, shown)
    return await ledger.open(key, shown.date, to, NOW, LOOK)


async def claim(
    ledger: Ledger, delivery: Delivery, ordinal: int = 1, *, owner: str = "one", at: dt.datetime = NOW
) -> Part | None:
    return await ledger.claim(
        delivery.key,
        ordinal,
        nonce=f"nonce-{ordinal}",
        content_hash="hash",
        channel_id=CHANNEL.id,
        owner=owner,
        at=at,
        lease=LEASE,
    )


async def reread(ledger: Ledger, delivery: Delivery) -> Delivery:
    found = await ledger.delivery(delivery.digest, delivery.destination)
    assert found is not None
    return found


async def test_a_digest_keeps_its_key_and_the_instant_it_was_first_seen(ledger: Ledger) -> None:
    first = await ledger.know([digest("2023-03-01")], NOW)

    second = await ledger.know([digest("2023-03-01"), digest("2023-03-02")], NOW + SECOND)

    [met] = first.values()
    assert second[met.id] == met
    assert met.first_seen_at == NOW


async def test_a_renamed_digest_keeps_its_key(ledger: Ledger) -> None:
    before = digest("2023-03-01")
    [key] = await known(ledger, before)
    renamed = replace(before, id=DigestId("archive/first-of-march"))

    found = await ledger.know([renamed], NOW + SECOND)

    assert found[renamed.id].key == key
    again = await ledger.digest(key)
    assert again is not None
    assert again.id == renamed.id


async def test_a_renamed_digest_keeps_its_key_although_its_date_changes_with_the_name(ledger: Ledger) -> None:
    before = digest("2023-03-01")
    [key] = await known(ledger, before)
    renamed = replace(before, id=DigestId("2023-03-02"), date=dt.date(2023, 3, 2))

    [again] = await known(ledger, renamed)

    assert again == key


async def test_a_corrected_digest_keeps_its_key(ledger: Ledger) -> None:
    before = digest("2023-03-01")
    [key] = await known(ledger, before)
    corrected = replace(before, papers=before.papers[:1])

    [again] = await known(ledger, corrected)

    assert again == key


async def test_a_copy_beside_its_original_shares_the_key(ledger: Ledger) -> None:
    original = digest("2023-03-01")
    copy = replace(original, id=DigestId("backup/2023-03-01"))

    keys = await known(ledger, original, copy)

    assert keys[0] == keys[1]


async def test_the_same_papers_on_another_day_are_another_digest(ledger: Ledger) -> None:
    first = digest("2023-03-01", name="weekly")
    second = replace(first, id=DigestId("weekly-2"), date=dt.date(2023, 3, 8))

    keys = await known(ledger, first, second)

    assert keys[0] != keys[1]


async def test_two_processes_that_meet_a_digest_at_once_agree_on_its_key(database: Database, another: Database) -> None:
    shown = [digest(f"2023-03-{day:02}") for day in range(1, 9)]

    found = await asyncio.gather(Ledger(database).know(shown, NOW), Ledger(another).know(shown, NOW))

    assert found[0] == found[1]


async def test_a_key_is_never_given_twice(ledger: Ledger, database: Database) -> None:
    """Keys stand in messages already posted, whose controls must not come to mean another digest."""
    [key] = await known(ledger, digest("2023-03-01"))
    async with database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM digests")
    fresh = Ledger(database)

    [other] = await known(fresh, digest("2023-03-02"))

    assert other > key


async def test_a_delivery_is_opened_once(ledger: Ledger) -> None:
    first = await opened(ledger)

    second = await ledger.open(first.digest, first.digest_date, CHANNEL, NOW + SECOND, LOOK)

    assert second == first
    assert (first.state, first.opened_at, first.settled_at, first.parts) == (DeliveryState.OPEN, NOW, None, ())


async def test_processes_that_open_a_delivery_at_once_get_the_same_one(database: Database, another: Database) -> None:
    one, two = Ledger(database), Ledger(another)
    shown = digest("2023-03-01")
    [key] = await known(one, shown)

    found = await asyncio.gather(*(each.open(key, shown.date, CHANNEL, NOW, LOOK) for each in (one, two) * 4))

    assert len({delivery.key for delivery in found}) == 1


async def test_a_settled_delivery_tells_when(ledger: Ledger) -> None:
    delivery = await opened(ledger)

    await ledger.close(delivery.key, DeliveryState.SKIPPED, NOW + SECOND)

    found = await reread(ledger, delivery)
    assert (found.state, found.settled_at) == (DeliveryState.SKIPPED, NOW + SECOND)


async def test_a_delivery_keeps_its_look_once_a_part_of_it_was_claimed(ledger: Ledger) -> None:
    first = await opened(ledger)
    wider, later = (
        replace(LOOK, keywords="vision"),
        replace(LOOK, style=Style.TITLES, language=Language.ENGLISH, role_id=9),
    )

    unbegun = await ledger.open(first.digest, first.digest_date, CHANNEL, NOW, wider)
    await claim(ledger, first)
    begun = await ledger.open(first.digest, first.digest_date, CHANNEL, NOW, later)

    assert (unbegun.key, unbegun.look) == (first.key, wider)
    assert (begun.key, begun.look) == (first.key, wider)


async def test_deliveries_that_show_another_revision_are_outdated_until_they_are_corrected(ledger: Ledger) -> None:
    old, mixed, current = [await opened(ledger, to=Destination(DestinationKind.CHANNEL, n)) for n in (1, 2, 3)]
    await opened(ledger, to=OTHER)
    for delivery, revision in ((old, "first"), (mixed, None), (current, "second")):
        await ledger.close(delivery.key, DeliveryState.DONE, NOW, revision)

    before = await ledger.outdated(old.digest, "second", NOW - SECOND)
    await ledger.corrected(old.key, "second")
    after = await ledger.outdated(old.digest, "second", NOW - SECOND)

    assert before == (old.destination, mixed.destination)
    assert after == (mixed.destination,)
    assert (await reread(ledger, old)).revision == "second"


async def test_deliveries_of_long_ago_are_not_corrected(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    await ledger.close(delivery.key, DeliveryState.DONE, NOW, "first")

    assert await ledger.recent(NOW - SECOND) == (delivery.digest,)
    assert await ledger.recent(NOW) == ()
    assert await ledger.outdated(delivery.digest, "second", NOW) == ()


async def test_a_history_is_newest_first_and_bounded(ledger: Ledger) -> None:
    for day in range(1, REMEMBERED + 6):
        await opened(ledger, f"2023-03-{day:02}")
    await opened(ledger, "2023-03-01", OTHER)

    history = await ledger.history(CHANNEL)
    histories = await ledger.histories([CHANNEL, OTHER], dt.date(2023, 3, 6))

    days = [delivery.digest_date.day for delivery in history.deliveries]
    assert days == list(range(REMEMBERED + 5, 5, -1))
    assert [delivery.key for delivery in histories[CHANNEL].deliveries] == [each.key for each in history.deliveries]
    assert [delivery.digest_date.day for delivery in histories[OTHER].deliveries] == [1]


async def test_the_latest_delivery_is_the_one_settled_last(ledger: Ledger) -> None:
    early, late, _ = [await opened(ledger, f"2023-03-0{day}") for day in (2, 1, 3)]
    await ledger.close(early.key, DeliveryState.DONE, NOW)
    await ledger.close(late.key, DeliveryState.DONE, NOW + SECOND)

    latest = await ledger.latest(CHANNEL)

    assert latest is not None
    assert latest.key == late.key


async def test_a_claim_is_on_disk_before_any_request(ledger: Ledger, another: Database) -> None:
    delivery = await opened(ledger)

    part = await claim(ledger, delivery)

    [seen] = (await reread(Ledger(another), delivery)).parts
    assert seen == part
    assert part == Part(
        delivery=delivery.key,
        ordinal=1,
        state=PartState.SENDING,
        nonce="nonce-1",
        first_attempt_at=NOW,
        attempts=1,
        content_hash="hash",
        channel_id=CHANNEL.id,
        message_id=None,
    )


async def test_a_part_under_lease_is_nobody_elses(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    await claim(ledger, delivery)

    taken = await claim(ledger, delivery, owner="two", at=NOW + LEASE - SECOND)

    assert taken is None


async def test_its_owner_claims_again_with_the_first_attempt_and_the_nonce_kept(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    await claim(ledger, delivery)

    again = await claim(ledger, delivery, at=NOW + SECOND)

    assert again is not None
    assert (again.attempts, again.first_attempt_at, again.nonce) == (2, NOW, "nonce-1")


async def test_an_expired_lease_is_taken_over(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    await claim(ledger, delivery)

    taken = await claim(ledger, delivery, owner="two", at=NOW + LEASE)

    assert taken is not None
    assert (taken.attempts, taken.first_attempt_at) == (2, NOW)
    assert await claim(ledger, delivery, at=NOW + LEASE + SECOND) is None, "the former owner has lost it"


async def test_claiming_again_prolongs_the_lease(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    await claim(ledger, delivery)
    await claim(ledger, delivery, at=NOW + LEASE - SECOND)

    taken = await claim(ledger, delivery, owner="two", at=NOW + LEASE + SECOND)

    assert taken is None


async def test_of_many_who_claim_a_part_at_once_one_gets_it(database: Database, another: Database) -> None:
    ledgers = (Ledger(database), Ledger(another))
    delivery = await opened(ledgers[0])

    claims = await asyncio.gather(*(claim(ledgers[n % 2], delivery, owner=f"process {n}") for n in range(12)))

    assert [part is not None for part in claims].count(True) == 1


async def test_of_many_who_take_an_expired_lease_over_one_gets_it(database: Database, another: Database) -> None:
    ledgers = (Ledger(database), Ledger(another))
    delivery = await opened(ledgers[0])
    await claim(ledgers[0], delivery, owner="dead")

    claims = await asyncio.gather(
        *(claim(ledgers[n % 2], delivery, owner=f"process {n}", at=NOW + LEASE) for n in range(12))
    )

    assert [part.attempts for part in claims if part is not None] == [2]


async def test_two_processes_share_many_parts_without_overlap(database: Database, another: Database) -> None:
    ledgers = [Ledger(database), Ledger(another)]
    delivery = await opened(ledgers[0])

    async def work(ledger: Ledger, owner: str) -> list[int]:
        claims = [await claim(ledger, delivery, ordinal, owner=owner) for ordinal in range(1, 31)]
        return [part.ordinal for part in claims if part is not None]

    taken = await asyncio.gather(*(work(ledger, f"process {n}") for n, ledger in enumerate(ledgers)))

    assert sorted(taken[0] + taken[1]) == list(range(1, 31))


async def test_a_sent_part_keeps_its_message_and_is_never_claimed_again(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    part = await claim(ledger, delivery)
    assert part is not None

    await ledger.sent(part, 2**62, NOW + SECOND)

    [settled] = (await reread(ledger, delivery)).parts
    assert settled == replace(part, state=PartState.SENT, message_id=2**62)
    assert await claim(ledger, delivery, at=NOW + 10 * LEASE) is None


async def test_a_message_removed_before_its_id_was_learnt_counts_as_sent(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    part = await claim(ledger, delivery)
    assert part is not None

    await ledger.sent(part, None, NOW)

    [settled] = (await reread(ledger, delivery)).parts
    assert (settled.state, settled.message_id) == (PartState.SENT, None)


async def test_a_released_part_starts_afresh(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    part = await claim(ledger, delivery)
    assert part is not None
    await ledger.release(part)

    again = await claim(ledger, delivery, owner="two", at=NOW + SECOND)

    assert again is not None
    assert (again.attempts, again.first_attempt_at, again.state) == (1, NOW + SECOND, PartState.SENDING)


async def test_a_late_word_of_a_former_owner_does_not_undo_what_is_settled(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    part = await claim(ledger, delivery)
    assert part is not None
    await ledger.sent(part, 1, NOW)

    await ledger.release(part)

    [settled] = (await reread(ledger, delivery)).parts
    assert settled.state is PartState.SENT


async def test_parts_come_in_order(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    for ordinal in (3, 1, 2):
        await claim(ledger, delivery, ordinal)

    found = await reread(ledger, delivery)

    assert [part.ordinal for part in found.parts] == [1, 2, 3]


async def test_the_part_that_opened_a_thread_stands_in_it(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    part = await claim(ledger, delivery)
    assert part is not None

    await ledger.sent(part, 5, NOW, 5)

    [settled] = (await reread(ledger, delivery)).parts
    assert (settled.channel_id, settled.message_id) == (5, 5)


async def test_an_edited_part_shows_something_else_and_a_removed_one_nothing(ledger: Ledger) -> None:
    delivery = await opened(ledger)
    claimed = [await claim(ledger, delivery, ordinal) for ordinal in (1, 2)]
    edited, removed = [part for part in claimed if part is not None]
    for part in (edited, removed):
        await ledger.sent(part, part.ordinal, NOW)

    await ledger.edited(edited, "other")
    await ledger.removed(removed)

    found = await reread(ledger, delivery)
    assert [(part.content_hash, part.message_id) for part in found.parts] == [("other", 1), ("hash", None)]


async def test_what_was_sent_to_announcement_channels_is_unpublished_until_it_is_published(
    ledger: Ledger, database: Database
) -> None:
    wishes = Subscriptions(database)
    await wishes.put(replace(subscription(), channel_kind=ChannelKind.ANNOUNCEMENT))
    await wishes.put(subscription(destination=OTHER))
    announced, plain = await opened(ledger), await opened(ledger, to=OTHER)
    claimed = [await claim(ledger, delivery, n) for delivery, n in ((announced, 1), (announced, 2), (plain, 1))]
    for number, part in enumerate(claimed, 1):
        assert part is not None
        await ledger.sent(part, number, NOW)

    before = await ledger.unpublished(NOW - SECOND)
    await ledger.published(before[0], NOW)
    after = await ledger.unpublished(NOW - SECOND)

    assert [part.message_id for part in before] == [1, 2]
    assert [part.message_id for part in after] == [2]
    assert await ledger.unpublished(NOW) == (), "long ago"
    assert await ledger.count_published(CHANNEL.id, NOW - SECOND) == 1
    assert await ledger.count_published(CHANNEL.id, NOW) == 0
