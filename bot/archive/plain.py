"""A paper's blocks as plain lines, the way they are indexed and quoted."""

import re
from collections.abc import Iterable

_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_BARE_LINK = re.compile(r"<(?:https?://|mailto:)[^>]*>|https?://[^\s<>)\]]+")
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_MARKER = re.compile(r"^\s*(?:[-*+]\s+|\d+[.)]\s+|#{1,6}\s+|>\s?)+")
_EMPHASIS = re.compile(r"\*\*|__|~~|`+|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_lines(blocks: Iterable[str]) -> list[str]:
    """Return the lines of Markdown blocks without their marks, links and tags; empty lines are left out."""
    lines = (_plain(line) for block in blocks for line in block.splitlines())
    return [line for line in lines if line]


def _plain(line: str) -> str:
    line = _LINK.sub(r"\1", _IMAGE.sub(" ", _MARKER.sub("", line)))
    line = _ESCAPE.sub(r"\1", _EMPHASIS.sub("", _TAG.sub(" ", _BARE_LINK.sub(" ", line))))
    return " ".join(line.replace("\0", " ").split())
