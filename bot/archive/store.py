"""The archive's file: its tables, and what happens when the file is not what it should be."""

import logging
import sqlite3
from pathlib import Path

from bot.journal import PATIENCE, write_ahead

log = logging.getLogger(__name__)

VERSION = 6
"""Raise it whenever tokens, tables or what goes into them change: an archive of another version is built anew."""

APPLICATION = 0x50415044
"""SQLite's `application_id` of an archive (`PAPD`), by which another program's database is told apart."""

CACHE_KIB = 8 * 1024
"""Page cache of a connection. Measured at 100,000 papers: beyond it the system's own file cache serves as well."""

TABLES = """
CREATE TABLE digest (id TEXT PRIMARY KEY, hash TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE paper (
    rowid INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    digest TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    date TEXT NOT NULL,
    title TEXT NOT NULL,
    beginning TEXT NOT NULL,  -- the title's words in normal form, for looking up titles by how they begin
    name TEXT NOT NULL,       -- the words before the title's colon: what the paper calls its model; empty without
    url TEXT                  -- NULL where the digest gives no page
);
CREATE INDEX paper_of_digest ON paper (digest);
CREATE INDEX paper_by_date ON paper (date, digest);
CREATE INDEX paper_by_beginning ON paper (beginning);
CREATE TABLE text (
    rowid INTEGER PRIMARY KEY,
    folded TEXT NOT NULL,  -- the words of body, authors, section and arXiv ids in normal form, for ranking
    lines TEXT NOT NULL    -- the body in plain lines, for quoting
);
CREATE VIRTUAL TABLE word USING fts5 (title, body, content='', tokenize="porter unicode61 tokenchars '.'");
CREATE VIRTUAL TABLE title_word USING fts5 (title, content='', prefix='1 2 3', tokenize="unicode61 tokenchars '.'");
CREATE TABLE term (term TEXT PRIMARY KEY, papers INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE korean (  -- words and pairs of words of the archive, joined, without particles
    term TEXT PRIMARY KEY,
    papers INTEGER NOT NULL,
    standing REAL NOT NULL,  -- papers, less for two words that meet by chance, more for a term of the glossary
    strokes TEXT NOT NULL,
    initials TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX korean_by_strokes ON korean (strokes);
CREATE INDEX korean_by_initials ON korean (initials);
CREATE TABLE glossary (
    term TEXT NOT NULL,    -- Korean joined, Latin words in singular
    other TEXT NOT NULL,
    weight REAL NOT NULL,  -- from 0 to 1
    PRIMARY KEY (term, other)
) WITHOUT ROWID;
CREATE TABLE sound (  -- English words by what Koreans hear of them
    sound TEXT NOT NULL,
    word TEXT NOT NULL,
    papers INTEGER NOT NULL,
    PRIMARY KEY (sound, word)
) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, stamp TEXT NOT NULL, reading BLOB NOT NULL);
CREATE TABLE fact (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""


def open_writer(path: Path) -> sqlite3.Connection:
    """Open the archive for writing, with its tables, whoever else opens it now.

    A damaged file is replaced, one of another version emptied, and another program's put aside. Raises sqlite3.OperationalError where
    the file is whole and can't be used.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if connection := _opened(path):
            return connection
        discard(path, keep=True)
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError as error:
        log.warning("The archive %s can't be read (%s); it is built anew.", path, error)
        discard(path)
    if connection := _opened(path):
        return connection
    raise sqlite3.OperationalError(f"another program keeps its database at {path}")


def open_reader(path: Path) -> sqlite3.Connection:
    """Open the archive for reading alone."""
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("PRAGMA query_only = ON")
    return connection


def discard(path: Path, *, keep: bool = False) -> None:
    """Take the archive's files away; `keep` renames the database instead, for it is somebody else's."""
    if keep:
        aside = path.with_name(f"{path.name}.not-an-archive")
        log.warning("%s is not an archive; it is kept as %s.", path, aside.name)
        path.replace(aside)
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _opened(path: Path) -> sqlite3.Connection | None:
    """Connect to the archive and make its tables; return None where the file is another program's."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=PATIENCE)
    is_ours = False
    try:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        write_ahead(connection.execute, PATIENCE)
        connection.execute(
            "PRAGMA synchronous = NORMAL"
        )  # after a power cut the newest digests are simply indexed again
        is_ours = _prepare(connection)
    finally:
        if not is_ours:
            connection.close()
    return connection if is_ours else None


def _prepare(connection: sqlite3.Connection) -> bool:
    """Make the tables, in the place of those of another version; leave another program's database alone and return False."""
    if _is_current(connection):
        return True
    connection.execute("BEGIN IMMEDIATE")  # another process may have been making them: look again
    with connection:
        if _is_current(connection):
            return True
        if _is_foreign(connection):
            return False
        for statement in (*_drops(connection), *TABLES.split(";\n")):
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {VERSION}")
    return True


def _drops(connection: sqlite3.Connection) -> list[str]:
    """Return what drops all tables; those of full-text search go first, and take their own along."""
    tables = connection.execute(
        "SELECT name, sql LIKE 'CREATE VIRTUAL %' FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    ).fetchall()
    return [f'DROP TABLE IF EXISTS "{name}"' for name, _ in sorted(tables, key=lambda table: not table[1])]


def _is_current(connection: sqlite3.Connection) -> bool:
    return _pragma(connection, "application_id") == APPLICATION and _pragma(connection, "user_version") == VERSION


def _is_foreign(connection: sqlite3.Connection) -> bool:
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    return bool(tables) and _pragma(connection, "application_id") != APPLICATION


def _pragma(connection: sqlite3.Connection, name: str) -> int:
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    return int(value)
