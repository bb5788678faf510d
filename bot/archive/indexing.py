"""Papers go into the archive's tables and out of them again."""

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.archive.plain import plain_lines
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.text import normal, pairs, runs

NAME_WORDS = 4
"""Words of a model's name at most."""

_ARXIV = re.compile(r"arxiv\.org/abs/([^\s?#]+?)(?:v\d+)?/?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's words in normal form, between single spaces."""

    title: str
    body: str

    @property
    def title_tokens(self) -> list[str]:
        """The tokens of the title."""
        return _tokens(self.title)

    @property
    def body_tokens(self) -> list[str]:
        """The tokens of everything else."""
        return _tokens(self.body)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A digest to put in the place of whatever the archive has under its name."""

    digest: Digest
    hash: str


def known_hashes(connection: sqlite3.Connection) -> dict[DigestId, str]:
    """Return the hash under which each digest was indexed."""
    return dict(connection.execute("SELECT id, hash FROM digest"))


def replace(connection: sqlite3.Connection, gone: Iterable[DigestId], come: Iterable[Replacement]) -> None:
    """Take digests out and put digests in, in one transaction."""
    changes: Counter[str] = Counter()
    papers = 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        for digest_id in gone:
            papers += _remove(connection, digest_id, changes)
        for replacement in come:
            papers += _remove(connection, replacement.digest.id, changes)
            papers += _add(connection, replacement, changes)
        _count(connection, changes)
        connection.execute(
            "INSERT INTO fact VALUES ('unlearnt', ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
            (papers,),
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def settle(connection: sqlite3.Connection) -> None:
    """Merge the index after much was added: a merged index answers faster."""
    for table in ("word", "title_word"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608 (names of this module)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _add(connection: sqlite3.Connection, replacement: Replacement, changes: Counter[str]) -> int:
    """Put a digest in; return how many papers came."""
    digest = replacement.digest
    connection.execute("INSERT INTO digest VALUES (?, ?)", (digest.id, replacement.hash))
    for paper in digest.papers:
        title = " ".join(paper.title.replace("\0", " ").split())
        lines = "\n".join(plain_lines(paper.blocks))
        entry = Entry(beginning(title), beginning(f"{lines}\n{_extra(paper)}"))
        row = connection.execute(
            "INSERT INTO paper (id, digest, ordinal, date, title, beginning, name, url) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                digest.paper_id(paper),
                digest.id,
                paper.ordinal,
                digest.date.isoformat(),
                title,
                entry.title,
                _name(title),
                paper.url,
            ),
        ).lastrowid
        connection.execute("INSERT INTO text VALUES (?, ?, ?)", (row, entry.body, lines))
        _index(connection, row, entry, changes)
    return len(digest.papers)


def _index(connection: sqlite3.Connection, row: int | None, entry: Entry, changes: Counter[str]) -> None:
    title, body = entry.title_tokens, entry.body_tokens
    connection.execute("INSERT INTO word (rowid, title, body) VALUES (?, ?, ?)", (row, " ".join(title), " ".join(body)))
    connection.execute("INSERT INTO title_word (rowid, title) VALUES (?, ?)", (row, " ".join(title)))
    changes.update({*title, *body})


def _remove(connection: sqlite3.Connection, digest_id: DigestId, changes: Counter[str]) -> int:
    """Take a digest out; return how many papers went. An index without content forgets a row only if it is told the same tokens again."""
    rows = connection.execute(
        "SELECT rowid, beginning, folded FROM paper JOIN text USING (rowid) WHERE digest = ?", (digest_id,)
    ).fetchall()
    for row, *texts in rows:
        entry = Entry(*texts)
        title, body = entry.title_tokens, entry.body_tokens
        connection.execute(
            "INSERT INTO word (word, rowid, title, body) VALUES ('delete', ?, ?, ?)",
            (row, " ".join(title), " ".join(body)),
        )
        connection.execute(
            "INSERT INTO title_word (title_word, rowid, title) VALUES ('delete', ?, ?)", (row, " ".join(title))
        )
        connection.execute("DELETE FROM text WHERE rowid = ?", (row,))
        changes.subtract({*title, *body})
    connection.execute("DELETE FROM paper WHERE digest = ?", (digest_id,))
    connection.execute("DELETE FROM digest WHERE id = ?", (digest_id,))
    return len(rows)


def _count(connection: sqlite3.Connection, changes: Mapping[str, int]) -> None:
    connection.executemany(
        "INSERT INTO term VALUES (?, ?) ON CONFLICT (term) DO UPDATE SET papers = papers + excluded.papers",
        sorted((term, change) for term, change in changes.items() if change),
    )


def beginning(title: str) -> str:
    """Return a title's words in normal form, by which titles are compared while somebody types."""
    return " ".join(runs(title))


def _name(title: str) -> str:
    name, colon, _ = title.partition(":")
    words = runs(name) if colon else []
    return " ".join(words) if len(words) <= NAME_WORDS else ""


def _tokens(words: str) -> list[str]:
    return [token for run in words.split(" ") if run for token in pairs(run)]


def _extra(paper: Paper) -> str:
    found = (match[1] for link in (paper.url or "", *paper.links) if (match := _ARXIV.search(normal(link))))
    return "\n".join([*paper.authors, paper.section or "", *dict.fromkeys(found)]).replace("\0", " ")
