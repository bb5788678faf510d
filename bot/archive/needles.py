"""What to look for in the papers that may answer a question, and what finding it is worth."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.archive.glossary import Concept
from bot.archive.latin import singular
from bot.archive.question import Question, Word
from bot.archive.ranking import Needle, Reading
from bot.archive.vocabulary import Vocabulary
from bot.domain.text import is_hangul, pairs

ENDING = 0.5
"""What a particle's tokens count, of their rarity: `하는` tells little, but in a sentence something."""
WHOLE = 0.5
"""What a Korean word counts as a whole, besides its pairs of syllables."""
NEIGHBOURS = 0.5
"""What two words count that stand side by side, besides each."""
SYNONYM = 0.8
"""What another name counts, of what the words count that it stands for."""
SYNONYM_CAP = 4.0
"""The same in the name's own rarity: a common name doesn't inherit the weight of a rare word."""
NAME = 3.0
"""What the name of a model counts, of its rarity: it is the whole query."""


def needles(question: Question, understood: Sequence[Concept], vocabulary: Vocabulary) -> list[Sequence[Reading]]:
    """Return what to look for, each with its readings."""
    return list(_Needles(question, understood, vocabulary).all())


class _Needles:
    """The needles of one question; holds how often everything in it occurs, asked for at once."""

    def __init__(self, question: Question, understood: Sequence[Concept], vocabulary: Vocabulary) -> None:
        self._question = question
        self._understood = understood
        self._rarity = vocabulary.rarity
        texts = {text for word in question.words for text in word.texts}
        names = {meant.text for concept in understood for meant in concept.meanings}
        names |= {meant.text for meant in question.names}
        latin = {word for text in texts | names if not is_hangul(text) for word in text.split(" ")}
        forms = {form for word in latin for form in (word, singular(word), f"{word}s")}
        self._tokens = vocabulary.counts({token for text in texts for token in pairs(text)} | forms)
        together = {first.stem + second.stem for first, second in pairwise(question.words)}
        self._korean = vocabulary.korean(texts | together | {name.replace(" ", "") for name in names})

    def all(self) -> Iterator[Sequence[Reading]]:
        """Yield the terms that are understood, the other words, those side by side, and names."""
        inside: set[int] = set()
        for concept in self._understood:
            inside.update(range(concept.start, concept.start + concept.size))
            yield self._concept(concept)
        for place, word in enumerate(self._question.words):
            if place in inside:
                continue
            own = list(self._word(place))
            if word.meant:
                yield [own, *self._meant(word)]
            else:
                yield from ([[needle]] for needle in own)
        joints = {
            place for concept in self._understood for place in range(concept.start, concept.start + concept.size - 1)
        }
        for place in range(len(self._question.words) - 1):
            if place not in joints:
                yield from ([[needle]] for needle in self._side_by_side(place))
        if self._question.names:
            yield [
                [_term(name.text, NAME * name.weight**2 * self._weight_of_term(name.text))]
                for name in self._question.names
            ]

    def _concept(self, concept: Concept) -> Sequence[Reading]:
        """Read the words as they are, as they were meant, or by another name."""
        places = range(concept.start, concept.start + concept.size)
        own = [needle for place in places for needle in self._word(place)]
        own += [needle for place in places[:-1] for needle in self._side_by_side(place)]
        total = sum(needle.weight for needle in own)
        readings: list[Reading] = [own]
        for place in places:
            readings += self._meant(self._question.words[place])
        for meant in concept.meanings:
            worth = min(total, SYNONYM_CAP * self._weight_of_term(meant.text))
            readings.append([_term(meant.text, SYNONYM * meant.weight * worth)])
        return readings

    def _word(self, place: int) -> Iterator[Needle]:
        """Look for a word of the question; the last one may still be being typed."""
        word = self._question.words[place]
        unfinished = place == len(self._question.words) - 1
        if unfinished and not word.korean:
            yield Needle((f" {word.text}",), self._weight_of_token(word.text))
        else:
            yield from self._own(word)

    def _own(self, word: Word) -> Iterator[Needle]:
        if not word.korean:
            one = singular(word.text)
            yield Needle((f" {one} ", f" {one}s "), self._weight_of_token(word.text))
            return
        share = 2 / (len(word.tokens) + 1)  # the pairs of a long word occur together: each tells less
        for token in word.tokens:
            yield Needle((token,), share * self._weight_of_token(token))
        for token in word.endings:
            yield Needle((token,), ENDING * share * self._weight_of_token(token))
        if len(word.stem) > 2:
            yield Needle((word.stem,), WHOLE * self._weight_of_korean(word.stem), joined=True)

    def _meant(self, word: Word) -> list[Reading]:
        return [
            [
                Needle(needle.forms, needle.weight * meant.weight, needle.joined)
                for needle in self._own(Word(meant.text, meant.text))
            ]
            for meant in word.meant
        ]

    def _side_by_side(self, place: int) -> Iterator[Needle]:
        """Look for a word and its neighbour as one: a phrase in English, a compound in Korean."""
        first, second = self._question.words[place : place + 2]
        if first.korean and second.korean:
            both = first.stem + second.stem
            yield Needle((both,), NEIGHBOURS * self._weight_of_korean(both), joined=True)
        elif not first.korean and not second.korean:
            worth = min(self._weight_of_token(first.text), self._weight_of_token(second.text))
            yield Needle((f" {first.text} {second.text}",), NEIGHBOURS * worth)

    def _weight_of_token(self, token: str) -> float:
        """Weigh a token, a Latin one in singular and plural."""
        forms = (token, singular(token), f"{token}s")
        return self._rarity(max(1, *(self._tokens.get(form, 0) for form in forms)))

    def _weight_of_korean(self, term: str) -> float:
        return self._rarity(self._korean.get(term, 3))

    def _weight_of_term(self, text: str) -> float:
        """Weigh a term: a phrase is at least as rare as its rarest word."""
        if is_hangul(text):
            return self._weight_of_korean(text.replace(" ", ""))
        return max(map(self._weight_of_token, text.split(" ")))


def _term(text: str, weight: float) -> Needle:
    if is_hangul(text):
        return Needle((text.replace(" ", ""),), weight, joined=True)
    return Needle((f" {text}",), weight)
