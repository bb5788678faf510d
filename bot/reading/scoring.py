"""How well a group of entries reads as a digest's papers: one rule for every form."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.reading.authors import is_label_line
from bot.reading.entry import Entry, Form, Group
from bot.reading.page import Page
from bot.reading.rivals import crowded
from bot.reading.wording import is_titled, key

_PRIOR: Final = {
    Form.HEADINGS: 1.0,
    Form.ORDERED: 0.6,
    Form.BULLETS: 0.4,
    Form.BOLD: 0.4,
    Form.TABLE: 0.2,
    Form.FOLDS: 0.4,
    Form.RULES: 0.0,
    Form.PROSE: 0.0,
    Form.WHOLE: 0.0,
}


@dataclass(frozen=True, slots=True)
class Score:
    """What speaks for and against a group; shares are from 0 to 1."""

    linked: float
    """Share of entries with a paper link in their span."""
    numbered: float
    """Share of entries whose number follows the one before, or starts again from 1."""
    labelled: float
    """Share of entries with labelled authors or abstract."""
    alike: float
    """Share of entries that have the label which most of them have."""
    housed: float
    """Share of entries below a heading that says that papers follow."""
    stops: float
    """Share of the headings of their level that name parts of a digest."""
    titled: float
    """Share of titles that read like titles and differ from each other."""
    declared: bool
    """Whether the digest says that it has so many papers."""
    crowded: float
    """Share of entries that hold two or more entries of another group, each with a link of its own."""
    prior: float

    @property
    def total(self) -> float:
        """Weigh it: links say most, then numbers; holding other papers says that it is a section."""
        return (
            4 * self.linked
            + 3 * self.numbered
            + self.labelled
            + self.alike
            + 1.5 * self.titled
            + 2.5 * self.housed
            + 2 * self.declared
            - 5 * self.crowded
            - 2 * self.stops
            + self.prior
        )


def score(page: Page, group: Group, others: Sequence[Group]) -> Score:
    """Judge one group beside the others."""
    entries = group.entries
    count = len(entries)
    return Score(
        linked=sum(page.linked(entry.first, entry.last) > 0 for entry in entries) / count,
        numbered=_in_sequence(entries) / count * (1.0 if group.form is Form.HEADINGS else 0.5),
        labelled=sum(_is_labelled(page, entry) for entry in entries) / count,
        alike=_alike(page, entries),
        housed=sum(page.houses_papers(entry.parent) for entry in entries) / count,
        stops=_stops(page, group),
        titled=_titled(entries),
        declared=count in page.declares(entries[0].first),
        crowded=max((crowded(page, group, other) for other in others if other is not group), default=0.0),
        prior=_PRIOR[group.form],
    )


def _is_labelled(page: Page, entry: Entry) -> bool:
    return page.labelled(entry.first, entry.last) or any(map(is_label_line, entry.rows))


def _titled(entries: Sequence[Entry]) -> float:
    """Return the share of titles that read like titles, each counted once; of entries, where most only repeat another."""
    titles = {key(entry.title) for entry in entries}
    titled = {key(entry.title) for entry in entries if is_titled(entry.title)}
    return len(titled) / (len(titles) if len(titles) * 2 >= len(entries) else len(entries))


def _in_sequence(entries: Sequence[Entry]) -> int:
    """Count the entries whose number is one more than the last one's, or starts a count."""
    count = 0
    before: int | None = None
    for entry in entries:
        if entry.number is not None:
            count += before is None or entry.number == before + 1 or entry.number == 1
            before = entry.number
    return count


def _alike(page: Page, entries: Sequence[Entry]) -> float:
    """Return the share of entries with their commonest label; one entry is like nothing."""
    if len(entries) < 2:
        return 0.0
    counts = Counter(label for entry in entries for label in page.labels(entry.body, entry.last))
    return max(counts.values(), default=0) / len(entries)


def _stops(page: Page, group: Group) -> float:
    if group.form is not Form.HEADINGS:
        return 0.0
    beside = [heading for heading in page.headings if heading.level == group.level and heading.line != page.titled_line]
    numbered = [heading for heading in beside if heading.title.number is not None] if group.numbered else beside
    return sum(heading.stop for heading in numbered if not page.is_repeated(heading)) / max(1, len(numbered))
