import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.relevance import Excluded, Fits, Lacks, Reason, explain, nearness
from bot.domain.topics import Topics, folded

FILTERS = st.text(alphabet='가나다라abc ,-"', max_size=16)
TEXTS = st.text(alphabet="가나다라abc ", max_size=40)


def why(keywords: str, text: str) -> Reason:
    return explain(Topics.parse(keywords), folded(text, ""))


def test_a_paper_that_fits_has_the_words_of_an_alternative() -> None:
    assert why('rag, "언어 모델" spiking', "언어모델 spiking") == Fits(("언어 모델", "spiking"))


def test_a_filter_without_words_asks_for_none() -> None:
    assert why("", "anything") == Fits(())


def test_a_filter_that_only_excludes_asks_for_none() -> None:
    assert why("-vision", "language") == Fits(())


@pytest.mark.parametrize(
    "keywords", ["spiking -vision", "spiking, -vision", "-vision", "spiking -vision, spiking, -vision"]
)
def test_an_exclusion_that_hits_is_named(keywords: str) -> None:
    assert why(keywords, "spiking vision") == Excluded("vision")


def test_a_second_alternative_takes_what_the_first_excludes() -> None:
    assert why("spiking -vision, spiking transformer", "spiking vision transformer") == Fits(("spiking", "transformer"))


def test_the_missing_words_are_those_of_the_closest_alternative() -> None:
    assert why("diffusion audio video, spiking transformer", "a spiking net") == Lacks(
        ("spiking",), ("transformer",), None
    )


@pytest.mark.parametrize(
    ("keyword", "text", "instead"),
    [
        ("vision", "weak supervision", "supervision"),
        ("spiking", "spikes", "spikes"),
        ("generation", "a generative model", "generative"),
        ("언어모델", "프로그래밍 언어를", "언어"),
        ("자연어처리", "자연어를 배웁니다", "자연어"),
        ("vision", "a new visit", None),
        ("rag", "storage", None),
        ("정보", "정치와 보호", None),
        ('"state space"', "state of spaces", None),
    ],
)
def test_what_the_paper_has_instead_is_named_if_it_is_alike(keyword: str, text: str, instead: str | None) -> None:
    reason = why(keyword, text)

    assert isinstance(reason, Lacks)
    assert (reason.found, reason.instead) == ((), instead)


def test_nearness_rises_with_what_a_paper_has() -> None:
    near = [
        why("spiking transformer", text)
        for text in ("nothing", "spikes", "transformer", "spikes transformer", "spiking transformer")
    ]

    assert [nearness(reason) for reason in near] == [0, 0.25, 0.5, 0.75, 2]


def test_what_an_exclusion_alone_keeps_out_is_nearer_than_any_paper_that_lacks_a_word() -> None:
    assert nearness(why("a b c d -e", "a b c d e")) > nearness(why("a b c d", "a b c"))


@given(FILTERS, TEXTS)
def test_a_paper_fits_exactly_if_the_filter_lets_it_through(keywords: str, text: str) -> None:
    assert isinstance(why(keywords, text), Fits) == Topics.parse(keywords).matches(text, "")


@given(st.text(), st.text())
def test_no_filter_and_no_text_is_beyond_explanation(keywords: str, text: str) -> None:
    assert 0 <= nearness(why(keywords, text)) <= 2
