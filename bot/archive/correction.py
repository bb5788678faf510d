"""What was meant where the archive doesn't know a word as it was typed.

Each stage takes a question and returns it, corrected or as it was. Nothing is taken away from the asker: the papers that have the
words as typed are found all the same, and what else was looked for is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.archive.glossary import by_ear
from bot.archive.hangul import from_latin_keys, initials, is_letter, is_syllable, strokes, to_latin_keys
from bot.archive.question import Meant, Question, Word, read
from bot.archive.vocabulary import Vocabulary
from bot.domain.text import runs

LONGEST = 6
"""Words of a query that are still corrected: in a long one, a word that the archive doesn't know is rather a rare word than a wrong one."""

LONGEST_NAME = 4
"""Words of a model's name at most."""

INITIALS = 6
"""Readings of initial consonants at most."""

READINGS = 4
"""Readings of an unfinished word at most."""

LIKENESS = 0.7
"""Share of letters that a misspelt word has in common with what was meant."""

PORTION = 4_000
"""Spellings compared in one go: about a millisecond."""

Stage = Callable[[Question, Vocabulary], Question]


def by_initials(question: Question, vocabulary: Vocabulary) -> Question:
    """Read `ㄱㅎㅎㅅ` as 강화 학습: first consonants alone, as Koreans abbreviate while typing."""
    typed = question.text.replace(" ", "")
    if len(typed) < 2 or not all("ㄱ" <= letter <= "ㅎ" for letter in typed):
        return question
    found = vocabulary.with_initials(typed, INITIALS)
    if not found:
        return question
    meant = tuple(Meant(term, 0.9**place) for place, (term, _) in enumerate(found))
    return Question(question.text, (Word(meant[0].text, meant[0].text, meant),), corrected=True)


def by_keyboard(question: Question, vocabulary: Vocabulary) -> Question:
    """Read `rkdghk` as 강화 and `ㅣㅣㅡ` as llm: typed with the keyboard set to the other language."""
    if question.corrected:
        return question
    if question.text.isascii():
        if not question.words or any(vocabulary.knows_latin(word.text) for word in question.words):
            return question
        typed = from_latin_keys(question.text)
        fits = any(map(is_syllable, typed)) and not any(map(_is_stray, typed[:-1]))
    else:
        if not any(map(is_letter, question.text)) or _is_half_typed(question):
            return question
        typed = to_latin_keys(question.text)
        fits = bool(runs(typed)) and all(vocabulary.knows_latin(run) for run in runs(typed))
    meant = read(typed, vocabulary)
    if not fits or not _is_known(meant, vocabulary):
        return question
    words = tuple(Word(word.text, word.stem, (Meant(word.stem, 1.0),)) for word in meant.words)
    return Question(question.text, words, meant.half, corrected=True)


def by_strokes(question: Question, vocabulary: Vocabulary) -> Question:
    """Finish a last word that is still being typed: `언어모ㄷ`, `강화하`."""
    last = question.half or (question.words[-1].text if question.words else "")
    if not last or not is_syllable(last[0]) or len(question.words) > LONGEST or len(last) < 2:
        return question
    if not question.half and (question.words[-1].stem != last or _knows_korean(last, vocabulary)):
        return question
    found = vocabulary.typed_with(strokes(last), READINGS)
    if not found:
        return question
    meant = [Meant(term, 0.95**place) for place, (term, _) in enumerate(found)]
    return question.meaning(len(question.words) - 1, meant)


def by_spelling(question: Question, vocabulary: Vocabulary) -> Question:
    """Read `halucination` as hallucination and 트렌스포머 as 트랜스포머: the nearest words that the archive has."""
    if len(question.words) > LONGEST or any(name.weight == 1 for name in question.names):
        return question
    for place, word in enumerate(question.words):
        if word.meant or not any(map(str.isalpha, word.text)):
            continue
        meant = _korean_like(word, vocabulary) if word.korean else _latin_like(word, vocabulary)
        if meant:
            question = question.meaning(place, meant)
    return question


