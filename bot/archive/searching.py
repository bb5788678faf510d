"""A query becomes papers: it is read, corrected, looked up in the index, and what was found is ranked."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.archive.correction import corrected
from bot.archive.glossary import Concept, concepts
from bot.archive.latin import singular
from bot.archive.question import Question, Word, read
from bot.archive.ranking import Needle, Reading, Straw, rank
from bot.archive.vocabulary import END, Vocabulary
from bot.domain.text import is_hangul, pairs, runs, tokens

POOL = 150
"""Papers that the index hands on to be ranked."""

SYNONYM_POOL = 100
"""Papers with what the glossary has, likewise."""

TITLE_POOL = 50
"""Papers with titles that begin or look like what was typed, likewise."""

POSTINGS = 12_000
"""Occurrences that the index may weigh for one query: the rarest tokens first, as many as fit. Weighing one costs about a microsecond."""

ENDING = 0.5
WHOLE = 0.5
NEIGHBOURS = 0.5
SYNONYM = 0.8
"""What a particle's tokens, a word as a whole, two words side by side, and a meaning from the glossary count, of their rarity."""


CAP = 4.0
"""What a meaning counts at most, in its own rarity: a common one doesn't inherit the weight of a rare word."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a search looks at, as ISO dates; both ends belong to it."""

    since: str = ""
    until: str = "9999"

    @property
    def everything(self) -> bool:
        """Tell whether no day is left out."""
        return self.since <= "0001-01-01" and self.until >= "9999"


@dataclass(frozen=True, slots=True)
class Found:
    """The papers that answer a query."""

    ranked: Sequence[tuple[int, float]]
    question: Question


def quoted(token: str) -> str:
    """Write a token so that MATCH takes it as text."""
    doubled = token.replace('"', '""')
    return f'"{doubled}"'


def find(connection: sqlite3.Connection, vocabulary: Vocabulary, query: str, span: Span, least: int = 0) -> Found:
    """Return the papers that answer a query, best first; at least so many, if there are."""
    question = corrected(read(query, vocabulary), vocabulary)
    understood = concepts(_taken(question), vocabulary)
    rows = set(_recalled(connection, vocabulary, question, understood, span, max(POOL, least)))
    beginning = " ".join(runs(question.told() or question.text))
    ranked = rank(
        _straws(connection, rows),
        list(_needles(question, understood, vocabulary)),
        f" {beginning}" if len(beginning) > 2 else "",
    )
    return Found(ranked, question)


def matches(connection: sqlite3.Connection, match: str, span: Span, pool: int) -> list[tuple[int, float]]:
    """Return the rows that a MATCH expression finds, with BM25 turned so that higher is better."""
    days = "" if span.everything else " AND rowid IN (SELECT rowid FROM paper WHERE date BETWEEN ? AND ?)"
    found: Sequence[tuple[int, float]] = connection.execute(
        "SELECT rowid, -rank FROM word WHERE word MATCH ? AND rank MATCH 'bm25(4.0, 1.0)'"  # noqa: S608
        f"{days} ORDER BY rank LIMIT ?",
        (match, *(() if span.everything else (span.since, span.until)), pool),
    ).fetchall()
    return list(found)


def _taken(question: Question) -> tuple[Word, ...]:
    """Return the words, each in the likeliest of its readings."""
    return tuple(Word(word.meant[0].text, word.meant[0].text) if word.meant else word for word in question.words)


def _recalled(
    connection: sqlite3.Connection,
    vocabulary: Vocabulary,
    question: Question,
    understood: Sequence[Concept],
    span: Span,
    pool: int,
) -> Iterator[int]:
    """Yield the papers that may answer."""
    expressions = [quoted(token) for token in _affordable(question, vocabulary)]
    last = question.words[-1].text if question.words else ""
    if last and not is_hangul(last) and last not in vocabulary.counts([last]):
        expressions.append(f"{quoted(last)}*")
    if expressions:
        yield from (row for row, _ in matches(connection, " OR ".join(expressions), span, pool))
    others = [*question.names, *(meant for concept in understood for meant in concept.meanings)]
    if others:
        phrases = " OR ".join(phrase for meant in others for phrase in _phrases(meant.text))
        yield from (row for row, _ in matches(connection, phrases, span, SYNONYM_POOL))
    beginning = " ".join(runs(question.text))
    if beginning:
        yield from (
            row
            for (row,) in connection.execute(
                "SELECT rowid FROM paper WHERE beginning >= ? AND beginning < ? AND date BETWEEN ? AND ? LIMIT ?",
                (beginning, beginning + END, span.since, span.until, TITLE_POOL),
            )
        )


def _affordable(question: Question, vocabulary: Vocabulary) -> list[str]:
    """Return the tokens of a question, the rarest first, as many as may be weighed: two at least."""
    texts = [text for word in question.words for text in (word.text, *(meant.text for meant in word.meant))]
    counts = vocabulary.counts(dict.fromkeys(token for text in texts for token in tokens(text)))
    chosen: list[str] = []
    left = POSTINGS
    for token in sorted(counts, key=lambda token: (counts[token], token)):
        left -= counts[token]
        if left < 0 and len(chosen) > 1:
            break
        chosen.append(token)
    return chosen


def _phrases(text: str) -> set[str]:
    """Write a term as the index has it: a Korean one is written in one word or in several."""
    spellings = {text, text.replace(" ", "")} if is_hangul(text) else {text}
    return {quoted(" ".join(tokens(spelling))) for spelling in spellings}


