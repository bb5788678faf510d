"""What each stage of the search is worth, how fast it is, and what it costs.

    python -m benchmarks.search quality DIGESTS QUERIES [JUDGED]
    python -m benchmarks.search speed [PAPERS]

`quality` indexes a folder of digests and answers labelled queries, one JSON object a line: `query`, `kind`, `relevant` (ids of papers
as the archive has them) and, where only some papers could be judged, `judged_only` (count none but those listed in the file JUDGED, one
id a line) and `ignore` (ids that don't count). It prints recall@10 and MRR@10, means over kinds, and milliseconds of computing for a
query, as stages are added one by one. The baselines are FTS5's own tokenizer and BM25 over our tokens.

`speed` makes up an archive of so many papers (6,000 unless told otherwise) and prints how long searches and completions take, for how long
the event loop was held up meanwhile, and how much memory was added.
"""

import asyncio
import datetime as dt
import hashlib
import json
import random
import resource
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from statistics import mean
from typing import Any

from bot.archive.archive import open_archive
from bot.archive.candidates import Span, matches, quoted
from bot.archive.correction import STAGES
from bot.archive.glossary import concepts
from bot.archive.reader import Reader
from bot.archive.searching import find
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.text import tokens
from bot.reading.library import Library

Search = Callable[[str], list[str]]


def stages(reader: Reader) -> Iterator[tuple[str, Search]]:
    """Yield searches, each with a stage more than the one before."""
    names = dict(reader.connection.execute("SELECT rowid, id FROM paper"))

    def by_bm25(query: str) -> list[str]:
        words = dict.fromkeys(tokens(query))
        return (
            [names[row] for row, _ in matches(reader.connection, " OR ".join(map(quoted, words)), Span(), 100)]
            if words
            else []
        )

    def staged(query: str, **chosen: object) -> list[str]:
        return [names[row] for row, _ in find(reader, query, Span(), 100, **chosen).ranked[:100]]  # type: ignore[arg-type]  # stages by name

    yield "FTS5's own tokenizer", by_unicode61(reader.connection)
    yield "our tokens, BM25", by_bm25
    yield "+ ranking", partial(staged, corrections=(), understand=lambda *_: [])
    yield "+ glossary", partial(staged, corrections=(), understand=partial(concepts, listening=False))
    yield "+ sound", partial(staged, corrections=())
    for count, stage in enumerate(STAGES, 1):
        yield f"+ {stage.__name__}", partial(staged, corrections=STAGES[:count])


def by_unicode61(connection: sqlite3.Connection) -> Search:
    """Index the same texts the way FTS5 does by itself."""
    memory = sqlite3.connect(":memory:")
    memory.execute("CREATE VIRTUAL TABLE plain USING fts5 (id UNINDEXED, title, body, tokenize='porter unicode61')")
    papers = connection.execute("SELECT id, title, lines FROM paper JOIN text USING (rowid)")
    memory.executemany("INSERT INTO plain VALUES (?, ?, ?)", papers)

    def search(query: str) -> list[str]:
        words = " OR ".join(map(quoted, "".join(c if c.isalnum() else " " for c in query).split()))
        found = memory.execute(
            "SELECT id FROM plain WHERE plain MATCH ? AND rank MATCH 'bm25(0, 4.0, 1.0)' ORDER BY rank LIMIT 100",
            (words,),
        )
        return [paper for (paper,) in found] if words else []

    return search


def score(query: dict[str, Any], found: Sequence[str], judged: frozenset[str]) -> tuple[float, float]:
    """Return recall among the first ten, and one over the first relevant paper's place."""
    relevant = frozenset(query["relevant"])
    if query.get("judged_only"):
        ignored = frozenset(query.get("ignore", ()))
        found = [paper for paper in found if paper in judged | relevant and paper not in ignored]
    places = [place for place, paper in enumerate(found[:10], 1) if paper in relevant]
    return len(places) / min(10, len(relevant)), 1 / places[0] if places else 0.0


