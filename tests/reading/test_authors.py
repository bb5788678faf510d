"""Who wrote a paper."""

import pytest

from bot.reading.authors import authors_of

TWO = ("Ann Lee", "Bo Kim")


@pytest.mark.parametrize(
    "line",
    [
        "- **Authors**: Ann Lee, Bo Kim",
        "**Authors:** Ann Lee and Bo Kim",
        "Authors: Ann Lee; Bo Kim et al.",
        "> **저자**: Ann Lee, Bo Kim 외 4명",
        "- 저자: Ann Lee, Bo Kim",
        "- **作者**：Ann Lee，Bo Kim",
        "著者：Ann Lee、Bo Kim",
        "👥 Ann Lee, Bo Kim",
        "- 👥 저자: Ann Lee, Bo Kim",
        "| Authors | Ann Lee, Bo Kim |",
        "**Authors:** Ann Lee (MIT), Bo Kim (KAIST)",
        "**Authors:** [Ann Lee](https://a.example), [Bo Kim](https://b.example)",
        "**Authors:** Ann Lee, Bo Kim · **Published:** 2026-01-02",
        "**Authors:** Ann Lee, Bo Kim | cs.CL",
        "Ann Lee, Bo Kim",
        "*Ann Lee, Bo Kim*",
        "*NeurIPS | 2026-05-01T01:52:01Z | Ann Lee, Bo Kim*",
        "_Ann Lee & Bo Kim_",
        "<p><b>Authors:</b> Ann Lee, Bo Kim</p>",
    ],
)
def test_two_authors_are_read_in_every_form(line: str) -> None:
    assert authors_of([line]) == TWO


def test_names_of_other_scripts_are_names() -> None:
    assert authors_of(["作者：王一、李二"]) == ("王一", "李二")
    assert authors_of(["- 저자: 김철수, 이영희"]) == ("김철수", "이영희")
    assert authors_of(["*山田太郎、佐藤花子*"]) == ("山田太郎", "佐藤花子")


def test_one_name_in_italics_right_below_the_title_is_an_author() -> None:
    assert authors_of(["", "*Hasan Arief*", "text"]) == ("Hasan Arief",)


def test_surnames_in_italics_right_below_the_title_are_authors() -> None:
    assert authors_of(["*Lee, Kim*"]) == ("Lee", "Kim")
    assert authors_of(["*NeurIPS, Oral*"]) == ()
    assert authors_of(["Lee, Kim"]) == ()


@pytest.mark.parametrize(
    "line",
    [
        "A sentence, and another one.",
        "모델이 틀린 답을, 자신 있게 말합니다",
        "- one, two",
        "https://a.example, https://b.example",
        "**Bold, Text**",
        "![Ann Lee, Bo Kim](x.png)",
        "lower case, only words",
        "",
    ],
)
def test_a_line_of_text_has_no_authors(line: str) -> None:
    assert authors_of([line]) == ()


def test_a_label_further_down_is_found() -> None:
    assert authors_of(["- summary of it", "- more", "- **Authors**: Ann Lee, Bo Kim"]) == TWO
