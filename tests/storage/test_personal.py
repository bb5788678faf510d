"""A person gets all that is kept about them, and can have it gone; a server that is left is forgotten."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import func, select

from bot.domain.delivery import DeliveryState
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.reading_list import SavedPaper
from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Subscription
from bot.storage.database import Database
from bot.storage.ledger import Ledger
from bot.storage.personal import PersonalData
from bot.storage.reading_list import ReadingList
from bot.storage.schema import deliveries, metadata
from bot.storage.subscriptions import Subscriptions
from tests.delivery.builders import LOOK

NOW = dt.datetime(2023, 3, 1, 0, 0, 1, 234567, tzinfo=dt.UTC)
LARGE = 2**63 - 1
ME, OTHER = Destination(DestinationKind.USER, LARGE), Destination(DestinationKind.USER, 901)
HERE, THERE = Destination(DestinationKind.CHANNEL, 700), Destination(DestinationKind.CHANNEL, 701)
ELSEWHERE = Destination(DestinationKind.CHANNEL, 702)
PAPER = Paper(1, 1, "제목", "https://a.b/1", (), ("김철수",), None, ("- 본문",), None, 1)
DIGEST = Digest(DigestId("2023-02-28-daily-digest"), dt.date(2023, 2, 28), "Daily Digest", (PAPER,))


def subscription(destination: Destination, guild_id: int | None) -> Subscription:
    kind = ChannelKind.DM if guild_id is None else ChannelKind.TEXT
    zone = ZoneInfo("Asia/Seoul")
    return Subscription(destination, destination.id, kind, guild_id, dt.time(9), zone, NOW, keywords="언어 모델")


async def deliver(database: Database, destination: Destination) -> None:
    """Have a digest delivered whole."""
    ledger = Ledger(database)
    key = (await ledger.know([DIGEST], NOW))[DIGEST.id].key
    delivery = await ledger.open(key, DIGEST.date, destination, NOW, LOOK)
    part = await ledger.claim(
        delivery.key,
        1,
        nonce=f"nonce-{destination.id}",
        content_hash="hash",
        channel_id=destination.id,
        owner="me",
        at=NOW,
        lease=dt.timedelta(seconds=30),
    )
    assert part is not None
    await ledger.sent(part, LARGE - 1, NOW)
    await ledger.close(delivery.key, DeliveryState.DONE, NOW)


async def have(database: Database, destination: Destination, guild_id: int | None = None) -> None:
    """Subscribe a destination and have a digest delivered to it."""
    await Subscriptions(database).put(subscription(destination, guild_id))
    await deliver(database, destination)


async def have_everything(database: Database, person: Destination) -> None:
    """Have of a person all that can be kept."""
    await have(database, person)
    key = (await Ledger(database).know([DIGEST], NOW))[DIGEST.id].key
    await ReadingList(database).save(person.id, SavedPaper.of(DIGEST, key, PAPER, NOW))


async def delivered(database: Database) -> set[tuple[str, int]]:
    async with database.read() as connection:
        return {(row.kind, row.id) for row in await connection.execute(select(deliveries.c.kind, deliveries.c.id))}


async def rows(database: Database) -> dict[str, int]:
    async with database.read() as connection:
        counts = {
            name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for name, table in metadata.tables.items()
        }
    return {name: count for name, count in counts.items() if count and name != "digests"}


async def test_a_person_gets_all_that_is_kept_about_them(database: Database) -> None:
    await have_everything(database, ME)
    await have_everything(database, OTHER)

    kept = await PersonalData(database).of_user(ME.id)

    assert {name: len(records) for name, records in kept.items()} == {
        "subscriptions": 1,
        "deliveries": 1,
        "parts": 1,
        "reading_list": 1,
    }
    assert kept["subscriptions"][0]["keywords"] == "언어 모델"
    assert kept["deliveries"][0]["digest_id"] == "2023-02-28-daily-digest"
    assert kept["parts"][0]["message_id"] == str(LARGE - 1)
    assert kept["reading_list"][0]["title"] == "제목"
    assert kept["reading_list"][0]["saved_at"] == "2023-03-01T00:00:01.234567+00:00"


async def test_what_a_person_gets_is_json(database: Database) -> None:
    await have_everything(database, ME)

    kept = await PersonalData(database).of_user(ME.id)

    assert json.loads(json.dumps(kept)) == {name: [dict(each) for each in records] for name, records in kept.items()}


async def test_of_a_stranger_nothing_is_kept(database: Database) -> None:
    await have_everything(database, OTHER)

    kept = await PersonalData(database).of_user(ME.id)

    assert not any(kept.values())


async def test_everything_of_a_person_is_forgotten_and_nothing_else(database: Database) -> None:
    await have_everything(database, OTHER)
    before = await rows(database)
    await have_everything(database, ME)

    forgotten = await PersonalData(database).forget_user(ME.id)

    assert forgotten == 3
    assert await rows(database) == before
    assert not any((await PersonalData(database).of_user(ME.id)).values())


async def test_nothing_is_left_of_the_last_person(database: Database) -> None:
    await have_everything(database, ME)

    await PersonalData(database).forget_user(ME.id)

    assert await rows(database) == {}


async def test_a_server_that_is_left_is_forgotten_with_the_channels_it_unsubscribed(database: Database) -> None:
    await have(database, HERE, guild_id=1)
    await have(database, THERE, guild_id=1)
    await have(database, ELSEWHERE, guild_id=2)
    await Subscriptions(database).remove(THERE)

    forgotten = await PersonalData(database).forget_guild(1)

    assert forgotten == 5
    assert await delivered(database) == {("channel", ELSEWHERE.id)}
    assert [each.destination for each in await Subscriptions(database).all()] == [ELSEWHERE]


async def test_servers_are_known_until_they_are_forgotten(database: Database) -> None:
    await have(database, HERE, guild_id=LARGE)
    await have(database, THERE, guild_id=LARGE)
    await have(database, ELSEWHERE, guild_id=2)

    assert await PersonalData(database).guilds() == (2, LARGE)
    await PersonalData(database).forget_guild(2)
    assert await PersonalData(database).guilds() == (LARGE,)


async def test_a_person_whose_id_is_that_of_a_channel_stays(database: Database) -> None:
    await have(database, HERE, guild_id=1)
    await have_everything(database, Destination(DestinationKind.USER, HERE.id))

    await PersonalData(database).forget_guild(1)

    assert await delivered(database) == {("user", HERE.id)}


async def test_a_channel_that_is_gone_is_forgotten_alone(database: Database) -> None:
    await have(database, HERE, guild_id=1)
    await have(database, THERE, guild_id=1)

    await PersonalData(database).forget_channel(HERE.id)

    assert await delivered(database) == {("channel", THERE.id)}


@pytest.mark.parametrize("forget", ["forget_user", "forget_guild", "forget_channel"])
async def test_what_is_not_known_is_forgotten_already(database: Database, forget: str) -> None:
    assert await getattr(PersonalData(database), forget)(5) == 0
