"""A query, read word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.archive.particles import stems
from bot.archive.vocabulary import Vocabulary
from bot.domain.text import composed, is_hangul, pairs, runs

LONGEST = 60
"""Words of a query that are looked at: beyond them it is a page of text, and its beginning says what it is about."""

_HALF = re.compile(r"[가-힣ㄱ-ㅣ]*[ㄱ-ㅣ]$")


@dataclass(frozen=True, slots=True)
class Meant:
    """What a word may have been meant as."""

    text: str
    weight: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a query, in normal form."""

    text: str
    stem: str
    """Without particle, as far as the archive knows the bare word."""
    meant: tuple[Meant, ...] = ()
    """Other words to look for in its place, the likeliest first; empty for a word that is taken as it stands."""

    @property
    def korean(self) -> bool:
        """Tell whether it is a Korean word."""
        return is_hangul(self.text)

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything that is looked for in its place."""
        return (self.text, self.stem, *(meant.text for meant in self.meant))

    @property
    def tokens(self) -> tuple[str, ...]:
        """The tokens of the bare word."""
        return tuple(pairs(self.stem))

    @property
    def endings(self) -> tuple[str, ...]:
        """The tokens that only the particle brings in."""
        own = self.tokens
        return tuple(token for token in pairs(self.text) if token not in own)


@dataclass(frozen=True, slots=True)
class Question:
    """A query."""

    text: str
    """As typed, composed and without white space around it."""
    words: tuple[Word, ...]
    half: str = ""
    """The last word with lone letters in it, which leave no token, where the typing stopped in the middle of a syllable."""
    names: tuple[Meant, ...] = ()
    """Names of models that the whole query may be meant as."""
    corrected: bool = False

    @property
    def taken(self) -> tuple[Word, ...]:
        """The words, each in the likeliest of its readings."""
        return tuple(Word(word.meant[0].text, word.meant[0].text) if word.meant else word for word in self.words)

    def told(self) -> str | None:
        """Return what is looked for instead of what was typed; None where that is the same."""
        if not self.corrected:
            return None
        if self.names and all(self.names[0].weight > word.meant[0].weight for word in self.words if word.meant):
            return self.names[0].text
        return " ".join(word.meant[0].text if word.meant else word.text for word in self.words)

    def meaning(self, place: int, meant: Sequence[Meant]) -> "Question":
        """Return the question with another reading of one word."""
        words = list(self.words)
        words[place] = replace(words[place], meant=tuple(meant))
        return replace(self, words=tuple(words), corrected=True)


def read(text: str, vocabulary: Vocabulary) -> Question:
    """Read a query."""
    text = composed(text.replace("\0", " ")).strip()
    found = runs(text)[:LONGEST]
    known = _known(found, vocabulary)
    half = _HALF.search(text)
    return Question(text, tuple(Word(run, _stem(run, known)) for run in found), half[0] if half else "")


def _known(found: Sequence[str], vocabulary: Vocabulary) -> dict[str, int]:
    korean = [run for run in found if is_hangul(run) and len(run) > 2]
    return vocabulary.korean({*korean, *(stem for run in korean for stem in stems(run))}) if korean else {}


def _stem(run: str, known: dict[str, int]) -> str:
    """Take a particle off where the bare word is a term, and by far the more usual one."""
    if not is_hangul(run):
        return run
    return next((stem for stem in stems(run) if known.get(stem, 0) > 5 * known.get(run, 0)), run)
