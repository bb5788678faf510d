"""The order of papers that may answer: BM25 over what occurs in them, with what an index of tokens can't see.

The index finds some hundred candidates; here their texts are looked at, so that a word counts as a whole, a phrase as a phrase, and
one of several readings once.
"""

from collections.abc import Sequence
from dataclasses import dataclass

SATURATION = 1.5
"""BM25's k1."""
LENGTH = 0.5
"""BM25's b: how much a long body discounts what occurs in it."""
TITLE = 6.0
"""How many times in the body a term in the title counts for."""


@dataclass(frozen=True, slots=True)
class Needle:
    """Something to look for in papers."""

    forms: tuple[str, ...]
    """Its spellings, in a text whose words stand between single spaces."""
    weight: float
    joined: bool = False
    """Look without regard to spaces: Korean compounds are written either way."""


@dataclass(frozen=True, slots=True)
class Straw:
    """A paper to look into: its words, each between spaces."""

    row: int
    title: str
    body: str


Reading = Sequence[Needle]
"""Needles that count together."""

Search = Sequence[Sequence[Reading]]
"""For each thing looked for, its readings: the one that fits a paper best counts, and the others a little."""

OTHERS = 0.4
"""What the readings besides the best one count."""


def rank(straws: Sequence[Straw], search: Search, beginning: str = "") -> list[tuple[int, float]]:
    """Return the rows with their scores, best first; rows without any needle are left out.

    A title that begins with `beginning` counts as much again as all the rest could.
    """
    if not straws:
        return []
    average = sum(len(straw.body) for straw in straws) / len(straws) or 1.0
    bonus = sum(max((sum(n.weight for n in reading) for reading in readings), default=0.0) for readings in search)
    plain = [
        [[(needle.forms, needle.weight, needle.joined) for needle in reading] for reading in each] for each in search
    ]
    ranked = []
    for straw in straws:
        score = _score(straw, plain, 1 - LENGTH + LENGTH * len(straw.body) / average)
        if beginning and straw.title.startswith(beginning):
            score += bonus
        if score > 0:
            ranked.append((straw.row, score))
    ranked.sort(key=lambda pair: (-pair[1], -pair[0]))
    return ranked


_Plain = Sequence[Sequence[Sequence[tuple[tuple[str, ...], float, bool]]]]
"""A search without names: this is the innermost loop, run some ten thousand times for one query."""


def _score(straw: Straw, search: _Plain, length: float) -> float:
    title, body = straw.title, straw.body
    joined_title = joined_body = ""
    score = 0.0
    for readings in search:
        best = rest = 0.0
        for reading in readings:
            total = 0.0
            for forms, weight, joined in reading:
                often = 0.0
                for form in forms:
                    if joined:
                        if not joined_body:
                            joined_title, joined_body = title.replace(" ", ""), body.replace(" ", "")
                        often += TITLE * (form in joined_title) + joined_body.count(form) / length
                    else:
                        often += TITLE * (form in title) + body.count(form) / length
                if often:
                    total += weight * often * (SATURATION + 1) / (often + SATURATION)
            if total > best:
                best, total = total, best
            rest += total
        score += best + OTHERS * rest
    return score
