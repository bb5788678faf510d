"""The blocks of a Markdown document, as markdown-it sees them. Text is always a slice of the source's own lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from markdown_it import MarkdownIt
from markdown_it.token import Token

LONG = 400
"""Where a line's block is decided by its start alone, only that many characters of it are looked at."""

_CRAMPED = re.compile(r"( {0,3}#{2,6})(?=[0-9\[]{1,4}[0-9.)\]])")

_HTML_HEADING = re.compile(
    r"\s{0,3}(?:<summary>\s{0,3})?<h([1-6])(?:\s[^<>]{0,300})?>(.{1,600}?)</h\1\s*>\s*(?:</summary>\s*)?", re.IGNORECASE
)
_LINK = re.compile(
    r"<a\b[^<>]{0,300}?href=[\"']([^\"'<>\s]{1,2000})[\"'][^<>]{0,300}>(.{1,600}?)</a\s*>", re.IGNORECASE
)
_BOLD = re.compile(r"</?(?:strong|b)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")


class Kind(StrEnum):
    """What a block is."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"
    TABLE = "table"
    QUOTE = "quote"
    CODE = "code"
    HTML = "html"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Item:
    """A list item of any depth."""

    first: int
    last: int
    """Half-open; nested items included."""
    depth: int
    """0 for an item of a list that stands at the top."""
    ordered: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A block at the top of the document. `first` and `last` are line indexes, half-open."""

    kind: Kind
    first: int
    last: int
    level: int = 0
    """1 to 6 for a heading."""
    text: str = ""
    """A heading's own text."""
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """A document's lines and its blocks in order."""

    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    cramped: tuple[int, ...]
    """Indexes of lines such as `###1. Title`, read as the headings that their authors meant."""

    def source(self, first: int, last: int) -> str:
        """Return these lines without blank ones around them."""
        return "\n".join(self.lines[first:last]).strip("\n").rstrip()


_KINDS = {
    "heading_open": Kind.HEADING,
    "paragraph_open": Kind.PARAGRAPH,
    "bullet_list_open": Kind.LIST,
    "ordered_list_open": Kind.LIST,
    "table_open": Kind.TABLE,
    "blockquote_open": Kind.QUOTE,
    "fence": Kind.CODE,
    "code_block": Kind.CODE,
    "html_block": Kind.HTML,
    "hr": Kind.RULE,
}

DOTS: Final = "•・▪◦‣"
"""What authors write for the bullets of a list though Markdown has others."""
_DOTTED: Final = frozenset(DOTS)
_DOT = re.compile(rf"( *)[{DOTS}] ?")


def _parser() -> MarkdownIt:
    """Return a block parser: nothing inside a line is looked at, since lines are quoted and never rendered."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


_MARKDOWN = _parser()


def outline(lines: Sequence[str], start: int) -> Outline:
    """Find the blocks of `lines[start:]`; line indexes count from the top of `lines`."""
    cramped = tuple(
        n for n in range(start, len(lines)) if lines[n].lstrip(" ").startswith("##") and _CRAMPED.match(lines[n])
    )
    looked_at = [_start_of(line) for line in lines[start:]]
    for n in cramped:
        looked_at[n - start] = _CRAMPED.sub(r"\1 ", looked_at[n - start], count=1)
    tokens = _MARKDOWN.parse("\n".join(looked_at))
    return Outline(tuple(lines), tuple(_blocks(tokens, lines, start)), cramped)


def _start_of(line: str) -> str:
    """Cut a line whose block can't depend on its end: no table cell, no HTML, no closing of either. Dots are bullets as well."""
    if line.lstrip(" ")[:1] in _DOTTED:
        line = _DOT.sub(r"\1- ", line, count=1)
    return line if len(line) <= LONG or "|" in line or "<" in line or "-->" in line else line[:LONG]


def _blocks(tokens: Sequence[Token], lines: Sequence[str], start: int) -> Iterator[Block]:
    items: list[Item] = []
    opened: Token | None = None
    for n, token in enumerate(tokens):
        if token.type == "list_item_open" and token.map is not None:
            # Lists and their items alternate, so a top list's item has level 1, its child's item 3.
            items.append(Item(token.map[0] + start, token.map[1] + start, token.level // 2, token.info != ""))
        if token.level:
            continue
        if token.nesting < 0:
            if opened is not None and token.type in {"bullet_list_close", "ordered_list_close"}:
                yield _block(opened, start, items=tuple(items))
            items, opened = [], None
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            items, opened = [], token
        elif token.type == "heading_open":
            yield _heading(token, tokens[n + 1].content, lines, start)
        elif token.type == "html_block":
            yield from _html(_block(token, start), lines)
        elif token.type in _KINDS:
            yield _block(token, start)


def without_tags(html: str) -> str:
    """Return the text of a line of HTML, its links and bold spans as Markdown."""
    return _TAG.sub("", _BOLD.sub("**", _LINK.sub(r"[\2](\1)", html))).strip()


def _html(block: Block, lines: Sequence[str]) -> Iterator[Block]:
    """Yield an HTML block, parted at the lines that are headings: `<h2 id="x">Title</h2>`."""
    first = block.first
    for n in range(block.first, block.last):
        if heading := _HTML_HEADING.fullmatch(lines[n][:1000]):
            if first < n:
                yield Block(Kind.HTML, first, n)
            yield Block(Kind.HEADING, n, n + 1, level=int(heading[1]), text=without_tags(heading[2]))
            first = n + 1
    if first < block.last:
        yield Block(Kind.HTML, first, block.last)


def _block(token: Token, start: int, *, items: tuple[Item, ...] = ()) -> Block:
    first, last = token.map or (0, 0)
    return Block(_KINDS[token.type], first + start, last + start, items=items)


def _heading(token: Token, content: str, lines: Sequence[str], start: int) -> Block:
    first, last = token.map or (0, 0)
    if len(content) >= LONG - 10:
        content = lines[first + start].strip(" \t").lstrip("#").strip()
    return Block(Kind.HEADING, first + start, last + start, level=int(token.tag[1]), text=content)
