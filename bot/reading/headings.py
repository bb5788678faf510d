"""Papers that start at headings."""

import itertools
import re
from dataclasses import replace
from typing import Final

from bot.reading import numerals
from bot.reading.blanks import is_place
from bot.reading.claims import names_papers, says_news
from bot.reading.entry import Entry, Form, Group
from bot.reading.heading import Heading
from bot.reading.kinds import explains_itself, looks_back
from bot.reading.page import Page
from bot.reading.rivals import crowded
from bot.reading.stops import is_stop
from bot.reading.titles import ARCHIVES, without_lead
from bot.reading.wording import is_repository, is_title_cased, names_day, words

_CATEGORY = re.compile(
    rf"{ARCHIVES}\.[A-Z]{{2}}\b|(?i:keywords?|topics?|query|关键词|主题|키워드|주제|キーワード|トピック)\s?[:：]"
)
"""How the name of an arXiv category or of a topic starts."""

_TOP: Final = 12
"""Lines below an unnumbered heading among numbered ones within which a paper's own link and authors stand."""
_MANY: Final = 2
"""Papers for each heading, from which on headings may well be sections."""


def fast_path(page: Page) -> Group | None:
    """Take `### N. Title` at its word: the only numbered headings there are, counting upwards, with the page's paper links among them."""
    numbered = [
        heading
        for heading in page.headings
        if heading.title.number is not None and not heading.outlined and heading.line != page.titled_line
    ]
    if not _are_titles(page, numbered) or page.is_how_to or page.is_news or page.is_other_post or page.is_unfilled:
        return None
    found = group(page, 3, numbered)
    if (
        _may_be_news(page, found)
        or _may_say_else(page, found)
        or not (_hold_papers if page.papers_on else _say_something)(page, found)
    ):
        return None
    lines = {heading.line for heading in numbered}
    extra = [heading for heading in page.headings if heading.level == 3 and heading.line not in lines]
    found = _without_closing(page, found)
    return found if not extra or (not page.papers_on and not page.declares(numbered[0].line)) else None


def _without_closing(page: Page, found: Group) -> Group:
    """Leave out the last headings without a paper link that are named as parts of a digest, or stand in such a part: closing words."""
    first, *others = found.entries
    if not page.linked(first.first, first.last):
        return found
    closing = sum(1 for _ in itertools.takewhile(lambda entry: _closes(page, entry), reversed(others)))
    return replace(found, entries=found.entries[:-closing]) if closing else found


def _closes(page: Page, entry: Entry) -> bool:
    if page.linked(entry.first, entry.last) or page.labelled(entry.first, entry.last):
        return False
    return is_stop(entry.title) or is_stop(page.section_title(entry.parent))


def _are_titles(page: Page, numbered: list[Heading]) -> bool:
    """Tell whether numbered headings are all of level three, count upwards, and are neither parts of papers nor mostly of a digest."""
    if not numbered or any(heading.level != 3 for heading in numbered) or not _count_upwards(numbered):
        return False
    if any(page.is_repeated(heading) or not heading.title.text or is_place(heading.title.text) for heading in numbered):
        return False
    return sum(heading.stop for heading in numbered) * 2 < len(numbered)


def _hold_papers(page: Page, found: Group) -> bool:
    """Tell whether the headings have at least half of the page's paper links among them, and are themselves not parts."""
    inside = sum(page.linked(entry.first, entry.last) for entry in found.entries)
    return (
        inside * 2 >= page.linked(0, len(page.lines)) and not _are_parts(page, found) and not _are_inside_papers(page)
    )


def _say_something(page: Page, found: Group) -> bool:
    """Tell whether headings without paper links have more to say than that there is nothing, and aren't all names of repositories."""
    empty = sum(page.says_nothing(entry.body, entry.last) for entry in found.entries)
    return empty * 2 < len(found.entries) and not all(is_repository(entry.title) for entry in found.entries)


def _are_parts(page: Page, found: Group) -> bool:
    """Tell whether the headings may be parts of the page: with many papers to each, several in some and none in others, or headings."""
    if len(page.papers) > len(found.entries) * _MANY:
        return True
    links = [page.linked(entry.first, entry.last) for entry in found.entries]
    if max(links) > 1 and links.count(0) * 3 >= len(links):
        return True
    deeper = (group for group in groups(page) if group.level > 3) if any(h.level > 3 for h in page.headings) else ()
    return any(crowded(page, found, group) >= 0.5 for group in deeper)


def _are_inside_papers(page: Page) -> bool:
    """Tell whether headings above the third level link to papers: what is numbered below them are parts."""
    above = (heading for heading in page.headings if heading.level < 3 and heading.title.number is None)
    return any(page.linked(heading.line, heading.block.last) for heading in above)


def _may_be_news(page: Page, found: Group) -> bool:
    """Tell whether some of the parts are named for news, or most entries lead elsewhere and nothing says that they are papers."""
    if any(says_news(page.section_title(line)) for line in {entry.parent for entry in found.entries}):
        return True
    if not leads_elsewhere(page, found):
        return False
    mentioned = sum(page.mentions_papers(entry.first, entry.last) for entry in found.entries)
    return page.denies_papers or not (page.speaks_of_papers or mentioned * 2 > len(found.entries))


