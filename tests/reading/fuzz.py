"""Read random documents for as long as you like, and report the slowest beside what it may take.

    python -m tests.reading.fuzz [--documents 1000000] [--minutes 15] [--seed 0]

Documents are put together from the pieces of `documents.py` and half of them are damaged; each is read, linted and mended. One that fails
is written to the current folder, and the run ends with code 1.
"""

import argparse
import random
import sys
import time
from pathlib import Path

from bot.reading.fixes import fixed
from bot.reading.linter import lint
from bot.reading.parser import Reading, read
from tests.reading.documents import BODIES, ENCODINGS, ENDINGS, FRONT_MATTER, HEADS, OPENINGS, TITLES

MARKUP = "#*-|[]()`<>!&\\ \t\n\r.0129aé한①《》:：/@{}+=~$_\0\u200b\ufeff"
SECONDS = 0.05
SECONDS_A_BYTE = 1e-6


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


def main() -> int:
    """Run and report."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--documents", type=int, default=1_000_000)
    arguments.add_argument("--minutes", type=float, default=15)
    arguments.add_argument("--seed", type=int, default=0)
    given = arguments.parse_args()
    end = time.monotonic() + given.minutes * 60
    slowest = total = size = done = 0.0
    worst = b""
    for number in range(given.documents):
        raw = document(random.Random(f"{given.seed}/{number}"))
        try:
            reading, spent = timed(raw)
            tuple(lint(raw, reading))
            fixed(raw, reading)
        except Exception:
            Path(f"failed-{given.seed}-{number}.md").write_bytes(raw)
            raise
        done, size, total = done + 1, size + len(raw), total + spent
        may_take = SECONDS + len(raw) * SECONDS_A_BYTE
        if spent > slowest * may_take:
            spent = min(spent, *(timed(raw)[1] for _ in range(4)))  # once may be the machine's own doing
        if spent > slowest * may_take:
            slowest, worst = spent / may_take, raw
        if time.monotonic() > end:
            break
    say = sys.stdout.write
    say(f"{done:.0f} documents, {size / 1e6:.0f} MB, {total / max(done, 1) * 1000:.2f} ms each\n")
    say(f"the slowest took {slowest:.0%} of 50 ms + 1 µs a byte, with {len(worst)} bytes\n")
    if slowest > 1:
        Path(f"slow-{given.seed}.md").write_bytes(worst)
    return int(slowest > 1)


if __name__ == "__main__":
    sys.exit(main())
