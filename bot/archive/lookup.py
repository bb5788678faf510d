"""The questions that the archive answers, each on one connection."""

import datetime as dt
import sqlite3
import time
from collections import Counter
from collections.abc import Sequence
from math import log

from bot.archive.indexing import Entry, beginning
from bot.archive.searching import Span, find, matches, quoted
from bot.archive.snippet import snippet
from bot.archive.values import Hit, Results, Suggestion
from bot.archive.vocabulary import Vocabulary
from bot.domain.digest import PaperId

RELATED_TERMS = 24
"""Terms by which relatives of a paper are sought: its most particular ones. More of them cost time and change little."""


def search(connection: sqlite3.Connection, query: str, span: Span, limit: int, offset: int) -> Results:
    """Return one page of the papers that answer a query."""
    started = time.perf_counter()
    found = find(connection, Vocabulary(connection), query, span, offset + limit)
    words = [text for word in found.question.words for text in (word.stem, *(meant.text for meant in word.meant))]
    hits = _hits(connection, found.ranked[offset : offset + limit], words)
    return Results(hits, len(found.ranked), found.question.told(), (time.perf_counter() - started) * 1000)


def complete(connection: sqlite3.Connection, text: str, limit: int) -> tuple[Suggestion, ...]:
    """Return papers whose title begins with `text`, then those that have its words."""
    start = beginning(text)
    if not start:
        return recent(connection, limit)
    rows = [
        row
        for (row,) in connection.execute(
            "SELECT rowid FROM paper WHERE beginning >= ? AND beginning < ? ORDER BY date DESC LIMIT ?",
            (start, start + "\U0010ffff", limit),
        )
    ]
    if len(rows) < limit:
        *words, last = start.split(" ")
        match = " AND ".join([*map(quoted, words), f"{quoted(last)}*"])
        more = connection.execute(
            "SELECT rowid FROM title_word WHERE title_word MATCH ? ORDER BY rank LIMIT ?", (match, limit)
        )
        rows = list(dict.fromkeys([*rows, *(row for (row,) in more)]))[:limit]
    return _suggestions(connection, rows)


def recent(connection: sqlite3.Connection, limit: int) -> tuple[Suggestion, ...]:
    """Return the newest papers, in the order of their digest."""
    rows = connection.execute(
        "SELECT id, title, date FROM paper ORDER BY date DESC, digest DESC, ordinal LIMIT ?", (limit,)
    )
    return tuple(Suggestion(PaperId(paper_id), title, dt.date.fromisoformat(date)) for paper_id, title, date in rows)


def related(connection: sqlite3.Connection, paper_id: str, limit: int) -> tuple[Hit, ...]:
    """Return the papers that share most of what is particular to this one."""
    found = connection.execute(
        "SELECT rowid, beginning, folded FROM paper JOIN text USING (rowid) WHERE id = ?", (paper_id,)
    ).fetchone()
    if found is None:
        return ()
    row, *texts = found
    terms = _particular(connection, Entry(*texts))
    if not terms:
        return ()
    ranked = matches(connection, " OR ".join(map(quoted, terms)), Span(), limit + 1)
    return _hits(connection, [(other, score) for other, score in ranked if other != row][:limit], terms)


def any_paper(connection: sqlite3.Connection) -> PaperId | None:
    """Return the id of any paper."""
    found = connection.execute(
        "SELECT id FROM paper WHERE rowid >= (SELECT abs(random()) % (max(rowid) + 1) FROM paper) ORDER BY rowid LIMIT 1"
    ).fetchone()
    return None if found is None else PaperId(found[0])


def _particular(connection: sqlite3.Connection, entry: Entry) -> list[str]:
    """Return the terms of a paper that weigh most: often here (title words count four times), seldom elsewhere."""
    counts = Counter(entry.body_tokens)
    for token in entry.title_tokens:
        counts[token] += 4
    (papers,) = connection.execute("SELECT count(*) FROM paper").fetchone()
    frequency = paper_counts(connection, list(counts))
    weights = {
        term: (1 + log(count)) * log(papers / frequency[term])
        for term, count in counts.items()
        if 1 < frequency.get(term, 0) < papers
    }
    return sorted(weights, key=weights.__getitem__, reverse=True)[:RELATED_TERMS]


def paper_counts(connection: sqlite3.Connection, terms: Sequence[str]) -> dict[str, int]:
    """Return in how many papers each term occurs; a term that is nowhere is left out."""
    marks = ", ".join("?" * len(terms))
    return dict(connection.execute(f"SELECT term, papers FROM term WHERE papers > 0 AND term IN ({marks})", terms))  # noqa: S608


def _hits(connection: sqlite3.Connection, ranked: Sequence[tuple[int, float]], words: Sequence[str]) -> tuple[Hit, ...]:
    papers = _papers(connection, [row for row, _ in ranked])
    return tuple(
        Hit(PaperId(paper_id), title, dt.date.fromisoformat(date), url, score, snippet(body, words))
        for row, score in ranked
        for paper_id, title, date, url, body in (papers[row],)
    )


def _papers(connection: sqlite3.Connection, rows: Sequence[int]) -> dict[int, tuple[str, str, str, str | None, str]]:
    marks = ", ".join("?" * len(rows))
    found = connection.execute(
        f"SELECT rowid, id, title, date, url, lines FROM paper JOIN text USING (rowid) WHERE rowid IN ({marks})", rows
    )
    return {row: (paper_id, title, date, url, body) for row, paper_id, title, date, url, body in found}


def _suggestions(connection: sqlite3.Connection, rows: Sequence[int]) -> tuple[Suggestion, ...]:
    papers = _papers(connection, rows)
    return tuple(
        Suggestion(PaperId(paper_id), title, dt.date.fromisoformat(date))
        for paper_id, title, date, _, _ in (papers[row] for row in rows)
    )
