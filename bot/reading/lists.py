"""Papers that are the items of lists."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from bot.reading.entry import LISTS, Entry, Form, Group
from bot.reading.links import leads_to_note
from bot.reading.outline import DOTS, Item, Kind
from bot.reading.page import Page
from bot.reading.stops import is_stop
from bot.reading.titles import Title, title_of
from bot.reading.wording import key, words

_MARKER = re.compile(rf"\s*(?:>\s?)*(?:(?:[-*+]|(\d{{1,9}})[.)])\s+|[{DOTS}]\s*)")
_TASK = re.compile(r"\[[ xX]\]\s+|#{1,6}\s+")
_MARKS = re.compile(r"[^\w\s*\[《]{0,6}\s{0,2}")
_OPENING = re.compile(r"[^\w\s*\[《]{0,6}\s{0,2}(?:\*\*|__|\[|《)")
_LABEL = re.compile(
    r"[^\w\s]{0,6}\s{0,2}([^\W\d_][^:：*_`\[\]()\n|]{0,29})[*_`]{0,3}\s?(?:：|:[*_`]{0,3}(?:\s|[^\x00-\x7f]|$))"
)
_LABEL_END = re.compile(r"(?<!\d\])[:：]\s*(?:\*\*|__)|(?<!\d\])(?:\*\*|__)\s*[:：]")
_OWN: Final = 4
"""Lines below an item's first within which its own link stands."""


def groups(page: Page) -> list[Group]:
    """Return the ordered items and the bullets of each of the first three depths, as far as they could be papers."""
    found: list[Group] = []
    for form in LISTS:
        for depth in range(3):
            entries = _entries(page, ordered=form is Form.ORDERED, depth=depth)
            name = "1. Title" if form is Form.ORDERED else "- Title"
            if entries:
                found.append(Group(form, name, tuple(entries), depth))
    return found


def opening_of(page: Page, first: int, last: int) -> tuple[int | None, str, int]:
    """Return an item's number, the Markdown that it opens with and the line below that, joining a bold span that is wrapped and ends."""
    line = page.lines[first]
    marker = _MARKER.match(line)
    number = int(marker[1]) if marker and marker[1] else None
    text = line[marker.end() :] if marker else line.strip()
    text = _TASK.sub("", text, count=1)
    joined, below = text, first + 1
    while below < min(last, first + 4) and _is_open(joined) and page.lines[below].strip():
        joined = f"{joined} {page.lines[below].strip()}"
        below += 1
    ends = "》" in joined or joined.count("**") > 1
    return (number, joined, below) if ends or not _is_open(joined) else (number, text, first + 1)


def _is_open(text: str) -> bool:
    """Tell whether a bold span, a link or a 《 of the first line goes on in the next."""
    if len(text) > 1000:
        return False
    start = _MARKS.sub("", text, count=1)
    return (start.startswith(("**", "[**")) and text.count("**") % 2 == 1) or (
        start.startswith("《") and "》" not in text
    )


def _entries(page: Page, *, ordered: bool, depth: int) -> list[Entry]:
    headings = iter(page.headings)
    following = next(headings, None)
    parent = -1
    found: list[Entry] = []
    for n, block in enumerate(page.outline.blocks):
        if block.kind is not Kind.LIST:
            continue
        while following is not None and following.line < block.first:
            parent = following.line if following.line != page.titled_line else -1
            following = next(headings, None)
        items: Iterable[Item] = (item for item in block.items if item.depth == depth and item.ordered is ordered)
        if ordered and not depth and sum(item.depth == 0 for item in block.items) == 1:
            items = (replace(item, last=_end_of(page, n)) for item in items)
        found += _with_fields([entry for item in items if (entry := _entry(page, item, parent))], block.last)
    return _without_labels(page, found)


def _end_of(page: Page, n: int) -> int:
    """Return where the text below a list of one numbered item ends: `1. Title` with bullets that are not indented."""
    blocks = page.outline.blocks
    ends = (
        blocks[at].first
        for at in range(n + 1, len(blocks))
        if blocks[at].kind in {Kind.HEADING, Kind.RULE} or (blocks[at].items and blocks[at].items[0].ordered)
    )
    return next(ends, len(page.lines))


def _with_fields(entries: list[Entry], end: int) -> list[Entry]:
    """Where a first or several items are labelled `Title: …`, keep those alone, each with the items up to the next: its other fields."""
    titled = [entry for entry in entries if _says_title(entry)]
    if not titled or (len(titled) == 1 and titled[0] is not entries[0]):
        return entries
    ends = [*(entry.first for entry in titled[1:]), end]
    return [replace(entry, last=last) for entry, last in zip(titled, ends, strict=True)]


def _says_title(entry: Entry) -> bool:
    return _LABEL.match(entry.source[:80]) is not None and title_of(entry.source).labelled


def _entry(page: Page, item: Item, parent: int) -> Entry | None:
    number, source, body = opening_of(page, item.first, item.last)
    opens = _OPENING.match(source) is not None
    title = title_of(source, opening=True)
    own = itertools.takewhile(lambda n: not _MARKER.match(page.lines[n]), range(body, min(item.last, body + _OWN)))
    end = min(item.last, 1 + max(own, default=body))
    is_linked = page.linked(item.first, end) > 0 or leads_to_note(page.lines[item.first])
    if not (opens or item.ordered or title.labelled or is_linked):
        return None
    if (
        not title.text
        or "://" in title.text
        or is_stop(title.text)
        or (_is_label(source, title) and not page.linked(item.first, item.last))
    ):
        return None
    number = title.number if title.number is not None else number
    form = Form.ORDERED if item.ordered else Form.BULLETS
    return Entry(form, number, title.text, source, item.first, body, item.last, parent, title.extra)


def _is_label(source: str, title: Title) -> bool:
    """Tell `**Authors**: …` from a title; one with a reference behind it (`**Name [6]:** …`) is a title."""
    return _LABEL_END.search(source[:120]) is not None and len(title.text.split()) < 3


def _without_labels(page: Page, entries: list[Entry]) -> list[Entry]:
    """Leave out items whose opening recurs: labels, and links such as `[pdf]`. A long one that recurs with one link is a paper again."""
    entries = _without_fields(entries)
    seen: dict[str, set[str | None]] = {}
    counts: Counter[str] = Counter()
    for entry in entries:
        folded = key(entry.title)
        counts[folded] += 1
        seen.setdefault(folded, set()).add(page.first_paper(entry.first, entry.last))
    return [entry for entry in entries if counts[folded := key(entry.title)] == 1 or _is_again(entry, seen[folded])]


def _without_fields(entries: list[Entry]) -> list[Entry]:
    """Leave out items that open with a label which others have too (`Link: …`), unless it says that a title follows.

    A title with a colon that stands there twice is no label, nor is the beginning of a linked title.
    """
    labels = [
        match[1].casefold() if (match := _LABEL.match(entry.source[:80])) and entry.source[:1] != "[" else ""
        for entry in entries
    ]
    counts = Counter(
        label for label, _ in {(label, key(entry.title)) for entry, label in zip(entries, labels, strict=True)}
    )
    return [
        entry
        for entry, label in zip(entries, labels, strict=True)
        if not label or counts[label] == 1 or _says_title(entry)
    ]


def _is_again(entry: Entry, papers: set[str | None]) -> bool:
    linked = len(papers - {None})
    return (linked == 1 and len(entry.title) >= 12) or (linked == 0 and len(words(entry.title)) >= 5)
