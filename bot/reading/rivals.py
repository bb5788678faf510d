"""Groups beside one another: those that repeat what another one tells in full, are parts of its papers, or go on with it."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.reading.claims import says_papers
from bot.reading.entry import LISTS, Entry, Form, Group
from bot.reading.page import Page
from bot.reading.wording import is_titled, key, words

_FRAMES: Final = ("#", "{{", "{%", "<")
"""How lines start that hold no text of their own: headings, shortcodes, HTML."""


def without(page: Page, groups: Sequence[Group]) -> list[Group]:
    """Leave out overviews of numbered headings, picks of papers that another group lists in full, and what stands inside papers."""
    told = [group for group in groups if group.form is Form.HEADINGS and group.numbered]
    kept = [group for group in groups if group.form is Form.HEADINGS or not any(_is_overview(group, of) for of in told)]
    full = [group for group in kept if _is_full(page, group) or _is_table_of_papers(group)]
    return [group for group in kept if not any(_is_pick(page, group, of) or _is_inside(group, of) for of in full)]


def joined(page: Page, group: Group, others: Sequence[Group]) -> Group:
    """Add what goes on with other papers: five with their summaries, then three in short, in a list or as many as the page declares."""
    declared = page.declares(min(entry.first for entry in group.entries))
    for other in others:
        together = len(group.entries) + len(other.entries) in declared
        if (together or _may_go_on(page, group, other)) and _is_apart(page, group, other):
            return replace(
                group, entries=tuple(sorted((*group.entries, *other.entries), key=lambda entry: entry.first))
            )
    return group


def _may_go_on(page: Page, group: Group, other: Group) -> bool:
    """Tell whether a list and papers of another form may be one: the other kind of list, bold paragraphs, headings that nothing counts."""
    first, last = sorted((group, other), key=lambda either: either.entries[0].first)
    if first.form is Form.HEADINGS:
        counted = first.numbered or len(first.entries) in page.declares(first.entries[0].first)
        return last.form in LISTS and last.level == 0 and not counted
    listed = group.form in {Form.BOLD, *LISTS} and other.form in LISTS and other.form is not group.form
    return listed and other.level == group.level


def _is_apart(page: Page, group: Group, other: Group) -> bool:
    """Tell whether both are full, or the other one stands in parts named for papers, and they have no lines or papers in common."""
    first, last = sorted((group.entries, other.entries), key=lambda entries: entries[0].first)
    papers = {_paper(page, entry) for entry in first} & {_paper(page, entry) for entry in last}
    if papers or first[-1].last > last[0].first:
        return False
    housed = all(page.houses_papers(entry.parent) and is_titled(entry.title) for entry in other.entries)
    return _is_full(page, group) and (housed or _is_full(page, other))


def crowded(page: Page, outer: Group, inner: Group) -> float:
    """Return the share of `outer`'s entries that are parts with papers of `inner`: two linked, titled ones, or one and nothing else."""
    count = 0
    at = 0
    inside = inner.entries
    for entry in outer.entries:
        while at < len(inside) and inside[at].first <= entry.first:
            at += 1
        held: dict[str | None, Entry] = {}
        while at < len(inside) and inside[at].first < entry.last:
            is_one = inner.form is Form.TABLE or is_titled(inside[at].title)
            if is_one and page.linked(inside[at].first, inside[at].last):
                held.setdefault(_paper(page, inside[at]), inside[at])
            at += 1
        may_hold_one = len(held) == 1 and (not outer.numbered or inner.form is Form.HEADINGS)
        count += len(held) >= 2 or (may_hold_one and _opens(page, entry, *held.values()))
    return count / len(outer.entries)


def _opens(page: Page, part: Entry, paper: Entry) -> bool:
    """Tell whether a part consists of a paper, whose title says half as much again as the part's own."""
    if page.linked(part.first, part.body) or len(words(paper.title)) < max(5, len(words(part.title)) * 1.5):
        return False
    head = 2 if paper.rows else 0  # the names of the columns and the line below them
    return not any(
        page.lines[n].strip() and not page.lines[n].startswith(_FRAMES) for n in range(part.body, paper.first - head)
    )


def _is_overview(group: Group, of: Group) -> bool:
    """Tell a table or a list of what headings go on to tell: the same titles, or as many entries."""
    if group.entries[-1].first > of.entries[0].first:
        return False
    titles = {key(entry.title) for entry in of.entries}
    same = sum(key(entry.title) in titles for entry in group.entries)
    return same * 2 >= len(group.entries) or len(group.entries) == len(of.entries) > 1


def _is_full(page: Page, group: Group) -> bool:
    """Tell whether each entry is titled and links to one paper, and hardly any to the same."""
    papers = {_paper(page, entry) for entry in group.entries}
    titled = sum(is_titled(entry.title) for entry in group.entries)
    return None not in papers and len(papers) * 10 >= len(group.entries) * 8 and titled * 10 >= len(group.entries) * 8


def _is_table_of_papers(group: Group) -> bool:
    """Tell a table whose column is called papers, and holds titles."""
    titled = sum(is_titled(entry.title) for entry in group.entries)
    return group.form is Form.TABLE and says_papers(group.name) and titled * 10 >= len(group.entries) * 8


def _is_pick(page: Page, group: Group, of: Group) -> bool:
    """Tell whether the other group, which stands elsewhere, has nearly all of this one's papers and more; of headings, many more."""
    many = 3 if group.form is Form.HEADINGS and not _skips_numbers(group) else 1
    if len(group.entries) * many >= len(of.entries):
        return False
    if group.entries[0].first < of.entries[-1].last and of.entries[0].first < group.entries[-1].last:
        return False
    papers = {_paper(page, entry) for entry in of.entries}
    titles = {key(entry.title) for entry in of.entries}
    told = [(entry, paper) for entry in group.entries if (paper := _paper(page, entry)) or key(entry.title) in titles]
    again = sum(paper in papers or key(entry.title) in titles for entry, paper in told)
    return len(told) * 2 > len(group.entries) and again * 10 >= len(told) * 8


def _skips_numbers(group: Group) -> bool:
    """Tell whether most entries have numbers, and these rise with gaps: the numbers of another list, from which they are picked."""
    numbers = [entry.number for entry in group.entries if entry.number is not None]
    rises = all(before < number for before, number in itertools.pairwise(numbers))
    return group.numbered and rises and numbers[-1] - numbers[0] >= len(numbers)


def _is_inside(group: Group, of: Group) -> bool:
    """Tell what only some of the other group's papers have within them."""
    if of.form not in {Form.HEADINGS, *LISTS} or len(group.entries) * 2 > len(of.entries):
        return False
    spans = iter(of.entries)
    span = next(spans, None)
    for entry in group.entries:
        while span is not None and span.last <= entry.first:
            span = next(spans, None)
        if span is None or entry.first <= span.first:
            return False
    return True


def _paper(page: Page, entry: Entry) -> str | None:
    return page.first_paper(entry.first, entry.last)
