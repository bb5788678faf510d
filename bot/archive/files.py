"""Which files the archive was made from, so that one who only searches needn't read them all again."""

import sqlite3
from collections.abc import Mapping


def seen(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the files with their signatures."""
    return dict(connection.execute("SELECT path, signature FROM file"))


def saw(connection: sqlite3.Connection, signatures: Mapping[str, str]) -> None:
    """Replace them."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM file")
        connection.executemany("INSERT INTO file VALUES (?, ?)", sorted(signatures.items()))
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
