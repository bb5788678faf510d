"""Queries that need more than their own words: corrections, the other language, words half typed."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.archive.archive import Archive, open_archive
from tests.archive.builders import digest, fill, paper, titles

LEARNING = [
    paper(f"Agents {n}", "강화 학습(reinforcement learning)으로 행동을 배웁니다.", "강화학습의 보상 모델")
    for n in range(4)
]
ENGLISH = paper("Reinforcement Learning Without Regret", "보상이 드문 환경입니다.")
MIRAGE = paper("Hallucination in Large Models", "모델이 지어내는 답을 줄입니다.")
QUANT = [paper(f"Quantization Study {n}", "비트를 줄입니다.") for n in range(3)]
HIFI = paper("HiFi-SR: Unified Audio", "소리를 키웁니다.")
LANGUAGE = [paper(f"Text {n}", "언어 모델을 언어 모델로 가르칩니다.") for n in range(3)]
OTHERS = [paper(f"Unrelated thing {n}", "전혀 다른 이야기입니다.") for n in range(12)]


@pytest.fixture
async def stocked(tmp_path: Path) -> AsyncIterator[Archive]:
    """An archive that has learnt from its papers."""
    async with open_archive(tmp_path / "archive.db") as archive:
        await fill(archive, digest(*LEARNING, ENGLISH, MIRAGE, *QUANT, HIFI, *LANGUAGE, *OTHERS))
        yield archive


@pytest.mark.parametrize("query", ["강화 학습", "강화학습", "강화학습을", "reinforcement learning"])
async def test_either_language_finds_papers_of_both(stocked: Archive, query: str) -> None:
    found = await titles(stocked, query)

    assert {ENGLISH.title, *(each.title for each in LEARNING)} <= set(found[:5])


@pytest.mark.parametrize(
    ("query", "told", "title"),
    [
        ("ㄱㅎㅎㅅ", "강화학습", "Agents"),
        ("rkdghkgkrtmq", "강화학습", "Agents"),
        ("강화 학ㅅ", None, "Agents"),
        ("언어모ㄷ", "언어모델", "Text"),
        ("halucination", "hallucination", MIRAGE.title),
        ("reinforcment learning", "reinforcement learning", ENGLISH.title),
        ("HiF-iSR", None, HIFI.title),
        ("HiFo-SR", "hifi sr", HIFI.title),
        ("강화 학슴", "강화 학습", ENGLISH.title),
        ("ㅗ미ㅣㅕ챠ㅜㅁ샤ㅐㅜ", "hallucination", MIRAGE.title),
    ],
)
async def test_what_was_meant_is_found_and_told(stocked: Archive, query: str, told: str | None, title: str) -> None:
    results = await stocked.search(query)

    assert results.hits[0].title.startswith(title)
    if told is not None:
        assert results.corrected == told


@pytest.mark.parametrize("query", ["강화 학습", "quantization", "study", "hallu", "언어 모델의", "HiFi-SR"])
async def test_what_the_archive_knows_is_not_corrected(stocked: Archive, query: str) -> None:
    results = await stocked.search(query)

    assert results.hits
    assert results.corrected is None


async def test_an_english_word_in_korean_spelling_is_heard(stocked: Archive) -> None:
    found = await titles(stocked, "퀀타이제이션")

    assert {title[:18] for title in found[:3]} == {"Quantization Study"}


async def test_the_words_of_the_other_language_are_bold_too(stocked: Archive) -> None:
    results = await stocked.search("reinforcement learning")

    assert any("**강화" in hit.snippet for hit in results.hits)


async def test_a_young_archive_knows_the_terms_of_the_field(tmp_path: Path) -> None:
    async with open_archive(tmp_path / "archive.db") as archive:
        await fill(archive, digest(paper("Knowledge Distillation for All", "작은 모델"), paper("Other", "다른 글")))

        found = await titles(archive, "지식 증류")

    assert found[0] == "Knowledge Distillation for All"
