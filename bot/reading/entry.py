"""Where papers start: an entry is one start, a group is all entries of one form, and what goes on with them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Form(StrEnum):
    """The forms in which digests list papers."""

    HEADINGS = "headings"
    ORDERED = "ordered list"
    BULLETS = "bullets"
    TABLE = "table"
    BOLD = "bold paragraphs"
    FOLDS = "folded parts"
    RULES = "parts between rules"
    PROSE = "prose"
    WHOLE = "whole post"


LISTS: Final = (Form.ORDERED, Form.BULLETS)
"""Items of lists; news and tools stand in them as papers do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One paper's start and the lines that belong to it; indexes of lines, half-open."""

    form: Form
    """Its own; that of its group may be another, where papers go on in another form."""
    number: int | None
    title: str
    source: str
    """The Markdown that the title was taken from."""
    first: int
    body: int
    """The first line below the title."""
    last: int
    parent: int = -1
    """Index of the line of the heading that it stands under; -1 for none."""
    aside: str = ""
    """What stood beside the title on its line."""
    rows: tuple[str, ...] = ()
    """The body of an entry whose lines are not its body's: the other cells of its row."""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries of one form, in document order, and those of another form that go on with them."""

    form: Form
    name: str
    """The form as an author would write it: `### N.`."""
    entries: tuple[Entry, ...]
    level: int = 0
    """The level of headings, the depth of list items."""

    @property
    def numbered(self) -> bool:
        """Whether most entries have a number."""
        return sum(entry.number is not None for entry in self.entries) * 2 > len(self.entries)
