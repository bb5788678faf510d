"""A reading list as CommonMark with task boxes, as GitHub and Obsidian show it."""

import re
from collections.abc import Iterable

from bot.domain.reading_list import ReadingState, SavedPaper
from bot.locales.words import Words
from bot.rendering.addresses import address
from bot.rendering.inline import plain

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$!&])")


def markdown(entries: Iterable[SavedPaper], say: Words) -> str:
    """Return a heading and one line a paper, in the order given."""
    return "\n".join([f"# {say('Reading list')}", "", *(_line(entry, say) for entry in entries), ""])


def _line(entry: SavedPaper, say: Words) -> str:
    box = "x" if entry.state is ReadingState.READ else " "
    title, url = _escaped(plain(entry.title)) or "?", address(entry.url) if entry.url else None
    linked = title if url is None else f"[{title}](<{url}>)"
    about = [_escaped(", ".join(entry.authors)), say.date(entry.date)]
    return f"- [{box}] {linked} — {' · '.join(part for part in about if part)}"


def _escaped(text: str) -> str:
    return _MARKS.sub(r"\\\1", " ".join(text.split()))
