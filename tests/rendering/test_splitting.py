"""A long text is cut where a reader would pause, and never inside what belongs together."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rendering.graphemes import graphemes
from bot.rendering.limits import DESCRIPTION, weight
from bot.rendering.markdown import blocks
from bot.rendering.splitting import pages
from tests.rendering.builders import long_markdown
from tests.rendering.discord_markdown import markup, parse, shown

ROOM = 400


def cut(*sources: str, room: int = ROOM) -> tuple[str, ...]:
    return pages(blocks(sources), room=room)


def test_a_text_that_fits_is_one_page() -> None:
    assert cut("- 하나", "- 둘") == ("- 하나\n- 둘",)


def test_no_text_is_no_page() -> None:
    assert cut("", "---") == ()


def test_bullets_that_fit_a_page_are_not_cut() -> None:
    bullets = [f"- {'가' * 150} {n}" for n in range(5)]

    texts = cut(*bullets)

    assert [line for text in texts for line in text.split("\n")] == bullets
    assert len(texts) == 3


def test_a_long_bullet_is_cut_behind_a_sentence_and_goes_on_without_a_marker() -> None:
    sentence = "이 문장은 마침표로 끝납니다."

    first, *others = cut("- " + " ".join([sentence] * 60))

    assert first.startswith("- ")
    assert first.endswith(sentence)
    assert all(
        other.startswith(sentence[:3]) and other.endswith(sentence) for other in (text.strip() for text in others)
    )


def test_a_long_sentence_is_cut_behind_a_word() -> None:
    texts = cut("- " + "단어와 " * 300)

    assert all(set(text.removeprefix("- ").split()) == {"단어와"} for text in texts)


def test_a_chinese_text_without_spaces_is_cut_behind_a_full_stop() -> None:
    texts = cut("- " + "这是一个句子。" * 120)

    assert all(text.endswith("。") for text in texts)


@pytest.mark.parametrize("unit", ["[글 하나](https://a.example/{n}) ", "`코드 조각 {n}` ", "<https://a.example/{n}>, "])
def test_links_and_code_stay_whole(unit: str) -> None:
    source = "".join(unit.format(n=n) for n in range(60))

    texts = cut(f"- {source}")

    assert len(texts) > 1
    assert (
        sum(len([kind for kind in markup(text) if kind in {"link", "code", "autolink", "url"}]) for text in texts) == 60
    )


def test_an_emphasis_stays_whole_where_it_can() -> None:
    texts = cut("- " + "글 **굵은 글자 몇 개** " * 60)

    assert len(texts) > 1
    assert all(markup(text).count("strong") == text.count("**") // 2 for text in texts)
    assert all("굵은 글자 몇 개" in text.rsplit("**", 2)[-2] for text in texts)


def test_an_emphasis_longer_than_a_page_is_closed_and_opened_again() -> None:
    texts = cut(f"- ***{'굵은 글자 ' * 200}끝***")

    assert len(texts) > 1
    assert all(text.removeprefix("- ").strip().startswith("***") and text.endswith("***") for text in texts)


@pytest.mark.parametrize("character", ["👨‍👩‍👧‍👦", "각", "e\u0301", "❤️", "🇰🇷", "|", "가"])
def test_a_word_longer_than_a_page_is_cut_between_characters(character: str) -> None:
    texts = cut("- " + character * 900, room=3800)

    written = "".join(shown(text.removeprefix("- ")).strip() for text in texts)
    assert graphemes(written) == graphemes(character * 900)
    assert all(set(graphemes(shown(text.removeprefix("- ").strip()))) == set(graphemes(character)) for text in texts)


def test_a_character_of_thousands_of_marks_is_cut_all_the_same() -> None:
    texts = cut("e" + "\u0301" * 9000)

    assert all(weight(text) <= DESCRIPTION for text in texts)
    assert sum(text.count("\u0301") for text in texts) == 9000


def test_long_code_is_cut_at_a_line_and_fenced_again() -> None:
    lines = [f"line_{n} = {n}" for n in range(100)]

    texts = cut("```py\n" + "\n".join(lines) + "\n```")

    assert len(texts) > 1
    assert all(text.startswith("```py\n") and text.endswith("\n```") for text in texts)
    assert [line for text in texts for line in text.split("\n")[1:-1]] == lines


def test_a_line_of_code_longer_than_a_page_is_cut() -> None:
    texts = cut("```\n" + "x" * 2000 + "\n\ny\n```")

    assert "".join(line for text in texts for line in text.split("\n")[1:-1]) == "x" * 2000 + "y"


def test_a_page_has_a_bounded_number_of_inline_elements() -> None:
    texts = pages(blocks(["- " + "**a** " * 100, "- " + "🎈 " * 60]))

    assert [markup(text).count("strong") for text in texts[:2]] == [48, 48]
    assert all(text.count("🎈") <= 48 for text in texts)


@settings(max_examples=60, deadline=None)
@given(st.lists(long_markdown, max_size=3))
def test_no_page_is_too_heavy_and_none_is_empty(sources: list[str]) -> None:
    for text in pages(blocks(sources)):
        assert 1 <= weight(text.strip()) <= DESCRIPTION


WORD = st.integers(0, 10**6).map(lambda n: f"낱말{n}")
WRAPPED = st.tuples(
    st.sampled_from(
        ["{}", "**{}**", "*{}*", "`{}`", "[{}](https://a.example/p)", "~~{}~~", "({})", "<b>{}</b>", "{}.", "__{}__"]
    ),
    st.lists(WORD, min_size=1, max_size=12).map(" ".join),
).map(lambda drawn: drawn[0].format(drawn[1]))
BODY = st.lists(st.lists(WRAPPED, min_size=1, max_size=25).map(" ".join), min_size=1, max_size=6)


@settings(max_examples=100, deadline=None)
@given(BODY, st.integers(120, 900))
def test_every_word_is_shown_once_and_in_order(paragraphs: list[str], room: int) -> None:
    texts = cut(*(f"- {paragraph}" for paragraph in paragraphs), room=room)

    words = re.findall(r"낱말\d+", " ".join(paragraphs))
    assert re.findall(r"낱말\d+", " ".join("".join(node.text for node in parse(text)) for text in texts)) == words
    assert all(weight(text) <= room or len(markup(text)) == 1 for text in texts)
