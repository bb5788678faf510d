"""Which strategy finds a digest's papers, and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.reading import evidence, folds, headings, lists, paragraphs, rivals, scoring, tables, trimming
from bot.reading.entry import LISTS, Entry, Form, Group
from bot.reading.outline import Kind
from bot.reading.page import Page


@dataclass(frozen=True, slots=True)
class Strategy:
    """How the papers of a digest were found."""

    name: str
    """`seed`, the value of a `Form`, or `none`."""
    why: str
    """One clause for the author: why this one, or why there are no papers."""


@dataclass(frozen=True, slots=True)
class Split:
    """The entries of a page."""

    strategy: Strategy
    entries: tuple[Entry, ...]
    form: Form | None


def split(page: Page, title: str) -> Split:
    """Find the papers: the seed's form at its word, else the best of all groups, else parts between rules, else the whole post.

    Others go on with the seed's form only where they make up the number of papers that the page declares.
    """
    seed = headings.fast_path(page)
    if seed and not (declared := _declared_besides(page, seed)):
        return _seed(seed)
    found = _grouped(page)
    if seed:
        return (
            found if found and len(found.entries) in declared and {*seed.entries} <= {*found.entries} else _seed(seed)
        )
    return found or _fallback(page, title) or Split(Strategy("none", _reason(page)), (), None)


def _grouped(page: Page) -> Split | None:
    """Return the best of all groups, or else of their linked sections."""
    groups = _candidates(page)
    linked = [part for group in groups if (part := _linked_part(page, group, groups))]
    listed = [part for part in linked if part.form in LISTS]
    return _best(page, [*groups, *listed]) or _best(page, linked)


def _declared_besides(page: Page, seed: Group) -> frozenset[int]:
    """Return the numbers of papers that are declared where they aren't the headings' and other papers are linked beside these."""
    inside = sum(page.linked(entry.first, entry.last) for entry in seed.entries)
    if inside == page.linked(0, len(page.lines)):
        return frozenset()
    declared = page.declares(seed.entries[0].first)
    return frozenset() if len(seed.entries) in declared else declared


def _seed(found: Group) -> Split:
    return _split(found, "seed", f"{len(found.entries)} headings {found.name} and no other numbered ones")


def _fallback(page: Page, title: str) -> Split | None:
    """Take a page without a group of papers by its rules, its paragraphs or as a whole, unless it says that it has none."""
    if page.has_none_today:
        return None
    if parts := paragraphs.between_rules(page):
        return _split(parts, parts.form.value, f"{len(parts.entries)} parts between rules, each with a paper link")
    if told := paragraphs.prose(page):
        return _split(told, told.form.value, f"{len(told.entries)} paragraphs, each of which names and links one paper")
    post = paragraphs.whole(page, title)
    return _split(post, post.form.value, "no list of papers, but the post is about one") if post else None


def _linked_part(page: Page, group: Group, groups: Sequence[Group]) -> Group | None:
    """Return the sections of a group with paper links, unless it is declared as a whole, or evident and mostly elsewhere."""
    part = trimming.in_linked_sections(page, group)
    if part.entries == group.entries or len(group.entries) in page.declares(group.entries[0].first):
        return None
    if len(part.entries) * 2 >= len(group.entries):
        return part
    whole = trimming.trimmed(page, group)
    if len(part.entries) * 2 >= len(whole.entries):
        return part
    return None if evidence.is_evident(page, whole, scoring.score(page, whole, groups)) else part


def _best(page: Page, candidates: Sequence[Group]) -> Split | None:
    """Return the group that reads best as papers; None where none does."""
    groups = rivals.without(page, [group for raw in candidates if (group := trimming.trimmed(page, raw)).entries])
    judged = [(scoring.score(page, group, groups), group) for group in groups]
    evident = [(score, group) for score, group in judged if evidence.is_evident(page, group, score)]
    if not evident:
        return None
    several = [(score, group) for score, group in evident if not evidence.is_lone_part(page, group, score)]
    best, group = max(several or evident, key=lambda pair: (pair[0].total, pair[1].level))
    group = rivals.joined(page, group, [other for _, other in evident])
    why = (
        f"{len(group.entries)} × {group.name}: {best.linked:.0%} with a paper link, {best.titled:.0%} read like titles"
    )
    return _split(headings.renumbered(group), group.form.value, why)


def _candidates(page: Page) -> list[Group]:
    folded = folds.group(page)
    written = [*headings.groups(page), *lists.groups(page), *tables.groups(page), *paragraphs.groups(page)]
    return [*written, folded] if folded else written


def _split(group: Group, name: str, why: str) -> Split:
    return Split(Strategy(name, why), group.entries, group.form)


def _reason(page: Page) -> str:
    if not any(map(str.strip, page.lines)):
        return "the file is empty"
    if not page.outline.blocks:
        return "there is nothing below the front matter"
    if page.is_template and not page.is_how_to:
        return "it is a template that nobody filled in"
    if page.headings:
        return "there are headings, but none of them is a paper's"
    if any(block.kind is Kind.LIST for block in page.outline.blocks):
        return "there is a list, but its items are not papers"
    return "there is text, but no list of papers"