async def quality(digests: Path, asked: Sequence[dict[str, Any]], judged: frozenset[str]) -> None:
    """Print what each stage is worth: recall@10 in percent, MRR@10, and milliseconds of computing for a query."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        library = Library(digests)
        async with open_archive(path) as archive:
            await archive.sync(await library.refresh(), library.text_hash)
        reader = Reader(path)
        for name, search in stages(reader):
            kinds: dict[str, list[tuple[float, float]]] = defaultdict(list)
            began = time.process_time()
            for query in asked:
                kinds[query["kind"]].append(score(query, search(query["query"]), judged))
            each = (time.process_time() - began) / len(asked) * 1000
            recall, rank = (mean(mean(scores[i] for scores in kind) for kind in kinds.values()) for i in (0, 1))
            print(f"| {name} | {100 * recall:.1f} | {rank:.3f} | {each:.1f} |", flush=True)
        reader.close()


SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히"
)
LETTERS = "etaoinshrdlucmfwypvbgkq"


def made_up(papers: int, a_day: int = 25) -> list[Digest]:
    """Make papers up out of words that are as unevenly frequent as those of a language."""
    chance = random.Random(1)
    korean = ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 5))) for _ in range(20_000)]
    latin = ["".join(chance.choices(LETTERS, k=chance.randint(3, 11))) for _ in range(30_000)]

    def words(some: Sequence[str], count: int) -> str:
        return " ".join(some[int(len(some) * chance.random() ** 3)] for _ in range(count))

    def paper(ordinal: int) -> Paper:
        body = tuple(f"- {words(korean, 14)} {words(latin, 2)}" for _ in range(8))
        return Paper(ordinal, ordinal, words(latin, 8).title(), None, (), (), None, body, None, 1)

    first = dt.date(2000, 1, 1)
    days = [first + dt.timedelta(days=day) for day in range(-(-papers // a_day))]
    return [
        Digest(DigestId(f"{day}-daily-digest"), day, "", tuple(paper(n) for n in range(1, a_day + 1))) for day in days
    ]


async def _held_up(longest: list[float]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(0.001)
        longest.append((time.perf_counter() - began - 0.001) * 1000)


async def _timed(ask: Callable[[str], object], texts: Sequence[str]) -> str:
    taken: list[float] = []
    late: list[float] = []
    watch = asyncio.create_task(_held_up(late))
    for text in texts:
        began = time.perf_counter()
        await ask(text)  # type: ignore[misc]  # an Archive's method
        taken.append((time.perf_counter() - began) * 1000)
    watch.cancel()
    taken.sort()
    return f"p50 {taken[len(taken) // 2]:.1f} ms, p99 {taken[int(len(taken) * 0.99)]:.1f} ms; event loop late by {max(late):.1f} ms at most"


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _queries(digests: Sequence[Digest], count: int) -> tuple[list[str], list[str]]:
    """Return searches (words of bodies, words of titles, misspelt names) and texts as they are being typed."""
    chance = random.Random(2)
    papers = [paper for digest in digests for paper in digest.papers]
    searches, typed = [], []
    for _ in range(count):
        paper = chance.choice(papers)
        title, body = paper.title.split(), chance.choice(paper.blocks).split()[1:]
        place = chance.randrange(len(body) - 4)
        misspelt = title[0][:1] + title[0][2:]
        searches.append(
            chance.choice(
                [" ".join(body[place : place + chance.randint(1, 6)]), " ".join(chance.sample(title, 3)), misspelt]
            )
        )
        typed.append(paper.title[: chance.randint(1, 24)] if chance.random() < 0.8 else misspelt)
    return searches, typed


async def speed(papers: int) -> None:
    """Print how fast an archive of so many papers is."""
    digests = made_up(papers)
    hashes = {digest.id: hashlib.sha256(digest.id.encode()).hexdigest() for digest in digests}
    searches, typed = _queries(digests, 500)
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        async with open_archive(Path(folder) / "archive.db") as archive:
            await archive.sync(digests, hashes.__getitem__)
            print(f"{papers} papers: built in {time.perf_counter() - began:.1f} s")
            began = time.perf_counter()
            await archive.sync(digests, hashes.__getitem__)
            print(f"  unchanged: {time.perf_counter() - began:.2f} s")
            before = _memory()
            print("  search:   ", await _timed(archive.search, searches))
            print("  complete: ", await _timed(archive.complete, typed))
            print(f"  memory: {_memory() - before:.0f} MB more than before the first search")


def main(arguments: Sequence[str]) -> None:
    """Run what the arguments say."""
    if arguments[:1] == ["quality"] and len(arguments) > 2:
        digests, queries, *lists = map(Path, arguments[1:])
        asked = [json.loads(line) for line in queries.read_text("utf8").splitlines()]
        asyncio.run(
            quality(digests, asked, frozenset(word for path in lists for word in path.read_text("utf8").split()))
        )
    elif arguments[:1] == ["speed"]:
        asyncio.run(speed(int(arguments[1]) if len(arguments) > 1 else 6_000))
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
