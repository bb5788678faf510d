"""What was read of each file, so that the next start needn't read them all again. What it looks like is the reader's business."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import TypeVar

T = TypeVar("T")


def kept(connection: sqlite3.Connection, unpack: Callable[[bytes], T | None]) -> list[T]:
    """Return what was kept, less what `unpack` makes nothing of."""
    unpacked = (unpack(packed) for (packed,) in connection.execute("SELECT reading FROM file"))
    return [value for value in unpacked if value is not None]


def keep(
    connection: sqlite3.Connection, values: Mapping[str, T], stamp: Callable[[T], str], pack: Callable[[T], bytes]
) -> None:
    """Keep what was read by path in place of what was kept: write what has another stamp, forget what is not among it."""
    known = dict(connection.execute("SELECT path, stamp FROM file"))
    stamps = {path: stamp(value) for path, value in values.items()}
    gone = [(path,) for path in known if path not in stamps]
    come = ((path, stamps[path], pack(value)) for path, value in values.items() if known.get(path) != stamps[path])
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.executemany("DELETE FROM file WHERE path = ?", gone)
        connection.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", come)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
