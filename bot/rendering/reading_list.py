"""A reading list as an embed a page, and one entry of it."""

import datetime as dt
from collections.abc import Sequence

from bot.domain.post import Embed
from bot.domain.reading_list import ReadingState, SavedPaper
from bot.locales.words import Words
from bot.rendering.embeds import COLOUR
from bot.rendering.graphemes import cut
from bot.rendering.inline import plain
from bot.rendering.limits import DESCRIPTION_BUDGET
from bot.rendering.lines import fitting, title_line
from bot.rendering.pieces import escape, harmless

PAGE = 10
"""Entries of a page."""
_BOXES = {ReadingState.TO_READ: "☐", ReadingState.READ: "☑"}


def pages_of(entries: Sequence[SavedPaper]) -> int:
    """Return how many pages a list has."""
    return max(1, -(-len(entries) // PAGE))


def reading_list_embed(entries: Sequence[SavedPaper], page: int, say: Words) -> Embed:
    """Show one page of a list, counting from 0."""
    first = page * PAGE
    lines = (_line(place, entry, say) for place, entry in enumerate(entries[first : first + PAGE], first + 1))
    unread = sum(entry.state is ReadingState.TO_READ for entry in entries)
    count = say.count("{n} paper, {unread} to read", "{n} papers, {unread} to read", len(entries), unread=unread)
    footer = f"{count} · {say('page {page} of {pages}', page=page + 1, pages=pages_of(entries))}"
    return Embed("\n".join(fitting(lines, DESCRIPTION_BUDGET)), title=say("Reading list"), footer=footer, colour=COLOUR)


def entry_embed(entry: SavedPaper, say: Words) -> Embed:
    """Show what was kept of a paper whose digest is gone."""
    lines = [title_line(entry.title, entry.url)]
    if entry.authors:
        lines.append(escape(harmless(cut(", ".join(entry.authors), 400))))
    lines.append(
        f"-# {say('It is no longer in the digest of {date}; this is what I kept of it.', date=say.date(entry.date))}"
    )
    return Embed("\n".join(lines), colour=COLOUR)


def state_of(entry: SavedPaper, zone: dt.tzinfo, say: Words) -> str:
    """Say since when a paper is on the list, and whether it was read."""
    saved = say.date(entry.saved_at.astimezone(zone).date())
    if entry.state is ReadingState.READ:
        return say("On your reading list since {date}, read.", date=saved)
    return say("On your reading list since {date}, to read.", date=saved)


def entry_label(entry: SavedPaper, most: int) -> str:
    """Return an entry's box and title as plain text of at most `most` characters."""
    return cut(harmless(f"{_BOXES[entry.state]} {plain(entry.title)}"), most)


def _line(place: int, entry: SavedPaper, say: Words) -> str:
    return f"{_BOXES[entry.state]} **{place}.** {title_line(entry.title, entry.url)}\n-# {say.date(entry.date)}"
