"""How many papers of each day have a term."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bot.archive.candidates import quoted
from bot.archive.reader import Reader
from bot.domain.text import is_hangul, runs, tokens

_LONGEST = 12
"""Syllables of a word that may be two; what is longer is no term."""


_SURE = 0.9
"""Weight in the glossary below which two terms would be counted as one that are not."""
_COUNTERPARTS = 2
_INITIALS = 4
"""Letters of an English term that is likely short for another."""


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
    """Return the terms of the other language that stand for this one and it for them, the commonest first, words before initials."""
    words = runs(term)
    if not words:
        return ()
    korean = is_hangul(words[0])
    key = "".join(words) if korean else " ".join(words)
    found = reader.connection.execute(
        "SELECT there.other, coalesce(korean.papers, 0) FROM glossary AS there"
        " LEFT JOIN korean ON korean.term = replace(there.other, ' ', '')"
        " WHERE there.term IN (:key, rtrim(:key, 's')) AND there.weight >= :sure AND EXISTS ("
        "  SELECT 1 FROM glossary AS back WHERE back.term IN (there.other, replace(there.other, ' ', ''))"
        "  AND replace(back.other, ' ', '') = replace(there.term, ' ', '') AND back.weight >= :sure)",
        {"key": key, "sure": _SURE},
    )
    others = [(other, papers) for other, papers in found if is_hangul(other) != korean]
    others.sort(key=lambda each: (_is_initials(each[0]), -each[1], len(each[0])))
    return tuple(other for other, _ in others[:_COUNTERPARTS])


def _is_initials(other: str) -> bool:
    return len(other) <= _INITIALS and not is_hangul(other)


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
