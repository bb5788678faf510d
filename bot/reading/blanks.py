"""What was left to be filled in: templates, and places for titles, days and ids."""

import itertools
import re
from collections.abc import Sequence

_BLANK_FIELD = re.compile(
    r"[\s>*+-]{0,8}[*_]{0,2}(?:paper\s)?(?:title|authors?|link|url|venue|date|venue\s/\syear|제목|저자|링크|날짜|标题|作者|链接|タイトル|著者)"
    r"[*_]{0,2}\s?[:：][*_]{0,2}\s*",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[[A-Z]{2,}(?:_[A-Z]{2,}){1,4}\](?!\()|\{\{[^{}\n]{1,60}\}\}|\[(?:[Pp]aper )?(?:[Tt]itle|[Aa]uthors?)\](?!\()"
    r"|(?<![{\w])\{(?:title|authors?|(?:arxiv_|paper_)?id|date|url|link|abstract|summary|score|n|[\u3040-\u9fff\uac00-\ud7a3]{2,8})\}"
)
_PLACE = re.compile(
    r"(?:paper|논문|论文|論文)(?:\s|の)?(?:title|name|제목|标题|名称|標題|タイトル)(?:\s?(?:\d{1,2}|[A-Z]))?",
    re.IGNORECASE,
)
"""What stands in a template where a paper's title is to be written."""
_DAY_TO_COME = re.compile(r"\bY{4}[-./年\s]{0,2}M{1,2}|\bYYMMDD\b")
_EMPTY_ITEM = re.compile(r"\s*[-*+]\s+(?:\[ \]\s+)?[*_]{0,3}[^:：\s*_][^:：]{0,58}[:：][*_\s]*")
_ITEM = re.compile(r"\s*[-*+]\s+\S")
_UNKNOWN_ID = re.compile(r"arxiv\.org/(?:abs|pdf)/(?:[xX]{4}\.[xX]{4,5}|\d{4}\.00000)")


def is_place(title: str) -> bool:
    """Tell whether a title is a place for one: `{title}`, `[Paper Title]`, `Paper title`."""
    return _PLACEHOLDER.fullmatch(title) is not None or _PLACE.fullmatch(title) is not None


def awaits_day(title: str) -> bool:
    """Tell whether a title has a place for a day: `YYYY-MM-DD`."""
    return _DAY_TO_COME.search(title) is not None


def are_unfilled(lines: Sequence[str]) -> bool:
    """Tell whether most items are labels alone, or a link has a place for a paper's id: `arxiv.org/abs/xxxx.xxxxx`."""
    return _are_mostly_empty(lines) or any("arxiv.org" in line and _UNKNOWN_ID.search(line[:500]) for line in lines)


def has_blanks(lines: Sequence[str]) -> bool:
    """Tell whether fields, or places for them, were left empty."""
    if are_unfilled(lines):
        return True
    blanks = sum(_BLANK_FIELD.fullmatch(line[:60]) is not None for line in lines)
    return blanks >= 2 or sum(len(_PLACEHOLDER.findall(line[:500])) for line in lines) >= 3


def _are_mostly_empty(lines: Sequence[str]) -> bool:
    """Tell whether most items of lists are labels with nothing behind or below them."""
    empty = sum(
        line.rstrip("*_ ").endswith((":", "："))
        and _EMPTY_ITEM.fullmatch(line[:80]) is not None
        and not _goes_deeper(line, below)
        for line, below in itertools.pairwise((*lines, ""))
    )
    return empty >= 5 and empty * 10 >= sum(_ITEM.match(line) is not None for line in lines) * 6


def _goes_deeper(line: str, below: str) -> bool:
    indent = len(line) - len(line.lstrip())
    return len(below) - len(below.lstrip()) > indent and below.strip() != ""
