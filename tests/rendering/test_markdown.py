"""Blocks of a blog become blocks of Discord."""

import pytest

from bot.rendering.markdown import blocks
from bot.rendering.splitting import pages

ZERO_WIDTH = "\u200b"


def discord(*sources: str) -> str:
    return "\n".join(pages(blocks(sources)))


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (("* 하나", "+ 둘", "• 셋", "-  넷"), "- 하나\n- 둘\n- 셋\n- 넷"),
        (("- 하나", "    - 깊이", "        - 더 깊이", "- 둘"), "- 하나\n  - 깊이\n    - 더 깊이\n- 둘"),
        (("- 하나", "\t- 탭", "   - 세 칸"), "- 하나\n  - 탭\n  - 세 칸"),
        (("1. 하나", "2) 둘"), "1. 하나\n2. 둘"),
        (("- 하나\n  이어짐\n느긋하게",), "- 하나 이어짐 느긋하게"),
        (("- 하나\n\n  둘째 문단",), "- 하나\n  둘째 문단"),
        (("- 하나  \n  둘",), "- 하나\n  둘"),
        (("- [ ] 할 일", "- [x] 한 일"), "- ☐ 할 일\n- ☑ 한 일"),
        (("- 위\n  - 아래",), "- 위\n  - 아래"),
        (("-",), ""),
    ],
)
def test_lists_keep_their_depth(sources: tuple[str, ...], expected: str) -> None:
    assert discord(*sources) == expected


def test_paragraphs_become_bullets_where_the_author_wrote_none() -> None:
    assert discord("첫 문단입니다.", "둘째 문단입니다.") == "- 첫 문단입니다.\n- 둘째 문단입니다."


def test_paragraphs_beside_bullets_stay_paragraphs() -> None:
    assert discord("첫 문단입니다.", "- 글머리") == "첫 문단입니다.\n- 글머리"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 하나 #", "# 하나"),
        ("### 셋", "### 셋"),
        ("#### 넷 **굵게**", "**넷 굵게**"),
        ("##### #", ""),
        ("제목\n===", "# 제목"),
        ("제목\n---", "## 제목"),
        ("---", ""),
        ("* * *", ""),
        ("> 인용\n> 둘째 줄", "> 인용 둘째 줄"),
        ("> > 겹인용", "> 겹인용"),
        ("> - 목록\n>   - 깊이", "> - 목록\n>   - 깊이"),
        ("> [!TIP]\n> 도움말", "> **Tip**\n> 도움말"),
        ("{: .notice--info}", ""),
        ("<!-- 숨김\n\n- 이것도 -->", ""),
        ("<script>\nalert(1)\n\n</script>", ""),
        ("<p>앞</p><!-- 숨김\n\n -->\n\n<style>p{}</style>뒤", "- 앞\n- 뒤"),
    ],
)
def test_headings_quotes_rules_and_html(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("```python\nx = 1  # *그대로*\n```", "```python\nx = 1  # *그대로*\n```"),
        ("~~~\na\n```\nb\n~~~", f"```\na\n`{ZERO_WIDTH}`{ZERO_WIDTH}`\nb\n```"),
        ("```\n닫지 않음", "```\n닫지 않음\n```"),
        ("    들여쓴 코드\n    둘째 줄", "```\n들여쓴 코드\n둘째 줄\n```"),
        ("- 글\n  ```py\n  x = 1\n  ```", "- 글\n```py\nx = 1\n```"),
        ("```\n@everyone\n```", f"```\n@{ZERO_WIDTH}everyone\n```"),
    ],
)
def test_code_blocks_stay_verbatim(source: str, expected: str) -> None:
    assert discord(source) == expected


def test_a_plain_table_is_aligned_as_code() -> None:
    assert discord("| model | score |\n|---|--:|\n| A | 1 |\n| longer | 2 |") == (
        "```\nmodel  | score\n------ | -----\nA      | 1\nlonger | 2\n```"
    )


def test_a_table_with_markup_or_korean_is_bullets() -> None:
    written = discord(
        "| 이름 | 점수 | |\n|---|---|---|\n| **A** | [1](https://a.example) | x | y |\n| B \\| C |\n| | 3 |"
    )

    assert written == "- **A** — 점수: [1](https://a.example) · x y\n- B | C\n- 이름 — 점수: 3"


def test_a_table_without_rows_shows_its_header() -> None:
    assert discord("| 이름 | 점수 |\n|---|---|") == "- 이름 · 점수"


def test_reference_links_find_their_definition_anywhere_in_the_entry() -> None:
    written = discord("- [글][참고] 그리고 [참고][] 그리고 [참고] 그리고 [SEP][CLS]", "[참고]: https://a.example 'x'")

    link = "(https://a.example)"
    assert written == f"- [글]{link} 그리고 [참고]{link} 그리고 [참고]{link} 그리고 [SEP][CLS]"


def test_a_definition_that_leads_nowhere_is_text() -> None:
    assert discord("- 글", "[x]: http://[1") == "- 글\n[x]: http:\\//[1"


def test_a_footnote_keeps_its_text() -> None:
    assert discord("- 글[^1]", "[^1]: 각주입니다.") == "- 글[1]\n[1]: 각주입니다."
