"""A heading with its title taken apart."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.reading.outline import Block, Kind, Outline
from bot.reading.stops import is_stop
from bot.reading.titles import Title, title_of
from bot.reading.wording import key

_WHOLE_NUMBER = re.compile(r"(\d{1,2})[.)、]?\s")
_TAG = re.compile(r"【[^【】]{1,12}】|\[[^\[\]]{1,12}\]")
_OUTLINE_NUMBER = re.compile(r"[*_]{0,3}(\d{1,2}(?:\.\d{1,2}){0,2})\.(\d{1,3})[.)]?\s+(?=\S)")

_CLOSE: Final = 3
"""Lines below a heading in which its title may stand."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its title taken apart."""

    block: Block
    title: Title
    key: str
    stop: bool
    """Whether it is the name of a part (Abstract, 요약, Idea Sparks), not of a paper."""
    outlined: bool = False
    """Whether its number is one of an outline: `2.1`."""

    @property
    def line(self) -> int:
        """Index of its line."""
        return self.block.first

    @property
    def level(self) -> int:
        """1 to 6."""
        return self.block.level

    @property
    def lines_below(self) -> range:
        """The lines below it in which its title, or the end of it, stands; none where it stands on its own line."""
        return range(self.block.last, self.block.last + self.title.below)


def headings_of(outline: Outline) -> tuple[Heading, ...]:
    """Take the headings of an outline apart, in order."""
    blocks = [block for block in outline.blocks if block.kind is Kind.HEADING]
    numbered = _outline_numbers(blocks)
    return tuple(_heading(outline.lines, block, numbered.get(block.first)) for block in blocks)


def _heading(lines: Sequence[str], block: Block, numbered: re.Match[str] | None) -> Heading:
    title = _title(lines, block, block.text[numbered.end() :] if numbered else block.text)
    if numbered and title.number is None:
        title = replace(title, number=int(numbered[2]))
    if (not title.text and title.number is None) or title.label_only or _is_tag(lines, block, title):
        title = _title_below(lines, block, title)
    return Heading(block, title, key(title.text), is_stop(title.text), numbered is not None)


def _title(lines: Sequence[str], block: Block, text: str) -> Title:
    """Read a heading's title, up to the line below where a link was broken within its label."""
    below = _line_below(lines, block) if text.count("[") > text.count("]") else None
    if below is None or "](" not in lines[below]:
        return title_of(text)
    return replace(title_of(f"{text} {lines[below].strip()}"), below=below + 1 - block.last)


def _is_tag(lines: Sequence[str], block: Block, title: Title) -> bool:
    """Tell whether a heading has nothing but a topic in brackets, above a title in bold: `### 1. 【対話】`."""
    below = _line_below(lines, block) if _TAG.fullmatch(title.text) else None
    return below is not None and lines[below].startswith("**")


def _title_below(lines: Sequence[str], block: Block, empty: Title) -> Title:
    """Take the title from the next line that is not blank: `### Title:` with the title below it."""
    below = _line_below(lines, block)
    if below is None or lines[below].lstrip().startswith(("#", "-", ">", "|", "```")):
        return empty
    end = _end_of(lines, below)
    found = title_of(" ".join(map(str.strip, lines[below:end])))
    number = empty.number if found.number is None else found.number
    return Title(number, found.text, found.extra, labelled=True, below=end - block.last)


def _end_of(lines: Sequence[str], first: int) -> int:
    """Return the line behind a title that may be wrapped: a bold span up to its end, or what is indented alike."""
    indent = len(lines[first]) - len(lines[first].lstrip())
    end = first + 1
    while end < min(first + _CLOSE, len(lines)) and lines[end].strip():
        is_open = sum(line.count("**") for line in lines[first:end]) % 2 == 1
        text = lines[end].lstrip()
        if not is_open and (not indent or len(lines[end]) - len(text) != indent or text[0] in "-*+>|"):
            break
        end += 1
    return end


def _line_below(lines: Sequence[str], block: Block) -> int | None:
    """Return the index of the next line that is not blank, if it is close."""
    near = range(block.last, min(block.last + _CLOSE, len(lines)))
    return next((n for n in near if lines[n].strip()), None)


def _outline_numbers(headings: Sequence[Block]) -> dict[int, re.Match[str]]:
    """Find the numbers such as `2.1` that count headings of one level, by line; one alone may be of a title (`2.5 Years in Class`).

    It is none where the heading above has the number 2.
    """
    found: dict[int, re.Match[str]] = {}
    last: dict[int, tuple[int, re.Match[str]]] = {}
    above: dict[int, str] = {}
    for block in headings:
        above = {level: number for level, number in above.items() if level < block.level}
        match = _OUTLINE_NUMBER.match(block.text)
        if match is None:
            number = _WHOLE_NUMBER.match(block.text)
            above[block.level] = number[1] if number else ""
            continue
        before = last.get(block.level)
        if before and before[1][1] == match[1] and int(match[2]) == int(before[1][2]) + 1:
            found |= {before[0]: before[1], block.first: match}
        elif above and above[max(above)] == match[1]:
            found[block.first] = match
        last[block.level] = block.first, match
    return found
