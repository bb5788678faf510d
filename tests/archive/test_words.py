"""Words without their grammar, and how they sound."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.latin import singular
from bot.archive.particles import stems
from bot.archive.sound import sound
from bot.archive.stemming import Stemmer


@pytest.mark.parametrize(
    ("word", "expected"),
    [("models", "model"), ("studies", "study"), ("bias", "bias"), ("loss", "loss"), ("gas", "gas")],
)
def test_a_plural_loses_its_ending(word: str, expected: str) -> None:
    assert singular(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("언어모델을", ["언어모델"]), ("탈옥시키는", ["탈옥", "탈옥시키"]), ("나는", []), ("모델", [])],
)
def test_particles_and_endings_come_off_the_shortest_stem_first(word: str, expected: list[str]) -> None:
    assert list(stems(word)) == expected


def test_a_particle_is_one_only_where_the_bare_word_lives() -> None:
    stem = Stemmer(["모델", "모델이", "성능평가", "성능평가를"])

    assert [stem("모델이"), stem("성능평가를"), stem("성능평가")] == ["모델", "성능평가", "성능평가"]


def test_a_word_with_many_particles_lives_even_if_never_bare() -> None:
    stem = Stemmer(["확산모형을", "확산모형의", "확산모형은"])

    assert stem("확산모형은") == "확산모형"


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("퀀타이제이션", "quantization"),
        ("트랜스포머", "transformer"),
        ("제일브레이크", "jailbreak"),
        ("오버씽킹", "overthinking"),
        ("믹스처", "mixture"),
        ("디퓨전", "diffusion"),
        ("얼라인먼트", "alignment"),
        ("휴머노이드", "humanoid"),
    ],
)
def test_an_english_word_sounds_like_its_korean_spelling(korean: str, english: str) -> None:
    assert sound(korean) == sound(english)


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1) | st.text("가각힣워쓹", min_size=1))
def test_every_word_has_a_sound_of_small_letters(word: str) -> None:
    assert sound(word).isascii()
    assert sound(word) == sound(word).lower()
