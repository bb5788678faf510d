import datetime as dt
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from bot.archive.archive import Archive, open_archive
from bot.archive.frequency import counterparts
from bot.archive.reader import Reader
from bot.domain.digest import Digest, DigestId, Paper

FIRST = dt.date(2024, 5, 1)
TEXTS = (
    ("Large Language Models", "- 거대 언어 모델을 줄입니다."),
    ("Another", "- 언어모델의 추론"),
    ("Text-to-Image diffusion", "- 언어를 배우는 모델"),
    ("Models of language", "- 확산"),
)


def digest(day: int, *texts: tuple[str, str]) -> Digest:
    date = FIRST + dt.timedelta(days=day)
    papers = (Paper(n, n, title, None, (), (), None, (body,), None, n) for n, (title, body) in enumerate(texts, 1))
    return Digest(DigestId(str(date)), date, "Daily Digest", tuple(papers))


@pytest.fixture
async def stocked(tmp_path: Path) -> AsyncIterator[Archive]:
    """Two days of papers."""
    async with open_archive(tmp_path / "archive.db") as archive:
        await archive.sync([digest(0, *TEXTS[:2]), digest(1, *TEXTS[2:])], str)
        yield archive


@pytest.mark.parametrize("term", ["언어 모델", "언어모델", "언어 모델 ", '"언어 모델"'])
async def test_a_korean_term_counts_joined_and_spaced_but_not_scattered(stocked: Archive, term: str) -> None:
    assert await stocked.papers_by_day([term]) == {FIRST: 2}


@pytest.mark.parametrize("term", ["language model", "Language Models"])
async def test_an_english_term_counts_in_singular_and_plural_but_not_scattered(stocked: Archive, term: str) -> None:
    assert await stocked.papers_by_day([term]) == {FIRST: 1}


async def test_a_paper_with_two_spellings_counts_once(stocked: Archive) -> None:
    assert await stocked.papers_by_day(["언어 모델", "language model"]) == {FIRST: 2}


async def test_a_term_with_hyphens_is_a_term(stocked: Archive) -> None:
    assert await stocked.papers_by_day(["text to image"]) == {FIRST + dt.timedelta(days=1): 1}


@pytest.mark.parametrize("term", ["", "🔥" * 100, '"', "NEAR(", "\0", "가" * 100, "nowhere"])
async def test_what_is_no_term_is_nowhere(stocked: Archive, term: str) -> None:
    assert await stocked.papers_by_day([term]) == {}


async def test_without_a_term_all_papers_count(stocked: Archive) -> None:
    assert await stocked.papers_by_day() == {FIRST: 2, FIRST + dt.timedelta(days=1): 2}


PAIRS = (
    ("강화학습", "rl"),
    ("강화학습", "reinforcement learning"),
    ("강화학습", "rlhf"),
    ("에이전트", "agent"),
    ("요원", "agent"),
    ("rl", "강화 학습"),
    ("reinforcement learning", "강화 학습"),
    ("reinforcement learning", "rl"),
    ("agent", "에이전트"),
    ("agent", "요원"),
)
UNSURE = (("agent", "로봇"), ("로봇", "agent"))


@pytest.fixture
async def learnt(tmp_path: Path) -> AsyncIterator[Reader]:
    """An archive that knows some words of both languages."""
    path = tmp_path / "archive.db"
    async with open_archive(path):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        rows = [(*pair, 1.0) for pair in PAIRS] + [(*pair, 0.4) for pair in UNSURE]
        connection.executemany("INSERT INTO glossary (term, other, weight) VALUES (?, ?, ?)", rows)
        connection.executemany(
            "INSERT INTO korean (term, papers, standing, strokes, initials) VALUES (?, ?, 1, '', '')",
            [("요원", 3), ("에이전트", 500)],
        )
    with closing(Reader(path)) as reader:
        yield reader


@pytest.mark.parametrize(
    ("term", "others"),
    [
        ("강화 학습", ("reinforcement learning", "rl")),
        ("강화학습", ("reinforcement learning", "rl")),
        ("Reinforcement Learning", ("강화 학습",)),
        ("agents", ("에이전트", "요원")),
        ("로봇", ()),
        ("volcano", ()),
        ("🔥", ()),
    ],
)
async def test_a_counterpart_is_mutual_sure_and_of_the_other_language(
    learnt: Reader, term: str, others: tuple[str, ...]
) -> None:
    assert counterparts(learnt, term) == others
