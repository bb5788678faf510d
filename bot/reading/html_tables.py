"""HTML tables in Markdown: their rows, with links written as Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

MAX_LINES = 20_000
"""A table that goes on for more lines than this is read that far."""

_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)


class _Rows(HTMLParser):
    """Collect the cells of each row with the line that the row starts on."""

    def __init__(self, first: int) -> None:
        super().__init__()
        self.rows: list[tuple[int, list[str]]] = []
        self._first = first
        self._cell: list[str] | None = None
        self._hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open a row, a cell, a link or a bold span."""
        if tag == "tr":
            self._end_cell()
            self.rows.append((self._first + self.getpos()[0] - 1, []))
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cell = []
        elif tag == "a":
            self._hrefs.append(dict(attrs).get("href") or "")
            self._say("[")
        elif tag in {"b", "strong"}:
            self._say("**")
        elif tag == "br":
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        """Close a row, a cell, a link or a bold span."""
        if tag in {"td", "th", "tr", "table"}:
            self._end_cell()
        elif tag == "a" and self._hrefs:
            self._say(f"]({self._hrefs.pop()})")
        elif tag in {"b", "strong"}:
            self._say("**")

    def handle_data(self, data: str) -> None:
        """Take text into the open cell."""
        self._say(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Read `<![…` as the bogus comment that it is in HTML; the standard library takes it for SGML's and fails on most."""
        return self.parse_bogus_comment(i, report)

    def _say(self, text: str) -> None:
        if self._cell is not None:
            self._cell.append(text)

    def _end_cell(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1][1].append(" ".join("".join(self._cell).split()))
        self._cell = None


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, each with its line, and the line below the table."""

    rows: list[tuple[int, list[str]]]
    last: int


def tables(lines: Sequence[str], first: int, last: int) -> Iterator[Table]:
    """Yield the tables that open on these lines; what no line closes is read as far as its own line goes."""
    n = first
    closed = -1
    while n < last:
        if _OPEN.search(lines[n]) is None:
            n += 1
            continue
        if closed < n:
            closed = _closing(lines, n)
        end = closed if closed < min(len(lines), n + MAX_LINES) else n
        parser = _Rows(n)
        parser.feed("\n".join(lines[n : end + 1]))
        parser.close()
        yield Table([row for row in parser.rows if row[1]], end + 1)
        n = end + 1


def _closing(lines: Sequence[str], start: int) -> int:
    """Return the first line from `start` on that closes a table; the line after the last where none does."""
    return next((n for n in range(start, len(lines)) if _CLOSE.search(lines[n])), len(lines))
