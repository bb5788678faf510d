"""The line of a paper that answers a query, with the words in bold."""

import re
from collections.abc import Iterable

LENGTH = 160
"""Characters of a snippet before its marks: two lines of an embed on a telephone."""

_MARKDOWN = re.compile(r"([\\*_~`|>\[\]<@#:-])")


class Marker:
    """Quotes papers: made once for a search, as what is looked for is the same in each."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = [word for word in dict.fromkeys(words) if word]
        self._pattern = _pattern(self._words)

    def snippet(self, body: str) -> str:
        """Return the line of `body` in which most of the words occur, cut to its surroundings, safe to stand in Discord's Markdown."""
        best = max(body.split("\n"), key=self._words_in, default="")
        first = self._pattern.search(best)
        return _marked(_cut(best, first.start() if first else 0), self._pattern)

    def _words_in(self, line: str) -> int:
        lower = line.lower()
        return sum(len(word) for word in self._words if word in lower)


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(words, key=len, reverse=True)
    if not longest_first:
        return re.compile(r"(?!)")
    return re.compile(f"(?:{'|'.join(map(_one, longest_first))})+", re.IGNORECASE)


def _one(word: str) -> str:
    escaped = re.escape(word).replace(r"\ ", r"[\s-]")
    return rf"(?<![a-z0-9]){escaped}[a-z]{{0,3}}(?![a-z0-9])" if word.isascii() else escaped.replace(r"[\s-]", r"\s?")


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
