"""Tables, which Discord cannot show, as code or as bullets."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_DELIMITER_CELL = re.compile(r":?-+:?")
_MARKUP = re.compile(r"[\[\]<>*_`$&\\~]|://")
_WIDEST = 56
"""Characters of a line of code that a desktop shows without wrapping it inside an embed."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header and its rows; cells are Markdown."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def is_plain(self) -> bool:
        """Tell whether it fits a code block: narrow, without markup, and of letters that are equally wide there."""
        cells = [cell for row in (self.header, *self.rows) for cell in row]
        return all(cell.isascii() and not _MARKUP.search(cell) for cell in cells) and sum(self._widths()) <= _WIDEST

    def lines(self) -> Iterator[str]:
        """Write the table with aligned columns."""
        widths = self._widths()
        for row in (self.header, tuple("-" * width for width in widths), *self.rows):
            yield " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()

    def bullets(self) -> Iterator[str]:
        """Write one line of Markdown a row: the first cell, then each other cell behind its column's name."""
        if not self.rows:
            yield " · ".join(filter(None, self.header))
        for first, *others in self.rows:
            named = [
                f"{name}: {cell}" if name else cell for name, cell in zip(self.header[1:], others, strict=True) if cell
            ]
            yield " — ".join(filter(None, (first or self.header[0], " · ".join(named))))

    def _widths(self) -> list[int]:
        return [max(map(len, column)) for column in zip(self.header, *self.rows, strict=True)]


def starts_table(line: str, following: str) -> bool:
    """Tell whether a line is a table's header: one like `--- | ---` with as many cells follows."""
    if "|" not in line or "|" not in following or not set(following) <= set(" |:-"):
        return False
    delimiters = _cells(following)
    return len(delimiters) == len(_cells(line)) and all(map(_DELIMITER_CELL.fullmatch, delimiters))


def read_table(lines: Sequence[str]) -> Table:
    """Read a table: a header, a delimiter row, rows; a row too short is filled up, one too long has its rest in the last cell."""
    header, _, *rows = map(_cells, lines)
    return Table(header, tuple(_fit(row, len(header)) for row in rows))


def _cells(line: str) -> tuple[str, ...]:
    text = line.strip().removeprefix("|")
    cells = re.split(r"(?<!\\)\|", text)
    if len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    return tuple(cell.strip().replace("\\|", "|") for cell in cells)


def _fit(row: tuple[str, ...], columns: int) -> tuple[str, ...]:
    if len(row) > columns:
        return (*row[: columns - 1], " ".join(row[columns - 1 :]))
    return row + ("",) * (columns - len(row))
