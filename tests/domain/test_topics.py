import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.topics import Topics, selected


def paper(ordinal: int, title: str, *blocks: str) -> Paper:
    return Paper(ordinal, ordinal, title, None, (), (), None, blocks, None, ordinal)


def digest(*papers: Paper) -> Digest:
    return Digest(DigestId("2024-05-01-daily-digest"), dt.date(2024, 5, 1), "Daily Digest", papers)


@pytest.mark.parametrize(
    ("keywords", "text"),
    [
        ("언어모델", "거대 언어 모델을 줄입니다"),
        ("언어 모델", "거대언어모델의 추론"),
        ("언어모델", "대규모언어모델에서"),
        ('"언어 모델"', "언어모델"),
        ("llm", "LLM은 크다"),
        ("LLM", "two LLMs compared"),
        ("diffusion models", "a diffusion model"),
        ("memory", "memories of agents"),
        ("memories", "memory of agents"),
        ("text-to-image", "Text to Image synthesis"),
        ("GPT-4", "GPT-4를 씁니다"),
        ('"in-context learning"', "In-Context Learning, again"),
        ("rag, 검색", "검색을 더합니다"),
        ("rag， 검색", "RAG"),
        ("spiking -vision", "spiking networks for language"),
        ("llm, -vision", "LLM"),
        ("-vision", "language"),
        ("“state space”", "state space models"),
        ('spiking "networks', "spiking networks"),
        ("에이전트", "에이전트"),
        ("gnns", "a GNN for molecules"),
    ],
)
def test_a_topic_lets_a_paper_through(keywords: str, text: str) -> None:
    assert Topics.parse(keywords).matches(text, "")
    assert Topics.parse(keywords).matches("", text)


@pytest.mark.parametrize(
    ("keywords", "text"),
    [
        ("vision", "supervision"),
        ("정보", "감정 보호"),
        ("언어 모델", "언어를 배웁니다"),
        ('"in-context learning"', "learning in context"),
        ('"state, space"', "state"),
        ("spiking -vision", "spiking vision"),
        ("llm, rag, -vision", "RAG for vision"),
        ('llm -"state space"', "LLM and state space"),
        ("github", "[code](https://github.com/a/b)"),
    ],
)
def test_a_topic_holds_a_paper_back(keywords: str, text: str) -> None:
    assert not Topics.parse(keywords).matches("", text)


@pytest.mark.parametrize("keywords", ["", "  ", ",,", '"', '""', "-", "🔥", "\0", "ㄱ"])
def test_a_filter_without_words_lets_everything_through(keywords: str) -> None:
    assert Topics.parse(keywords).matches("anything", "")


def test_a_phrase_does_not_reach_from_the_title_into_the_body() -> None:
    assert not Topics.parse('"state space"').matches("state", "space")


def test_words_of_one_alternative_may_stand_in_title_and_body() -> None:
    assert Topics.parse("state space").matches("state", "space")


@given(st.text(), st.text())
def test_no_filter_fails_on_any_text(keywords: str, text: str) -> None:
    Topics.parse(keywords).matches(text, text)


@given(st.text(alphabet='가나다라abc ,-"', max_size=12))
def test_a_filter_in_quotes_or_not_finds_a_text_that_is_the_word_itself(word: str) -> None:
    plain = "".join(char for char in word if char.isalpha())

    assert Topics.parse(plain).matches(plain, "")
    assert Topics.parse(f'"{plain}"').matches(plain, "")


def test_selected_keeps_the_papers_that_match_in_order() -> None:
    wanted = paper(1, "Spiking networks"), paper(3, "Other", "- 스파이킹 신경망은 spiking")
    day = digest(wanted[0], paper(2, "Diffusion"), wanted[1])

    assert selected(day, "spiking") == wanted


def test_selected_without_keywords_is_the_whole_digest() -> None:
    day = digest(paper(1, "Spiking networks"))

    assert selected(day, " ") is day.papers


def test_selected_sees_a_corrected_digest_of_the_same_name() -> None:
    before, after = digest(paper(1, "Spiking")), digest(paper(1, "Diffusion"))

    assert len(selected(before, "spiking")) == 1
    assert selected(after, "spiking") == ()
