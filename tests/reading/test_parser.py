"""A whole file: bytes in, values out, and never an exception."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.digest import Digest
from bot.reading.finding import Code, Severity
from bot.reading.linter import lint
from bot.reading.parser import Reading, read
from bot.reading.text import MAX_BYTES
from tests.reading.documents import documents, texts

SEED_LIKE = """---
layout: single
title: "Daily Digest / 28 Feb 2023"
date: 2023-03-01 00:10:00 +0900
---

### 1. A Paper that Comes with Code
-  코드는 https://github.com/example/code 에서 확인할 수 있습니다.
    - 중첩된 항목입니다.
-  ![그림](https://a.example/figure.png)

### 2. A Paper that Has a Page
-  https://arxiv.org/pdf/2302.12345v2.pdf 를 보세요.
"""


def reading(text: str, path: str = "2023/2023-02-28-daily-digest.md") -> Reading:
    return read(text.encode(), path)


def sound(found: Reading) -> None:
    """Hold what every reading holds."""
    assert [paper.ordinal for paper in found.papers] == list(range(1, len(found.papers) + 1))
    assert all(paper.title.strip() and "\n" not in paper.title for paper in found.papers)
    assert [paper.line for paper in found.papers] == sorted(paper.line for paper in found.papers)
    assert all(paper.url is None or paper.url in paper.links for paper in found.papers)
    assert all(block.strip() for paper in found.papers for block in paper.blocks)
    assert found.findings == tuple(sorted(found.findings))
    assert (found.error is not None) == any(f.severity is Severity.ERROR for f in found.findings)
    assert found.papers or any(f.code in {Code.NO_PAPERS, Code.TOO_LARGE} for f in found.findings)
    assert found.title


def test_a_digest_of_the_seeds_form_is_read_whole() -> None:
    found = reading(SEED_LIKE)

    assert isinstance(found.digest, Digest)
    assert found.id == "2023/2023-02-28-daily-digest"
    assert found.date == dt.date(2023, 2, 28)
    assert found.title == "Daily Digest / 28 Feb 2023"
    first, second = found.papers
    assert (first.number, first.title, first.url) == (1, "A Paper that Comes with Code", None)
    assert first.links == ("https://github.com/example/code",)
    assert first.image == "https://a.example/figure.png"
    assert first.blocks[1] == "    - 중첩된 항목입니다."
    assert second.url == "https://arxiv.org/abs/2302.12345"
    assert second.line == 12


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp949"])
def test_neither_encoding_nor_line_ends_change_what_is_read(encoding: str, end: str) -> None:
    found = read(SEED_LIKE.replace("\n", end).encode(encoding), "2023/2023-02-28-daily-digest.md")

    assert found.papers == reading(SEED_LIKE).papers
    assert found.date == dt.date(2023, 2, 28)


def test_a_file_without_a_last_newline_is_read_alike() -> None:
    assert reading(SEED_LIKE.rstrip("\n")).papers == reading(SEED_LIKE).papers


def test_a_file_over_eight_mebibytes_is_an_error_that_says_so() -> None:
    found = read(b"x" * (MAX_BYTES + 1), "big.md")

    assert found.error == "the file is larger than 8 MiB"
    assert found.papers == ()


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\0" * 5000,
        b"\xff\xfe" + b"\0" * 999,
        bytes(range(256)) * 40,
        b"---",
        b"---\n---",
        b"+++\n+++",
        b"{\n}",
        "### 1. 제목".encode("cp949")[:-1],
        "\u200b\ufeff\u202e".encode(),
    ],
)
def test_odd_bytes_are_a_reading_like_any_other(raw: bytes) -> None:
    sound(read(raw, "x.md"))


COUNT = 1000
NUMBERS = range(1, COUNT + 1)


@pytest.mark.parametrize(
    ("text", "papers"),
    [
        ("".join(f"### {n}. Paper {n}\n" for n in NUMBERS), COUNT),
        ("### The Same Heading of a Paper\n" * COUNT, 0),
        ("".join(f"### The Same Title of It\nhttps://arxiv.org/abs/2601.{n:05}\n" for n in NUMBERS), None),
        (
            "".join(f"## {n}. Section\n### 1. Paper {n} of All\nhttps://arxiv.org/abs/2601.{n:05}\n" for n in NUMBERS),
            COUNT,
        ),
        ("".join(f"{n}. [Paper {n} of All](https://arxiv.org/abs/2601.{n:05})\n" for n in NUMBERS), COUNT),
        ("".join(f"- [Paper {n} of All](https://arxiv.org/abs/2601.{n:05})\n" for n in NUMBERS), COUNT),
        (
            "|Title|\n|-|\n" + "".join(f"|[Paper {n} of All](https://arxiv.org/abs/2601.{n:05})|\n" for n in NUMBERS),
            COUNT,
        ),
        ("".join(f"**Paper {n} of All**\n\nhttps://arxiv.org/abs/2601.{n:05}\n\n" for n in NUMBERS), COUNT),
        ("".join(f"Paper {n} of All\nhttps://arxiv.org/abs/2601.{n:05}\n\n---\n\n" for n in NUMBERS), COUNT),
        ("<table>\n" * COUNT, 0),
        ("[r]: https://a.example\n" * COUNT + "[r] " * COUNT, 0),
        ("```\n" * COUNT, 0),
        (">" * 50 + " x\n", 0),
        ("\n".join("  " * n + "- x" for n in range(300)), 0),
        ("### 1. " + "word " * 100_000, 1),
        ("- " + "[a](" * 50_000, 0),
        ("<!-- " * 50_000, 0),
        ("|" * 100_000, 0),
    ],
)
def test_a_great_deal_of_one_thing_is_read_as_what_it_is(text: str, papers: int | None) -> None:
    found = reading(text)

    sound(found)
    assert papers is None or len(found.papers) == papers


@given(documents())
def test_documents_of_all_forms_and_encodings_are_read_and_linted(raw: bytes) -> None:
    found = read(raw, "2026-01-02-digest.md")

    sound(found)
    assert all(finding.line >= 1 and finding.column >= 1 for finding in lint(raw, found))


@given(texts())
def test_reading_says_the_same_each_time(text: str) -> None:
    assert reading(text) == reading(text)


@given(st.binary(max_size=2000))
@settings(max_examples=200)
def test_any_bytes_are_read(raw: bytes) -> None:
    sound(read(raw, "x.md"))


@given(st.text("#*-|[]()`<>!&\\ \t\n.0129aé한①️⃣《》:：/@{}+=~$_", max_size=300))
@settings(max_examples=300)
def test_any_markup_is_read(text: str) -> None:
    sound(reading(text, "x.md"))


def test_a_title_below_an_empty_heading_may_be_an_items_and_the_rest_of_the_item_is_its_text() -> None:
    (paper,) = reading("# Papers\n\n## \n4. A Paper in an Item\n   https://arxiv.org/abs/2601.00001\n").papers

    assert (paper.number, paper.title) == (4, "A Paper in an Item")
    assert paper.blocks == ("https://arxiv.org/abs/2601.00001",)


def test_an_html_table_that_is_never_closed_ends_with_its_line() -> None:
    sound(reading("<table><tr><th>Title</th></tr><tr><td>A Title of a Paper</td></tr>\n\ntext"))
