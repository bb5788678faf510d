"""What the archive teaches about words: its Korean vocabulary and its glossary.

    python -m bot.archive.mining ARCHIVE

runs it as a process of its own, which the bot does after much was indexed: it takes seconds of computing and some hundred megabytes
that the bot never sees.
"""

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from bot.archive.companions import Terms, companions, heard, korean_terms, latin_terms
from bot.archive.glossary import key_of
from bot.archive.hangul import initials, strokes
from bot.archive.latin import singular
from bot.archive.parentheses import chosen, explained, spelled_out
from bot.archive.seed import seed
from bot.archive.sound import sound
from bot.archive.stemming import HANGUL, Stemmer
from bot.archive.store import open_writer
from bot.domain.text import normal, runs

SAMPLE = 12_000
"""Papers that are read for it, evenly spread: beyond them the glossary hardly grows, and time and memory do."""

LEAST_PAPERS = 3
"""Papers in which a Korean term occurs at least to be offered as what somebody meant."""


HEARD = 0.8
"""What an English word counts that a Korean one sounds like and keeps company with."""

KNOWN = 5.0
"""How many times likelier a term of the glossary is meant than any other."""


@dataclass(frozen=True, slots=True)
class Source:
    """A paper to learn from."""

    title: str
    lines: tuple[str, ...]
    """The body in normal form."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was learnt."""

    papers: Counter[str]
    """In how many papers each joined Korean term occurs."""
    standing: dict[str, float]
    """The same, less for two words that meet by chance, more for a term of the glossary."""
    glossary: dict[tuple[str, str], float]
    """How far one term stands for another."""


def learn(connection: sqlite3.Connection) -> None:
    """Read the archive's papers and replace what was learnt from them before, in one transaction."""
    sources = list(_sources(connection))
    lesson = study(sources)
    korean = [
        (term, papers, lesson.standing[term], strokes(term), initials(term))
        for term, papers in lesson.papers.items()
        if papers >= LEAST_PAPERS
    ]
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM korean")
        connection.executemany("INSERT INTO korean VALUES (?, ?, ?, ?, ?)", sorted(korean))
        connection.execute("DELETE FROM glossary")
        connection.executemany(
            "INSERT INTO glossary VALUES (?, ?, ?)",
            sorted((term, other, weight) for (term, other), weight in lesson.glossary.items()),
        )
        connection.execute("DELETE FROM sound")
        connection.executemany("INSERT INTO sound VALUES (?, ?, ?)", sorted(_sounds(connection)))
        connection.execute("INSERT OR REPLACE INTO fact VALUES ('unlearnt', 0)")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sounds(connection: sqlite3.Connection) -> Iterator[tuple[str, str, int]]:
    for word, papers in connection.execute(
        "SELECT term, papers FROM term WHERE term BETWEEN 'a' AND '{' AND length(term) > 3 AND papers >= ?",
        (LEAST_PAPERS,),
    ).fetchall():
        if word.isascii() and word.isalpha():
            yield sound(word), word, papers


def study(sources: Sequence[Source]) -> Lesson:
    """Learn vocabulary and glossary from papers."""
    stem = Stemmer({word for source in sources for line in source.lines for word in HANGUL.findall(line)})
    terms = [_terms(source, stem) for source in sources]
    papers = Counter(key for each in terms for key in {term.replace(" ", "") for term in each.korean})
    korean, long_forms = explained(line for source in sources for line in (normal(source.title), *source.lines))
    glossary: dict[tuple[str, str], float] = {}
    for latin, other in chosen(korean, papers):
        _note(glossary, latin, other, 1.0)
    for latin, other, dice in companions(terms):
        _note(glossary, latin, other, dice)
    for short, long in spelled_out(long_forms):
        _note(glossary, short, long, 1.0)
    for other, latin in seed():
        _note(glossary, " ".join(map(singular, runs(latin))), other, 1.0)
    for word, latin in heard(terms):
        _note(glossary, latin, word, HEARD)
    return Lesson(papers, _standing(terms, papers, glossary), glossary)


def _standing(terms: Sequence[Terms], papers: Counter[str], glossary: dict[tuple[str, str], float]) -> dict[str, float]:
    explained_terms = {term for term, _ in glossary}
    standing: dict[str, float] = {}
    for spelling in {spelling for each in terms for spelling in each.korean}:
        halves = spelling.split(" ")
        term = "".join(halves)
        if papers[term] < LEAST_PAPERS:
            continue
        cohesion = papers[term] / min(papers[half] for half in halves)
        value = papers[term] * cohesion * (KNOWN if term in explained_terms else 1.0)
        standing[term] = max(standing.get(term, 0.0), value)
    return standing


def _note(glossary: dict[tuple[str, str], float], one: str, other: str, weight: float) -> None:
    for term, meaning in ((one, other), (other, one)):
        pair = (key_of(term), meaning)
        glossary[pair] = max(glossary.get(pair, 0.0), weight)


def _terms(source: Source, stem: Stemmer) -> Terms:
    words = [stem(word) for line in source.lines for word in [*HANGUL.findall(line), "-"]]
    return Terms(latin_terms([singular(word) for word in runs(source.title)]), korean_terms(words))


def _sources(connection: sqlite3.Connection) -> Iterator[Source]:
    (papers,) = connection.execute("SELECT count(*) FROM paper").fetchone()
    every = max(1, -(-papers // SAMPLE))
    rows = connection.execute(
        "SELECT title, lines FROM paper JOIN text USING (rowid) WHERE paper.rowid % ? = 0 ORDER BY paper.rowid",
        (every,),
    )
    for title, lines in rows:
        yield Source(title, tuple(normal(line) for line in (title, *lines.split("\n"))))


def main(path: Path) -> None:
    """Learn from the archive at `path`, giving way to whatever else the machine has to do."""
    os.nice(10)
    with closing(open_writer(path)) as connection:
        learn(connection)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
