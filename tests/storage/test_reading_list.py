"""What a person keeps stays theirs, once each, whatever becomes of the files."""

import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.reading_list import EntryKey, ListFull, ReadingState, Saved, SavedBefore, SavedPaper
from bot.storage.database import Database
from bot.storage.ledger import Ledger
from bot.storage.reading_list import ReadingList

NOW = dt.datetime(2023, 3, 1, 0, 0, 1, 234567, tzinfo=dt.UTC)
READER, OTHER = 2**63 - 1, 7


def paper(ordinal: int, title: str = "", url: str | None = None) -> Paper:
    return Paper(
        ordinal, ordinal, title or f"제목 {ordinal}", url, (), ("김철수", "Ada"), None, ("- 본문",), None, ordinal
    )


DIGEST = Digest(
    DigestId("2023-02-28-daily-digest"), dt.date(2023, 2, 28), "Daily Digest", (paper(1), paper(2), paper(3))
)


async def known(database: Database, digest: Digest = DIGEST) -> DigestKey:
    return (await Ledger(database).know([digest], NOW))[digest.id].key


async def entry(database: Database, ordinal: int = 1, *, minutes: int = 0) -> SavedPaper:
    at = NOW + dt.timedelta(minutes=minutes)
    return SavedPaper.of(DIGEST, await known(database), DIGEST.papers[ordinal - 1], at)


async def test_a_saved_paper_comes_back_as_it_was(database: Database, another: Database) -> None:
    wanted = await entry(database)

    outcome = await ReadingList(database).save(READER, wanted)

    [kept] = await ReadingList(another).of(READER)
    assert outcome == Saved(1)
    assert replace(kept, key=None) == wanted


async def test_the_newest_entry_comes_first(database: Database) -> None:
    listed = ReadingList(database)
    for ordinal in (2, 1, 3):
        await listed.save(READER, await entry(database, ordinal, minutes=ordinal))

    assert [each.ordinal for each in await listed.of(READER)] == [3, 2, 1]


async def test_everybody_has_a_list_of_their_own(database: Database) -> None:
    listed = ReadingList(database)

    await listed.save(READER, await entry(database))

    assert await listed.of(OTHER) == ()


async def one_saved(database: Database) -> tuple[ReadingList, SavedPaper, EntryKey]:
    listed = ReadingList(database)
    await listed.save(READER, await entry(database))
    [kept] = await listed.of(READER)
    assert kept.key is not None
    return listed, kept, kept.key


async def test_a_paper_is_saved_once_and_keeps_its_state(database: Database) -> None:
    listed, kept, key = await one_saved(database)
    await listed.mark(READER, key, ReadingState.READ)

    outcome = await listed.save(READER, await entry(database, minutes=5))

    assert outcome == SavedBefore(replace(kept, state=ReadingState.READ))
    assert len(await listed.of(READER)) == 1


async def test_a_paper_that_a_correction_moved_is_not_saved_twice(database: Database) -> None:
    listed, kept, _ = await one_saved(database)

    outcome = await listed.save(READER, replace(await entry(database), ordinal=2))

    assert outcome == SavedBefore(kept)


async def test_the_paper_that_took_the_place_of_a_saved_one_can_be_saved_too(database: Database) -> None:
    listed, _, _ = await one_saved(database)

    outcome = await listed.save(READER, replace(await entry(database), title="Another"))

    assert outcome == Saved(2)


async def test_the_same_title_in_another_digest_is_another_entry(database: Database) -> None:
    listed, _, _ = await one_saved(database)
    later = replace(DIGEST, id=DigestId("later"), date=dt.date(2023, 3, 1), papers=(paper(1), paper(2)))

    outcome = await listed.save(READER, SavedPaper.of(later, await known(database, later), later.papers[0], NOW))

    assert outcome == Saved(2)


async def test_an_entry_outlives_the_rename_and_the_removal_of_its_digest(database: Database) -> None:
    listed, kept, _ = await one_saved(database)
    renamed = replace(DIGEST, id=DigestId("february/28"))

    assert await known(database, renamed) == kept.digest
    await Ledger(database).know([], NOW)
    assert await listed.of(READER) == (kept,)


async def test_a_full_list_takes_no_more(database: Database) -> None:
    listed = ReadingList(database, most=2)
    for ordinal in (1, 2):
        await listed.save(READER, await entry(database, ordinal))

    assert await listed.save(READER, await entry(database, 3)) == ListFull()
    assert isinstance(await listed.save(READER, await entry(database, 2)), SavedBefore)
    assert len(await listed.of(READER)) == 2


async def test_an_entry_is_marked_read_and_unread(database: Database) -> None:
    listed, kept, key = await one_saved(database)

    assert await listed.mark(READER, key, ReadingState.READ)
    assert await listed.get(READER, key) == replace(kept, state=ReadingState.READ)
    assert await listed.mark(READER, key, ReadingState.TO_READ)
    assert await listed.get(READER, key) == kept


async def test_an_entry_is_taken_off(database: Database) -> None:
    listed, _, key = await one_saved(database)

    assert await listed.remove(READER, key)
    assert not await listed.remove(READER, key)
    assert not await listed.mark(READER, key, ReadingState.READ)
    assert await listed.get(READER, key) is None


async def test_nobody_touches_the_list_of_another(database: Database) -> None:
    listed, kept, key = await one_saved(database)

    assert await listed.get(OTHER, key) is None
    assert not await listed.mark(OTHER, key, ReadingState.READ)
    assert not await listed.remove(OTHER, key)
    assert await listed.of(READER) == (kept,)


@pytest.mark.parametrize("title", ["", "a\0b", "긴 제목 " * 2000, "😀 $O(n^2)$ \"'{}\\"])
async def test_any_title_can_be_kept(database: Database, title: str) -> None:
    listed = ReadingList(database)

    await listed.save(READER, replace(await entry(database), title=title))

    [kept] = await listed.of(READER)
    assert kept.title == title.replace("\0", " ")
