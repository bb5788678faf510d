"""Papers as lines of a list, within what an embed holds."""

from collections.abc import Iterable, Iterator

from bot.rendering.addresses import address
from bot.rendering.graphemes import cut, emoji_count
from bot.rendering.inline import plain
from bot.rendering.limits import INLINE_NODES, weight
from bot.rendering.pieces import harmless, link_pieces, text_piece, write

_TITLE = 120
"""A line and a half on a telephone."""
_URL = 300
"""Longest address that is linked; a longer one would leave no room for the others."""
_NODES = 3
"""Inline elements of a line besides emoji: a number in bold, a link, and one to spare."""


def title_line(title: str, url: str | None, *, most: int = _TITLE) -> str:
    """Write a title that leads to its page, where it has one."""
    shown = cut(harmless(plain(title)), most) or "?"
    linked = address(url) if url else None
    if linked is None or len(linked) > _URL:
        return write((text_piece(shown),))
    return write(link_pieces(shown, linked))


def fitting(texts: Iterable[str], room: int) -> Iterator[str]:
    """Yield texts as long as they fit one below the other, and as long as Discord's clients would render what is in them."""
    nodes = INLINE_NODES
    for text in texts:
        room -= weight(text) + 1
        nodes -= _NODES + emoji_count(text)
        if room < 0 or nodes < 0:
            return
        yield text
