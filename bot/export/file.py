"""A reading list as a file in the format that a person asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from bot.domain.reading_list import SavedPaper
from bot.export.markdown import markdown
from bot.export.records import reading_list
from bot.locales.words import Words


class Format(StrEnum):
    """What a reading list can be exported as."""

    BIBTEX = "bibtex"
    MARKDOWN = "markdown"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class File:
    """A file to attach."""

    name: str
    content: bytes


def export(entries: Sequence[SavedPaper], form: Format, say: Words) -> File:
    """Write a reading list in one of the formats."""
    match form:
        case Format.BIBTEX:
            from bot.export.bibtex import bibtex  # noqa: PLC0415  its library takes 50 ms to import, and is seldom needed

            return _file("reading-list.bib", bibtex(entries))
        case Format.MARKDOWN:
            return _file("reading-list.md", markdown(entries, say))
        case Format.JSON:
            return _file("reading-list.json", reading_list(entries))
        case _:
            assert_never(form)


def _file(name: str, text: str) -> File:
    return File(name, text.encode("utf-8", "replace"))
