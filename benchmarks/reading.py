"""Measure reading: one digest against its bare parsers, and a folder of ten thousand at the first start, at the next, and later on.

python -m benchmarks.reading [FILE] [--files 10000]
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path

import frontmatter
from markdown_it import MarkdownIt

from bot.archive.archive import Archive, open_archive
from bot.reading.library import Library
from bot.reading.parser import read
from bot.reading.shelved import pack, stamp, unpack

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


async def many_files(count: int, raw: bytes) -> AsyncIterator[str]:
    """Read a folder at the first start, look at it again, also after one file changed, and start anew."""
    with tempfile.TemporaryDirectory() as folder:
        for n in range(count):
            day = f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
            place = Path(folder) / day[:4]
            place.mkdir(exist_ok=True)
            (place / f"{day}-daily-digest.md").write_bytes(raw.replace(b"2024-03-04", day.encode()))
        library = Library(Path(folder))
        yield f"{count} files of {len(raw)} bytes"
        async with open_archive(Path(folder) / "archive.db") as archive:
            yield f"  at the first start                  {await _timed(library.refresh()):8.2f} s"
            yield f"  nothing changed                     {await _timed(library.refresh()):8.2f} s"
            (place / f"{day}-daily-digest.md").write_bytes(raw + b"\n")
            yield f"  one changed                         {await _timed(library.refresh()):8.2f} s"
            yield f"  kept for the next start             {await _timed(archive.keep(library.shelves, stamp, pack)):8.2f} s"
        async with open_archive(Path(folder) / "archive.db") as archive:
            yield f"  at the next start                   {await _timed(_restarted(Path(folder), archive)):8.2f} s"


async def _restarted(folder: Path, archive: Archive) -> None:
    library = Library(folder)
    library.recall(await archive.kept(unpack))
    await library.refresh()


async def _timed(work: Awaitable[object]) -> float:
    start = time.perf_counter()
    await work
    return time.perf_counter() - start


async def main() -> None:
    """Print the figures."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    arguments.add_argument("--files", type=int, default=10_000)
    given = arguments.parse_args()
    raw = given.file.read_bytes()
    for line in one_file(given.file):
        print(line)
    async for line in many_files(given.files, raw):
        print(line, flush=True)


if __name__ == "__main__":
    asyncio.run(main())
