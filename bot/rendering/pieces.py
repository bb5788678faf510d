"""Pieces of inline text, and how Discord wants them written."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest

from bot.rendering.addresses import host_of, is_honest

ZERO_WIDTH = "\u200b"

_SPECIAL = re.compile(
    r"[\\*_`]"
    r"|\|(?=\|)|(?<=\|)\||~(?=~)|(?<=~)~"
    r"|(?<=\])\(|(?<=:)/(?=/)"  # masked links and bare addresses are pieces of their own
)
_LINE_START = re.compile(r"(\d+)(?=[.)](?:\s|$))|(?=(?:#{1,3}|-#|[-+]|>{1,3})(?:\s|$)|>)")
_MENTION = re.compile(
    r"@(?=everyone|here)"
    r"|<(?=(?:@[!&]?\d+|\#\d+|t:-?\d+(?::[a-z])?|/[^<>\n]{1,100}:\d+|a?:\w{1,32}:\d+|id:\w{1,32})>)",
    re.IGNORECASE,
)
_BACKTICKS = re.compile(r"`+")


class Kind(StrEnum):
    """What a piece is."""

    TEXT = "text"
    CODE = "code"
    LINK = "link"
    """A label with an address under it."""
    ADDRESS = "address"
    """An address that is shown."""
    OPEN = "open"
    CLOSE = "close"
    """The two ends of an emphasis; the text is its mark."""
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of inline text. Only `TEXT` may be cut."""

    kind: Kind
    text: str
    """As a reader sees it, not escaped."""
    url: str = ""


def text_piece(text: str) -> Piece:
    """Return plain text in which nothing is a mention."""
    return Piece(Kind.TEXT, harmless(text))


def link_pieces(label: str, url: str) -> tuple[Piece, ...]:
    """Return a link whose label does not lie: one that shows an address or another host stands beside the real host."""
    label = label.strip()
    if label.rstrip("/") in {url.rstrip("/"), url.partition("://")[2].rstrip("/")}:
        return (Piece(Kind.ADDRESS, url, url),)
    if not label:
        return (Piece(Kind.LINK, host_of(url), url),)
    if len(label) <= 250 and "://" not in label and is_honest(label, url):
        return (Piece(Kind.LINK, harmless(label), url),)
    return text_piece(f"{label} ("), Piece(Kind.LINK, host_of(url), url), text_piece(")")


def harmless(text: str) -> str:
    """Break mentions, time stamps, command links and custom emoji with a zero-width space, so that they are text."""
    return _MENTION.sub(lambda found: found[0] + ZERO_WIDTH, text)


def escape(text: str) -> str:
    """Escape what Discord would read as markup inside a line."""
    return _SPECIAL.sub(lambda found: "\\" + found[0], text)


def write(pieces: Sequence[Piece], *, hang: str = "") -> str:
    """Write pieces in Discord's dialect; `hang` stands before every line but the first."""
    written: list[str] = []
    fresh = True
    risky = any(piece.kind is Kind.CODE and "](" in piece.text for piece in pieces)
    for piece, following in zip_longest(pieces, pieces[1:]):
        match piece.kind:
            case Kind.BREAK:
                written.append("\n" + hang)
            case Kind.CLOSE if following is not None and following.kind is Kind.OPEN:
                written.append(piece.text + ZERO_WIDTH)  # `**a****b**` would be read as one
            case Kind.TEXT:
                text = escape(piece.text).replace("[", "\\[") if risky else escape(piece.text)  # a link may end in code
                written.append(_start_of_line(text) if fresh else text)
            case _:
                written.append(write_piece(piece, alone=_ends_word(following)))
        fresh = piece.kind is Kind.BREAK or (fresh and not piece.text.strip())
    return "".join(written)


def write_piece(piece: Piece, *, alone: bool = False) -> str:
    """Write one piece; `alone` says that white space or nothing follows."""
    match piece.kind:
        case Kind.TEXT:
            return escape(piece.text)
        case Kind.CODE:
            return _code(piece.text)
        case Kind.LINK:
            return f"[{escape(_label(piece.text))}]({piece.url})"
        case Kind.ADDRESS:
            return piece.url if alone else f"<{piece.url}>"
        case Kind.OPEN | Kind.CLOSE:
            return piece.text
        case Kind.BREAK:
            return "\n"


def visible(pieces: Iterable[Piece]) -> str:
    """Return what a reader sees of pieces, without any markup."""
    return "".join(
        " " if piece.kind is Kind.BREAK else "" if piece.kind in {Kind.OPEN, Kind.CLOSE} else piece.text
        for piece in pieces
    )


def _start_of_line(text: str) -> str:
    """Escape what would make a line a heading, a quote or a bullet."""
    found = _LINE_START.match(text)
    return f"{found[1] or ''}\\{text[found.end() :]}" if found else text


def _ends_word(following: Piece | None) -> bool:
    return (
        following is None
        or following.kind is Kind.BREAK
        or (following.kind is Kind.TEXT and following.text[:1].isspace())
    )


def _label(text: str) -> str:
    """Return a label in which brackets don't end the link early: Discord takes one level of balanced ones."""
    depth = deepest = 0
    for character in text:
        depth += (character == "[") - (character == "]")
        deepest = max(deepest, depth, 2 if depth < 0 else 0)
    balanced = depth == 0 and deepest <= 1
    return text if balanced else text.replace("[", "(").replace("]", ")")


def _code(text: str) -> str:
    """Fence a code span; three backticks would open a block."""
    text = harmless(text)
    lengths = {len(run) for run in _BACKTICKS.findall(text)}
    if {1, 2} <= lengths:
        text, lengths = re.sub("`(?=`)", f"`{ZERO_WIDTH}", text), {1}
    fence = "``" if 1 in lengths else "`"
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
