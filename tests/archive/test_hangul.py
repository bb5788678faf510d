"""Syllables and keys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.hangul import composed, from_latin_keys, initials, strokes, to_latin_keys

SYLLABLES = st.text(st.characters(min_codepoint=ord("가"), max_codepoint=ord("힣")))


@pytest.mark.parametrize(
    ("typed", "meant"), [("모ㄷ", "모델"), ("몯", "모델"), ("고", "과"), ("며", "명"), ("달", "닭")]
)
def test_what_is_typed_so_far_begins_what_is_meant(typed: str, meant: str) -> None:
    assert strokes(meant).startswith(strokes(typed))


def test_initials_are_the_first_consonants() -> None:
    assert initials("강화 학습 RL") == "ㄱㅎㅎㅅ"


@pytest.mark.parametrize(
    ("keys", "korean"),
    [("ghksrkr", "환각"), ("rkdghk gkrtmq", "강화 학습"), ("dkswdk", "앉아"), ("Rkr", "깍"), ("rkqtdl", "값이")],
)
def test_keys_give_what_they_type_on_the_other_layout(keys: str, korean: str) -> None:
    there = from_latin_keys(keys)

    assert there == korean
    assert to_latin_keys(there) == keys.lower()


@given(SYLLABLES)
def test_putting_strokes_together_undoes_taking_them_apart(text: str) -> None:
    assert composed(strokes(text)) == text


@given(st.text())
def test_any_text_has_strokes_and_keys(text: str) -> None:
    assert isinstance(from_latin_keys(text), str)
    assert isinstance(to_latin_keys(text), str)
    assert isinstance(initials(text), str)
