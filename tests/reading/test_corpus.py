"""Digests of every form that authors write, each with what a person reads in it beside it."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.reading.linter import lint
from bot.reading.parser import read

CORPUS = Path(__file__).parent.parent / "data" / "digests"
FOLDERS = sorted(folder for folder in CORPUS.iterdir() if folder.is_dir())


def as_expected(folder: Path, path: str) -> dict[str, Any]:
    """Read a file of the corpus and tell it in the form of `expected.json`."""
    raw = (folder / path).read_bytes()
    reading = read(raw, path)
    return {
        "path": path,
        "date": reading.date.isoformat() if reading.date else None,
        "title": reading.title,
        "strategy": reading.strategy.name,
        "intro": list(reading.intro),
        "papers": [
            {
                "number": paper.number,
                "title": paper.title,
                "url": paper.url,
                "links": list(paper.links),
                "authors": list(paper.authors),
                "section": paper.section,
                "blocks": list(paper.blocks),
            }
            for paper in reading.papers
        ],
        "findings": [
            f"{found.line}:{found.column} {found.code}" for found in sorted((*reading.findings, *lint(raw, reading)))
        ],
    }


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_digest_reads_as_its_author_meant_it(folder: Path) -> None:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

    assert as_expected(folder, expected["path"]) == expected


def test_each_folder_holds_one_digest_and_what_to_expect_of_it() -> None:
    for folder in FOLDERS:
        files = {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}

        expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))

        assert files == {"expected.json", expected["path"]}, folder.name


@pytest.mark.parametrize("number", range(1, 12))
def test_every_hard_case_of_the_catalogue_is_there(number: int) -> None:
    assert any(folder.name.startswith(f"{number:02}") for folder in FOLDERS)
