"""What was read of a file, as a value and as bytes: so that a file unchanged since the last start isn't read again."""

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from bot.domain import digest
from bot.reading.folder import Signature
from bot.reading.parser import Reading


@dataclass(frozen=True, slots=True)
class Shelved:
    """One file as it was last read."""

    signature: Signature | None
    """None where it could not be read: the next look tries again."""
    hash: str
    """Of its bytes and of what read them; empty where it could not be read."""
    reading: Reading


@cache
def reader() -> bytes:
    """Return what changes whenever this program may read the same file differently: its own sources and its parsers."""
    parsers = [version(name) for name in ("markdown-it-py", "python-frontmatter", "PyYAML")]
    sources = [*sorted(Path(__file__).parent.glob("*.py")), Path(digest.__file__)]
    return hashlib.sha256(repr([parsers, *(source.read_bytes() for source in sources)]).encode()).digest()


def stamp(shelved: Shelved) -> str:
    """Return a text that changes whenever a file, or what reads it, does."""
    return f"{reader().hex()} {shelved.signature}"


def pack(shelved: Shelved) -> bytes:
    """Return the bytes of a value, some 6 kB for seven papers; none for one that has no place in MessagePack.

    A paper numbered beyond 64 bits is such a one, and a title of half a character: the file is simply read at every start.
    """
    try:
        return reader() + msgspec.msgpack.encode(shelved)
    except (OverflowError, UnicodeEncodeError):
        return b""


def unpack(packed: bytes) -> Shelved | None:
    """Return the value of bytes, two hundred times as fast as reading the file; None for those of another reader."""
    if not packed.startswith(reader()):
        return None
    try:
        return msgspec.msgpack.decode(packed[len(reader()) :], type=Shelved)
    except msgspec.MsgspecError:
        return None
