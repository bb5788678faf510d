"""How well a group of entries reads as a digest's papers: one rule for every form."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.reading import dates, links
from bot.reading.claims import says_news, says_papers
from bot.reading.entry import Entry, Form, Group
from bot.reading.headings import leads_elsewhere
from bot.reading.page import Page
from bot.reading.rivals import crowded
from bot.reading.stops import is_stop
from bot.reading.wording import is_titled, key, words

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


_TOPICS: Final = frozenset({"dataset", "datasets", "data", "metrics", "method", "methods"})
"""Names of parts of a paper that are topics too."""


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
        labelled=sum(page.labelled(entry.first, entry.last) for entry in entries) / count,
        alike=_alike(page, entries),
        housed=sum(page.houses_papers(entry.parent) for entry in entries) / count,
        stops=_stops(page, group),
        titled=_titled(entries),
        declared=count in page.declares(entries[0].first),
        crowded=max((crowded(page, group, other) for other in others if other is not group), default=0.0),
        prior=_PRIOR[group.form],
    )


def is_evident(page: Page, group: Group, judged: Score) -> bool:
    """Tell whether a group is of papers at all, however it compares with others."""
    if page.is_template:
        return False
    if judged.linked >= (0.5 if group.numbered else 0.6) and judged.titled >= 0.3:
        return True
    if judged.linked >= 0.9 and (group.form is Form.TABLE or (group.form is Form.HEADINGS and not judged.crowded)):
        return True  # ids in place of titles, or titles of one word
    return not (page.is_how_to or page.denies_papers) and _is_evident_unlinked(page, group, judged)


def _is_evident_unlinked(page: Page, group: Group, judged: Score) -> bool:
    if group.form is Form.HEADINGS and group.numbered:
        is_alone = len(group.entries) == 1 and not judged.labelled and not page.is_named_for_papers
        if page.is_news or is_alone:
            return False
        said = judged.titled >= 0.3 or not judged.stops
        return said and (page.is_named_for_papers or judged.labelled >= 0.5 or not leads_elsewhere(page, group))
    if not (page.is_about_papers or judged.housed >= 0.8) or judged.titled < 0.6:
        return False
    if judged.declared or judged.labelled >= 0.6 or (judged.alike >= 0.8 and judged.housed >= 0.8):
        return True
    if judged.titled >= 0.8 and (_is_named(group, judged) or _is_of_notes(page, group, judged)):
        return True
    # Nothing but titles with text below them: only on a page that calls itself one of a day's papers and links to none.
    return (
        len(group.entries) >= 2
        and judged.titled >= 0.8
        and page.is_named_for_papers
        and page.is_named_by_day
        and not page.papers_on
        and _described(page, group)
    )


def _is_named(group: Group, judged: Score) -> bool:
    """Tell whether a table's column is called papers, or most bold items of a list stand in parts that are."""
    if group.form is Form.TABLE:
        return says_papers(group.name)
    bold = sum("**" in entry.source for entry in group.entries)
    return (
        group.form in {Form.ORDERED, Form.BULLETS} and judged.housed >= 0.5 and bold >= max(2, len(group.entries) * 0.8)
    )


