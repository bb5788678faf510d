"""`/paper` and the control under posts, as a reader meets them."""

import pytest

from tests.cogs.stage import Stage, restarted, text_of

FIRST = "1. Slow Rivers: Long-Context Reading with Constant Memory"
ID = "2024-03-04-daily-digest/1"


async def test_a_search_shows_title_date_and_line_and_opens_a_hit(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper search", query="언어 모델")
    opened = await here.reader.select(
        seen.response, values=[seen.response.components[0]["components"][0]["options"][0]["value"]]
    )

    for words in ("Slow Rivers", "2024-03-04", "**언어모델**", "https://arxiv.org/abs/2403.00001"):
        assert words in text_of(seen)
    assert FIRST in text_of(opened)


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "*",
        "NOT",
        "AND OR",
        "🦜🦜🦜",
        "가" * 100,
        "a" * 200,
        "title:x",
        "NEAR(a b)",
        "^",
        "'; DROP TABLE paper;--",
        "ㄱ",
    ],
)
async def test_any_text_is_answered(here: Stage, query: str) -> None:
    seen = await here.reader.slash(here.channel, "paper search", query=query)

    assert seen.ephemeral
    assert "Something went wrong" not in text_of(seen)


async def test_a_span_of_days_narrows_a_search(here: Stage) -> None:
    within = await here.reader.slash(
        here.channel, "paper search", query="rivers", since="2024-03-01", until="2024-03-31"
    )
    outside = await here.reader.slash(here.channel, "paper search", query="rivers", since="2024-03-05")

    assert "Slow Rivers" in text_of(within)
    assert "Slow Rivers" not in text_of(outside)


async def test_a_span_turned_round_is_told(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper search", query="rivers", since="2024-03-05", until="2024-03-01")

    assert "later than" in text_of(seen)


@pytest.mark.parametrize("name", [ID, "Slow Rivers"])
async def test_a_paper_is_shown_by_id_or_by_the_beginning_of_its_title(here: Stage, name: str) -> None:
    seen = await here.reader.slash(here.channel, "paper show", paper=name)

    assert FIRST in text_of(seen)
    assert "메모리를 일정하게" in text_of(seen)


async def test_an_unknown_paper_says_how_to_choose_one(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper show", paper="zzzz qqqq")

    assert "choose from the list" in text_of(seen)


async def test_titles_are_offered_while_typing(here: Stage) -> None:
    choices = await here.reader.autocomplete(here.channel, "paper show", "paper", "slow ri")

    assert [choice["value"] for choice in choices] == [ID]


async def test_any_paper_is_shown(here: Stage) -> None:
    seen = await here.reader.slash(here.channel, "paper random")

    assert "2024-03-04" in text_of(seen)


async def test_the_control_under_a_post_opens_a_paper_also_after_a_restart(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)
    [post] = await here.posts(here.channel)

    before = await here.reader.select(post, values=["1"])
    async with restarted(here):
        after = await here.reader.select(post, values=["1"])

    for seen in (before, after):
        assert seen.ephemeral
        assert FIRST in text_of(seen)


async def test_a_paper_that_is_gone_is_told_kindly(here: Stage) -> None:
    await here.manager.slash(here.channel, "channel subscribe", send_now=True)
    [post] = await here.posts(here.channel)
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()
    await here.tick()

    seen = await here.reader.select(post, values=["1"])

    assert "no longer" in text_of(seen)
