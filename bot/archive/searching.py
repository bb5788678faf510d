"""A query becomes papers."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.text import tokens

POOL = 200
"""Papers that a search ranks; what comes after has next to nothing in common with the query."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a search looks at, as ISO dates; both ends belong to it."""

    since: str = ""
    until: str = "9999"


def quoted(token: str) -> str:
    """Write a token so that MATCH takes it as text."""
    doubled = token.replace('"', '""')
    return f'"{doubled}"'


def rank(connection: sqlite3.Connection, query: str, span: Span, pool: int) -> list[tuple[int, float]]:
    """Return the rows of the best papers with their scores, best first."""
    words = list(dict.fromkeys(tokens(query)))
    return matches(connection, " OR ".join(map(quoted, words)), span, pool) if words else []


def matches(connection: sqlite3.Connection, match: str, span: Span, pool: int) -> list[tuple[int, float]]:
    """Return the rows that a MATCH expression finds, with BM25 turned so that higher is better."""
    rows: Sequence[tuple[int, float]] = connection.execute(
        "SELECT word.rowid, -word.rank FROM word JOIN paper ON paper.rowid = word.rowid"
        " WHERE word MATCH ? AND rank MATCH 'bm25(4.0, 1.0)' AND paper.date BETWEEN ? AND ? ORDER BY rank LIMIT ?",
        (match, span.since, span.until, pool),
    ).fetchall()
    return list(rows)
