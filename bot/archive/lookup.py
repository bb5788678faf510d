"""The questions that the archive answers, each on one connection."""

import datetime as dt
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from math import log

from bot.archive import completion
from bot.archive.candidates import Span, matches, quoted
from bot.archive.indexing import Entry
from bot.archive.reader import Reader
from bot.archive.searching import find
from bot.archive.snippet import Marker
from bot.archive.values import Hit, Results, Suggestion
from bot.archive.vocabulary import Vocabulary
from bot.domain.digest import PaperId

SECONDS = 2.0
"""How long a search may take; Discord waits three for the first sign of an answer."""

TYPING_SECONDS = 0.5
"""The same while somebody types: a later answer is for another text."""

RELATED_TERMS = 24
"""Terms by which relatives of a paper are sought: its most particular ones. More of them cost time and change little."""


def search(reader: Reader, query: str, span: Span, limit: int, offset: int, *, quoting: bool = True) -> Results:
    """Return one page of the papers that answer a query."""
    started = time.perf_counter()
    with reader.within(SECONDS):
        found = find(reader, query, span, offset + limit)
        hits = _hits(reader.connection, found.ranked[offset : offset + limit], found.words, quoting=quoting)
    return Results(hits, len(found.ranked), found.question.told(), (time.perf_counter() - started) * 1000)


def complete(reader: Reader, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Return papers that a text may be the beginning of; the newest ones for a blank text."""
    if not text.strip():
        return _newest(reader, limit)
    with reader.within(TYPING_SECONDS):
        return _suggestions(reader.connection, completion.complete(reader, text, limit))


def _newest(reader: Reader, limit: int) -> tuple[Suggestion, ...]:
    rows = reader.connection.execute(
        "SELECT id, title, date FROM paper ORDER BY date DESC, digest DESC, ordinal LIMIT ?", (limit,)
    )
    return tuple(Suggestion(PaperId(paper_id), title, dt.date.fromisoformat(date)) for paper_id, title, date in rows)


def related(reader: Reader, paper_id: str, limit: int) -> tuple[Hit, ...]:
    """Return the papers that share most of what is particular to this one."""
    found = reader.connection.execute(
        "SELECT rowid, beginning, folded FROM paper JOIN text USING (rowid) WHERE id = ?", (paper_id,)
    ).fetchone()
    if found is None:
        return ()
    row, title, body = found
    terms = _particular(reader.vocabulary, Entry(title, body))
    if not terms:
        return ()
    with reader.within(SECONDS):
        ranked = matches(reader.connection, " OR ".join(map(quoted, terms)), Span(), limit + 1)
        return _hits(reader.connection, [pair for pair in ranked if pair[0] != row][:limit], terms)


def any_paper(reader: Reader) -> PaperId | None:
    """Return the id of any paper."""
    found = reader.connection.execute(
        "SELECT id FROM paper WHERE rowid >= (SELECT abs(random()) % (max(rowid) + 1) FROM paper) ORDER BY rowid LIMIT 1"
    ).fetchone()
    return None if found is None else PaperId(found[0])


def _particular(vocabulary: Vocabulary, entry: Entry) -> list[str]:
    """Return the terms of a paper that weigh most: often here (title words count four times), seldom elsewhere."""
    counts = Counter(entry.body_tokens)
    for token in entry.title_tokens:
        counts[token] += 4
    papers = vocabulary.counts(counts)
    weights = {
        term: (1 + log(count)) * vocabulary.rarity(papers[term])
        for term, count in counts.items()
        if 1 < papers.get(term, 0) < vocabulary.papers
    }
    return sorted(weights, key=lambda term: (-weights[term], term))[:RELATED_TERMS]


def _hits(
    connection: sqlite3.Connection, ranked: Sequence[tuple[int, float]], words: Sequence[str], *, quoting: bool = True
) -> tuple[Hit, ...]:
    rows = [row for row, _ in ranked]
    papers = _papers(connection, rows)
    bodies = _bodies(connection, rows) if quoting else {}
    marker = Marker(words)
    return tuple(
        Hit(PaperId(paper_id), title, dt.date.fromisoformat(date), url, score, marker.snippet(bodies.get(row, "")))
        for row, score in ranked
        for paper_id, title, date, url in (papers[row],)
    )


def _papers(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[str, str, str, str | None]]:
    marks = ", ".join("?" * len(rows))
    found = connection.execute(f"SELECT rowid, id, title, date, url FROM paper WHERE rowid IN ({marks})", rows)  # noqa: S608
    return {row: (paper_id, title, date, url) for row, paper_id, title, date, url in found}


def _bodies(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, str]:
    marks = ", ".join("?" * len(rows))
    return dict(connection.execute(f"SELECT rowid, lines FROM text WHERE rowid IN ({marks})", rows))  # noqa: S608


def _suggestions(connection: sqlite3.Connection, rows: Sequence[int]) -> tuple[Suggestion, ...]:
    papers = _papers(connection, rows)
    return tuple(
        Suggestion(PaperId(paper_id), title, dt.date.fromisoformat(date))
        for paper_id, title, date, _ in (papers[row] for row in rows)
    )
