"""Bytes become text, whatever an editor made of them."""

import codecs

import pytest

from bot.reading.finding import Code
from bot.reading.text import decode, plain, visible

KOREAN = "### 1. 제목\n- 오늘의 논문을 정리했습니다. 새로운 방법을 제안합니다.\n"


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (KOREAN.encode("cp949"), Code.ENCODING),
        (codecs.BOM_UTF16_LE + KOREAN.encode("utf-16-le"), Code.ENCODING),
        (codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), Code.ENCODING),
        (codecs.BOM_UTF8 + KOREAN.encode(), Code.BYTE_ORDER_MARK),
        (KOREAN.replace("\n", "\r\n").encode(), Code.LINE_ENDINGS),
        (KOREAN.replace("\n", "\r").encode(), Code.LINE_ENDINGS),
        (KOREAN.replace("제목", "제\0목").encode(), Code.CONTROL_CHARACTER),
    ],
)
def test_other_encodings_give_the_same_text_and_are_told(raw: bytes, code: Code) -> None:
    text, findings = decode(raw)

    assert text == KOREAN
    assert [finding.code for finding in findings] == [code]


def test_utf16_without_a_mark_is_recognised_by_its_zeros() -> None:
    text, findings = decode("### 1. A title in English words\n".encode("utf-16-le"))

    assert text == "### 1. A title in English words\n"
    assert findings[0].message == "the file is UTF-16"


def test_latin_1_is_recognised_where_there_is_nothing_else() -> None:
    text, findings = decode("### 1. Señales débiles\n".encode("latin-1"))

    assert text == "### 1. Señales débiles\n"
    assert findings[0].code is Code.ENCODING


def test_a_few_bad_bytes_in_good_text_are_replaced_and_their_line_told() -> None:
    text, findings = decode(KOREAN.encode() + b"- \xff\n")

    assert text == KOREAN + "- \ufffd\n"
    assert (findings[0].code, findings[0].line) == (Code.ENCODING, 3)


def test_mojibake_is_text_like_any_other() -> None:
    mojibake = KOREAN.encode().decode("latin-1")

    assert decode(mojibake.encode()) == (mojibake, [])


def test_invisible_characters_and_odd_spaces_count_for_nothing_where_texts_are_compared() -> None:
    assert plain("2026\u201101\u201113\u200b\u00a0x") == "2026-01-13 x"
    assert visible("a\u202eb\u200bc") == "abc"
