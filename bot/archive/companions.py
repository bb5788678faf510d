"""Pairs of terms that keep company: an English word of titles with the Korean word that summaries below it have."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.archive.sound import sound

LEAST_DICE = 0.3
LEAST_LIFT = 5.0
"""How much oftener than by chance the two meet."""
LEAST_HEARD_LIFT = 3.0
"""The same for two words that sound alike."""

BEST = 2
"""Korean terms kept for one English term."""
MOST = 0.2
"""Share of the papers above which a term says nothing."""

_FUNCTION_WORDS = """
a an the of for in on to with without and or via by from as at is are be its it how can do does we you your all not no towards toward
through using under over into beyond between what when where why which that this their them more than
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())


@dataclass(frozen=True, slots=True)
class Terms:
    """What one paper contributes: terms of its English title, and of its Korean text."""

    latin: frozenset[str]
    korean: frozenset[str]


def latin_terms(words: Sequence[str]) -> frozenset[str]:
    """Return words and pairs of neighbours, none of them a function word."""
    kept = ["" if word in FUNCTION_WORDS or not "a" <= word[0] <= "z" else word for word in words]
    return frozenset(word for word in kept if word) | {
        f"{first} {second}" for first, second in pairwise(kept) if first and second
    }


def korean_terms(words: Sequence[str]) -> frozenset[str]:
    """Return words of two syllables or more and pairs of neighbours."""
    kept = [word if len(word) > 1 else "" for word in words]
    return frozenset(word for word in kept if word) | {
        f"{first} {second}" for first, second in pairwise(kept) if first and second
    }


def companions(papers: Sequence[Terms]) -> Iterator[tuple[str, str, float]]:
    """Yield English terms, their Korean companions and how constant these are (Dice's coefficient)."""
    least = 3 if len(papers) < 3000 else 4
    latin = Counter(term for paper in papers for term in paper.latin)
    korean = Counter(term for paper in papers for term in paper.korean)
    names = [term for term, count in korean.items() if count >= least]
    numbers = {term: number for number, term in enumerate(names)}
    rows = [array("L", [numbers[term] for term in paper.korean if term in numbers]) for paper in papers]
    where: dict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        for term in paper.latin:
            if least <= latin[term] <= max(MOST * len(papers), least):
                where[term].append(row)
    for term, places in where.items():
        together: Counter[int] = Counter()
        for row in places:
            together.update(rows[row])
        scored = []
        for number, count in together.items():
            each = korean[names[number]]
            dice = 2 * count / (len(places) + each)
            if count >= 3 and dice >= LEAST_DICE and count * len(papers) > LEAST_LIFT * len(places) * each:
                scored.append((dice, names[number]))
        yield from ((term, other, dice) for dice, other in _best(term, scored))


def heard(papers: Sequence[Terms]) -> Iterator[tuple[str, str]]:
    """Yield Korean words with the English word of the same sound that titles above them have oftener than by chance."""
    korean: dict[str, list[int]] = defaultdict(list)
    latin: dict[str, list[int]] = defaultdict(list)
    for row, paper in enumerate(papers):
        for terms, where in ((paper.korean, korean), (paper.latin, latin)):
            for term in terms:
                if " " not in term:
                    where[term].append(row)
    sounds: dict[str, list[str]] = defaultdict(list)
    for word in latin:
        if word.isascii() and word.isalpha() and len(word) > 3:
            sounds[sound(word)].append(word)
    for word, rows in korean.items():
        for other in sounds.get(sound(word), ()):
            together = len(set(rows).intersection(latin[other]))
            if together > 1 and together * len(papers) > LEAST_HEARD_LIFT * len(rows) * len(latin[other]):
                yield word, other


def _best(term: str, scored: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Keep the best; a pair for a single word only if neither half of it stands for the word alone."""
    best = sorted(scored, reverse=True)[:BEST]
    alone = {other for _, other in best}
    return [
        (dice, other) for dice, other in best if " " in term or " " not in other or alone.isdisjoint(other.split(" "))
    ]
