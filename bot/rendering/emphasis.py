"""Which asterisks, underscores and tildes are emphasis, and which are just characters.

CommonMark with two changes that readers expect. A closing mark may touch a following letter (`**한글(abc)**는`: Korean particles do), as
Discord itself allows. A mark between two Latin letters or digits is arithmetic or a name (`2*3*4`, `x**2`), never an opening one.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.rendering.pieces import Kind, Piece, text_piece

_SPACES = re.compile(r" {2,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of asterisks, underscores or tildes that could open or close an emphasis."""

    run: str
    opens: bool
    closes: bool


Token = Piece | Mark


def mark(run: str, before: str, after: str) -> Mark:
    """Judge a run by the characters around it; empty strings are the ends of the text."""
    closes = bool(before) and not before.isspace()
    opens = bool(after) and not after.isspace()
    between = _is_word(before) and _is_word(after)
    if run[0] == "_":
        return Mark(run, opens and not before.isalnum(), closes and not _is_word(after))
    arithmetic = between and (run != "**" or before.isdigit() or after.isdigit())
    return Mark(run, opens and not arithmetic, closes)


def resolve(tokens: Iterable[Token]) -> list[Piece]:
    """Pair the marks: the ends of an emphasis become `OPEN` and `CLOSE`, every other mark is text."""
    resolution = _Resolution()
    for token in tokens:
        if isinstance(token, Piece):
            resolution.add(token)
        else:
            resolution.judge(token)
    return merged(_unnested(resolution.finished()))


def merged(pieces: Iterable[Piece]) -> list[Piece]:
    """Join neighbouring text, and its spaces, drop what is empty, and make the joined text harmless."""
    result: list[Piece] = []
    text: list[str] = []

    def flush() -> None:
        joined = _SPACES.sub(" ", "".join(text))
        text.clear()
        if joined:
            result.append(text_piece(joined))

    for piece in pieces:
        if piece.kind is Kind.TEXT:
            text.append(piece.text)
        elif piece.kind is Kind.CLOSE and not text and result and result[-1].kind is Kind.OPEN:
            result.pop()
        else:
            flush()
            result.append(piece)
    flush()
    return result


class _Resolution:
    """Pairs marks in one pass. Each mark is pushed and popped at most once, so the pass is linear."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._open: list[tuple[str, int, str]] = []
        self._waiting: dict[str, int] = {}
        self._risks: list[int] = [0]

    def add(self, piece: Piece) -> None:
        """Append a piece; a code span that holds a mark would end an emphasis around it, so it is remembered."""
        risky = piece.kind is Kind.CODE and ("*" in piece.text or "~~" in piece.text)
        self._pieces.append(piece)
        self._risks.append(self._risks[-1] + risky)

    def judge(self, token: Mark) -> None:
        """Close what a mark closes, else open, else take it as text."""
        parts = _parts(token.run)
        if not parts:
            self.add(Piece(Kind.TEXT, token.run))
            return
        if token.closes and self._waiting.get(parts[-1], 0):
            for part in reversed(parts):
                self._close(part)
            return
        for part in parts:
            if token.opens:
                self._open.append((part, len(self._pieces), _written(part)))
                self._waiting[part] = self._waiting.get(part, 0) + 1
            self.add(Piece(Kind.TEXT, part))

    def finished(self) -> list[Piece]:
        """Return the pieces; marks without a partner are text."""
        return self._pieces

    def _close(self, part: str) -> None:
        if not self._waiting.get(part, 0):
            self.add(Piece(Kind.TEXT, part))
            return
        while True:
            opened, at, written = self._open.pop()
            self._waiting[opened] -= 1
            if opened == part:
                break
        if self._risks[-1] > self._risks[at]:
            self._pieces[at] = Piece(Kind.TEXT, "")
            return
        self._pieces[at] = Piece(Kind.OPEN, written)
        self.add(Piece(Kind.CLOSE, written))


def _unnested(pieces: Iterable[Piece]) -> Iterable[Piece]:
    """Drop the marks of an emphasis inside one of its own kind, which Discord cannot show."""
    depth: dict[str, int] = {}
    for piece in pieces:
        if piece.kind is Kind.OPEN:
            depth[piece.text] = depth.get(piece.text, 0) + 1
            if depth[piece.text] > 1:
                continue
        elif piece.kind is Kind.CLOSE:
            depth[piece.text] -= 1
            if depth[piece.text] > 0:
                continue
        yield piece


def _parts(run: str) -> tuple[str, ...]:
    """Take a run apart into marks, outer first; none where it is no mark: a lone tilde, or four asterisks."""
    match run:
        case "***" | "___":
            return run[0], run[0] * 2
        case "*" | "_" | "**" | "__" | "~~":
            return (run,)
        case _:
            return ()


def _written(part: str) -> str:
    return part.replace("_", "*")


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
