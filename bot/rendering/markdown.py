"""Turn blocks of the author's Markdown into blocks of Discord's dialect.

Discord knows `#` to `###`, bullets, numbers, quotes and fences. Everything else is said with these: deeper headings in bold, tables as
code or bullets, images as links; rules, HTML and attribute lists disappear.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.rendering.addresses import address
from bot.rendering.graphemes import legible
from bot.rendering.html_tags import without_hidden
from bot.rendering.inline import inline
from bot.rendering.pieces import Kind, Piece
from bot.rendering.tables import read_table, starts_table

_ITEM = re.compile(r"( *)(?:[-*+](?= |$)|[•・‣▪◦]|(\d{1,9})[.)](?= |$)) *(.*)")
_TASK = re.compile(r"\[([ xX])\] ")
_FENCE = re.compile(r" *(`{3,}(?=[^`]*$)|~{3,}) *([\w+.#-]{0,20})")
_HEADING = re.compile(r" {0,3}(#{1,6})(?=[ \t]|$)(.*)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,}) *")
_RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})")
_QUOTE = re.compile(r" {0,3}>(?: {0,3}>)* ?")
_CALLOUT = re.compile(r"\[!([A-Za-z]{1,20})\][+-]?")
_DEFINITION = re.compile(r" {0,3}\[(?!\^)([^\[\]]{1,100})\]: *<?(https?://[^\s<>]+)>?(?: +[\"'(].*)?")
_DEEPEST = 5
"""Discord draws no deeper lists."""


class BlockKind(StrEnum):
    """What a block is."""

    ITEM = "item"
    PARAGRAPH = "paragraph"
    HEADING = "heading"
    QUOTE = "quote"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that starts on a line of its own."""

    kind: BlockKind
    pieces: tuple[Piece, ...]
    """Of code, one `CODE` piece a line."""
    lead: str = ""
    """What stands before the first line: the marker with its depth; of code, the language."""
    hang: str = ""
    """What stands before every further line."""


def blocks(sources: Iterable[str]) -> tuple[Block, ...]:
    """Convert an entry's blocks in order; paragraphs become bullets where the author wrote none."""
    texts = [legible(source).expandtabs(4).strip("\n") for source in sources]
    definitions: dict[str, str] = {}
    reader = _Reader(definitions)
    for text in [_without_definitions(text, definitions) for text in texts]:
        reader.read(text)
    return _bulleted(reader.found)


