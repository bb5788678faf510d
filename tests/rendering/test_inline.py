"""Inline Markdown of a blog becomes what Discord shows alike."""

import pytest
from hypothesis import given, settings

from bot.rendering.graphemes import legible
from bot.rendering.inline import inline, plain
from bot.rendering.pieces import Kind, text_piece, write
from tests.rendering.builders import markdown
from tests.rendering.discord_markdown import markup, shown

ZERO_WIDTH = "\u200b"


def discord(source: str) -> str:
    return write(inline(source))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**한글(abc)**는", "**한글(abc)**는"),
        ('**"인용"**은 *강조*는', '**"인용"**은 *강조*는'),
        ("__굵게__ 그리고 _기울임_", "**굵게** 그리고 *기울임*"),
        ("***both*** and ~~gone~~", "***both*** and ~~gone~~"),
        ("**N**atural **L**anguage", "**N**atural **L**anguage"),
        ("*outer **inner** end*", "*outer **inner** end*"),
        ("*a *b* c*", "*a b c*"),
        ("**a** **b**", "**a** **b**"),
        ("****", r"\*\*\*\*"),
        ("** **", r"\*\* \*\*"),
        ("**<b></b>**", ""),
    ],
)
def test_emphasis_of_the_source_stays(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "2*3*4",
        "snake_case_name",
        "x**2 + y**2",
        "30~40시간과 50~60시간",
        "a * b * c",
        "*열고 닫지 않음",
        "||가림||",
        "`혼자",
        "C:\\new",
        "~~",
        "f_ or _g",
    ],
)
def test_what_is_no_emphasis_is_shown_as_written(source: str) -> None:
    written = discord(source)

    assert shown(written) == source
    assert markup(written) == []


def test_an_emphasis_around_code_that_holds_its_mark_is_dropped_so_that_the_code_survives() -> None:
    written = discord("**power `a**b`**")

    assert shown(written) == "power a**b"
    assert markup(written) == ["code"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("`*x* _y_ <b> $z$`", "`*x* _y_ <b> $z$`"),
        ("``a`b``", "``a`b``"),
        ("`` ` ``", "`` ` ``"),
        ("`a``b`", "`a``b`"),
        ("```a`b``c```", f"``a`b`{ZERO_WIDTH}`c``"),
        ("\\`not code\\`", r"\`not code\`"),
        ("\\``code` ", r"\``code`"),
    ],
)
def test_code_spans_stay_verbatim(source: str, expected: str) -> None:
    assert discord(source) == expected


def test_a_very_long_code_span_becomes_several() -> None:
    pieces = inline(f"`{'한' * 4000}`")

    assert [len(piece.text) for piece in pieces if piece.kind is Kind.CODE] == [1500, 1500, 1000]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$x_i$와 $$E = mc^2$$", "`x_i`와 `E = mc^2`"),
        (r"\(a_b\) 그리고 \[x^2\]", "`a_b` 그리고 `x^2`"),
        (r"\[Springboot\] \(괄호\)", "[Springboot] (괄호)"),
        ("$5 and $6", "$5 and $6"),
        ("$5-$10", "$5-$10"),
        ("SP$^3$", "SP`^3`"),
    ],
)
def test_mathematics_is_shown_as_code_and_money_is_not(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[글](https://a.example/x)", "[글](https://a.example/x)"),
        ('[글](https://a.example/x_(y) "제목")', "[글](https://a.example/x_%28y%29)"),
        ("[글](<https://a.example/x y>)", "[글](https://a.example/x%20y)"),
        ("[**굵은** `코드`](https://a.example)", "[굵은 코드](https://a.example)"),
        ("[[CLS] 토큰](https://a.example)", "[[CLS] 토큰](https://a.example)"),
        ("[a \\[ b](https://a.example)", "[a ( b](https://a.example)"),
        ("![그림](https://a.example/p.png)", "[그림](https://a.example/p.png)"),
        ("![](https://a.example/d/p.png)", "[p.png](https://a.example/d/p.png)"),
        ("[![그림](https://i.example/p.png)](https://a.example)", "[그림](https://a.example)"),
        ('<img src="https://a.example/p.png" alt="그림">', "[그림](https://a.example/p.png)"),
        ("[](https://a.example)", "[a.example](https://a.example)"),
        ("<https://a.example/x>", "https://a.example/x"),
        ("<me@a.example>", "me@a.example"),
    ],
)
def test_links_and_images_are_links(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("[글](javascript:alert(1))", "글"),
        ("[글](#toc) [b](/x) [c](mailto:a@b.example)", "글 b c"),
        ("![그림](data:image/png;base64,AA)", "그림"),
        ("[글](https://user:secret@a.example/x)", "[글](https://a.example/x)"),
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("[good.example](https://evil.example/x)", "good.example ([evil.example](https://evil.example/x))"),
        (
            "[https://good.example](https://evil.example)",
            "https:\\//good.example ([evil.example](https://evil.example))",
        ),
        ("[arxiv.org](https://export.arxiv.org/abs/1)", "[arxiv.org](https://export.arxiv.org/abs/1)"),
        ("[https://a.example/x](https://a.example/x)", "https://a.example/x"),
        ("[글](https://еxample.com)", "[글](https://xn--xample-2of.com)"),
        (f"[글](https://a.example/{'x' * 2100})", "글"),
        ("[a](b)", "a"),
        ("[x]<b></b>(https://a.example)", "[x]\\(<https://a.example>)"),
    ],
)
def test_a_link_goes_where_it_says_or_is_none(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    ("source", "address", "rest"),
    [
        ("https://a.example/SpikeGPT에서 확인", "https://a.example/SpikeGPT", "에서 확인"),
        ("(https://a.example/x)", "https://a.example/x", ")"),
        ("https://a.example/x_(y).", "https://a.example/x_%28y%29", "."),
        ("**https://a.example/x**", "https://a.example/x", ""),
        ("https://a.example/x, 그리고", "https://a.example/x", ", 그리고"),
    ],
)
def test_a_bare_address_ends_where_the_sentence_goes_on(source: str, address: str, rest: str) -> None:
    written = discord(source)

    assert f"<{address}>{rest}" in written


