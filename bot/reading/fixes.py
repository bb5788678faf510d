"""What can be mended in a digest file without changing what it says."""

import codecs
import contextlib
import os
import re
import shutil
import tempfile
from pathlib import Path

from bot.reading import front_matter
from bot.reading.finding import Code
from bot.reading.outline import Kind, Outline, outline
from bot.reading.parser import Reading

_HEADING = re.compile(r"( {0,3}### +)(\d{1,30})(\.)(?=\s)")


def fixed(raw: bytes, reading: Reading) -> bytes:
    """Return the file with plain line endings, without byte order mark and idle spaces, its `### N.` headings counted through.

    Bytes that are not UTF-8 come back as they are: what they mean is the author's to say. Spaces that break a line stay.
    """
    try:
        text = raw.removeprefix(codecs.BOM_UTF8).decode()
    except UnicodeDecodeError:
        return raw
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    document = outline(lines, front_matter.split(lines).body)
    code = {n for block in document.blocks if block.kind is Kind.CODE for n in range(block.first, block.last)}
    lines = [line if n in code else _trimmed(lines, n) for n, line in enumerate(lines)]
    _renumber(lines, document, reading)
    return "\n".join(lines).encode()


def replace_file(place: Path, raw: bytes) -> None:
    """Put `raw` in place of a file at once, so that whoever reads meanwhile gets the old or the new; raises OSError."""
    real = place.resolve()
    descriptor, name = tempfile.mkstemp(prefix=f".{real.name[:50]}.", suffix=".tmp", dir=real.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(real, name)
        Path(name).replace(real)
    except OSError:
        with contextlib.suppress(OSError):
            Path(name).unlink()
        raise


def _trimmed(lines: list[str], n: int) -> str:
    line = lines[n]
    bare = line.rstrip(" \t")
    breaks = line.endswith("  ") and bool(bare) and n + 1 < len(lines) and bool(lines[n + 1].strip())
    return line if breaks else bare


def _renumber(lines: list[str], document: Outline, reading: Reading) -> None:
    """Count the headings through from the first one's number, if they are the papers' and stand in one section."""
    numbered = [
        (block.first, match)
        for block in document.blocks
        if block.kind is Kind.HEADING and (match := _HEADING.match(lines[block.first]))
    ]
    numbers = [int(match[2]) for _, match in numbered]
    papers = {paper.line - 1 for paper in reading.papers}
    repeats = sum(finding.code is Code.PAPER_REPEATED for finding in reading.findings)
    if not numbers or numbers != sorted(numbers) or len(papers) + repeats != len(numbers):
        return
    if not papers <= {n for n, _ in numbered} or _is_parted(document, numbered[0][0], numbered[-1][0]):
        return
    for count, (n, match) in enumerate(numbered, start=numbers[0]):
        lines[n] = _HEADING.sub(f"{match[1]}{count}.", lines[n], count=1)


def _is_parted(document: Outline, first: int, last: int) -> bool:
    """Tell whether a heading above the papers' level stands between these lines."""
    return any(
        block.kind is Kind.HEADING and block.level < 3 and first < block.first < last for block in document.blocks
    )
