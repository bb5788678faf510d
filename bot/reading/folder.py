"""The digest folder: which files it holds and what is in them."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.reading.text import MAX_BYTES

SUFFIXES = (".md", ".markdown")
DRAFTS = "_drafts"

_ATTEMPTS = 3
"""How often a file is read that changes meanwhile."""


@dataclass(frozen=True, slots=True)
class Signature:
    """What changes when a file does."""

    modified_ns: int
    size: int
    inode: int
    changed_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> "Signature":
        """Take it from a file's status."""
        return cls(status.st_mtime_ns, status.st_size, status.st_ino, status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class File:
    """A digest file."""

    path: str
    """Below the folder, with forward slashes."""
    place: Path
    signature: Signature | None
    """None for a link that leads out of the folder or nowhere: it is not read."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file's bytes and the signature that they were read under."""

    raw: bytes | None
    """None for a file that is larger than what is read."""
    signature: Signature


def files(root: Path) -> Iterator[File]:
    """Yield the digest files below `root` in order of their paths; hidden folders, drafts and folders behind links are left out.

    Raises OSError if `root` itself can't be listed; a folder inside that can't be is passed over.
    """
    inside = root.resolve()
    with os.scandir(root) as entries:
        found = list(entries)
    for entry in sorted(found, key=lambda entry: entry.name):
        yield from _below(entry, "", inside)


def read_bytes(place: Path) -> Content:
    """Read a file whose size and times are the same before and after; raises OSError, also for one that never holds still."""
    for _ in range(_ATTEMPTS):
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        with os.fdopen(descriptor, "rb") as file:
            before = os.fstat(file.fileno())
            if not stat.S_ISREG(before.st_mode):
                raise OSError(f"{place.name} is not a file")
            raw = file.read(MAX_BYTES + 1) if before.st_size <= MAX_BYTES else None
            after = Signature.of(os.fstat(file.fileno()))
        if after == Signature.of(before):
            return Content(raw if raw is None or len(raw) <= MAX_BYTES else None, after)
    raise OSError(f"{place.name} keeps changing")


def _below(entry: os.DirEntry[str], folder: str, inside: Path) -> Iterator[File]:
    path = folder + entry.name
    if entry.name.startswith("."):
        return
    if entry.is_dir(follow_symlinks=False):
        if entry.name != DRAFTS:
            yield from _in_folder(entry, path, inside)
    elif entry.name.lower().endswith(SUFFIXES):
        file = _file(entry, path, inside)
        if file is not None:
            yield file


def _in_folder(folder: os.DirEntry[str], path: str, inside: Path) -> Iterator[File]:
    try:
        with os.scandir(folder.path) as entries:
            found = sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return
    for entry in found:
        yield from _below(entry, f"{path}/", inside)


def _file(entry: os.DirEntry[str], path: str, inside: Path) -> File | None:
    """Look at one name: None for what is no file at all (a folder behind a link, a socket)."""
    place = Path(entry.path)
    try:
        status = entry.stat()
        if entry.is_symlink() and not place.resolve().is_relative_to(inside):
            return File(path, place, None)
    except (OSError, RuntimeError):  # a link to nothing, or a ring of links
        return File(path, place, None)
    return File(path, place, Signature.of(status)) if stat.S_ISREG(status.st_mode) else None
