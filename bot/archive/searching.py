"""A query becomes papers: read, corrected, understood, looked up in the index, and what was found is ranked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.archive.candidates import Span, candidates
from bot.archive.correction import STAGES, Stage, corrected
from bot.archive.glossary import Concept, concepts
from bot.archive.needles import needles
from bot.archive.question import Question, Word, read
from bot.archive.ranking import rank
from bot.archive.reader import Reader
from bot.archive.vocabulary import Vocabulary
from bot.domain.text import runs


@dataclass(frozen=True, slots=True)
class Found:
    """The papers that answer a query."""

    ranked: Sequence[tuple[int, float]]
    """Rows and scores, best first."""
    question: Question
    words: tuple[str, ...]
    """What was looked for, in normal form: the words, and what they are called elsewhere."""


def find(
    reader: Reader,
    query: str,
    span: Span,
    least: int = 0,
    *,
    corrections: Sequence[Stage] = STAGES,
    understand: Callable[[Sequence[Word], Vocabulary], list[Concept]] = concepts,
) -> Found:
    """Return the papers that answer a query; at least so many, if there are. The stages can be chosen, to measure what each is worth."""
    vocabulary = reader.vocabulary
    question = corrected(read(query, vocabulary), vocabulary, corrections)
    understood = understand(question.taken, vocabulary)
    straws = candidates(reader.connection, vocabulary, question, understood, span, least)
    beginning = " ".join(runs(question.told() or question.text))
    ranked = rank(straws, needles(question, understood, vocabulary), f" {beginning}" if len(beginning) > 2 else "")
    words = [text for word in question.words for text in word.texts[1:]]
    names = [
        meant.text for meant in (*question.names, *(meant for concept in understood for meant in concept.meanings))
    ]
    return Found(ranked, question, tuple(dict.fromkeys([*words, *names])))
