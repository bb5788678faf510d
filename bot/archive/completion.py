"""Papers offered while somebody types."""

import sqlite3
from collections.abc import Iterable

from bot.archive.candidates import Span, quoted
from bot.archive.correction import by_keyboard, by_name, by_spelling, corrected
from bot.archive.indexing import beginning
from bot.archive.question import read
from bot.archive.reader import Reader
from bot.archive.searching import find
from bot.archive.vocabulary import END

MANY = 400
"""Titles beyond which a text says so little that the newest ones are as good as any."""

ENOUGH = 10
"""Titles from which on nothing further is looked for."""

CORRECTED_FROM = 4
"""Letters from which on a text without any title is taken for misspelt."""


def complete(reader: Reader, text: str, limit: int) -> list[int]:
    """Return papers whose title begins with a text, then those that have its words, or else those that it may have been meant as.

    Korean is searched for: titles are English, and a summary tells which of them is meant.
    """
    start = beginning(text)
    if not text.isascii() or not start:
        return [row for row, _ in find(reader, text, Span()).ranked[:limit]]
    rows = _beginning(reader.connection, start, limit)
    if len(rows) < ENOUGH and len(start) > 2:
        *words, last = map(quoted, start.split(" "))
        rows = _merged(rows, _with_words(reader.connection, [*words, f"{last}*"], start, limit))
    if not rows and len(start) >= CORRECTED_FROM:
        rows = _corrected(reader, text, limit)
    return rows[:limit]


def _corrected(reader: Reader, text: str, limit: int) -> list[int]:
    question = corrected(read(text, reader.vocabulary), reader.vocabulary, (by_keyboard, by_name, by_spelling))
    told = question.told()
    if told is not None and not told.isascii():
        return [row for row, _ in find(reader, told, Span()).ranked[:limit]]
    rows: list[int] = []
    for name in question.names:
        rows = _merged(rows, _beginning(reader.connection, name.text, limit))
    if question.corrected and not rows:
        words = [
            " OR ".join(map(quoted, [meant.text for meant in word.meant] or [word.text])) for word in question.words
        ]
        rows = _with_words(reader.connection, [f"({word})" for word in words], told or "", limit)
    return rows


def _merged(first: list[int], second: Iterable[int]) -> list[int]:
    return list(dict.fromkeys([*first, *second]))


def _beginning(connection: sqlite3.Connection, start: str, limit: int) -> list[int]:
    """Return titles that begin like that, the newest first."""
    span = (start, start + END)
    some = connection.execute(
        "SELECT rowid, date FROM paper WHERE beginning >= ? AND beginning < ? LIMIT ?", (*span, MANY)
    ).fetchall()
    if len(some) == MANY:  # walking back in time meets them soon enough
        some = connection.execute(
            "SELECT rowid, date FROM paper INDEXED BY paper_by_date WHERE beginning >= ? AND beginning < ?"
            " ORDER BY date DESC, digest DESC LIMIT ?",
            (*span, limit),
        ).fetchall()
    return [row for row, _ in sorted(some, key=lambda pair: pair[1], reverse=True)[:limit]]


def _with_words(connection: sqlite3.Connection, words: Iterable[str], start: str, limit: int) -> list[int]:
    """Return titles in which all of these expressions match: those first that have the text as one phrase."""
    found = connection.execute(
        "SELECT title_word.rowid, beginning, date FROM title_word JOIN paper ON paper.rowid = title_word.rowid"
        " WHERE title_word MATCH ? ORDER BY title_word.rowid DESC LIMIT ?",
        (" AND ".join(words), MANY),
    ).fetchall()
    found.sort(key=lambda row: row[2], reverse=True)
    found.sort(key=lambda row: (f" {start}" not in f" {row[1]}", len(row[1])))
    return [row for row, _, _ in found[:limit]]
