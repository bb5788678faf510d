"""Topics: which papers a subscription lets through."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.domain.digest import Digest, Paper
from bot.domain.text import composed, is_hangul, runs, without_addresses

_SEPARATOR = re.compile(r"[,;\n，、；]")
_WORD = re.compile(r'(?P<minus>(?<!\S)[-−–])?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))')
_QUOTES = str.maketrans("“”„‟«»＂", '"""""""')


@dataclass(frozen=True, slots=True)
class Word:
    """One word or phrase of a filter."""

    text: str
    """As typed, without quotes and minus."""
    runs: tuple[str, ...]
    pattern: re.Pattern[str]

    def occurs(self, text: str) -> bool:
        """Tell whether a folded text has it."""
        return self.pattern.search(text) is not None


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words of which a paper must have all, and words of which it must have none."""

    wanted: tuple[Word, ...]
    unwanted: tuple[Word, ...]

    def allows(self, text: str) -> bool:
        """Tell whether a folded text fits."""
        return all(word.occurs(text) for word in self.wanted) and not any(word.occurs(text) for word in self.unwanted)


@dataclass(frozen=True, slots=True)
class Topics:
    """A topic filter: one of its alternatives must fit, and none of its exclusions."""

    alternatives: tuple[Alternative, ...]
    unwanted: tuple[Word, ...] = ()
    """From alternatives that do nothing but exclude: they hold for all the others."""

    @staticmethod
    def parse(keywords: str) -> "Topics":
        """Read a filter as typed: `언어 모델, spiking -vision, "in-context learning"`. Never fails.

        Commas separate alternatives; all words of one alternative must occur; `-word` excludes, from every alternative if nothing
        else stands with it; quotes keep words together. A Korean word is also found inside compounds, before particles and
        spaced apart (언어모델, 언어 모델을); an English one in singular and plural. Text without a word lets everything through.
        """
        return _parse(keywords)

    def matches(self, title: str, body: str) -> bool:
        """Tell whether a paper is let through."""
        return self.allows(folded(title, body))

    def allows(self, text: str) -> bool:
        """Tell whether a paper of this folded text is let through."""
        if any(word.occurs(text) for word in self.unwanted):
            return False
        return not self.alternatives or any(alternative.allows(text) for alternative in self.alternatives)

    def select(self, digest: Digest) -> tuple[Paper, ...]:
        """Return the papers of a digest that are let through, in order."""
        return tuple(
            paper for paper, text in zip(digest.papers, _texts(_Same(digest)), strict=True) if self.allows(text)
        )


def selected(digest: Digest, keywords: str) -> tuple[Paper, ...]:
    """Return the papers that a subscription's topic filter lets through; each distinct filter is worked out once a digest."""
    return _selected(_Same(digest), keywords) if keywords.strip() else digest.papers


def text_of(paper: Paper) -> str:
    """Return the folded text of a paper."""
    return folded(paper.title, "\n".join(paper.blocks))


def folded(title: str, body: str) -> str:
    """Return the text that topics are looked for in: its words, each between single spaces, a line for the title and one for the body."""
    return f" {' '.join(runs(title))} \n {' '.join(runs(without_addresses(body)))} "


@dataclass(frozen=True, slots=True, eq=False)
class _Same:
    """A digest compared by identity: the cache keeps it alive, so its identity can't pass to another."""

    digest: Digest

    def __hash__(self) -> int:
        return id(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.digest is self.digest


@lru_cache(maxsize=256)
def _selected(same: _Same, keywords: str) -> tuple[Paper, ...]:
    return Topics.parse(keywords).select(same.digest)


@lru_cache(maxsize=8)
def _texts(same: _Same) -> tuple[str, ...]:
    return tuple(map(text_of, same.digest.papers))


@lru_cache(maxsize=256)
def _parse(keywords: str) -> Topics:
    written = [_alternative(part) for part in _split(composed(keywords).translate(_QUOTES))]
    return Topics(
        tuple(alternative for alternative in written if alternative.wanted),
        tuple(word for alternative in written if not alternative.wanted for word in alternative.unwanted),
    )


def _split(keywords: str) -> list[str]:
    """Cut at separators outside of quotes; a quote that is never closed is no quote."""
    if keywords.count('"') % 2:
        keywords = keywords.replace('"', " ")
    quoted = keywords.split('"')
    parts = [""]
    for place, text in enumerate(quoted):
        if place % 2:
            parts[-1] += f'"{text}"'
            continue
        first, *rest = _SEPARATOR.split(text)
        parts[-1] += first
        parts += rest
    return parts


def _alternative(part: str) -> Alternative:
    wanted: list[Word] = []
    unwanted: list[Word] = []
    for match in _WORD.finditer(part):
        typed = match["phrase"] or match["word"] or ""
        words = runs(typed)
        if words:
            (unwanted if match["minus"] else wanted).append(Word(typed.strip(), tuple(words), _pattern(words)))
    return Alternative(tuple(wanted), tuple(unwanted))


def _pattern(words: list[str]) -> re.Pattern[str]:
    """Build the pattern that finds these words in a folded text, one after the other."""
    pattern = _spaced(words[0]) if is_hangul(words[0]) else f" {_inflected(words[0])}"
    for before, word in pairwise(words):
        gap = " ?" if is_hangul(before) and is_hangul(word) else " "
        pattern += gap + (_spaced(word) if is_hangul(word) else _inflected(word))
    return re.compile(pattern if is_hangul(words[-1]) else f"{pattern} ")


def _spaced(word: str) -> str:
    """Let a Korean word of four syllables or more be written as two, each of at least two syllables: shorter halves meet by chance."""
    cuts = [word] + [f"{word[:cut]} {word[cut:]}" for cut in range(2, len(word) - 1)]
    return f"(?:{'|'.join(cuts)})"


def _inflected(word: str) -> str:
    """Let an English word stand in singular or plural."""
    if len(word) < 2 or not word.isalpha():
        return re.escape(word)
    if word.endswith("ies") and len(word) > 4:
        return f"{re.escape(word[:-3])}(?:y|ies)"
    stem = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3 else word
    escaped = re.escape(stem)
    return f"(?:{escaped[:-1]}ies|{escaped}s?)" if stem.endswith("y") else f"{escaped}(?:s|es)?"
