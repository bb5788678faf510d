"""Read random documents for as long as you like, and report the slowest beside what it may take.

    python -m tests.reading.fuzz [--documents 1000000] [--minutes 15] [--seed 0] [--processes N]

Documents are put together from the pieces of `documents.py` and half of them are damaged; each is read, linted and mended, on all
processors unless told otherwise. One that fails is written to the current folder, and the run ends with code 1.
"""

import argparse
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from rich.progress import track

from bot.reading.fixes import fixed
from bot.reading.linter import lint
from bot.reading.parser import Reading, read
from tests.reading.documents import BODIES, ENCODINGS, ENDINGS, FRONT_MATTER, HEADS, OPENINGS, TITLES

MARKUP = "#*-|[]()`<>!&\\ \t\n\r.0129aé한①《》:：/@{}+=~$_\0\u200b\ufeff"
SECONDS = 0.05
SECONDS_A_BYTE = 1e-6
AT_ONCE = 500
"""Documents that a process reads before it reports."""


@dataclass(frozen=True, slots=True)
class Report:
    """What reading some documents showed."""

    documents: int
    size: int
    seconds: float
    slowest: float
    """Share of the time that the slowest may take."""
    worst: bytes
    """The slowest one."""


def document(chance: random.Random) -> bytes:
    """Put a digest together, and damage every other one."""
    head = chance.choice(HEADS)
    parts = [chance.choice(FRONT_MATTER), chance.choice(OPENINGS)]
    for n in range(1, chance.randrange(8)):
        form = head if chance.random() < 0.9 else chance.choice(HEADS)
        number = n if chance.random() < 0.9 else chance.randrange(10**9)
        parts += [form.format(n=number, title=chance.choice(TITLES)), "\n", chance.choice(BODIES), "\n"]
    text = "".join(parts).replace("\n", chance.choice(ENDINGS))
    if chance.random() < 0.5:
        return text.encode(chance.choice(ENCODINGS), errors="replace")
    return damaged(bytearray(text, "utf-8"), chance)


def damaged(raw: bytearray, chance: random.Random) -> bytes:
    """Insert, delete, repeat and overwrite at a few places."""
    for _ in range(chance.randrange(1, 9)):
        at = chance.randrange(len(raw) + 1)
        match chance.randrange(4):
            case 0:
                raw[at:at] = "".join(chance.choices(MARKUP, k=chance.randrange(1, 9))).encode()
            case 1:
                del raw[at : at + chance.randrange(1, 40)]
            case 2:
                raw[at:at] = raw[at : at + chance.randrange(1, 60)] * chance.randrange(1, 12)
            case _:
                raw[at : at + 1] = chance.randbytes(1)
    return bytes(raw)


def timed(raw: bytes) -> tuple[Reading, float]:
    """Read a document, and tell how many seconds of a processor that took."""
    start = time.process_time()
    reading = read(raw, "2026-01-02-digest.md")
    return reading, time.process_time() - start


def run(seed: int, numbers: range) -> Report:
    """Read the documents of these numbers. The first that raises an exception ends it, written to the current folder."""
    slowest = seconds = 0.0
    size = 0
    worst = b""
    for number in numbers:
        raw = document(random.Random(f"{seed}/{number}"))
        size += len(raw)
        try:
            reading, spent = timed(raw)
            tuple(lint(raw, reading))
            fixed(raw, reading)
        except Exception:
            Path(f"failed-{seed}-{number}.md").write_bytes(raw)
            raise
        seconds += spent
        may_take = SECONDS + len(raw) * SECONDS_A_BYTE
        if spent > slowest * may_take:
            spent = min(spent, *(timed(raw)[1] for _ in range(4)))  # once may be the machine's own doing
        if spent > slowest * may_take:
            slowest, worst = spent / may_take, raw
    return Report(len(numbers), size, seconds, slowest, worst)


def _reports(seed: int, documents: int, minutes: float, processes: int) -> Iterator[Report]:
    """Yield reports until all documents are read or the time is over. Raises what a document raised."""
    end = time.monotonic() + minutes * 60
    parts = [range(first, min(first + AT_ONCE, documents)) for first in range(0, documents, AT_ONCE)]
    with multiprocessing.Pool(processes) as pool:
        reports = pool.imap_unordered(partial(run, seed), parts)
        for report in track(reports, "Reading", total=len(parts)):
            yield report
            if time.monotonic() > end:
                return


def main() -> int:
    """Run and report."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=1_000_000)
    arguments.add_argument("--minutes", type=float, default=15)
    arguments.add_argument("--seed", type=int, default=0)
    arguments.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    given = arguments.parse_args()
    reports = list(_reports(given.seed, given.documents, given.minutes, given.processes))
    done = sum(report.documents for report in reports)
    seconds = sum(report.seconds for report in reports)
    slowest = max(reports, key=lambda report: report.slowest)
    say = sys.stdout.write
    say(
        f"{done:,} documents, {sum(report.size for report in reports) / 1e6:.0f} MB, {seconds / max(done, 1) * 1000:.2f} ms each\n"
    )
    say(f"the slowest took {slowest.slowest:.0%} of 50 ms + 1 µs a byte, with {len(slowest.worst)} bytes\n")
    if slowest.slowest > 1:
        Path(f"slow-{given.seed}.md").write_bytes(slowest.worst)
    return int(slowest.slowest > 1)


if __name__ == "__main__":
    sys.exit(main())
