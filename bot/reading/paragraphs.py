"""Papers that start at a bold paragraph, that stand between rules, or that are a whole post."""

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.reading import dates
from bot.reading.claims import names_digest
from bot.reading.entry import Entry, Form, Group
from bot.reading.kinds import REVIEW_TAG, explains_use
from bot.reading.lists import opening_of
from bot.reading.outline import Block, Kind
from bot.reading.page import Page
from bot.reading.stops import is_stop
from bot.reading.titles import Title, title_of
from bot.reading.wording import is_titled, key, names_day, words

_BOLD_SPAN = re.compile(r"\*\*([^*\n]{8,300})\*\*")
_NAMED_SPAN = re.compile(
    r"\*\*([^*\n]{8,300})\*\*|《([^《》\n]{4,300})》|(?<!!)\[([^\[\]\n]{8,300})\]\([^()\s]{1,2000}\)"
)
_CLOSING = re.compile(r"\s#{1,6}\s*$")
_BOLD_ONLY = re.compile(r"[^\w*《]{0,6}(?:\d{1,4}(?:[.)、]|\ufe0f?\u20e3)\s{0,2})?(?:\*\*|《|__)")


LONG = 5
"""Words from which on a title that recurs is no label."""

_Start = tuple[Block, Title, int]
"""A paragraph, the title in it, and the first line below that."""


def groups(page: Page) -> list[Group]:
    """Return paragraphs whose first line is a bold span or 《…》, and those that are numbered, up to the next one or the next heading."""
    bold = [
        (block, title, below)
        for block in page.outline.blocks
        if (found := _bold_start(page, block))
        for title, below in (found,)
    ]
    recurring = _recurring([title.text for _, title, _ in bold])
    bold = [start for start in bold if key(start[1].text) not in recurring]
    named = ((_labelled(bold) or _counted(bold) or bold, "**Title**"), (_numbered_starts(page), "1. Title"))
    return [_group(page, starts, name) for starts, name in named if starts]


def _group(page: Page, starts: Sequence[_Start], name: str) -> Group:
    lines = [block.first for block, _, _ in starts]
    ends = sorted({*lines, *(heading.line for heading in page.headings), len(page.lines)})
    following = dict(itertools.pairwise(ends))
    entries = tuple(
        Entry(
            Form.BOLD,
            title.number,
            title.text,
            page.outline.source(block.first, below),
            block.first,
            below,
            following[block.first],
            page.parent_of(block.first),
            title.extra,
        )
        for block, title, below in starts
    )
    return Group(Form.BOLD, name, entries)


def _labelled(starts: Sequence[_Start]) -> list[_Start]:
    """Return those that are labelled as titles, if there are several: what else is bold between them labels other fields."""
    labelled = [start for start in starts if start[1].labelled]
    return labelled if len(labelled) >= 2 else []


def _counted(starts: Sequence[_Start]) -> list[_Start]:
    """Return those that are numbered, if there are several and their numbers count: what else is bold names parts."""
    counted = [start for start in starts if start[1].number is not None]
    numbers = [title.number or 0 for _, title, _ in counted]
    follow = all(number in {1, before + 1} for before, number in itertools.pairwise(numbers))
    return counted if len(numbers) >= 2 and numbers[0] == 1 and follow else []


def between_rules(page: Page) -> Group | None:
    """Return the parts between thematic breaks, if there are several and each has one paper."""
    if not page.rules:
        return None
    edges = [page.outline.blocks[0].first - 1, *page.rules, len(page.lines)]
    parts = [(first + 1, last) for first, last in itertools.pairwise(edges) if page.linked(first + 1, last)]
    entries = [entry for first, last in parts if (entry := _part(page, first, last))]
    if len(entries) < 2 or len(entries) < len(parts):
        return None
    return Group(Form.RULES, "---", tuple(entries))


def prose(page: Page) -> Group | None:
    """Return the paragraphs of a post without parts in which most paragraphs name one paper and link to it."""
    if any(heading.line != page.titled_line for heading in page.headings):
        return None
    blocks = [block for block in page.outline.blocks if block.kind is Kind.PARAGRAPH]
    named = [(block, title) for block in blocks if (title := _named_in(page, block))]
    papers = {page.first_paper(block.first, block.last) for block, _ in named}
    if len(named) < 2 or len(papers) < len(named) or len(named) * 10 < len(blocks) * 6:
        return None
    ends = [*(block.first for block, _ in named[1:]), named[-1][0].last]
    entries = (
        Entry(Form.PROSE, None, title, "", block.first, block.first, end)
        for (block, title), end in zip(named, ends, strict=True)
    )
    return Group(Form.PROSE, "paragraph", tuple(entries))


def _named_in(page: Page, block: Block) -> str:
    """Return what the first bold span, 《…》 or linked text of a paragraph with a paper link calls the paper."""
    if not page.linked(block.first, block.last):
        return ""
    for span in _NAMED_SPAN.finditer(page.outline.source(block.first, block.last)[:2000]):
        title = title_of(next(filter(None, span.groups()))).text
        if is_titled(title) and not is_stop(title) and not title.endswith((".", "。", ":", "：")):
            return title
    return ""


