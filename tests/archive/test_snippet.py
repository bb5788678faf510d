"""The line that is quoted."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.archive.snippet import LENGTH, Marker


@pytest.mark.parametrize(
    ("words", "body", "expected"),
    [
        (["모델"], "첫 줄\n언어 모델을 줄입니다.", "언어 **모델**을 줄입니다."),
        (["model"], "Large models and remodeling", "Large **models** and remodeling"),
        (["강화 학습"], "강화학습을 쓴다", "**강화학습**을 쓴다"),
        (["언어", "모델"], "언어모델", "**언어모델**"),
        (["a_b"], "see [x](y) *z*", r"see \[x\](y) \*z\*"),
        ([], "첫 줄\n둘째 줄", "첫 줄"),
        (["없음"], "", ""),
    ],
)
def test_the_line_that_has_most_is_quoted_with_its_words_in_bold(words: list[str], body: str, expected: str) -> None:
    assert Marker(words).snippet(body) == expected


def test_a_long_line_is_cut_around_the_first_word() -> None:
    line = "앞말 " * 100 + "환각을 줄인다 " + "뒷말 " * 100

    snippet = Marker(["환각"]).snippet(line)

    assert "**환각**을" in snippet
    assert snippet.startswith("…")
    assert snippet.endswith("…")
    assert len(snippet) <= LENGTH + 8


@given(st.lists(st.text(max_size=5), max_size=4), st.text(max_size=400))
def test_any_words_and_body_give_a_line(words: list[str], body: str) -> None:
    snippet = Marker(words).snippet(body)

    assert "\n" not in snippet
    assert snippet.count("**") % 2 == 0 or "*" in body
