"""Brackets and the links that they make."""

import re
from collections.abc import Mapping

_BRACKET = re.compile(r"[\[\]()\\]")


def closers(text: str) -> dict[int, int]:
    """Return where each square bracket and each parenthesis of `text` closes, by where it opens; those that never close are left out."""
    found: dict[int, int] = {}
    brackets: list[int] = []
    parentheses: list[int] = []
    escaped = -1
    for match in _BRACKET.finditer(text):
        at, character = match.start(), match[0]
        if character == "\\":
            escaped = at + 1 if at != escaped else escaped
        elif character == "(":
            parentheses.append(at)
        elif character == ")":
            if parentheses:
                found[parentheses.pop()] = at
        elif at != escaped:
            if character == "[":
                brackets.append(at)
            elif brackets:
                found[brackets.pop()] = at
    return found


def link_at(text: str, start: int, closing: Mapping[int, int]) -> tuple[str, int] | None:
    """Return the label of the masked or reference link at `start` and where the link ends; `closing` are the text's `closers`."""
    close = closing.get(start)
    if close is None or text[start] != "[":
        return None
    if text.startswith("(", close + 1):
        end = closing.get(close + 1, -1)
        return (text[start + 1 : close], end + 1) if end > 0 else None
    if text.startswith("[", close + 1) and (end := text.find("]", close + 2)) > 0:
        return text[start + 1 : close], end + 1
    return None


def links_to_labels(text: str) -> str:
    """Put its label in the place of each link."""
    at = text.find("[")
    if at < 0:
        return text
    closing = closers(text)
    parts: list[str] = []
    done = 0
    while at >= 0:
        if link := link_at(text, at, closing):
            parts += [text[done : max(done, at - (text[at - 1 : at] == "!"))], link[0]]
            done = link[1]
            at = text.find("[", done)
        else:
            at = text.find("[", at + 1)
    return "".join(parts) + text[done:] if parts else text
