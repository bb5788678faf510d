"""The other language's words for what was asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.archive.latin import singular
from bot.archive.question import Meant, Word
from bot.archive.sound import sound
from bot.archive.vocabulary import Vocabulary

LONGEST = 4
"""Words of a term at most."""

MEANINGS = 4
"""Meanings of a term at most: what comes after is guesswork."""

SECOND_HAND = 0.7
"""What a meaning's own meanings count of it: 할루시네이션 is hallucination, and that 환각."""

BY_EAR = 0.8
"""What an English word counts that a Korean one only sounds like."""

SYLLABLES = 3
AUDIBLE = 4
"""Syllables and consonants from which on a sound tells words apart."""


@dataclass(frozen=True, slots=True)
class Concept:
    """Words of a query that are one term, and what else it is called."""

    start: int
    size: int
    meanings: tuple[Meant, ...]


def concepts(words: Sequence[Word], vocabulary: Vocabulary, *, listening: bool = True) -> list[Concept]:
    """Return the terms among these words that the glossary or the ear understands: the longest ones, from left to right."""
    keys = {key for place in range(len(words)) for _, key in _terms(words, place)}
    known = vocabulary.meanings(keys) if keys else {}
    found: list[Concept] = []
    place = 0
    while place < len(words):
        size, key = next(((size, key) for size, key in _terms(words, place) if key in known), (1, ""))
        meant = known.get(key, [])[:MEANINGS] or (by_ear(words[place], vocabulary) if listening else [])
        if meant:
            found.append(Concept(place, size, _with_second_hand(key, meant, vocabulary)))
        place += size
    return found


def by_ear(word: Word, vocabulary: Vocabulary) -> list[tuple[str, float]]:
    """Return the English word that a Korean one spells, where the archive itself has no such Korean word: 퀀타이제이션 is quantization."""
    if not word.korean or len(word.stem) < SYLLABLES or vocabulary.korean([word.stem]):
        return []
    heard = sound(word.stem)
    return [(term, BY_EAR) for term, _ in vocabulary.sounding(heard, 1)] if len(heard) >= AUDIBLE else []


def _with_second_hand(key: str, meant: Sequence[tuple[str, float]], vocabulary: Vocabulary) -> tuple[Meant, ...]:
    weights = dict(meant)
    if len(weights) > 1:
        return tuple(Meant(other, weight) for other, weight in meant)
    further = vocabulary.meanings([key_of(other) for other, _ in meant])
    for other, weight in meant:
        for another, certainty in further.get(key_of(other), ())[:MEANINGS]:
            if key_of(another) != key:
                weights[another] = max(weights.get(another, 0.0), SECOND_HAND * weight * certainty)
    best = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))[: 2 * MEANINGS]
    return tuple(Meant(other, weight) for other, weight in best)


def key_of(term: str) -> str:
    """Return the form under which the glossary knows a term: Korean joined, English in the singular."""
    return term.replace(" ", "") if "가" <= term[0] <= "힣" else " ".join(map(singular, term.split(" ")))


def _terms(words: Sequence[Word], place: int) -> Iterator[tuple[int, str]]:
    """Yield how many words from `place` on are one term, and its key; the longest first."""
    for size in range(min(LONGEST, len(words) - place), 0, -1):
        some = words[place : place + size]
        if all(word.korean for word in some):
            yield size, "".join(word.stem for word in some)
        elif not any(word.korean for word in some):
            yield size, " ".join(singular(word.text) for word in some)
