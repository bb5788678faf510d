"""What an editor, a blog engine or a habit changes around the papers doesn't change which papers there are."""

import json
import re
from collections.abc import Callable
from functools import cache

import pytest

from bot.reading.parser import read
from tests.reading.test_corpus import FOLDERS

FRONT_MATTER = "---\nlayout: post\ntags: [papers]\ndate: 2026-01-02 09:00:00 +0900\n---\n"
CHANGES: dict[str, Callable[[str], str]] = {
    "CR LF": lambda text: text.replace("\n", "\r\n"),
    "a byte order mark": lambda text: f"\ufeff{text}",
    "blank lines at the top": lambda text: f"\n\n{text}",
    "no newline at the end": lambda text: text.rstrip("\n"),
    "spaces at line ends": lambda text: re.sub(r"(?m)(?<=[^\n])$", "  ", text),
    "bullets of asterisks": lambda text: re.sub(r"(?m)^(\s*)- (?!-)", r"\1* ", text),
    "bullets of plus signs": lambda text: re.sub(r"(?m)^(\s*)[-*] (?![-*])", r"\1+ ", text),
    "ordered lists with parentheses": lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1) ", text),
    "closed headings": lambda text: re.sub(r"(?m)^(#{2,6} .*[^#\s])$", r"\1 ##", text),
    "a blank line below headings": lambda text: re.sub(r"(?m)^(#{2,6} .*)\n(?!\n)", r"\1\n\n", text),
    "no blank line below headings": lambda text: re.sub(r"(?m)^(#{2,6} .*)\n\n(?=\S)", r"\1\n", text),
    "numbers with parentheses": lambda text: re.sub(r"(?m)^(#+ \d+)\. ", r"\1) ", text),
    "a no-break space behind numbers": lambda text: re.sub(r"(?m)^(#+ \d+[.)]) ", "\\1\u00a0", text),
    "pictures before headings": lambda text: re.sub(r"(?m)^(#{2,6} )(?=[A-Z])", r"\1📄 ", text),
    "versions of PDFs": lambda text: re.sub(r"arxiv\.org/abs/(\d{4}\.\d{4,5})(?![v\d])", r"arxiv.org/pdf/\1v2", text),
}


@cache
def titles(text: str, path: str) -> list[str]:
    """Return the titles of the papers in a digest."""
    return [paper.title for paper in read(text.encode(), path).papers]


def corpus() -> list[tuple[str, str, str]]:
    """Return the digests of the corpus that are UTF-8: name, path and text."""
    found = []
    for folder in FOLDERS:
        path = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["path"]
        raw = (folder / path).read_bytes()
        try:
            found.append((folder.name, path, raw.decode().replace("\r\n", "\n")))
        except UnicodeDecodeError:
            continue  # these are about their encodings
    return found


@pytest.mark.parametrize("change", CHANGES)
def test_the_papers_stay(change: str) -> None:
    for name, path, text in corpus():
        assert titles(CHANGES[change](text), path) == titles(text, path), name


def test_the_papers_stay_below_front_matter() -> None:
    for name, path, text in corpus():
        if (expected := titles(text, path)) and not text.lstrip().startswith(("---", "+++", "{")):
            assert titles(FRONT_MATTER + text, path) == expected, name
