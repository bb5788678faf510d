"""The words of titles, as far as two spellings have them in common."""

import re
from dataclasses import dataclass
from typing import Self

from bot.reading import dates
from bot.reading.text import plain

_WORD = re.compile(r"[^\W_]+")
_ID_ONLY = re.compile(
    r"(?:[^\W\d]{2,12}\s?[:：]\s?)?[\[(]?(?:arxiv[:\s])?\s?(?:\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,9}/\S{1,100})[\])]?",
    re.IGNORECASE,
)

_RATING_ONLY = re.compile(r"[\s/|·]*(?:score|점수|评分|得分|スコア)\s?[:：]?\s?\d+(?:[./]\d+){0,2}", re.IGNORECASE)
_REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases to be found in a text: those in Latin letters as whole words, others wherever they stand, with spaces or without."""

    latin: tuple[str, ...]
    other: tuple[str, ...]

    @classmethod
    def of(cls, latin: str, other: str) -> Self:
        """Take the phrases in Latin letters, parted by bars, and the others, parted by spaces."""
        return cls(tuple(f" {phrase.strip()} " for phrase in latin.split("|")), tuple(other.split()))

    def stand_in(self, text: str) -> bool:
        """Tell whether one of them stands in the text."""
        said = words(text)
        spaced = f" {' '.join(said)} "
        if any(phrase in spaced for phrase in self.latin):
            return True
        compact = "" if spaced.isascii() else "".join(said)
        return any(phrase in compact for phrase in self.other)


def key(title: str) -> str:
    """Return what two spellings of a title have in common."""
    return "".join(_WORD.findall(plain(title).casefold()))


def words(title: str) -> list[str]:
    """Return the words of a title, folded."""
    return _WORD.findall(plain(title).casefold())


def is_title_cased(title: str) -> bool:
    """Tell whether a text is written as English titles are: four words or more, most of the longer ones with capitals."""
    longer = [word for word in _WORD.findall(plain(title)) if len(word) >= 4]
    return (
        len(words(title)) >= 4
        and title[:1].isascii()
        and sum(not word.islower() for word in longer) * 10 >= len(longer) * 7
    )


def is_latin(text: str) -> bool:
    """Tell whether hardly a character is Chinese, Japanese or Korean: one of ten at most."""
    return sum(character >= "\u2e80" for character in text) * 10 <= len(text)


def names_day(title: str) -> bool:
    """Tell whether a text is a date with hardly anything beside it: fewer than four words."""
    written = dates.find(title)
    return written is not None and len(words(title)) - len(words(written.text)) < 4


def is_long(title: str) -> bool:
    """Tell whether a text is longer than names of parts are: five words, or twelve Chinese or Korean characters."""
    return len(words(title)) >= 5 or sum(not character.isascii() for character in title) >= 12


def is_repository(title: str) -> bool:
    """Tell whether a title is the name of a repository: `owner/name`."""
    return _REPOSITORY.fullmatch(title) is not None


def is_titled(title: str) -> bool:
    """Tell whether a text reads like a title: three words, or eight Chinese or Korean characters; no sentence, id, rating or repository."""
    if _ID_ONLY.fullmatch(title) or _RATING_ONLY.fullmatch(title) or is_repository(title) or title.endswith("。"):
        return False
    return len(words(title)) >= 3 or sum(not character.isascii() for character in title) >= 8 or len(title) >= 16