def _is_of_notes(page: Page, group: Group, judged: Score) -> bool:
    """Tell whether the entries link to notes of their author's own, with titles as long as papers have and no days among them."""
    entries = group.entries
    if len(entries) < 3 or not (judged.housed >= 0.5 or page.is_named_for_papers):
        return False
    notes = sum(links.leads_to_note(page.lines[entry.first]) for entry in entries)
    length = sum(max(len(words(entry.title)), sum(not c.isascii() for c in entry.title) // 3) for entry in entries)
    days = sum(dates.find(entry.title) is not None for entry in entries)
    return notes * 10 >= len(entries) * 8 and length >= len(entries) * 5 and days * 5 <= len(entries)


def trimmed(page: Page, group: Group) -> Group:
    """Leave out what only looks like the group's papers: ideas, trends and checks that stand in parts of their own."""
    entries = _in_named_sections(page, _outside_news(page, _outside_stops(page, group)))
    linked = [page.linked(entry.first, entry.last) > 0 for entry in entries]
    if sum(linked) * 2 >= len(entries) and any(linked):
        entries = _in_linked_sections(entries, linked)
    linked = [page.linked(entry.first, entry.last) > 0 for entry in entries]
    if sum(linked) * 10 >= len(entries) * 7:
        shares = _shares(page, entries)
        entries = tuple(
            entry
            for entry, yes in zip(entries, linked, strict=True)
            if yes
            or (entry.number is not None and (group.form is Form.HEADINGS or shares[entry.parent] > 0.5))
            or page.labelled(entry.first, entry.last)
        )
    elif not any(linked):
        notes = tuple(entry for entry in entries if links.leads_to_note(page.lines[entry.first]))
        entries = notes if len(notes) * 10 >= len(entries) * 7 else entries
    return replace(group, entries=_as_declared(page, _without_tail(page, group, entries)))


def in_linked_sections(page: Page, group: Group) -> Group:
    """Return the entries of those sections in which most have a paper link."""
    shares = _shares(page, group.entries)
    return replace(group, entries=tuple(entry for entry in group.entries if shares[entry.parent] >= 0.7))


def _shares(page: Page, entries: Sequence[Entry]) -> dict[int, float]:
    """Return the share of entries with a paper link of each section, by the line of its heading."""
    sections: dict[int, list[bool]] = defaultdict(list)
    for entry in entries:
        sections[entry.parent].append(page.linked(entry.first, entry.last) > 0)
    return {parent: sum(links) / len(links) for parent, links in sections.items()}


def _outside_news(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out the entries of parts that are named for news or tools: those without a paper link, or all where other parts are papers'."""
    parents = {entry.parent for entry in entries if entry.parent >= 0}
    news = {line for line in parents if says_news(page.section_title(line))}
    if not news:
        return entries
    housed = any(page.houses_papers(line) for line in parents)
    return tuple(
        entry
        for entry in entries
        if entry.parent not in news or (not housed and page.linked(entry.first, entry.last) > 0)
    )


def _as_declared(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out the ends that don't read like titles, where that leaves as many as the digest says that it has."""
    titled = [n for n, entry in enumerate(entries) if is_titled(entry.title)]
    if not titled or len(titled) == len(entries):
        return entries
    inner = entries[titled[0] : titled[-1] + 1]
    declared = page.declares(entries[0].first)
    return inner if len(inner) in declared and len(entries) not in declared else entries


def _without_tail(page: Page, group: Group, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out the unnumbered headings behind the last one with a paper link, where most have one and these share no label with them."""
    if group.form is not Form.HEADINGS or group.numbered:
        return entries
    linked = [n for n, entry in enumerate(entries) if page.linked(entry.first, entry.last)]
    if len(linked) * 2 <= len(entries):
        return entries
    labels = {label for n in linked for label in page.labels(entries[n].body, entries[n].last)}
    end = linked[-1] + 1
    kept = (entry for entry in entries[end:] if labels & page.labels(entry.body, entry.last))
    return (*entries[:end], *kept)


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


def _described(page: Page, group: Group) -> bool:
    """Tell whether the entries have text below them, and are not a list of links to somewhere else."""
    with_text = sum(any(line.strip() for line in page.lines[entry.body : entry.last]) for entry in group.entries)
    return with_text * 2 > len(group.entries) and not leads_elsewhere(page, group)


def _outside_stops(page: Page, group: Group) -> tuple[Entry, ...]:
    """Leave out the entries of parts that are named as no part with papers is, if others remain; lists have topics of such names."""
    entries = group.entries
    lines = {entry.parent for entry in entries if entry.parent >= 0 and not page.houses_papers(entry.parent)}
    names = {line: page.section_title(line) for line in lines}
    is_list = group.form is not Form.HEADINGS
    stops = {line for line, name in names.items() if is_stop(name) and not (is_list and key(name) in _TOPICS)}
    kept = tuple(entry for entry in entries if entry.parent not in stops)
    return kept or entries


def _in_named_sections(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out sections with few paper links where others say that papers stand in them, and have them: news, tools, companies."""
    shares = _shares(page, entries)
    if not any(page.houses_papers(parent) and share >= 0.5 for parent, share in shares.items()):
        return entries
    return tuple(entry for entry in entries if page.houses_papers(entry.parent) or shares[entry.parent] >= 0.5)


def _in_linked_sections(entries: tuple[Entry, ...], linked: Sequence[bool]) -> tuple[Entry, ...]:
    """Leave out whole sections without a paper link, unless their numbers go on from the section before."""
    sections = {entry.parent for entry, yes in zip(entries, linked, strict=True) if yes}
    kept: list[Entry] = []
    for entry in entries:
        goes_on = (
            bool(kept)
            and entry.number is not None
            and kept[-1].number is not None
            and entry.number == kept[-1].number + 1
        )
        if entry.parent in sections or goes_on:
            kept.append(entry)
    return tuple(kept)
