"""Which part of a Korean word is the word, told by what else the archive writes."""

import re
from collections import Counter
from collections.abc import Iterable

from bot.archive.particles import stems

HANGUL = re.compile("[가-힣]+")


class Stemmer:
    """Takes particles off words where the bare word occurs too, or with several particles.

    That keeps `평가` whole (nobody writes `평`), and needs no dictionary: new loan words are understood once they are used.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = frozenset(words)
        self._forms = Counter(stem for word in self._words for stem in stems(word))
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the word without its particle or ending."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = next((stem for stem in stems(word) if self._stands(stem)), word)
        return found

    def _stands(self, stem: str) -> bool:
        return self._forms[stem] >= (1 if stem in self._words else 3)
