"""Why a topic filter takes a paper or leaves it out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.domain.text import is_hangul
from bot.domain.topics import Alternative, Topics, Word


@dataclass(frozen=True, slots=True)
class Fits:
    """The paper is taken."""

    words: tuple[str, ...]
    """The words, as typed, that it has; none where the filter asks for none."""


@dataclass(frozen=True, slots=True)
class Excluded:
    """The paper would be taken, but has a word that the filter excludes."""

    word: str


@dataclass(frozen=True, slots=True)
class Lacks:
    """The paper has not all words of any alternative; this is the alternative that it comes closest to."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    instead: str | None
    """A word of the paper that resembles the first missing one: `supervision` for `vision`, `언어` for `언어모델`."""


Reason = Fits | Excluded | Lacks


def explain(topics: Topics, text: str) -> Reason:
    """Say why a paper of this folded text is taken or not; `Fits` exactly where `topics` allows it."""
    alternatives = topics.alternatives or (Alternative((), ()),)
    fitting = [each for each in alternatives if all(word.occurs(text) for word in each.wanted)]
    if not fitting:
        return max((_lacks(each, text) for each in alternatives), key=nearness)
    verdicts = [_judged(each, (*topics.unwanted, *each.unwanted), text) for each in fitting]
    return next((verdict for verdict in verdicts if isinstance(verdict, Fits)), verdicts[0])


def nearness(reason: Reason) -> float:
    """Return how close a paper came to being taken: 0 for one that has nothing of what was asked, at least 1 for an excluded one."""
    match reason:
        case Fits():
            return 2.0
        case Excluded():
            return 1.0
        case Lacks(found, missing, instead):
            return (len(found) + (0.5 if instead else 0)) / (len(found) + len(missing))


def _judged(alternative: Alternative, unwanted: tuple[Word, ...], text: str) -> Fits | Excluded:
    barred = next((word.text for word in unwanted if word.occurs(text)), None)
    return Fits(tuple(word.text for word in alternative.wanted)) if barred is None else Excluded(barred)


def _lacks(alternative: Alternative, text: str) -> Lacks:
    missing = [word for word in alternative.wanted if not word.occurs(text)]
    found = tuple(word.text for word in alternative.wanted if word not in missing)
    instead = next((seen[0].strip() for pattern in _alike(missing[0]) if (seen := pattern.search(text))), None)
    return Lacks(found, tuple(word.text for word in missing), instead)


def _alike(word: Word) -> Iterator[re.Pattern[str]]:
    """Yield what to look for where a word is missing: what contains it, and what begins like it."""
    if len(word.runs) > 1:
        return
    (run,) = word.runs
    if is_hangul(run):
        for length in range(len(run) - 1, (len(run) + 1) // 2 - 1, -1) if len(run) >= 4 else ():
            yield re.compile(run[:length])
        return
    if len(run) >= 4:
        yield re.compile(rf"\w*{re.escape(run)}\w*")
    if len(run) >= 7:
        yield re.compile(rf" {re.escape(run[: len(run) - 3])}\w*")
