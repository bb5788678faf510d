"""Characters as people see them: grapheme clusters of Unicode (UAX #29)."""

import re
from functools import cache
from typing import Any

from bot.rendering.limits import weight

ELLIPSIS = "…"
_CLUSTER = r"\X"
_EMOJI = r"\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|[0-9#*]\uFE0F?\u20E3"
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2028\u2029\u2060-\u2069\ufeff\ud800-\udfff]"
)


@cache
def _pattern(pattern: str) -> Any:
    import regex  # type: ignore[import-untyped]  # noqa: PLC0415  no types; 1.5 MB, until the first post is rendered

    return regex.compile(pattern)


def graphemes(text: str) -> list[str]:
    """Take a text apart into characters that must not be cut: joined emoji, Hangul jamo sequences, variation selectors."""
    return list(_pattern(_CLUSTER).findall(text))


def emoji_count(text: str) -> int:
    """Count the emoji of a text; a joined sequence counts its members."""
    return 0 if text.isascii() else len(_pattern(_EMOJI).findall(text))


def legible(text: str) -> str:
    """Drop control characters, and invisible ones that change the order or the look of what stands around them."""
    return _INVISIBLE.sub("", text)


def cut(text: str, most: int) -> str:
    """Shorten a text to a weight of at most `most`, between characters, with an ellipsis where something was left out."""
    if weight(text) <= most:
        return text
    kept: list[str] = []
    room = most - weight(ELLIPSIS)
    for grapheme in graphemes(text[: most + 1]):
        room -= weight(grapheme)
        if room < 0:
            break
        kept.append(grapheme)
    return "".join(kept).rstrip() + ELLIPSIS
