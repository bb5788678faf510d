"""The archive from the shell."""

import json
import sys
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress

from bot.archive.archive import Archive, open_archive
from bot.archive.values import Results
from bot.reading.library import Library
from bot.reading.shelved import pack, stamp, unpack


async def search(
    digests_dir: Path,
    archive_path: Path,
    query: str,
    *,
    limit: int,
    as_json: bool,
    stdin: TextIO = sys.stdin,
    stdout: TextIO = sys.stdout,
) -> int:
    """Answer `query`, or each line of `stdin` for `-`, after bringing the archive up to date; return the exit code."""
    library = Library(digests_dir)
    library.check()
    async with open_archive(archive_path) as archive:
        await _bring_up_to_date(archive, library)
        for line in stdin if query == "-" else [query]:
            results = await archive.search(line.rstrip("\r\n"), limit=limit, quoting=False)
            _print(line.rstrip("\r\n"), results, stdout, as_json=as_json)
    return 0


async def _bring_up_to_date(archive: Archive, library: Library) -> None:
    """Read the digests that are new or changed, and index them."""
    library.recall(await archive.kept(unpack))
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bars:
        bar = bars.add_task("Reading the digests", total=None)
        digests = await library.refresh()

        def progress(done: int, total: int) -> None:
            doing = "Indexing the digests" if done < total else "Learning their words"
            bars.update(bar, description=doing, completed=done, total=total)

        await archive.sync(digests, library.text_hash, progress)
        await archive.keep(library.shelves, stamp, pack)


def _print(query: str, results: Results, stdout: TextIO, *, as_json: bool) -> None:
    if as_json:
        hits = [
            {
                "id": hit.id,
                "title": hit.title,
                "date": hit.date.isoformat(),
                "url": hit.url,
                "score": round(hit.score, 4),
            }
            for hit in results.hits
        ]
        answer = {"query": query, "hits": hits, "ms": round(results.ms, 2)}
        stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        return
    console = Console(file=stdout, highlight=False)
    if results.corrected:
        console.print(f"Showing results for [bold]{escape(results.corrected)}[/bold].")
    if not results.hits:
        console.print("Nothing in the archive answers that: try fewer or other words.")
    for hit in results.hits:
        console.print(
            f"{hit.date}  [bold]{escape(hit.title)}[/bold]\n            {escape(hit.id)}  {escape(hit.url or '')}"
        )
