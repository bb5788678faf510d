"""Turn on SQLite's write-ahead log, whoever else opens the same file just now."""

import sqlite3
import time
from collections.abc import Callable

PATIENCE = 30
"""Seconds that a write waits for another process to finish its own."""


def write_ahead(execute: Callable[[str], object], patience: float) -> None:
    """Have the connection whose `execute` this is keep a write-ahead log.

    Where another process makes the same change or writes, SQLite says at once that the file is locked, whatever its busy timeout;
    this tries again for `patience` seconds. Raises sqlite3.OperationalError then.
    """
    end = time.monotonic() + patience
    while True:
        try:
            execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
            time.sleep(0.01)
        else:
            return
