"""The words that the archive knows, and what they stand for."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from math import log
from typing import Any

from bot.archive.latin import singular
from bot.domain.text import is_hangul

END = "\U0010ffff"


class Vocabulary:
    """One state of the archive's words; what is asked more than once is kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @cached_property
    def papers(self) -> int:
        """How many papers there are."""
        (count,) = self._connection.execute("SELECT count(*) FROM paper").fetchone()
        return int(count)

    @cached_property
    def latin_words(self) -> list[str]:
        """Every Latin word of four letters or more."""
        rows = self._connection.execute(
            "SELECT term FROM term WHERE term BETWEEN 'a' AND '{' AND length(term) > 3 AND papers > 0"
        )
        return [term for (term,) in rows]

    @cached_property
    def names(self) -> dict[str, str]:
        """What papers call their models, by the letters alone: `hifisr` is `hifi sr`."""
        rows = self._connection.execute("SELECT DISTINCT name FROM paper WHERE name != ''")
        return {name.replace(" ", ""): name for (name,) in rows}

    def rarity(self, papers: int) -> float:
        """Return how much a term tells that occurs in so many papers (BM25's inverse document frequency)."""
        papers = min(papers, self.papers)
        return log(1 + (self.papers - papers + 0.5) / (papers + 0.5))

    def counts(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many papers each token occurs; one that is nowhere is left out."""
        return dict(self._chosen("SELECT term, papers FROM term WHERE papers > 0 AND term IN ({})", terms))

    def korean(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many papers each joined Korean term occurs; a rare one is left out."""
        return dict(self._chosen("SELECT term, papers FROM korean WHERE term IN ({})", terms))

    def term_counts(self, terms: Collection[str]) -> dict[str, int]:
        """Return in how many papers each term may occur: a Korean one joined, a phrase at most as often as its rarest word."""
        korean = self.korean([term.replace(" ", "") for term in terms if is_hangul(term)])
        tokens = self.counts({word for term in terms if not is_hangul(term) for word in term.split(" ")})
        return {
            term: korean.get(term.replace(" ", ""), 1)
            if is_hangul(term)
            else min((tokens.get(word, 1) for word in term.split(" ")), default=1)
            for term in terms
        }

    def meanings(self, keys: Collection[str]) -> dict[str, list[tuple[str, float]]]:
        """Return what the glossary has under these keys, most certain first."""
        found: dict[str, list[tuple[str, float]]] = {}
        rows = self._chosen(
            "SELECT term, other, weight FROM glossary WHERE term IN ({}) ORDER BY weight DESC, other", keys
        )
        for term, other, weight in rows:
            found.setdefault(term, []).append((other, weight))
        return found

    def knows_latin(self, word: str) -> bool:
        """Tell whether a Latin word, its singular, or one that begins with it is in the archive."""
        found = self._connection.execute(
            "SELECT 1 FROM term WHERE papers > 0 AND (term = ? OR (term >= ? AND term < ?)) LIMIT 1",
            (singular(word), word, word + END),
        ).fetchone()
        return found is not None

    def typed_with(self, strokes: str, limit: int) -> list[tuple[str, int]]:
        """Return Korean terms whose keystrokes begin like that, the most frequent first."""
        return self._connection.execute(
            "SELECT term, papers FROM korean WHERE strokes >= ? AND strokes < ? ORDER BY standing DESC, term LIMIT ?",
            (strokes, strokes + END, limit),
        ).fetchall()

    def with_initials(self, initials: str, limit: int) -> list[tuple[str, int]]:
        """Return Korean terms whose syllables have these first consonants, the most frequent first."""
        return self._connection.execute(
            "SELECT term, papers FROM korean WHERE initials = ? ORDER BY standing DESC, term LIMIT ?", (initials, limit)
        ).fetchall()

    def sounding(self, sound: str, limit: int) -> list[tuple[str, int]]:
        """Return English words of which Koreans hear these consonants, the most frequent first."""
        return self._connection.execute(
            "SELECT word, papers FROM sound WHERE sound = ? ORDER BY papers DESC, word LIMIT ?", (sound, limit)
        ).fetchall()

    def _chosen(self, statement: str, values: Collection[str]) -> Iterator[Any]:
        """Run a statement whose braces stand for a list of values, a few hundred at a time."""
        listed: Sequence[str] = list(values)
        for start in range(0, len(listed), 500):
            some = listed[start : start + 500]
            yield from self._connection.execute(statement.format(", ".join("?" * len(some))), some)
