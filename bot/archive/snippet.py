"""The line of a paper that answers a query, with the words in bold."""

import re
from collections.abc import Iterable, Iterator

LENGTH = 160
"""Characters of a snippet before its marks: two lines of an embed on a telephone."""

INFLECTION = 3
"""Letters that may follow an English word and still be marked with it: `models`, `trained`."""

_MARKDOWN = re.compile(r"([\\*_~`|>\[\]<@#:-])")


class Marker:
    """Quotes papers: made once for a search, as what is looked for is the same in each."""

    def __init__(self, words: Iterable[str]) -> None:
        spellings = (spelling for word in words for spelling in (word, word.replace(" ", "")))
        self._words = [word for word in dict.fromkeys(spellings) if word]

    def snippet(self, body: str) -> str:
        """Return the line of `body` in which most of the words occur, cut to its surroundings, safe to stand in Discord's Markdown."""
        lower = body.lower()
        words = [word for word in self._words if word in lower]
        weights = [sum([len(word) for word in words if word in line]) for line in lower.split("\n")]
        line = body.split("\n")[weights.index(max(weights))]
        spans = _spans(line, words)
        start, end = _window(line, spans[0][0] if spans else 0)
        marked = "".join(_marked(line, [span for span in spans if start <= span[0] and span[1] <= end], start, end))
        return f"{'…' if start else ''}{marked}{'…' if end < len(line) else ''}"


def _spans(line: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Return where words stand, those that touch each other as one."""
    lower = line.lower()
    if len(lower) != len(line):  # a letter that becomes two: places would shift
        return []
    spans: list[tuple[int, int]] = []
    for start, end in sorted(span for word in words for span in _places(word, lower)):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _places(word: str, line: str) -> Iterator[tuple[int, int]]:
    """Yield where a word stands; an English one at the beginning of a word, and with its ending."""
    start = line.find(word)
    while start >= 0:
        end = start + len(word)
        if not word.isascii():
            yield start, end
        elif not (start and _is_latin(line[start - 1])):
            stop = end
            while stop < len(line) and _is_latin(line[stop]):
                stop += 1
            if stop - end <= INFLECTION:
                yield start, stop
        start = line.find(word, end)


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _window(line: str, at: int) -> tuple[int, int]:
    """Return the part of a line to quote around a place, cut at spaces where there are some."""
    if len(line) <= LENGTH:
        return 0, len(line)
    start = 0 if at < LENGTH // 2 else line.rfind(" ", 0, max(at - LENGTH // 4, 1)) + 1
    end = start + LENGTH
    if end < len(line):
        end = max(line.rfind(" ", start + LENGTH // 2, end), start + LENGTH // 2)
    return start, min(end, len(line))


def _marked(line: str, spans: Iterable[tuple[int, int]], start: int, end: int) -> Iterator[str]:
    for first, last in spans:
        yield _escaped(line[start:first])
        yield f"**{_escaped(line[first:last])}**"
        start = last
    yield _escaped(line[start:end])


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
