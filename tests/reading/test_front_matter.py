"""Front matter in three languages, whole and broken."""

import pytest

from bot.reading import front_matter
from bot.reading.finding import Code
from bot.reading.front_matter import FrontMatter


def split(text: str) -> FrontMatter:
    return front_matter.split(text.split("\n"))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "Daily Digest / 28 Feb 2023"\n---\n', "Daily Digest / 28 Feb 2023"),
        ("---   \ntitle: plain   \n---  \n", "plain"),
        ("\n\n---\ntitle: late\n---\n", "late"),
        ("---\n\ntitle: blank lines\n\n---\n", "blank lines"),
        ("---\ntitle: dots\n...\n", "dots"),
        ("---\ntitle: 2023-02-28\n---\n", "2023-02-28"),
        ("---\ntitle: 1e3\n---\n", "1e3"),
        ("---\ntitle: yes\n---\n", "yes"),
        ("---\ntitle: null\n---\n", ""),
        ("---\ntitle: '따옴표: 안의 콜론'\n---\n", "따옴표: 안의 콜론"),
        ("---\ntitle: >\n  folded\n  text\n---\n", "folded text"),
        ('+++\ntitle = "toml"\n+++\n', "toml"),
        ('{\n"title": "json"\n}\n', "json"),
    ],
)
def test_a_title_is_the_text_as_it_was_written(text: str, title: str) -> None:
    matter = split(text)

    assert matter.title == title
    assert matter.findings == ()


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: Digest: 2026-08-21\ndate: 2026-08-21\n---\n", "Digest: 2026-08-21"),
        ("---\ntitle: @mention and %percent\n---\n", "@mention and %percent"),
        ("---\ntitle: {{ page.title }}\n---\n", "{{ page.title }}"),
        ("---\ntitle: *alias\n---\n", "*alias"),
        ("---\ntitle: tabs\n\tdate: 2026-01-01\n---\n", "tabs"),
        ('---\ntitle: "unclosed\n---\n', '"unclosed'),
        ("---\n- a\n- b\n---\n", ""),
        ("---\njust a scalar: or: not\n---\n", ""),
        ("+++\ntitle = unquoted\n+++\n", ""),
        ('{\n"title": "json",,\n}\n', ""),
    ],
)
def test_broken_front_matter_is_read_line_by_line_and_told(text: str, title: str) -> None:
    matter = split(text)

    assert matter.title == title
    assert [finding.code for finding in matter.findings] == [Code.FRONT_MATTER_BROKEN]
    assert text.split("\n")[matter.body :] == [""]


def test_front_matter_that_is_never_closed_is_told_and_ends_where_its_keys_do() -> None:
    matter = split("---\ntitle: open\ntags:\n  - a\n\n### 1. Title\n")

    assert matter.title == "open"
    assert matter.body == 4
    assert [finding.code for finding in matter.findings] == [Code.FRONT_MATTER_OPEN]


@pytest.mark.parametrize(
    "text", ["---\n\n### 1. Title\n\n---\n", "---\nSome text.\n\n---\n", "text\n---\ntitle: x\n---\n", "---", ""]
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    assert split(text) == FrontMatter()


@pytest.mark.parametrize(
    ("value", "published"), [("false", False), ("no", False), ("False", False), ("true", True), ("", True)]
)
def test_an_author_can_keep_a_digest_back(value: str, published: bool) -> None:
    assert split(f"---\npublished: {value}\n---\n").published is published


def test_nothing_in_it_is_ever_constructed() -> None:
    matter = split('---\ntitle: !!python/object/apply:os.system ["echo hi"]\ndate: !!timestamp 2026-01-01\n---\n')

    assert matter.date == "2026-01-01"
    assert matter.title == "echo hi"


def test_of_two_values_the_last_counts() -> None:
    assert split("---\ntitle: one\ntitle: two\n---\n").title == "two"


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\n"
        + "".join(f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(20)),
        "x: " + "[" * 100_000,
        "x: " + "{a: " * 50_000,
        "- " * 100_000,
        "title: " + "a: " * 500_000,
        "? " * 100_000,
        "&a " * 100_000,
    ],
    ids=["laughs", "lists", "maps", "dashes", "colons", "questions", "anchors"],
)
def test_a_bomb_is_no_more_than_long_text(block: str) -> None:
    matter = split(f"---\n{block}\n---\n### 1. Title\n")

    assert matter.body == block.count("\n") + 3  # it returns at all, and what stands below it is read
