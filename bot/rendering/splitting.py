"""Cut a text that is too long for one description: at a bullet, else a sentence, else a word.

Links, code spans and characters stay whole. An emphasis stays whole where it can; one that fills most of a description is closed before
the cut and opened again behind it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import zip_longest

from bot.rendering.graphemes import emoji_count, graphemes
from bot.rendering.limits import DESCRIPTION_BUDGET, INLINE_NODES, weight
from bot.rendering.markdown import Block, BlockKind
from bot.rendering.pieces import ZERO_WIDTH, Kind, Piece, harmless, write, write_piece

_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’)\]」』）]*\s*$")
_FRAGMENT = 200
"""Longest unit of a word that has to be cut."""


def pages(blocks: Iterable[Block], *, room: int = DESCRIPTION_BUDGET, nodes: int = INLINE_NODES) -> tuple[str, ...]:
    """Write blocks as descriptions of at most about `room` and `nodes` inline elements each.

    Only what cannot be cut, a link or a code span, may make one longer than `room`; none is longer than Discord's limit.
    """
    result: list[str] = []
    lines: list[str] = []
    room_left, nodes_left = room, nodes
    for part in _parts(blocks, room, nodes):
        text, count = _write(part), _nodes(part.pieces)
        if lines and (weight(text) + 1 > room_left or count > nodes_left):
            result.append("\n".join(lines))
            lines, room_left, nodes_left = [], room, nodes
        lines.append(text)
        room_left -= weight(text) + 1
        nodes_left -= count
    return (*result, "\n".join(lines)) if lines else tuple(result)


def _parts(blocks: Iterable[Block], room: int, nodes: int) -> Iterator[Block]:
    """Yield blocks that each fit a description, long ones in parts."""
    for block in blocks:
        if weight(_write(block)) <= room and _nodes(block.pieces) <= nodes:
            yield block
        elif block.kind is BlockKind.CODE:
            yield from _code_parts(block, room)
        else:
            yield from _text_parts(block, room - 2 * weight(block.lead) - 20, nodes)


def _write(block: Block) -> str:
    if block.kind is BlockKind.CODE:
        code = "\n".join(harmless(piece.text).replace("```", f"`{ZERO_WIDTH}`{ZERO_WIDTH}`") for piece in block.pieces)
        return f"```{block.lead}\n{code}\n```"
    return block.lead + write(block.pieces, hang=block.hang)


def _nodes(pieces: Iterable[Piece]) -> int:
    marked = {Kind.CODE, Kind.LINK, Kind.ADDRESS, Kind.OPEN}
    return sum((piece.kind in marked) + emoji_count(piece.text) for piece in pieces)


def _code_parts(block: Block, room: int) -> Iterator[Block]:
    part: list[Piece] = []
    left = room = room - 50
    for line in block.pieces:
        for text in _fragments(line.text, room) or [""]:
            cost = weight(harmless(text)) + 2 * text.count("```") + 1
            if part and cost > left:
                yield replace(block, pieces=tuple(part))
                part, left = [], room
            part.append(Piece(Kind.CODE, text))
            left -= cost
    yield replace(block, pieces=tuple(part))


class _Break(IntEnum):
    """How well a text may be cut after a unit."""

    NEVER = 0
    ANYWHERE = 1
    INSIDE = 2
    """After a word of an emphasis."""
    WORD = 3
    SENTENCE = 4


@dataclass(frozen=True, slots=True)
class _Unit:
    """What is not cut further."""

    piece: Piece
    weight: int
    nodes: int
    after: _Break
    marks: tuple[str, ...]
    """The emphases that are open behind it, outer first."""


def _text_parts(block: Block, room: int, nodes: int) -> Iterator[Block]:
    units = _units(block.pieces, block.hang)
    start, lead = 0, block.lead
    while start < len(units):
        end = _cut(units, start, _reach(units, start, room, nodes))
        before = units[start - 1].marks if start else ()
        opened = [Piece(Kind.OPEN, mark) for mark in before]
        closed = [Piece(Kind.CLOSE, mark) for mark in reversed(units[end - 1].marks)]
        pieces = _stripped([*opened, *(unit.piece for unit in units[start:end]), *closed])
        if pieces:
            yield replace(block, pieces=tuple(pieces), lead=lead)
            lead = block.hang
        start = end


def _reach(units: Sequence[_Unit], start: int, room: int, nodes: int) -> int:
    """Return how far the units fit, at least one of them."""
    end = start
    while end < len(units):
        room -= units[end].weight
        nodes -= units[end].nodes
        if end > start and (room < 0 or nodes < 0):
            break
        end += 1
    return end


def _cut(units: Sequence[_Unit], start: int, end: int) -> int:
    """Return the best place to cut in the last three quarters of a stretch that fits."""
    if end == len(units):
        return end
    floor = start + (end - start) // 4
    for wanted in (_Break.SENTENCE, _Break.WORD, _Break.INSIDE, _Break.ANYWHERE):
        for place in range(end, floor, -1):
            if units[place - 1].after >= wanted:
                return place
    return end


def _units(pieces: Sequence[Piece], hang: str) -> list[_Unit]:
    units: list[_Unit] = []
    marks: tuple[str, ...] = ()
    for piece, following in zip_longest(pieces, pieces[1:]):
        if piece.kind is Kind.TEXT:
            *words, last = _words(piece.text)
            units += [_unit(Piece(Kind.TEXT, word), hang, marks, _break_after(word, marks)) for word in words]
            piece = Piece(Kind.TEXT, last)  # noqa: PLW2901 - its last word is judged by what follows the piece
        elif piece.kind is Kind.OPEN:
            marks = (*marks, piece.text)
        elif piece.kind is Kind.CLOSE:
            marks = marks[:-1]
        units.append(_unit(piece, hang, marks, _break_between(piece, following, marks)))
    return units


def _unit(piece: Piece, hang: str, marks: tuple[str, ...], after: _Break) -> _Unit:
    size = weight(write_piece(piece)) + piece.text.count("[")  # which may have to be escaped
    if piece.kind is Kind.BREAK:
        size += weight(hang) + 1  # the next line's first character may have to be escaped too
    return _Unit(piece, size, _nodes([piece]), after, marks)


def _break_after(word: str, marks: tuple[str, ...]) -> _Break:
    if marks:
        return _Break.INSIDE if word[-1].isspace() else _Break.ANYWHERE
    if _SENTENCE_END.search(word):
        return _Break.SENTENCE
    return _Break.WORD if word[-1].isspace() else _Break.ANYWHERE


def _break_between(piece: Piece, following: Piece | None, marks: tuple[str, ...]) -> _Break:
    if piece.kind is Kind.OPEN or (following is not None and following.kind is Kind.CLOSE):
        return _Break.NEVER
    if piece.kind is Kind.BREAK:
        return _Break.INSIDE if marks else _Break.SENTENCE
    if piece.kind is Kind.TEXT:
        return _break_after(piece.text, marks)
    return _Break.ANYWHERE


def _words(text: str) -> list[str]:
    """Take a text apart behind white space and full-width full stops; words longer than a fragment are cut between characters."""
    words: list[str] = []
    word = ""
    for grapheme in graphemes(text):
        if (
            word
            and (word[-1].isspace() or word[-1] in "。！？")
            and not grapheme.isspace()
            and grapheme[0] not in "。！？」』）”’"
        ):
            words += _fragments(word, _FRAGMENT)
            word = ""
        word += grapheme
    return words + _fragments(word, _FRAGMENT)


def _fragments(word: str, most: int) -> list[str]:
    """Cut a word between characters into pieces that, escaped, weigh at most `most`; a character that outweighs it by code points."""
    if 2 * weight(word) <= most:
        return [word] if word else []
    fragments: list[str] = []
    fragment: list[str] = []
    left = most
    for grapheme in _bounded(graphemes(word), most):
        cost = weight(grapheme) + (not grapheme.isalnum())
        if cost > left and fragment:
            fragments.append("".join(fragment))
            fragment, left = [], most
        fragment.append(grapheme)
        left -= cost
    return [*fragments, "".join(fragment)]


def _bounded(clusters: Iterable[str], most: int) -> Iterator[str]:
    """Yield clusters; one of thousands of combining marks, which no reader wrote, in slices."""
    size = max(1, most // 3)
    for cluster in clusters:
        for at in range(0, len(cluster), size):
            yield cluster[at : at + size]


def _stripped(pieces: list[Piece]) -> list[Piece]:
    """Drop white space and line breaks at both ends, and an emphasis that holds nothing else."""
    while pieces and pieces[-1].kind in {Kind.TEXT, Kind.BREAK} and not pieces[-1].text.strip():
        pieces.pop()
    while pieces and pieces[0].kind in {Kind.TEXT, Kind.BREAK} and not pieces[0].text.strip():
        pieces.pop(0)
    if pieces and pieces[-1].kind is Kind.TEXT:
        pieces[-1] = Piece(Kind.TEXT, pieces[-1].text.rstrip())
    if pieces and pieces[0].kind is Kind.TEXT:
        pieces[0] = Piece(Kind.TEXT, pieces[0].text.lstrip())
    return pieces
