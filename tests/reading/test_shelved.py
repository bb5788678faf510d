"""What was read, as bytes and back."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.reading.folder import Signature
from bot.reading.parser import Reading, read, too_large
from bot.reading.shelved import Shelved, pack, reader, stamp, unpack

FILES = sorted(path for path in (Path(__file__).parent.parent / "data").rglob("*.md") if "huge" not in str(path))
SIGNATURE = Signature(1, 2, 3, 4)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_was_read_comes_back_as_it_was(path: Path) -> None:
    shelved = Shelved(SIGNATURE, "hash", read(path.read_bytes(), path.name))

    assert unpack(pack(shelved)) == shelved


READING = read(b"### 1. A Title of a Paper", "2023-03-01.md")


@pytest.mark.parametrize(
    "reading",
    [
        replace(READING, title="half a character: \ud800"),
        replace(READING, papers=(replace(READING.papers[0], number=10**20),)),
    ],
    ids=["half a character", "huge number"],
)
def test_what_has_no_place_in_bytes_is_read_again(reading: Reading) -> None:
    packed = pack(Shelved(SIGNATURE, "hash", reading))

    assert packed == b""
    assert unpack(packed) is None


def test_a_file_that_was_not_read_comes_back_too() -> None:
    shelved = Shelved(None, "", too_large("a.md"))

    assert unpack(pack(shelved)) == shelved


@pytest.mark.parametrize(
    "damage", [lambda packed: packed[1:], lambda packed: packed[:-9], lambda packed: packed[:32] + b"[]", lambda _: b""]
)
def test_bytes_of_another_reader_and_damaged_ones_are_nothing(damage: Callable[[bytes], bytes]) -> None:
    packed = pack(Shelved(SIGNATURE, "hash", READING))

    assert unpack(damage(packed)) is None


def test_a_stamp_tells_of_the_file_and_of_the_reader() -> None:
    reading = read(b"", "a.md")

    stamps = {stamp(Shelved(signature, "", reading)) for signature in (SIGNATURE, Signature(1, 2, 3, 5), None)}

    assert len(stamps) == 3
    assert all(reader().hex() in each for each in stamps)
