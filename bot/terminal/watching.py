"""Notice when a file is saved."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

PAUSE = 0.3
"""Seconds between two looks: soon enough for who saves and looks up, and one `stat` each."""


def saves(path: Path, *, pause: Callable[[], object] = lambda: time.sleep(PAUSE)) -> Iterator[None]:
    """Yield once now and then whenever the file is another than at the look before: changed, replaced, gone or back."""
    seen: object = None
    while True:
        here = _signature(path)
        if here != seen:
            seen = here
            yield
        pause()


def _signature(path: Path) -> object:
    try:
        status = path.stat()
    except OSError as refused:
        return type(refused)
    return status.st_mtime_ns, status.st_size, status.st_ino