class _Reader:
    """Reads blocks one after another and remembers how deep the list is that they form together."""

    def __init__(self, definitions: dict[str, str], *, quotes: bool = True) -> None:
        self.found: list[Block] = []
        self._definitions = definitions
        self._quotes = quotes
        self._indents: list[int] = []
        self._paragraph: list[str] = []
        self._kind = BlockKind.PARAGRAPH
        self._lead = self._hang = ""

    def read(self, text: str) -> None:
        """Convert one source block."""
        lines = (without_hidden(text) if text.lstrip().startswith("<") else text).split("\n")
        if not lines[0].startswith(" ") and not _ITEM.match(lines[0]):
            self._indents.clear()
        if not self._indents and _is_indented_code(lines):
            self._add(BlockKind.CODE, (Piece(Kind.CODE, line[4:]) for line in lines))
            return
        self._begin(BlockKind.PARAGRAPH)
        at = 0
        while at < len(lines):
            at = self._step(lines, at)
        self._flush()

    def _step(self, lines: Sequence[str], at: int) -> int:
        """Read what starts at line `at` and return the line after it."""
        line = lines[at]
        if not line.strip():
            self._flush()
        elif self._quotes and _QUOTE.match(line):
            return self._quote(lines, at)
        elif starts_table(line, lines[at + 1] if at + 1 < len(lines) else ""):
            return self._table(lines, at)
        elif self._paragraph and (underline := _UNDERLINE.fullmatch(line)):
            self._heading(1 if underline[1][0] == "=" else 2, "\n".join(self._paragraph))
        elif _RULE.fullmatch(line):
            self._flush()
        elif item := _ITEM.fullmatch(line):
            return self._item(item, lines, at)
        else:
            return self._text(line, lines, at)
        return at + 1

    def _text(self, line: str, lines: Sequence[str], at: int) -> int:
        """Read a fence, a heading, or a line of a paragraph."""
        if fence := _FENCE.match(line):
            return self._code(fence, lines, at)
        if heading := _HEADING.fullmatch(line):
            self._flush()
            self._heading(len(heading[1]), heading[2].strip().rstrip("#").rstrip())
        else:
            self._paragraph.append(line.lstrip())
        return at + 1

    def _item(self, item: re.Match[str], lines: Sequence[str], at: int) -> int:
        self._flush()
        indent, number, content = len(item[1]), item[2], item[3]
        while self._indents and indent < self._indents[-1] + 2:
            self._indents.pop()
        margin = "  " * min(len(self._indents), _DEEPEST)
        self._indents.append(indent)
        marker = f"{int(number)}. " if number else "- "
        self._begin(BlockKind.ITEM, margin + marker, margin + " " * len(marker))
        if task := _TASK.match(content):
            content = f"{'☐' if task[1] == ' ' else '☑'} {content[task.end() :]}"
        return self._text(content, lines, at) if content.strip() else at + 1

    def _quote(self, lines: Sequence[str], at: int) -> int:
        self._flush()
        quoted: list[str] = []
        while at < len(lines) and (found := _QUOTE.match(lines[at])):
            quoted.append(lines[at][found.end() :])
            at += 1
        if callout := _CALLOUT.match(quoted[0]):
            quoted[0] = f"**{callout[1].capitalize()}**{quoted[0][callout.end() :]}  "
        inner = _Reader(self._definitions, quotes=False)
        inner.read("\n".join(quoted))
        self.found += (
            block
            if block.kind is BlockKind.CODE
            else replace(block, kind=BlockKind.QUOTE, lead=f"> {block.lead}", hang=f"> {block.hang}")
            for block in inner.found
        )
        return at

    def _table(self, lines: Sequence[str], at: int) -> int:
        self._flush()
        end = at + 2
        while end < len(lines) and "|" in lines[end]:
            end += 1
        table = read_table(lines[at:end])
        if table.is_plain:
            self._add(BlockKind.CODE, (Piece(Kind.CODE, line) for line in table.lines()))
        else:
            for bullet in table.bullets():
                self._add(BlockKind.ITEM, inline(bullet, self._definitions), "- ", "  ")
        return end

    def _code(self, fence: re.Match[str], lines: Sequence[str], at: int) -> int:
        self._flush()
        indent = len(lines[at]) - len(lines[at].lstrip())
        code: list[Piece] = []
        at += 1
        while at < len(lines) and not _closes(lines[at], fence[1]):
            shift = min(indent, len(lines[at]) - len(lines[at].lstrip()))
            code.append(Piece(Kind.CODE, lines[at][shift:].rstrip()))
            at += 1
        self._add(BlockKind.CODE, code, fence[2])
        return at + 1

    def _heading(self, level: int, text: str) -> None:
        self._paragraph.clear()
        pieces = inline(" ".join(text.split("\n")), self._definitions)
        if level <= 3:
            self._add(BlockKind.HEADING, pieces, "#" * level + " ")
            return
        bold = [piece for piece in pieces if piece.text != "**"]
        self._add(BlockKind.HEADING, (Piece(Kind.OPEN, "**"), *bold, Piece(Kind.CLOSE, "**")) if bold else ())

    def _begin(self, kind: BlockKind, lead: str = "", hang: str = "") -> None:
        self._kind, self._lead, self._hang = kind, lead, hang

    def _flush(self) -> None:
        """End the paragraph; what follows in the same list item stands below it, without a marker."""
        if self._paragraph:
            pieces = inline("\n".join(self._paragraph), self._definitions)
            self._paragraph.clear()
            self._add(self._kind, pieces, self._lead, self._hang)
            self._lead = self._hang

    def _add(self, kind: BlockKind, pieces: Iterable[Piece], lead: str = "", hang: str = "") -> None:
        block = Block(kind, tuple(pieces), lead, hang)
        if any(piece.text.strip() for piece in block.pieces):
            self.found.append(block)


def _bulleted(found: Sequence[Block]) -> tuple[Block, ...]:
    if any(block.kind is BlockKind.ITEM for block in found):
        return tuple(found)
    return tuple(
        replace(block, kind=BlockKind.ITEM, lead="- ", hang="  ") if block.kind is BlockKind.PARAGRAPH else block
        for block in found
    )


def _without_definitions(text: str, definitions: dict[str, str]) -> str:
    """Take the definitions of reference links out of a block and remember them."""
    if "]:" not in text:
        return text
    kept: list[str] = []
    for line in text.split("\n"):
        found = _DEFINITION.fullmatch(line)
        url = address(found[2]) if found else None
        if found and url:
            definitions.setdefault(found[1].strip().lower(), url)
        else:
            kept.append(line)
    return "\n".join(kept)


def _is_indented_code(lines: Sequence[str]) -> bool:
    return all(line.startswith("    ") for line in lines) and not _ITEM.match(lines[0])


def _closes(line: str, fence: str) -> bool:
    text = line.strip()
    return len(text) >= len(fence) and set(text) == {fence[0]}
