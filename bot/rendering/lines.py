"""Papers as lines of a list, within what an embed holds."""

from collections.abc import Iterable, Iterator

from bot.rendering.addresses import address
from bot.rendering.graphemes import cut
from bot.rendering.inline import plain
from bot.rendering.limits import weight
from bot.rendering.pieces import harmless, link_pieces, text_piece, write

_TITLE = 120
"""A line and a half on a telephone."""
_URL = 300
"""Longest address that is linked; a longer one would leave no room for the others."""


def title_line(title: str, url: str | None, *, most: int = _TITLE) -> str:
    """Write a title that leads to its page, where it has one."""
    shown = cut(harmless(plain(title)), most) or "?"
    linked = address(url) if url else None
    if linked is None or len(linked) > _URL:
        return write((text_piece(shown),))
    return write(link_pieces(shown, linked))


def fitting(texts: Iterable[str], room: int) -> Iterator[str]:
    """Yield texts as long as they fit one below the other."""
    for text in texts:
        room -= weight(text) + 1
        if room < 0:
            return
        yield text
