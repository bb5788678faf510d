"""JSON for programs, and for people who want to see what is kept of them."""

import json
from collections.abc import Iterable, Mapping

from bot.domain.reading_list import SavedPaper


def reading_list(entries: Iterable[SavedPaper]) -> str:
    """Return a list of objects, in the order given."""
    return _text([_record(entry) for entry in entries])


def personal(kept: Mapping[str, object]) -> str:
    """Return all that is kept about a person."""
    return _text(kept)


def _record(entry: SavedPaper) -> Mapping[str, object]:
    return {
        "title": entry.title,
        "url": entry.url,
        "authors": entry.authors,
        "date": entry.date.isoformat(),
        "paper": f"{entry.digest_id}/{entry.ordinal}",
        "state": entry.state.value,
        "saved_at": entry.saved_at.isoformat(),
    }


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
