import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.text import normal, runs, tokens, without_addresses


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("언어모델", ["언어", "어모", "모델"]),
        ("언어 모델을", ["언어", "모델", "델을"]),
        ("환각", ["환각"]),
        ("큰 개", ["큰", "개"]),
        ("GPT-4.5의", ["gpt", "4.5", "의"]),
        ("LLM은", ["llm", "은"]),
        ("version 2.", ["version", "2"]),
        ("Élan vital", ["elan", "vital"]),
        ("ＬＬＭ", ["llm"]),
        ("β-VAE", ["β", "vae"]),
        ("深層学習", ["深層", "層学", "学習"]),
        ("ㅋㅋ", []),
        ('\0🔥 * " NOT', ["not"]),
        ("", []),
    ],
)
def test_text_is_cut_into_latin_words_and_pairs_of_syllables(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


@given(st.text())
def test_any_text_has_tokens_that_are_safe_to_index(text: str) -> None:
    for token in tokens(text):
        assert token
        assert token == token.lower()
        assert not set(token) & set(" \"'*\0()")


@given(st.text(alphabet="가각힣모델언어abcZ .-"))
def test_text_taken_apart_into_jamo_has_the_same_tokens(text: str) -> None:
    assert tokens(unicodedata.normalize("NFD", text)) == tokens(text)


def test_normal_form_is_lower_case_without_accents_or_full_width_letters() -> None:
    assert normal("Ｎａïve ＢÉZIER") == "naive bezier"


def test_a_run_holds_one_script() -> None:
    assert runs("SpikeGPT는 RWKV를") == ["spikegpt", "는", "rwkv", "를"]


def test_addresses_are_dropped() -> None:
    text = without_addresses("see [code](https://github.com/someone/vision) or www.example.org now")

    assert tokens(text) == ["see", "code", "or", "now"]
