"""How many papers of each day have a term."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.archive.candidates import quoted
from bot.archive.reader import Reader
from bot.domain.text import is_hangul, runs, tokens

_LONGEST = 12
"""Syllables of a word that may be two; what is longer is no term."""


_SURE = 0.5
"""Weight of a counterpart below which two terms would be counted as one that are not."""
_COUNTERPARTS = 2


def papers_by_day(reader: Reader, spellings: Sequence[str]) -> Mapping[dt.date, int]:
    """Return the papers of each day in which any of the spellings occurs; a day without any is left out."""
    phrases = dict.fromkeys(phrase for spelling in spellings for phrase in _phrases(spelling))
    if not phrases:
        return {}
    found = reader.connection.execute(
        "SELECT paper.date, count(*) FROM word JOIN paper ON paper.rowid = word.rowid WHERE word MATCH ? GROUP BY paper.date",
        (" OR ".join(map(quoted, phrases)),),
    )
    return {dt.date.fromisoformat(date): papers for date, papers in found}


def all_papers_by_day(reader: Reader) -> Mapping[dt.date, int]:
    """Return the papers of each day."""
    found = reader.connection.execute("SELECT date, count(*) FROM paper GROUP BY date")
    return {dt.date.fromisoformat(date): papers for date, papers in found}


def counterparts(reader: Reader, term: str) -> tuple[str, ...]:
    """Return the terms of the other language that surely mean the same."""
    words = runs(term)
    joined = "".join(words) if words and all(map(is_hangul, words)) else " ".join(words)
    keys = dict.fromkeys((joined, joined.removesuffix("s")))
    found = reader.connection.execute(
        f"SELECT other FROM glossary WHERE term IN ({', '.join('?' * len(keys))}) AND weight >= ? ORDER BY weight DESC LIMIT ?",  # noqa: S608
        (*keys, _SURE, _COUNTERPARTS),
    )
    return tuple(other for (other,) in found)


def _phrases(spelling: str) -> Iterator[str]:
    """Yield the sequences of tokens that a term becomes: Korean as typed, joined up, and in two words."""
    words = runs(spelling)
    if not words:
        return
    yield _tokens(words)
    joined = list(_joined(words))
    yield _tokens(joined)
    for place, word in enumerate(joined):
        for cut in range(2, len(word) - 1) if is_hangul(word) and len(word) <= _LONGEST else ():
            yield _tokens([*joined[:place], word[:cut], word[cut:], *joined[place + 1 :]])


def _joined(words: Sequence[str]) -> Iterator[str]:
    """Join Korean words that stand side by side."""
    word = words[0]
    for before, following in pairwise(words):
        if is_hangul(before) and is_hangul(following):
            word += following
        else:
            yield word
            word = following
    yield word


def _tokens(words: Sequence[str]) -> str:
    return " ".join(token for word in words for token in tokens(word))
