"""Titles offered while somebody types."""

import datetime as dt

import pytest

from bot.archive.archive import Archive
from tests.archive.builders import digest, fill, paper

DAYS = [
    digest(paper("Scaling Laws for Models"), paper("SpikeGPT: Spiking Models"), day="2024-03-01"),
    digest(paper("Scaling Vision Models"), paper("A Survey of Scaling"), day="2024-03-02"),
    digest(
        paper("강화 학습의 규모", "강화 학습"),
        paper("Other", "강화 학습"),
        paper("More", "강화 학습"),
        day="2024-03-03",
    ),
]


async def _offered(archive: Archive, text: str) -> list[str]:
    await fill(archive, *DAYS)
    return [each.title for each in await archive.complete(text)]


async def test_titles_that_begin_like_the_text_come_first_and_of_them_the_newest(archive: Archive) -> None:
    offered = await _offered(archive, "scal")

    assert offered == ["Scaling Vision Models", "Scaling Laws for Models", "A Survey of Scaling"]


@pytest.mark.parametrize("text", ["s", "sc"])
async def test_one_or_two_letters_are_answered_from_the_beginning(archive: Archive, text: str) -> None:
    offered = await _offered(archive, text)

    assert offered[0] == "Scaling Vision Models"
    assert "A Survey of Scaling" not in offered


@pytest.mark.parametrize(
    ("text", "first"), [("vision mod", "Scaling Vision Models"), ("of sca", "A Survey of Scaling")]
)
async def test_words_from_the_middle_of_a_title_find_it(archive: Archive, text: str, first: str) -> None:
    assert (await _offered(archive, text))[0] == first


@pytest.mark.parametrize("text", ["spikgpt", "Spike-GTP"])
async def test_a_misspelt_name_is_understood(archive: Archive, text: str) -> None:
    assert (await _offered(archive, text))[0] == "SpikeGPT: Spiking Models"


@pytest.mark.parametrize("text", ["강화 학", "강화하", "강화ㅎ", "ㄱㅎㅎㅅ"])
async def test_korean_is_completed_syllable_by_syllable(archive: Archive, text: str) -> None:
    assert (await _offered(archive, text))[0] == "강화 학습의 규모"


async def test_many_titles_with_one_beginning_are_offered_newest_first(archive: Archive) -> None:
    first = dt.date(2023, 1, 1)
    days = [first + dt.timedelta(days=day) for day in range(45)]
    await fill(archive, *(digest(*(paper(f"Model {n}") for n in range(10)), day=day.isoformat()) for day in days))

    offered = await archive.complete("mod", limit=25)

    assert {each.date for each in offered} == set(days[-3:])
    assert len(offered) == 25
