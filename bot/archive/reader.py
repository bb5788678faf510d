"""A connection that reads the archive, and what it has learnt about its words."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.archive.store import open_reader
from bot.archive.vocabulary import Vocabulary

_STEPS = 10_000
"""SQLite's instructions between two looks at the clock: some tenths of a millisecond."""


class Reader:
    """Reads the archive; used by one thread at a time."""

    def __init__(self, path: Path) -> None:
        self.connection = open_reader(path)
        self._vocabulary = Vocabulary(self.connection)
        self._version = -1

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the archive as it is now: what was known of it is forgotten whenever another connection has written."""
        (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        if version != self._version:
            self._vocabulary, self._version = Vocabulary(self.connection), version
        return self._vocabulary

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Interrupt statements that still run after so many seconds: they raise sqlite3.OperationalError."""
        deadline = time.monotonic() + seconds
        self.connection.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
        try:
            yield
        finally:
            self.connection.set_progress_handler(None, 0)

    def close(self) -> None:
        """Close the connection."""
        self.connection.close()
