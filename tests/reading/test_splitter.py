"""Which strategy finds the papers, and what it says of itself."""

import pytest

from bot.reading.parser import Reading, read


def reading(text: str, path: str = "2026-01-02-papers.md") -> Reading:
    return read(text.encode(), path)


def titles(text: str) -> list[str]:
    return [paper.title for paper in reading(text).papers]


SEED = "### 1. First Paper of All\n- text\n\n### 2. Second Paper of All\n- text\n"


def test_the_seeds_form_is_taken_at_its_word() -> None:
    said = reading(SEED).strategy

    assert said.name == "seed"
    assert said.why == "2 headings ### N. Title and no other numbered ones"


@pytest.mark.parametrize("title", ["Yes", "Abstract Algebra for Agents", "요약", "A", "2048", "논문을 요약하는 논문"])
def test_no_title_of_the_seeds_form_is_judged(title: str) -> None:
    assert titles(SEED + f"\n### 3. {title}\n- text\n")[-1] == title


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "## 1. First of Papers\nhttps://arxiv.org/abs/2601.00001\n\n## 2. Second of Papers\nhttps://arxiv.org/abs/2601.00002\n",
            "headings",
        ),
        (
            "1. [First of Papers](https://arxiv.org/abs/2601.00001)\n2. [Second of Papers](https://arxiv.org/abs/2601.00002)\n",
            "ordered list",
        ),
        (
            "- [First of Papers](https://arxiv.org/abs/2601.00001)\n- [Second of Papers](https://arxiv.org/abs/2601.00002)\n",
            "bullets",
        ),
        (
            "| Title | Link |\n|---|---|\n| First of Papers | https://arxiv.org/abs/2601.00001 |\n"
            "| Second of Papers | https://arxiv.org/abs/2601.00002 |\n",
            "table",
        ),
        (
            "**First of Papers**\n\nhttps://arxiv.org/abs/2601.00001\n\n**Second of Papers**\n\nhttps://arxiv.org/abs/2601.00002\n",
            "bold paragraphs",
        ),
        (
            "First of Papers\nhttps://arxiv.org/abs/2601.00001\n\n---\n\nSecond of Papers\nhttps://arxiv.org/abs/2601.00002\n",
            "parts between rules",
        ),
    ],
)
def test_every_form_has_its_strategy(text: str, name: str) -> None:
    found = reading(text)

    assert found.strategy.name == name
    assert [paper.title for paper in found.papers] == ["First of Papers", "Second of Papers"]
    assert [paper.url for paper in found.papers] == [
        "https://arxiv.org/abs/2601.00001",
        "https://arxiv.org/abs/2601.00002",
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "the file is empty"),
        (" \n\t\n", "the file is empty"),
        ("---\ntitle: x\n---\n", "there is nothing below the front matter"),
        ("# All Quiet\n\nNothing today.\n", "there are headings, but none of them is a paper's"),
        ("- one\n- two\n", "there is a list, but its items are not papers"),
        ("Nothing today.\n", "there is text, but no list of papers"),
    ],
)
def test_zero_papers_have_a_reason(text: str, why: str) -> None:
    found = reading(text)

    assert found.papers == ()
    assert found.strategy.why == why
    assert any(why in finding.message for finding in found.findings)


def test_a_contents_list_is_not_read_beside_what_it_lists() -> None:
    text = "1. [First of Papers](#1)\n2. [Second of Papers](#2)\n\n" + "".join(
        f"## {n}. {name} of Papers\nhttps://arxiv.org/abs/2601.0000{n}\n\n" for n, name in ((1, "First"), (2, "Second"))
    )

    found = reading(text)

    assert found.strategy.name == "headings"
    assert len(found.papers) == 2


def test_headings_in_code_comments_and_quotes_are_text() -> None:
    text = "### 1. The Only Paper\n\n```\n### 2. code\n```\n\n<!--\n### 3. comment\n-->\n\n> ### 4. quote\n"

    assert titles(text) == ["The Only Paper"]


def test_papers_count_from_one_in_document_order() -> None:
    text = "### 8. Late Starter among Papers\n- a\n\n### 9. Another Late Starter\n- b\n"

    assert [(paper.ordinal, paper.number) for paper in reading(text).papers] == [(1, 8), (2, 9)]


def test_the_same_paper_under_two_topics_is_one_paper_with_all_its_links() -> None:
    text = (
        "## Robots\n\n### Robots that Read Recipes\nhttps://arxiv.org/abs/2601.00001\n\n"
        "## Language\n\n### Robots that Read Recipes\nhttps://arxiv.org/abs/2601.00001 https://github.com/a/b\n\n"
        "### Speech from Silence\nhttps://arxiv.org/abs/2601.00002\n"
    )

    found = reading(text)

    assert [paper.title for paper in found.papers] == ["Robots that Read Recipes", "Speech from Silence"]
    assert found.papers[0].links == ("https://arxiv.org/abs/2601.00001", "https://github.com/a/b")
    assert [f"{finding.line}:{finding.code}" for finding in found.findings] == ["8:D007"]


def test_one_title_with_two_papers_links_is_two_papers() -> None:
    text = "".join(f"### {n}. Editorial of the Day\nhttps://arxiv.org/abs/2601.0000{n}\n\n" for n in (1, 2))

    assert len(reading(text).papers) == 2
