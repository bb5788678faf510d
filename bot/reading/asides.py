"""What is said of a paper on the line of its title."""

import itertools
import re
from typing import Final

from bot.reading.wording import is_titled, words

_QUOTED = re.compile(r"[\"“「『](?P<title>[^\"“”「」『』]{8,300})[\"”」』](?=\s{0,2}(?:by\s|[,，、(（\[|/–—-]|$))")
_CITED = re.compile(
    r"(?P<names>[^\"“”]{2,600}[,.:]\s)[\"“](?P<title>[^\"“”]{8,300}?)(?:[,.]\s?[\"”]|[\"”](?:[,.]|(?=\s?[(（])))"
)
_SAID_BEHIND = re.compile(r"[:：](?=.{0,12}[^\x00-\x7f‐-”])")
_PERSON = r"[A-ZÀ-Þ][\w.'’-]{0,30}(?:\s(?:v[ao]n|de[nrl]?|d[aiou]s?|l[ae]|al|bin|[A-ZÀ-Þ][\w.'’-]{0,30})){1,4}"
_PEOPLE = re.compile(rf"{_PERSON}(?:,?\s(?:and|&)\s{_PERSON})?(?:\set\sal\.?)?")
_PEOPLE_BEHIND = re.compile(
    r"[.?!]\s+(?="
    r"[A-Z]\.\s[A-ZÀ-Þ][\w'’-]{1,30}\.(?:\s+\[?arXiv|$)"
    r"|[A-ZÀ-Þ][\w'’-]{1,30}\set\sal\b"
    rf"|{_PERSON}(?:(?:(?:,\s(?:(?:and|&)\s)?|\s(?:and|&)\s){_PERSON}){{1,30}}\.(?=\s|$)|,?\set\sal\.?|\.[^.]{{0,80}}?\b(?:19|20)\d\d\b)"
    r")"
)
"""What parts a title from people in a citation: `Title. A. Author, B. Author. Venue 2026.`"""
_PRINTED = re.compile(r"['’]\d\d\b|\b(?:19|20)\d\d\b|\barxiv[\s:]\s?\d{4}\.\d{4,5}", re.IGNORECASE)
_COLUMN = re.compile(r"\s[|｜]\s|\s[|｜·•]\s(?=\[?(?:arxiv|doi)\b)", re.IGNORECASE)
_STOP = re.compile(r"(?<=[^\W\d_]{2}|[\w-]\d)(?:\.|[?!]\.?)\s+(?=[\"“*_]{0,2}[A-ZÀ-Þ])")
_STOPS: Final = 5
"""So many abbreviations and short openings may stand in a title before the stop that ends it."""
_SHORTENED: Final = "al vs cf dr mr ms st no eq fig vol jr sr pp ed eds ch sec resp approx"
_ABBREVIATIONS: Final = frozenset(_SHORTENED.split())
_SENTENCE_END = ("다", "다.", "요.", "음.", "함.", "임.", "。", "！")
_ASIDE = re.compile(r"\s{1,3}(?:[-–—]{1,3}|→)\s|——|(?<![\]<(])[\s（(<，]{1,3}https?://")


def without_aside(text: str, extra: list[str], *, marked: bool = False) -> str:
    """Part a title from what is said of it on the same line; what is cut off goes to `extra`.

    In a title that is `marked`, as a link or in bold, a dash belongs to it.
    """
    if quoted := _QUOTED.match(text):
        extra.insert(0, text[quoted.end() :].strip())
        return quoted["title"]
    if (cited := _CITED.match(text)) and len(words(cited["title"])) >= (2 if cited["names"].endswith(".: ") else 3):
        extra.insert(0, f"{cited['names'].strip(' ,:')} {text[cited.end() :].strip()}".strip())
        return cited["title"]
    for behind in (
        _names_behind,
        _sentence_behind,
        *(() if marked else (_remark_behind, _cited_behind, _column_behind)),
    ):
        if (cut_at := behind(text)) > 0:
            extra.insert(0, text[cut_at:].lstrip(".,;:：|｜ "))
            return text[:cut_at].rstrip()
    for cut in () if marked else _ASIDE.finditer(text):
        if len(words(text[: cut.start()])) >= (1 if "://" in cut[0] else 3):
            extra.append(text[cut.start() :].strip())
            return text[: cut.start()]
    return text


def _names_behind(text: str) -> int:
    """Return where names in italics begin that end the text (`Title. *A. Author, B. Author*.`); -1 without them."""
    end = text.rstrip(".")
    start = end.rfind(end[-1], 0, -1) if end.endswith(("*", "_")) else -1
    kept = text[: max(start, 0)].rstrip()
    return len(kept) - 1 if kept.endswith((".", ",", ";")) and len(words(kept)) >= 3 else -1


def _sentence_behind(text: str) -> int:
    """Return where a sentence in another script begins that follows an English title and a colon; -1 without one."""
    if not text.endswith(_SENTENCE_END):
        return -1
    cuts = (cut.start() for cut in _SAID_BEHIND.finditer(text))
    last = next((at for at in cuts if len(words(text[:at])) >= 3), -1)
    return last if text[: max(last, 0)].isascii() else -1


def _cited_behind(text: str) -> int:
    """Return where the rest of a citation begins (`Title. A. Author, B. Author.`, `Title, A. Author, Venue '26`); -1 without one."""
    for behind in _PEOPLE_BEHIND.finditer(text):
        if len(words(text[: behind.start()])) >= 3:
            return behind.start() + (text[behind.start()] != ".")
    parts = text.split(", ")
    at = len(parts)
    while at > 1 and _PRINTED.search(parts[at - 1]) and len(words(parts[at - 1])) <= 6:
        at -= 1
    printed = at
    while at > 1 and _PEOPLE.fullmatch(parts[at - 1]):
        at -= 1
    title = ", ".join(parts[:at])
    return len(title) if at < printed < len(parts) and len(words(title)) >= 3 else -1


def _remark_behind(text: str) -> int:
    """Return where sentences begin that follow a title and end the text (`Title. It is fast. Code is out.`); -1 without them."""
    if not text.endswith((".", "!")):
        return -1
    for stop in itertools.islice(_STOP.finditer(text), _STOPS):
        head = words(text[: stop.start()])
        if len(head) >= 3 and head[-1] not in _ABBREVIATIONS:
            return stop.start() + (stop[0][0] != ".")
    return -1


def _column_behind(text: str) -> int:
    """Return where a second column begins behind a title (`Title | Institute`); -1 without one."""
    for column in _COLUMN.finditer(text):
        if is_titled(text[: column.start()]):
            return column.start()
    return -1
