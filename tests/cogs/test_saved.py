"""A reading list as its owner meets it, from the control under a post to the exported file."""

import json

import pytest
from pybtex.database import parse_string
from sqlalchemy import insert

from bot.domain.reading_list import MOST, ReadingState
from bot.locales.words import words
from bot.storage.database import open_database
from bot.storage.schema import reading_list
from bot.views.entry import entry_view
from tests.cogs.reading import BOATS, RIVERS, choose, controls, file_of, press, save
from tests.cogs.stage import DIGEST, Stage, restarted, text_of

PLACEHOLDER = "Read, mark or remove a paper"


async def test_a_paper_is_saved_from_the_control_under_a_post(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True, language="en")
    [post] = await here.posts(here.channel)

    opened = await here.reader.select(post, values=["1"])
    saved = await press(here, opened.response, "Save to reading list")

    assert saved.ephemeral
    assert "the only paper" in text_of(saved)
    [entry] = await here.app.services.reading_list.of(here.reader.id)
    assert entry.title == "Slow Rivers: Long-Context Reading with Constant Memory"


async def test_a_paper_is_saved_from_a_search_result(here: Stage) -> None:
    found = await here.reader.slash(here.channel, "paper search", query="rivers")

    opened = await choose(here, found.response, "Read or save a paper")
    await press(here, opened.response, "Save to reading list")

    assert len(await here.app.services.reading_list.of(here.reader.id)) == 1


async def test_saving_twice_says_since_when_and_lets_one_remove_it(here: Stage) -> None:
    await save(here)

    again = await save(here)
    told = text_of(again)
    await press(here, again.response, "Remove")

    assert "On your reading list since Tue, 5 Mar 2024, to read." in told
    assert "Removed from your reading list: Slow Rivers" in text_of(again)
    assert await here.app.services.reading_list.of(here.reader.id) == ()


async def test_a_list_shows_the_newest_first_to_its_owner_alone(here: Stage) -> None:
    await save(here)
    here.clock.instant = here.clock.instant.replace(hour=4)
    await save(here, BOATS)

    seen = await here.reader.slash(here.channel, "saved list")

    text = text_of(seen)
    assert seen.ephemeral
    assert text.index("Paper Boats") < text.index("Slow Rivers")
    assert "2 papers, 2 to read" in text
    assert "empty" in text_of(await here.manager.slash(here.channel, "saved list"))


async def test_an_entry_is_read_marked_and_taken_off(here: Stage) -> None:
    await save(here)
    seen = await here.reader.slash(here.channel, "saved list")

    opened = await choose(here, seen.response, PLACEHOLDER)
    assert "1. Slow Rivers" in text_of(opened)
    await press(here, opened.response, "Mark as read")
    assert "read." in opened.response.content
    assert "Mark as to read" in controls(opened.response)
    await press(here, opened.response, "Remove")

    assert "Removed" in opened.response.content
    assert await here.app.services.reading_list.of(here.reader.id) == ()


async def test_a_list_is_narrowed_by_state_and_words(here: Stage) -> None:
    await save(here)
    await save(here, BOATS)
    [boats, _] = await here.app.services.reading_list.of(here.reader.id)
    assert boats.key is not None
    await here.app.services.reading_list.mark(here.reader.id, boats.key, ReadingState.READ)

    read = text_of(await here.reader.slash(here.channel, "saved list", state="read"))
    named = text_of(await here.reader.slash(here.channel, "saved list", search="rivers mem"))
    none = text_of(await here.reader.slash(here.channel, "saved list", state="to_read", search="boats"))

    assert "Boats" in read
    assert "Rivers" not in read
    assert "Rivers" in named
    assert "Boats" not in named
    assert "Nothing on your reading list fits" in none


async def test_the_pages_of_a_list_are_turned_after_a_restart(here: Stage) -> None:
    papers = "\n".join(f"### {n}. Paper number {n} of many\n- 본문 {n}.\n" for n in range(1, 13))
    here.write("2024-03-03-daily-digest", DIGEST.split("###")[0].format(day="3 Mar 2024") + papers)
    await here.app.index()
    for n in range(1, 13):
        await save(here, f"2024-03-03-daily-digest/{n}")
    seen = await here.reader.slash(here.channel, "saved list", search="paper number")

    async with restarted(here):
        await press(here, seen.response, "Older ▶")
        older = text_of(seen)
        await press(here, seen.response, "◀ Newer")

    assert "page 2 of 2" in older
    assert older.count("Paper number") == 2
    assert "page 1 of 2" in text_of(seen)


async def test_a_page_that_is_no_more_shows_the_last_one(here: Stage) -> None:
    papers = "\n".join(f"### {n}. Paper number {n} of many\n- 본문 {n}.\n" for n in range(1, 12))
    here.write("2024-03-03-daily-digest", DIGEST.split("###")[0].format(day="3 Mar 2024") + papers)
    await here.app.index()
    for n in range(1, 12):
        await save(here, f"2024-03-03-daily-digest/{n}")
    seen = await here.reader.slash(here.channel, "saved list")
    newest = (await here.app.services.reading_list.of(here.reader.id))[0]
    assert newest.key is not None
    await here.app.services.reading_list.remove(here.reader.id, newest.key)

    await press(here, seen.response, "Older ▶")

    assert "page 1 of 1" in text_of(seen)


