"""Papers that are like one: asked for, and on its card."""

from tests.cogs.reading import RIVERS, choose, controls, write_days
from tests.cogs.stage import DIGEST, Stage, text_of

EARLIER = (
    "### 1. Long Rivers: Reading Long Documents with Constant Memory\n- 긴 문서를 읽는 언어모델의 메모리를 줄입니다.\n\n"
    "### 2. Quiet Rooms\n- 소리를 다룹니다.\n"
)


async def test_related_papers_are_shown_and_open(here: Stage) -> None:
    await write_days(here, EARLIER)

    seen = await here.reader.slash(here.channel, "paper related", paper=RIVERS)
    opened = await choose(here, seen.response, "Read or save a paper")

    assert seen.ephemeral
    assert "Related to “Slow Rivers: Long-Context Reading with Constant Memory”" in text_of(seen)
    assert "Long Rivers" in text_of(seen)
    assert "2024-03-03" in text_of(seen)
    assert "1. Long Rivers" in text_of(opened)


async def test_related_papers_can_be_shared(here: Stage) -> None:
    await write_days(here, EARLIER)

    assert not (await here.reader.slash(here.channel, "paper related", paper=RIVERS, share=True)).ephemeral


async def test_a_paper_without_its_like_is_told(here: Stage) -> None:
    here.write("2024-03-04-daily-digest", DIGEST.format(day="4 Mar 2024").split("### 2.")[0])
    await here.app.index()

    seen = await here.reader.slash(here.channel, "paper related", paper=RIVERS)

    assert "no paper that is like “Slow Rivers" in text_of(seen)


async def test_a_card_shows_related_earlier_papers_and_opens_them(here: Stage) -> None:
    await write_days(here, EARLIER)

    seen = await here.reader.slash(here.channel, "paper show", paper=RIVERS)
    opened = await choose(here, seen.response, "Read a related paper")

    assert "Related earlier papers" in text_of(seen)
    assert "Long Rivers: Reading Long Documents with Constant Memory (2024-03-03)" in text_of(seen)
    assert "1. Long Rivers" in text_of(opened)


async def test_a_card_shows_no_later_papers(here: Stage) -> None:
    await write_days(here, EARLIER)

    seen = await here.reader.slash(here.channel, "paper show", paper="2024-03-03-daily-digest/1")

    assert "Related earlier papers" not in text_of(seen)
    assert set(controls(seen.response)) == {"Save to reading list"}