def _needles(question: Question, understood: Sequence[Concept], vocabulary: Vocabulary) -> Iterator[Sequence[Reading]]:
    """Yield what to look for in the papers, each with its readings."""
    words = question.words
    weigh = Weights(question, understood, vocabulary)
    covered: set[int] = set()
    for concept in understood:
        places = range(concept.start, concept.start + concept.size)
        covered.update(places)
        own = [needle for place in places for needle in _own(words[place], weigh, last=_is_last(question, place))]
        own += [
            needle
            for first, second in pairwise(words[place] for place in places)
            for needle in _side_by_side(first, second, weigh)
        ]
        total = sum(needle.weight for needle in own)
        readings: list[Reading] = [own]
        for place in places:
            readings += _as_meant(words[place], weigh)
        for meant in concept.meanings:
            rarity = weigh.term(meant.text)
            readings.append([_term(meant.text, meant.weight * SYNONYM * min(total, CAP * rarity))])
        yield readings
    for place, word in enumerate(words):
        if place not in covered:
            own = list(_own(word, weigh, last=_is_last(question, place)))
            if word.meant:
                yield [own, *_as_meant(word, weigh)]
            else:
                yield from ([[needle]] for needle in own)
    for place, (first, second) in enumerate(pairwise(words)):
        if not {place, place + 1} <= covered or not any(c.start <= place < c.start + c.size - 1 for c in understood):
            yield from ([[needle]] for needle in _side_by_side(first, second, weigh))
    if question.names:
        yield [[_term(meant.text, 3 * meant.weight**2 * weigh.term(meant.text))] for meant in question.names]


def _is_last(question: Question, place: int) -> bool:
    return place == len(question.words) - 1 and not question.text[-1:].isspace()


def _as_meant(word: Word, weigh: "Weights") -> list[Reading]:
    return [
        [Needle(n.forms, n.weight * meant.weight, n.joined) for n in _own(Word(meant.text, meant.text), weigh)]
        for meant in word.meant
    ]


def _term(text: str, weight: float) -> Needle:
    if is_hangul(text):
        return Needle((text.replace(" ", ""),), weight, joined=True)
    return Needle((f" {text}",), weight)


def _side_by_side(first: Word, second: Word, weigh: "Weights") -> Iterator[Needle]:
    if first.korean and second.korean:
        both = first.stem + second.stem
        yield Needle((both,), NEIGHBOURS * weigh.korean(both), joined=True)
    elif not first.korean and not second.korean:
        yield Needle(
            (f" {first.text} {second.text}",), NEIGHBOURS * min(weigh.token(first.text), weigh.token(second.text))
        )


class Weights:
    """How rare what is looked for is."""

    def __init__(self, question: Question, understood: Sequence[Concept], vocabulary: Vocabulary) -> None:
        texts = {text for word in question.words for text in _texts(word)}
        others = {meant.text for concept in understood for meant in concept.meanings} | {n.text for n in question.names}
        latin = {word for text in others if not is_hangul(text) for word in text.split(" ")} | {
            t for t in texts if not is_hangul(t)
        }
        self._rarity = vocabulary.rarity
        self._tokens = vocabulary.counts(
            {token for text in texts for token in pairs(text)}
            | latin
            | {f"{word}s" for word in latin}
            | {singular(w) for w in latin}
        )
        self._korean = vocabulary.korean(
            texts | {f.stem + s.stem for f, s in pairwise(question.words)} | {t.replace(" ", "") for t in others}
        )

    def token(self, token: str) -> float:
        """Weigh a token, a Latin one in singular and plural."""
        forms = (token, singular(token), f"{token}s")
        return self._rarity(max(1, *(self._tokens.get(form, 0) for form in forms)))

    def korean(self, term: str) -> float:
        """Weigh a joined Korean term."""
        return self._rarity(self._korean.get(term, 3))

    def term(self, text: str) -> float:
        """Weigh a term of the glossary: a phrase is at least as rare as its rarest word."""
        if is_hangul(text):
            return self.korean(text.replace(" ", ""))
        return max(map(self.token, text.split(" ")))


def _texts(word: Word) -> Iterator[str]:
    yield word.text
    yield word.stem
    yield from (meant.text for meant in word.meant)


def _own(word: Word, weigh: Weights, *, last: bool = False) -> Iterator[Needle]:
    if not word.korean:
        one = singular(word.text)
        yield Needle((f" {word.text}",) if last else (f" {one} ", f" {one}s "), weigh.token(word.text))
        return
    tokens = word.tokens
    share = 2 / (len(tokens) + 1)  # the pairs of a long word occur together: each tells less
    for token in tokens:
        yield Needle((token,), share * weigh.token(token))
    for token in word.endings:
        yield Needle((token,), ENDING * share * weigh.token(token))
    if len(word.stem) > 2:
        yield Needle((word.stem,), WHOLE * weigh.korean(word.stem), joined=True)


def _straws(connection: sqlite3.Connection, rows: Iterable[int]) -> list[Straw]:
    listed = list(rows)
    straws: list[Straw] = []
    for start in range(0, len(listed), 500):
        some = listed[start : start + 500]
        marks = ", ".join("?" * len(some))
        straws += [
            Straw(row, f" {title} ", f" {body} ")
            for row, title, body in connection.execute(
                f"SELECT rowid, beginning, folded FROM paper JOIN text USING (rowid) WHERE rowid IN ({marks})",
                some,
            )
        ]
    return straws
