"""Pairs of terms that authors themselves explain: `강화 학습(Reinforcement Learning, RL)`, `large language models (LLMs)`."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.archive.latin import singular
from bot.domain.text import runs

Pairs = dict[str, Counter[str]]
"""How often each term was explained by each other one."""

_WORD = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_KOREAN_FIRST = re.compile(rf"((?:[가-힣]+ )*[가-힣]+) ?\( ?({_WORD}(?: {_WORD}){{0,4}}) ?(?:[,;:/] ?({_WORD}))? ?\)")
_KOREAN_INSIDE = re.compile(rf"({_WORD}(?: {_WORD}){{0,3}}) ?\( ?((?:[가-힣]+ ){{0,3}}[가-힣]+) ?\)")
_SHORT_INSIDE = re.compile(rf"((?:{_WORD} ){{0,5}}{_WORD}) ?\( ?([a-z]{{2,6}}) ?\)")
_SHORT_FIRST = re.compile(rf"(?<![a-z])([a-z]{{2,6}}) ?\( ?((?:{_WORD} ){{1,5}}{_WORD}) ?\)")

_LEADING = """
위해 위한 통해 통한 대한 관한 따른 제안된 제안한 기존의 기존 이 그 각 및 또는 과 와 의 를 을 은 는 이를 연구는 논문은 새로운
다양한 먼저 특히 또한 우리는 저자들은 연구진은 사용하여 사용한 활용한 이용한 활용하여 이용하여 하는 같은 있는 여러 이러한 해결하기
"""
_LEADERS = frozenset(_LEADING.split())
"""Words that stand before a term and don't belong to it."""


def explained(lines: Iterable[str]) -> tuple[Pairs, Pairs]:
    """Count what lines in normal form explain: Latin terms by Korean ones, and abbreviations by their long forms.

    Where a term begins is not written, so each extent of up to four words counts; `chosen` tells which of them is meant.
    """
    korean: Pairs = defaultdict(Counter)
    long_forms: Pairs = defaultdict(Counter)
    for line in lines:
        if "(" not in line:
            continue
        for match in _KOREAN_FIRST.finditer(line):
            for latin in {_latin(match[2]), _latin(match[3] or "")} - {""}:
                korean[latin].update(" ".join(words) for words in _extents(_without_lead(match[1].split()), 4))
        for match in _KOREAN_INSIDE.finditer(line):
            for words in _extents(runs(match[1]), 4):
                korean[" ".join(map(singular, words))][match[2]] += 1
        for short, words in _abbreviated(line):
            long_forms[singular(short)][" ".join(map(singular, words))] += 1
    return korean, long_forms


def chosen(pairs: Mapping[str, Counter[str]], papers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that are meant: explained more than once, in the longest extent that is usual.

    `papers` tells in how many papers a joined Korean term occurs. One that is hardly ever explained is no explanation: VLM isn't 모델.
    """
    for latin, counts in pairs.items():
        joined: Counter[str] = Counter()
        spaced: dict[str, str] = {}
        for korean, count in counts.items():
            key = korean.replace(" ", "")
            joined[key] += count
            spaced[key] = max(spaced.get(key, ""), korean, key=len)
        usual = [key for key, count in joined.items() if count >= max(2, 0.15 * max(joined.values())) and len(key) > 1]
        for key in usual:
            longer = (other for other in usual if other != key and other.endswith(key))
            if all(joined[other] < 0.3 * joined[key] for other in longer) and joined[key] >= 0.02 * papers.get(key, 0):
                yield latin, spaced[key]


def spelled_out(long_forms: Mapping[str, Counter[str]]) -> Iterator[tuple[str, str]]:
    """Yield abbreviations with their usual long forms."""
    for short, counts in long_forms.items():
        most = max(counts.values())
        for long, count in counts.items():
            if count >= max(2, 0.3 * most):
                yield short, long


def _latin(text: str) -> str:
    return " ".join(map(singular, runs(text)))


def _extents(words: Sequence[str], most: int) -> Iterator[Sequence[str]]:
    """Yield the last word, the last two, …"""
    for size in range(1, min(most, len(words)) + 1):
        yield words[-size:]


def _without_lead(words: Sequence[str]) -> Sequence[str]:
    """Drop everything up to the last word that can't begin a term."""
    for place in range(len(words) - 1, 0, -1):
        if words[place - 1] in _LEADERS or (len(words[place - 1]) > 2 and words[place - 1][-1] in "은는을를"):
            return words[place:]
    return words


def _abbreviated(line: str) -> Iterator[tuple[str, Sequence[str]]]:
    for match in _SHORT_INSIDE.finditer(line):
        for words in _extents(runs(match[1]), 6):
            if _abbreviates(match[2], words):
                yield match[2], words
    for match in _SHORT_FIRST.finditer(line):
        words = runs(match[2])
        if _abbreviates(match[1], words):
            yield match[1], words


def _abbreviates(short: str, words: Sequence[str]) -> bool:
    return len(words) > 1 and "".join(word[0] for word in words) in (short, singular(short))
