"""The line of a paper that answers a query, with the words in bold."""

import re
from collections.abc import Iterable

LENGTH = 160
"""Characters of a snippet before its marks: two lines of an embed on a telephone."""

_MARKDOWN = re.compile(r"([\\*_~`|>\[\]<@#:-])")


def snippet(body: str, words: Iterable[str]) -> str:
    """Return the line of `body` in which most of `words` occur, cut to its surroundings, safe to stand in Discord's Markdown."""
    pattern = _pattern(words)
    best = max(body.split("\n"), key=lambda line: len({found.lower() for found in pattern.findall(line)}), default="")
    first = pattern.search(best)
    return _marked(_cut(best, first.start() if first else 0), pattern)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted({word for word in words if word}, key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    return re.compile(f"(?:{'|'.join(map(_one, longest_first))})+", re.IGNORECASE)


def _one(word: str) -> str:
    escaped = re.escape(word)
    return rf"(?<![a-z0-9]){escaped}[a-z]{{0,3}}(?![a-z0-9])" if word.isascii() else escaped


def _cut(line: str, at: int) -> str:
    if len(line) <= LENGTH:
        return line
    start = 0 if at < LENGTH // 2 else line.rfind(" ", 0, max(at - LENGTH // 4, 1)) + 1
    end = start + LENGTH
    if end < len(line):
        end = max(line.rfind(" ", start + LENGTH // 2, end), start + LENGTH // 2)
    return f"{'…' if start else ''}{line[start:end]}{'…' if end < len(line) else ''}"


def _marked(line: str, pattern: re.Pattern[str]) -> str:
    parts, end = [], 0
    for match in pattern.finditer(line):
        parts += [_escaped(line[end : match.start()]), f"**{_escaped(match[0])}**"]
        end = match.end()
    return "".join([*parts, _escaped(line[end:])])


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