def whole(page: Page, title: str) -> Group | None:
    """Return the post as one paper, if it is an essay about one: text, one to three paper links, or a bold title in its prose."""
    if (
        page.has_blanks
        or page.is_changelog
        or page.is_other_post
        or explains_use(title)
        or len(page.papers) > 3
        or sum(len(line.encode()) for line in page.lines) < 200
        or not page.outline.blocks
    ):
        return None
    named = _bold_in_prose(page) if dates.find(title) else _named_in_full(page) or REVIEW_TAG.sub("", title)
    if names_digest(named) and len(words(named)) <= 6:
        return None  # a page of its own, not a paper's
    if not named or is_stop(named) or not (page.papers or (named != title and page.is_named_for_papers)):
        return None
    first = page.titled_line
    start = page.outline.blocks[0].first if first is None else first
    entry = Entry(Form.WHOLE, None, named, named, start, start + (first is not None), len(page.lines))
    return Group(Form.WHOLE, "the post", (entry,))


def _named_in_full(page: Page) -> str:
    """Return the document's heading where the front matter has a title of the post's own, and the heading says that it is the paper's."""
    head = page.section_title(page.titled_line) if page.titled_line is not None else ""
    return REVIEW_TAG.sub("", head) if REVIEW_TAG.match(head) else ""


def _bold_in_prose(page: Page) -> str:
    """Return the first bold span of four words or more in a paragraph: what a post that is named by its date is about."""
    for block in page.outline.blocks:
        if block.kind is Kind.PARAGRAPH:
            for span in _BOLD_SPAN.finditer(page.outline.source(block.first, block.last)[:2000]):
                title = title_of(span[1]).text
                if (
                    len(words(title)) >= 4
                    and not names_day(title)
                    and not span[1].rstrip().endswith((":", "：", ".", "。"))
                ):
                    return title
    return ""


def _bold_start(page: Page, block: Block) -> tuple[Title, int] | None:
    if block.kind is not Kind.PARAGRAPH or _names_the_page(page, block):
        return None
    start = page.lines[block.first].lstrip()
    if _BOLD_ONLY.match(start) is None and not title_of(start).labelled:
        return _labelled_below(page, block.first, block.last)
    _, source, below = opening_of(page, block.first, block.last)
    title = title_of(source, opening=True)
    if title.label_only and below < block.last:
        title, below = replace(title_of(page.lines[below], opening=True), labelled=True), below + 1
    if (day := dates.find(title.text)) is not None and day.text == title.text:
        return _linked_below(page, block.first, block.last, title.extra)
    if day is not None and day.until is not None and names_day(title.text):
        return None  # a range: the page's own
    if source.rstrip("* ").endswith((":", "：")) or is_stop(title.text) or not title.text or "://" in title.text:
        return None
    beside = title.extra.strip()
    is_one = title.number is not None or len(words(title.text)) >= 3
    described = len(beside) <= 80 or (is_one and page.linked(block.first, block.last) > 0)
    return (title, below) if described and beside[:1] not in {":", "："} else None


def _names_the_page(page: Page, block: Block) -> bool:
    """Tell whether a page without a title opens with these lines, which say that it is a digest and link to no paper."""
    if block is not page.outline.blocks[0] or page.titled_line is not None:
        return False
    return names_digest(page.lines[block.first]) and not page.linked(block.first, block.last)


def _numbered_starts(page: Page) -> list[_Start]:
    """Return the paragraphs that open with numbers which count them (`【1】Title`), in each part anew or not, and go on like titles."""
    numbered = [
        (block, title, block.first + 1)
        for block in page.outline.blocks
        if block.kind is Kind.PARAGRAPH
        for title in (title_of(page.lines[block.first], opening=True),)
        if title.number is not None and title.text
    ]
    counted = _counted(numbered)
    starts = [start for start in counted if is_titled(start[1].text) and not is_stop(start[1].text)]
    return starts if len(starts) * 2 > len(counted) else []


def _labelled_below(page: Page, first: int, last: int) -> tuple[Title, int] | None:
    """Find the line labelled `Title: …` below a line that gives a paper's id, and the line after it: a record as mailing lists send it."""
    if not page.linked(first, first + 1):
        return None
    for n in range(first + 1, min(first + 6, last)):
        title = title_of(page.lines[n])
        if title.labelled and title.text:
            return title, n + 1
    return None


def _linked_below(page: Page, first: int, last: int, beside: str) -> tuple[Title, int] | None:
    """Find the linked title in one of the two lines below a line that opens with a day in bold, with `beside` behind it."""
    for n in range(first + 1, min(first + 3, last)):
        title = title_of(page.lines[n], opening=True)
        if page.lines[n].startswith("[") and is_titled(title.text):
            return replace(title, extra=f"{beside} {title.extra}".strip()), n + 1
    return None


def _recurring(titles: Sequence[str]) -> set[str]:
    """Return the keys of what stands there more than once, and is too short for a paper that is listed again."""
    counts = Counter(key(title) for title in titles if len(words(title)) < LONG)
    return {folded for folded, count in counts.items() if count > 1}


def _part(page: Page, first: int, last: int) -> Entry | None:
    """Read the part's first line that says something as its title."""
    for n in range(first, last):
        if page.lines[n].strip() and n != page.titled_line:
            _, source, below = opening_of(page, n, last)
            opened = source.lstrip("> ")
            named = _CLOSING.sub("", opened.lstrip("# ")) if opened.startswith("#") else opened
            title = title_of(named, opening=True)
            enough = len(words(title.text)) >= 3 or len(title.text) >= 8
            return (
                Entry(Form.RULES, title.number, title.text, source, n, below, last, -1, title.extra) if enough else None
            )
    return None