def _may_say_else(page: Page, found: Group) -> bool:
    """Tell whether a page is of trends, or all its parts of how things work, and it neither links to a paper nor has a title like one's."""
    is_back = looks_back(page.title) and not names_papers(page.title)
    if page.papers or not (is_back or all(explains_itself(page.section_title(e.parent)) for e in found.entries)):
        return False
    return not any(is_title_cased(e.title) or page.labelled(e.first, e.last) for e in found.entries)


def _count_upwards(numbered: list[Heading]) -> bool:
    numbers = [heading.title.number or 0 for heading in numbered]
    return all(earlier < later for earlier, later in itertools.pairwise(numbers))


def leads_elsewhere(page: Page, candidate: Group) -> bool:
    """Tell whether most entries have links, none of them to a paper or its code: a list of news."""
    elsewhere = sum(
        not page.linked(entry.first, entry.last) and page.links_elsewhere(entry.first, entry.last)
        for entry in candidate.entries
    )
    return elsewhere * 2 > len(candidate.entries)


def groups(page: Page) -> list[Group]:
    """Return, for each level, its numbered headings and all of its headings, as far as they could be papers."""
    found: list[Group] = []
    for level in range(1, 7):
        here = [heading for heading in page.headings if heading.level == level and _could_be_paper(page, heading)]
        numbered = [heading for heading in here if heading.title.number is not None]
        if numbered:
            found.append(_numbered(page, level, numbered, here))
        plain = [heading for heading in here if not heading.outlined]  # what counts as 2.1, 2.2 is a part of something
        if plain and len(numbered) < len(here):
            whole = group(page, level, plain)
            found.append(_with_leads(whole) if whole.numbered else whole)
    return [candidate for candidate in found if candidate.entries]


def group(page: Page, level: int, members: list[Heading]) -> Group:
    """Make entries of these headings of one level, each up to the next heading that is not a part of it."""
    starts = {heading.line for heading in members}
    ends = [h.line for h in page.headings if h.line in starts or (h.level <= level and not page.is_repeated(h))]
    ends.append(len(page.lines))
    following = dict(itertools.pairwise(ends))
    parents = _parents(page, level, starts)
    name = f"{'#' * level} {'N. ' if sum(h.title.number is not None for h in members) * 2 > len(members) else ''}Title"
    entries = tuple(
        Entry(
            Form.HEADINGS,
            heading.title.number,
            heading.title.text,
            " ".join(
                (
                    heading.block.text,
                    *map(str.strip, page.lines[heading.block.last : (body := heading.lines_below.stop)]),
                )
            ),
            heading.line,
            body,
            following[heading.line],
            parents[heading.line],
            heading.title.extra,
        )
        for heading in members
    )
    return Group(Form.HEADINGS, name, entries, level)


def _could_be_paper(page: Page, heading: Heading) -> bool:
    if heading.line == page.titled_line or not heading.title.text or page.is_repeated(heading):
        return False
    return not (heading.stop or _CATEGORY.match(heading.title.text) or names_day(heading.title.text))


def _parents(page: Page, level: int, starts: set[int]) -> dict[int, int]:
    """Return for each start the line of the heading that names its section: the nearest above it that is no start and not deeper."""
    found: dict[int, int] = {}
    parent = -1
    for heading in page.headings:
        if heading.line in starts:
            found[heading.line] = parent
        elif heading.level <= level and heading.line != page.titled_line and not page.is_repeated(heading):
            parent = heading.line
    return found


def _numbered(page: Page, level: int, numbered: list[Heading], here: list[Heading]) -> Group:
    """Return the numbered headings, with those unnumbered ones beside them that are papers all the same."""
    declared = page.declares(numbered[0].line)
    if len(numbered) < len(here) and len(here) in declared and len(numbered) not in declared:
        together = group(page, level, here)
        if all(any(map(str.strip, page.lines[entry.body : entry.last])) for entry in together.entries):
            return _with_leads(together)
    plain = group(page, level, numbered)
    linked = sum(page.linked(entry.first, entry.last) > 0 for entry in plain.entries)
    if linked * 2 < len(numbered):
        return plain
    lines = {h.line for h in numbered}
    spans = {entry.first: entry for entry in group(page, level, here).entries}
    extra = {h.line for h in here if h.line not in lines and _is_own_paper(page, spans[h.line])}
    return _with_leads(group(page, level, [h for h in here if h.line in lines | extra])) if extra else plain


def _is_own_paper(page: Page, entry: Entry) -> bool:
    """Tell whether an unnumbered heading among numbered ones has a paper link of its own."""
    if page.linked(entry.first, entry.body):
        return True
    top = min(entry.last, entry.body + _TOP)
    return len(words(entry.title)) >= 3 and page.linked(entry.body, top) > 0 and page.labelled(entry.body, top)


def _with_leads(found: Group) -> Group:
    entries = tuple(
        entry if entry.number is not None else replace(entry, title=without_lead(entry.title))
        for entry in found.entries
    )
    return replace(found, entries=entries)


def renumbered(found: Group) -> Group:
    """Take Chinese numerals for the entries' numbers where they count them all: `一、Title`, `二、Title`."""
    matches = [numerals.COUNTED.match(entry.title) for entry in found.entries]
    numbers = [numerals.NUMBERS.get(match[1], 0) if match else 0 for match in matches]
    if len(numbers) < 2 or numbers != list(range(1, len(numbers) + 1)):
        return found
    entries = (
        replace(entry, number=number, title=numerals.COUNTED.sub("", entry.title))
        for entry, number in zip(found.entries, numbers, strict=True)
    )
    return replace(found, entries=tuple(entries))