async def test_an_entry_outlives_its_digest(here: Stage) -> None:
    await save(here)
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()
    await here.app.index()

    seen = await here.reader.slash(here.channel, "saved list")
    opened = await choose(here, seen.response, PLACEHOLDER)

    assert "https://arxiv.org/abs/2403.00001" in text_of(opened)
    assert "no longer in the digest of Mon, 4 Mar 2024" in text_of(opened)


async def test_an_entry_follows_its_digest_to_a_new_name(here: Stage) -> None:
    await save(here)
    old = here.folder / "digests" / "2024-03-04-daily-digest.md"
    old.rename(old.with_name("2024-03-04-a-better-name.md"))
    await here.app.index()
    await here.tick()

    seen = await here.reader.slash(here.channel, "saved list")
    opened = await choose(here, seen.response, PLACEHOLDER)

    assert "메모리를 일정하게 유지합니다" in text_of(opened)


async def test_a_card_whose_paper_is_gone_saves_nothing_and_says_so(here: Stage) -> None:
    shown = await here.reader.slash(here.channel, "paper show", paper=BOATS)
    here.write("2024-03-04-daily-digest", DIGEST.format(day="4 Mar 2024").split("### 2.")[0])
    await here.app.index()

    seen = await press(here, shown.response, "Save to reading list")

    assert "no longer in the digests" in text_of(seen)
    assert await here.app.services.reading_list.of(here.reader.id) == ()


async def test_a_card_whose_paper_was_moved_saves_that_paper(here: Stage) -> None:
    shown = await here.reader.slash(here.channel, "paper show", paper=BOATS)
    moved = (
        DIGEST.format(day="4 Mar 2024")
        .replace("### 2.", "### 3.")
        .replace("### 3.", "### 2. Lanterns\n- 등불을 켭니다.\n\n### 3.")
    )
    here.write("2024-03-04-daily-digest", moved)
    await here.app.index()

    seen = await press(here, shown.response, "Save to reading list")

    [entry] = await here.app.services.reading_list.of(here.reader.id)
    assert "Saved: Paper Boats" in text_of(seen)
    assert (entry.ordinal, entry.title) == (3, "Paper Boats: Small Vision Models that Float on a Phone")


async def test_an_entry_removed_elsewhere_is_told(here: Stage) -> None:
    await save(here)
    seen = await here.reader.slash(here.channel, "saved list")
    opened = await choose(here, seen.response, PLACEHOLDER)
    await here.app.services.personal.forget_user(here.reader.id)

    for label in ("Mark as read", "Remove"):
        assert "no longer on your reading list" in text_of(await press(here, opened.response, label))
    assert "no longer on your reading list" in text_of(await choose(here, seen.response, PLACEHOLDER))
    assert "empty" in text_of(await here.reader.slash(here.channel, "saved list"))


async def test_nobody_changes_the_list_of_another(here: Stage) -> None:
    await save(here)
    [entry] = await here.app.services.reading_list.of(here.reader.id)
    channel = here.app.bot.get_partial_messageable(here.channel.id)
    shared = await channel.send("An entry of the reader's", view=entry_view(entry, words("en")))

    seen = await here.manager.click(shared, label="Remove")

    assert "no longer on your reading list" in text_of(seen)
    assert await here.app.services.reading_list.of(here.reader.id) == (entry,)


async def test_a_full_list_says_what_to_do(here: Stage) -> None:
    await save(here)
    [entry] = await here.app.services.reading_list.of(here.reader.id)
    row = {"user_id": here.reader.id, "digest": entry.digest, "ordinal": 1, "digest_id": "x", "date": entry.date}
    row |= {"title": "x", "authors": "", "state": "to_read", "saved_at": entry.saved_at}
    async with open_database(here.app.settings.database_url) as database, database.write() as connection:
        await connection.execute(insert(reading_list), [{**row, "fingerprint": str(n)} for n in range(MOST - 1)])

    seen = await save(here, BOATS)

    assert "holds 1000 papers, and more don't fit" in text_of(seen)
    assert "/saved export" in text_of(seen)


@pytest.mark.parametrize("form", ["bibtex", "markdown", "json"])
async def test_a_list_is_exported_as_a_file(here: Stage, form: str) -> None:
    await save(here)
    name = {"bibtex": "reading-list.bib", "markdown": "reading-list.md", "json": "reading-list.json"}[form]

    seen = await here.reader.slash(here.channel, "saved export", format=form)

    text = await file_of(seen.response, name)
    assert seen.ephemeral
    match form:
        case "bibtex":
            [entry] = parse_string(text, "bibtex").entries.values()
            assert entry.fields["eprint"] == "2403.00001"
        case "markdown":
            assert "- [ ] [Slow Rivers" in text
        case _:
            assert json.loads(text)[0]["paper"] == RIVERS


async def test_an_empty_list_is_not_exported(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "saved export", format="json")

    assert "reading list is empty" in text_of(seen)
    assert not seen.response.attachments


async def test_a_list_speaks_korean(here: Stage) -> None:
    here.speak("ko")
    empty = await here.reader.slash(here.channel, "saved list")

    assert "읽기 목록이 비어 있습니다" in text_of(empty)