def test_an_address_too_long_for_discord_is_text() -> None:
    written = discord(f"https://a.example/{'x' * 2100}")

    assert markup(written) == []
    assert len(shown(written)) == 2118


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<b>굵게</b> <font color='red'>빨강</font>", "굵게 빨강"),
        ("앞<!-- 숨김 -->뒤 <!-- 열림", "앞뒤"),
        ("앞<script>alert('x')</script>뒤<style>p{}", "앞뒤"),
        ("하나<br>둘", "하나\n둘"),
        ("하나  \n둘\\\n셋\n넷", "하나\n둘\n셋 넷"),
        ("<li>하나</li><li>둘</li>", "하나 둘"),
        ("<CLS> 토큰과 <1 GB, a < b", "<CLS> 토큰과 <1 GB, a < b"),
        ("글{: .notice} {% raw %}x{% endraw %}", "글 x"),
        ("R&amp;D &lt;b&gt; &nope;", "R&D <b> &nope;"),
        ("각주[^1]", "각주[1]"),
        ("zero\u200bwidth \u202eright\x00", "zerowidth right"),
    ],
)
def test_html_and_attribute_lists_disappear(source: str, expected: str) -> None:
    assert discord(source) == expected


@pytest.mark.parametrize(
    "mention",
    [
        "@everyone",
        "@here",
        "@Everyone",
        "<@123>",
        "<@!123>",
        "<@&1>",
        "<#1>",
        "<t:1:R>",
        "<t:1>",
        "</digest show:1>",
        "<:cat:1>",
        "<a:cat:1>",
        "<id:guide>",
    ],
)
def test_a_mention_is_text(mention: str) -> None:
    written = discord(f"글 {mention} `{mention}` &lt;{mention[1:]}")

    assert mention not in written
    assert mention in written.replace(ZERO_WIDTH, "")


@pytest.mark.parametrize(
    "source", ["# 제목", "### 제목", "-# 작게", "> 인용", ">>> 인용", "- 목록", "+ 목록", "1. 순서", "2023. 시작"]
)
def test_a_line_that_is_text_does_not_become_a_heading_a_quote_or_a_list(source: str) -> None:
    written = discord(source)

    assert "\\" in written
    assert written.replace("\\", "") == source


@settings(max_examples=300, deadline=None)
@given(markdown)
def test_plain_text_is_shown_as_it_is(source: str) -> None:
    text = " ".join(legible(source).split())

    written = write((text_piece(text),)) if text else ""

    assert shown(written) == text.replace(ZERO_WIDTH, "")
    assert markup(written) == []


@settings(max_examples=300, deadline=None)
@given(markdown)
def test_discord_shows_every_piece_whole(source: str) -> None:
    pieces = inline(source)

    written = write(pieces)

    expected = "".join(piece.text for piece in pieces if piece.kind not in {Kind.OPEN, Kind.CLOSE})
    assert "".join(shown(written).split()) == "".join(expected.replace(ZERO_WIDTH, "").split())


def test_a_title_is_plain_text_and_keeps_its_mathematics() -> None:
    assert plain("[**$E^3$-Pruner**: `code` & more](https://a.example)") == "$E^3$-Pruner: code & more"
