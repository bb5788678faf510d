"""Measure reading: one digest against its bare parsers, and a folder of ten thousand at start and when nothing changed.

python -m benchmarks.reading [FILE] [--files 10000]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt

from bot.reading.library import Library
from bot.reading.parser import read

SAMPLE = Path(__file__).parent.parent / "tests" / "data" / "2024-03-04-daily-digest.md"
ROUNDS = 200


def bare(raw: bytes) -> None:
    """Do what any reader of such files has to: front matter and Markdown."""
    post = frontmatter.loads(raw.decode())
    MarkdownIt().parse(post.content)


def medians(*works: Callable[[], object]) -> tuple[float, ...]:
    """Return each work's median time on the processor in milliseconds; the works take turns, so that what slows one slows all."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, spent in zip(works, times, strict=True):
            start = time.process_time()
            work()
            spent.append((time.process_time() - start) * 1000)
    return tuple(statistics.median(spent) for spent in times)


def one_file(path: Path) -> Iterator[str]:
    """Compare the whole reader with bare python-frontmatter and markdown-it-py."""
    raw = path.read_bytes()
    whole, parsers = medians(lambda: read(raw, path.name), lambda: bare(raw))
    yield f"{path.name}: {len(raw)} bytes, {len(read(raw, path.name).papers)} papers"
    yield f"  the reader                          {whole:8.3f} ms"
    yield f"  python-frontmatter, markdown-it-py  {parsers:8.3f} ms"
    yield f"  ratio                               {whole / parsers:8.2f}"


def many_files(count: int, raw: bytes) -> Iterator[str]:
    """Read a folder at start, look at it again, and look again after one file changed."""
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            day = f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
            place = Path(folder) / day[:4]
            place.mkdir(exist_ok=True)
            (place / f"{day}-daily-digest.md").write_bytes(raw.replace(b"2024-03-04", day.encode()))
        library = Library(Path(folder))
        yield f"{count} files of {len(raw)} bytes"
        yield f"  at start                            {_refreshed(library):8.2f} s"
        yield f"  nothing changed                     {_refreshed(library):8.2f} s"
        (place / f"{day}-daily-digest.md").write_bytes(raw + b"\n")
        yield f"  one changed                         {_refreshed(library):8.2f} s"


def _refreshed(library: Library) -> float:
    start = time.perf_counter()
    asyncio.run(library.refresh())
    return time.perf_counter() - start


def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    arguments.add_argument("--files", type=int, default=10_000)
    given = arguments.parse_args()
    for line in one_file(given.file):
        print(line)
    for line in many_files(given.files, given.file.read_bytes()):
        print(line)


if __name__ == "__main__":
    main()