def by_name(question: Question, vocabulary: Vocabulary) -> Question:
    """Read `HiF-iSR` as HiFi-SR: the nearest names of models, wherever their hyphens and spaces are."""
    letters = "".join(word.text for word in question.words)
    if len(question.words) > LONGEST_NAME or len(letters) < 4 or not letters.isascii() or question.corrected:
        return question
    if letters in vocabulary.names:
        return replace(question, names=(Meant(vocabulary.names[letters], 1.0),))
    texts = {word.text for word in question.words}
    if len(vocabulary.counts(texts)) == len(texts):
        return question
    found = _nearest(letters, list(vocabulary.names), 3)
    names = tuple(Meant(vocabulary.names[near], likeness) for near, likeness in found)
    return replace(question, names=names, corrected=bool(names))


STAGES: tuple[Stage, ...] = (by_initials, by_keyboard, by_strokes, by_name, by_spelling)


def corrected(question: Question, vocabulary: Vocabulary, stages: Sequence[Stage] = STAGES) -> Question:
    """Return the question as it was meant."""
    for stage in stages:
        question = stage(question, vocabulary)
    return question


def _is_stray(character: str) -> bool:
    return is_letter(character) or (character.isascii() and character.isalnum())


def _is_half_typed(question: Question) -> bool:
    """Tell whether lone letters are only what an unfinished syllable leaves at the end."""
    return len(question.half) > 1 and is_syllable(question.half[0]) and sum(map(is_letter, question.text)) == 1


def _is_known(question: Question, vocabulary: Vocabulary) -> bool:
    """Tell whether every word, or most of a compound's pairs of syllables, is in the archive."""
    tokens = [token for word in question.words for token in word.tokens]
    return bool(tokens) and len(vocabulary.counts(tokens)) >= 0.5 * len(set(tokens))


def _knows_korean(word: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a Korean word is a term, or a compound of two."""
    cuts = [(word[:cut], word[cut:]) for cut in range(2, len(word) - 1)]
    known = vocabulary.korean({word, *(part for cut in cuts for part in cut)})
    return word in known or any(first in known and second in known for first, second in cuts)


def _latin_like(word: Word, vocabulary: Vocabulary) -> list[Meant]:
    if len(word.text) < 4 or not word.text.isascii() or vocabulary.knows_latin(word.text):
        return []
    return [Meant(near, likeness) for near, likeness in _nearest(word.text, vocabulary.latin_words, 3)]


def _nearest(typed: str, among: Sequence[str], limit: int) -> list[tuple[str, float]]:
    """Return the nearest spellings; in portions, for a comparison with all of them at once would hold up every other thread."""
    from rapidfuzz import process  # noqa: PLC0415  3 MB, until somebody mistypes
    from rapidfuzz.distance import OSA  # noqa: PLC0415

    near: list[tuple[str, float]] = []
    for start in range(0, len(among), PORTION):
        some = among[start : start + PORTION]
        found = process.extract(typed, some, scorer=OSA.normalized_similarity, score_cutoff=LIKENESS, limit=limit)
        near += [(spelling, likeness) for spelling, likeness, _ in found]
    return sorted(near, key=lambda pair: (-pair[1], pair[0]))[:limit]


def _korean_like(word: Word, vocabulary: Vocabulary) -> list[Meant]:
    if len(word.stem) < 2 or _knows_korean(word.stem, vocabulary):
        return []
    if len(word.stem) == 2 and vocabulary.counts([word.stem]):
        return []
    if by_ear(word, vocabulary):  # no mistake, but an English word in Korean spelling
        return []
    near = {strokes(term): term for term in _candidates(word.stem, vocabulary)}
    return [Meant(near[letters], likeness) for letters, likeness in _nearest(strokes(word.stem), list(near), 2)]


def _candidates(word: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield terms that begin like a misspelt word, and those that sound like it but for the vowels."""
    yield from (term for term, _ in vocabulary.typed_with(strokes(word[:2]), 400))
    yield from (term for term, _ in vocabulary.with_initials(initials(word), 400))
