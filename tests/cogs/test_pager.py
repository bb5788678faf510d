"""Search results page by page, and papers that are like one."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.limits import CUSTOM_ID, weight
from bot.views.pager import Search
from tests.cogs.reading import choose, controls, press, write_days
from tests.cogs.stage import Stage, restarted, text_of

MANY = "\n".join(f"### {n}. Lanterns number {n}\n- 등불 {n}개를 켭니다.\n" for n in range(1, 20))
LONG = "lanterns " + " ".join(f"word{n}" for n in range(30))[:180]


async def search(here: Stage, query: str = "lanterns", **options: object) -> Any:
    await write_days(here, MANY)
    return await here.reader.slash(here.channel, "paper search", query=query, **options)


def places(text: str) -> list[int]:
    return [n for n in range(1, 40) if f"**{n}.** " in text]


async def test_results_come_in_pages(here: Stage) -> None:
    seen = await search(here)

    assert places(text_of(seen)) == [*range(1, 9)]
    assert controls(seen.response)["1/3"]["disabled"]
    assert controls(seen.response)["◀"]["disabled"]


async def test_pages_are_turned_there_and_back_after_a_restart(here: Stage) -> None:
    seen = await search(here)
    first = text_of(seen)

    async with restarted(here):
        await press(here, seen.response, "▶")
        second = text_of(seen)
        await press(here, seen.response, "▶")
        third = text_of(seen)
        last = controls(seen.response)["▶"]["disabled"]
        await press(here, seen.response, "◀")
        await press(here, seen.response, "◀")

    assert (places(second), places(third)) == ([*range(9, 17)], [17, 18, 19])
    assert last
    assert text_of(seen) == first


async def test_a_hit_of_a_later_page_opens(here: Stage) -> None:
    seen = await search(here)
    await press(here, seen.response, "▶")

    opened = await choose(here, seen.response, "Read or save a paper", 2)

    assert "Lanterns number" in text_of(opened)
    assert opened.ephemeral


@pytest.mark.parametrize("query", [LONG, "lanterns / 등불 : pd:find:0:", "lanterns  ␣ _"])
async def test_any_query_survives_the_turn(here: Stage, query: str) -> None:
    seen = await search(here, query)

    await press(here, seen.response, "▶")

    assert places(text_of(seen)) == [*range(9, 17)]


async def test_the_span_of_days_survives_the_turn(here: Stage) -> None:
    await write_days(here, MANY, MANY)
    seen = await here.reader.slash(
        here.channel, "paper search", query="lanterns", since="2024-03-03", until="2024-03-03"
    )

    await press(here, seen.response, "▶")

    assert "2024-03-03" in text_of(seen)
    assert "2024-03-02" not in text_of(seen)


async def test_shared_results_are_turned_by_the_asker_alone(here: Stage) -> None:
    seen = await search(here, share=True)
    before = text_of(seen)

    told = await press(here, seen.response, "▶", here.manager)

    assert told.ephemeral
    assert f"Only <@{here.reader.id}> turns these pages" in text_of(told)
    assert text_of(seen) == before
    assert not seen.ephemeral


async def test_everybody_opens_a_shared_hit_for_themselves(here: Stage) -> None:
    seen = await search(here, share=True)

    opened = await choose(here, seen.response, "Read or save a paper", who=here.manager)

    assert opened.ephemeral


async def test_a_page_that_is_no_more_is_told(here: Stage) -> None:
    seen = await search(here)
    (here.folder / "digests" / "2024-03-03-daily-digest.md").unlink()
    await here.app.index()

    told = await press(here, seen.response, "▶")

    assert "this page is no more" in text_of(told)


async def test_a_hit_whose_digest_is_gone_is_told(here: Stage) -> None:
    seen = await search(here)
    (here.folder / "digests" / "2024-03-03-daily-digest.md").unlink()
    await here.app.index()

    assert "no longer in the digests" in text_of(await choose(here, seen.response, "Read or save a paper"))


async def test_few_results_need_no_pages(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper search", query="rivers")

    assert set(controls(seen.response)) == {"Read or save a paper"}


async def test_nothing_found_is_told(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper search", query="🦜" * 100)

    assert "Nothing in the archive answers" in text_of(seen)
    assert not seen.response.components


@given(st.integers(0, 2**64), st.text(max_size=200), st.none() | st.dates(), st.integers(0, 99))
def test_a_search_fits_into_the_ids_of_three_buttons_and_comes_back(
    asker: int, query: str, day: dt.date | None, page: int
) -> None:
    wanted = Search(asker, " ".join(query.split()), day, None, page)

    ids = wanted.write()

    if ids is not None:
        assert len(set(ids)) == 3
        assert all(weight(each) <= CUSTOM_ID and each == each.strip() for each in ids)
        assert Search.read(ids) == Search(asker, wanted.query.replace("␣", " "), day, None, page)
    else:
        assert weight(wanted.query) > 200
