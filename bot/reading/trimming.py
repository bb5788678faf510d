"""What of a group only looks like its papers: ideas, news, trends and checks, mostly in parts of their own."""

import itertools
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from bot.reading import links
from bot.reading.authors import authors_of
from bot.reading.claims import leaves_out_papers, says_news
from bot.reading.entry import Entry, Form, Group
from bot.reading.page import Page
from bot.reading.stops import is_stop
from bot.reading.wording import is_title_cased, is_titled, key

_REFERENCES: Final = frozenset(
    map(
        key,
        [
            "references",
            "bibliography",
            "further reading",
            "参考文献",
            "參考文献",
            "참고문헌",
            "더 읽을거리",
            "延伸阅读",
            "data sources",
            "数据源",
            "数据源说明",
            "数据来源",
            "데이터 출처",
            "データソース",
        ],
    )
)
"""Names of parts with papers that the page only refers to."""


def trimmed(page: Page, group: Group) -> Group:
    """Leave out what only looks like the group's papers: ideas, trends and checks that stand in parts of their own."""
    entries = _in_named_sections(page, _outside_news(page, _without_left_out(page, _outside_stops(page, group))))
    entries = tuple(
        entry
        for entry in entries
        if not page.says_nothing(entry.body, entry.last) or page.linked(entry.first, entry.last)
    )
    linked = [page.linked(entry.first, entry.last) > 0 for entry in entries]
    if sum(linked) * 2 >= len(entries) and any(linked):
        entries = _without_bare_sections(entries, linked)
        entries = _without_other_links(page, entries) if group.form is Form.HEADINGS else entries
        entries = _without_names(page, entries)
    elif (
        any(linked)
        and group.form is Form.HEADINGS
        and not group.numbered
        and [is_title_cased(entry.title) for entry in entries] == linked
    ):
        entries = tuple(entry for entry, yes in zip(entries, linked, strict=True) if yes)  # one paper and closing words
    linked = [page.linked(entry.first, entry.last) > 0 for entry in entries]
    if sum(linked) * 10 >= len(entries) * 7:
        shares = _shares(page, entries)
        entries = tuple(
            entry
            for entry, yes in zip(entries, linked, strict=True)
            if yes
            or (entry.number is not None and (group.form is Form.HEADINGS or shares[entry.parent] > 0.5))
            or page.labelled(entry.first, entry.last)
            or authors_of(page.lines[entry.body : min(entry.last, entry.body + 4)])
        )
    elif not any(linked):
        notes = tuple(entry for entry in entries if links.leads_to_note(page.lines[entry.first]))
        entries = notes if len(notes) * 10 >= len(entries) * 7 else entries
    return replace(group, entries=_as_declared(page, _without_tail(page, group, entries)))


def _without_other_links(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out entries whose titles link elsewhere and that link to no paper, where all titles are links: news among papers."""
    if not all(links.is_linked(entry.source) for entry in entries):
        return entries
    return tuple(entry for entry in entries if page.linked(entry.first, entry.last))


def _without_names(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out what is neither linked nor labelled nor numbered and doesn't read like a title, where most else does: names of parts."""
    kept = tuple(
        entry
        for entry in entries
        if page.linked(entry.first, entry.last)
        or entry.number is not None
        or is_titled(entry.title)
        or page.labelled(entry.first, entry.last)
    )
    return kept if sum(is_titled(entry.title) for entry in kept) * 2 > len(kept) else entries


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


def _without_left_out(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out parts with papers that the digest says it left out."""
    out = {line for line in {entry.parent for entry in entries} if leaves_out_papers(page.section_title(line))}
    return tuple(entry for entry in entries if entry.parent not in out) if out else entries


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
    """Leave out the unnumbered headings behind the last new paper link, where most have links and these share no label with them."""
    if group.form is not Form.HEADINGS or group.numbered:
        return entries
    linked = [n for n, entry in enumerate(entries) if page.linked(entry.first, entry.last)]
    if len(linked) * 2 <= len(entries):
        return entries
    papers = {n: page.first_paper(entries[n].first, entries[n].last) for n in linked}
    first = {papers[n]: n for n in reversed(linked)}
    linked = [n for n in linked if papers[n] is None or first[papers[n]] == n]
    labels = {label for n in linked for label in page.labels(entries[n].body, entries[n].last)}
    end = linked[-1] + 1
    kept = (entry for entry in entries[end:] if labels & page.labels(entry.body, entry.last))
    return (*entries[:end], *kept)


def _outside_stops(page: Page, group: Group) -> tuple[Entry, ...]:
    """Leave out parts that are named as parts of a digest or a paper are, unless papers of their own stand in them, and references."""
    entries = group.entries
    lines = {entry.parent for entry in entries if entry.parent >= 0 and not page.houses_papers(entry.parent)}
    names = {line: page.section_title(line) for line in lines}
    stops = {line for line, name in names.items() if is_stop(name)}
    cited = {line for line, name in names.items() if key(name) in _REFERENCES}
    parts: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        parts[entry.parent].append(entry)
    told = {page.first_paper(entry.first, entry.last) for entry in entries if entry.parent not in stops}
    stops = {line for line in stops if line in cited or not _are_papers(page, parts[line], told)}
    kept = tuple(entry for entry in entries if entry.parent not in stops)
    return kept or tuple(entry for entry in entries if entry.parent not in cited)


def _are_papers(page: Page, part: Sequence[Entry], told: Collection[str | None]) -> bool:
    """Tell whether a part's entries are linked and titled as papers are, and not all told elsewhere."""
    papers = [page.first_paper(entry.first, entry.last) for entry in part if is_titled(entry.title)]
    linked = [paper for paper in papers if paper is not None]
    return len(linked) * 10 >= len(part) * 7 and any(paper not in told for paper in linked)


def _in_named_sections(page: Page, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Leave out sections with few paper links where others say that papers stand in them, and have them: news, tools, companies."""
    shares = _shares(page, entries)
    if not any(page.houses_papers(parent) and share >= 0.5 for parent, share in shares.items()):
        return entries
    return tuple(entry for entry in entries if page.houses_papers(entry.parent) or shares[entry.parent] >= 0.5)


def _without_bare_sections(entries: tuple[Entry, ...], linked: Sequence[bool]) -> tuple[Entry, ...]:
    """Leave out whole sections, and lists counted anew, without a paper link, unless their numbers go on from the section before."""
    counts = [*itertools.accumulate(entry.number == 1 for entry in entries)]
    parts = [(entry.parent, count) for entry, count in zip(entries, counts, strict=True)]
    linked_parts = {part for part, yes in zip(parts, linked, strict=True) if yes}
    kept: list[Entry] = []
    before: int | None = None
    for entry, part in zip(entries, parts, strict=True):
        goes_on = before is not None and entry.number == before + 1
        before = None
        if part in linked_parts or goes_on:
            kept.append(entry)
            before = entry.number
    return tuple(kept)
