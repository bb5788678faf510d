"""The papers that may answer a query: what the index hands on to be ranked."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from bot.archive.glossary import Concept
from bot.archive.question import Question
from bot.archive.ranking import Straw
from bot.archive.vocabulary import END, Vocabulary
from bot.domain.text import is_hangul, runs, tokens

WORDS = 100
SYNONYMS = 60
BEGINNINGS = 40
"""Papers that are ranked: with words of the query, with what these are called elsewhere, with a title that begins like the query."""

POSTINGS = 2_500
"""Occurrences that the index may weigh for each of these. One takes about a microsecond; more of them find nothing better."""

TITLES_ONLY = 3
"""Words and terms too frequent for that which are looked for in titles alone."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a search looks at, as ISO dates; both ends belong to it."""

    since: str = "0001-01-01"
    until: str = "9999-12-31"

    @property
    def everything(self) -> bool:
        """Tell whether no day is left out."""
        return self == Span()


def quoted(token: str) -> str:
    """Write a token so that MATCH takes it as text."""
    doubled = token.replace('"', '""')
    return f'"{doubled}"'


def matches(connection: sqlite3.Connection, match: str, span: Span, limit: int) -> list[tuple[int, float]]:
    """Return the rows that a MATCH expression finds, with BM25 turned so that higher is better."""
    days, ends = ("", ()) if span.everything else (_ON_DAYS, (span.since, span.until))
    found: Sequence[tuple[int, float]] = connection.execute(
        f"SELECT rowid, -rank FROM word WHERE word MATCH ? AND rank MATCH 'bm25(4.0, 1.0)'{days} ORDER BY rank LIMIT ?",  # noqa: S608
        (match, *ends, limit),
    ).fetchall()
    return list(found)


_ON_DAYS = " AND rowid IN (SELECT rowid FROM paper WHERE date BETWEEN ? AND ?)"


def candidates(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary,
    question: Question,
    understood: Sequence[Concept],
    span: Span,
    least: int,
) -> list[Straw]:
    """Return the papers to rank; at least so many, if there are."""
    rows: set[int] = set()
    for expressions, limit in (
        (_words(question, vocabulary), max(WORDS, least)),
        (_synonyms(question, understood, vocabulary), SYNONYMS),
    ):
        if expressions:
            rows.update(row for row, _ in matches(connection, " OR ".join(expressions), span, limit))
    rows.update(_beginning(connection, question, span))
    return list(_straws(connection, rows))


def _words(question: Question, vocabulary: Vocabulary) -> list[str]:
    """Write the tokens of a question; a last word that nobody has may be one half typed."""
    texts = [text for word in question.words for text in (word.text, *(meant.text for meant in word.meant))]
    counts = vocabulary.counts(dict.fromkeys(token for text in texts for token in tokens(text)))
    last = question.words[-1].text if question.words else ""
    begun = [f"{quoted(last)}*"] if last and last.isascii() and last not in counts else []
    return [*_affordable({quoted(token): count for token, count in counts.items()}), *begun]


def _synonyms(question: Question, understood: Sequence[Concept], vocabulary: Vocabulary) -> list[str]:
    """Write what the words are called elsewhere."""
    meant = [*question.names, *(meaning for concept in understood for meaning in concept.meanings)]
    phrases = {quoted(" ".join(words)): words for each in meant for words in _spellings(each.text)}
    counts = vocabulary.counts({token for words in phrases.values() for token in words})
    return _affordable({phrase: min(counts.get(token, 0) for token in words) for phrase, words in phrases.items()})


def _affordable(costs: dict[str, int]) -> list[str]:
    """Return the rarest expressions, as many as may be weighed, and some of the rest for titles alone."""
    rarest = sorted((expression for expression, cost in costs.items() if cost), key=lambda each: (costs[each], each))
    weighed = list(accumulate(costs[expression] for expression in rarest))
    fitting = sum(total <= POSTINGS for total in weighed)
    beyond = rarest[fitting : fitting + TITLES_ONLY]
    return [*rarest[:fitting], *(f"title : {expression}" for expression in beyond)]


def _spellings(text: str) -> Iterator[tuple[str, ...]]:
    """Yield a term's tokens as the index has them: a Korean one is written in one word or in several."""
    for spelling in {text, text.replace(" ", "")} if is_hangul(text) else {text}:
        yield tuple(tokens(spelling))


def _beginning(connection: sqlite3.Connection, question: Question, span: Span) -> Iterator[int]:
    beginning = " ".join(runs(question.text))
    if beginning:
        rows = connection.execute(
            "SELECT rowid FROM paper WHERE beginning >= ? AND beginning < ? AND date BETWEEN ? AND ? LIMIT ?",
            (beginning, beginning + END, span.since, span.until, BEGINNINGS),
        )
        yield from (row for (row,) in rows)


def _straws(connection: sqlite3.Connection, rows: Iterable[int]) -> Iterator[Straw]:
    listed = list(rows)
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        marks = ", ".join("?" * len(some))
        found = connection.execute(
            f"SELECT rowid, beginning, folded FROM paper JOIN text USING (rowid) WHERE rowid IN ({marks})",  # noqa: S608
            some,
        )
        yield from (Straw(row, f" {title} ", f" {body} ") for row, title, body in found)
