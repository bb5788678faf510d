"""`/trends` as somebody meets it: a picture, the figures in words, and all of them as a file."""

import csv
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.trends.picture import HEIGHT, WIDTH
from tests.cogs.reading import file_of, write_days
from tests.cogs.stage import Stage, text_of

MODELS = "### 1. Small Models\n- 언어 모델을 줄입니다.\n\n### 2. Rooms\n- 소리를 다룹니다.\n"


async def trends(here: Stage, **options: object) -> Any:
    await write_days(here, MODELS, MODELS)
    return await here.reader.slash(here.channel, "trends", **options)


async def test_terms_are_drawn_and_told(here: Stage) -> None:
    seen = await trends(here, term="언어 모델", term2="rooms")

    [message] = [each for each in (seen.response, *seen.followups) if each.attachments]
    [picture] = [each for each in message.attachments if each.filename == "trends.png"]
    assert Image.open(BytesIO(await picture.read())).size == (WIDTH, HEIGHT)
    assert message.embeds[0].image.url is not None
    assert "**언어 모델 · language model**: in 3 of 6 papers (50 %)" in text_of(seen)
    assert "**rooms**: in 2 of 6 papers (33 %)" in text_of(seen)
    assert "2024-02-26" in text_of(seen)
    assert seen.ephemeral


async def test_the_file_has_every_week(here: Stage) -> None:
    seen = await trends(here, term="rooms")

    [message] = [each for each in (seen.response, *seen.followups) if each.attachments]
    rows = list(csv.reader((await file_of(message, "trends.csv")).splitlines()))
    assert rows == [["Week of", "All papers", "rooms"], ["2024-02-26", "4", "2"], ["2024-03-04", "2", "0"]]


async def test_a_term_given_twice_is_drawn_once(here: Stage) -> None:
    seen = await trends(here, term="rooms", term2="Rooms ")

    assert text_of(seen).count("**rooms**") == 1


async def test_a_picture_can_be_shared(here: Stage) -> None:
    assert not (await trends(here, term="rooms", share=True)).ephemeral


@pytest.mark.parametrize("term", ["🦜" * 50, '"', "---"])
async def test_what_is_no_term_is_told(here: Stage, term: str) -> None:
    assert "There is no word in" in text_of(await trends(here, term=term))


async def test_terms_that_are_nowhere_are_told_without_a_picture(here: Stage) -> None:
    seen = await trends(here, term="volcano", term2="glacier")

    assert "No paper of the last 2 weeks has “volcano”, “glacier”." in text_of(seen)


async def test_an_empty_archive_is_told(here: Stage) -> None:
    (here.folder / "digests" / "2024-03-04-daily-digest.md").unlink()
    await here.app.index()

    assert "no paper in the archive yet" in text_of(await here.reader.slash(here.channel, "trends", term="rooms"))


async def test_trends_speak_korean(here: Stage) -> None:
    here.speak("ko")

    seen = await trends(here, term="언어 모델")

    assert "논문 6편 가운데 3편 (50%)" in text_of(seen)
