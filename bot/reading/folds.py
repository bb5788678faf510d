"""Papers that are folded away, each below its own summary: `<details><summary>Title</summary>`."""

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bot.reading import dates
from bot.reading.entry import Entry, Form, Group
from bot.reading.outline import Kind, without_tags
from bot.reading.page import Page
from bot.reading.stops import is_stop
from bot.reading.titles import Title, title_of
from bot.reading.wording import key

SUMMARY = re.compile(
    r"\s*(?:<details\b[^<>]{0,200}>\s*)?<summary\b[^<>]{0,200}>(.{1,1000}?)</summary\s*>", re.IGNORECASE
)
"""What is shown of a folded part, as a line or a cell opens with it."""
_TOP: Final = 4
"""So many lines of an HTML block may hold its summary."""


def group(page: Page) -> Group | None:
    """Return the folded parts whose summary is no recurring label, each up to the next one or the next heading."""
    found = list(_summaries(page))
    counts = Counter(key(title.text) for _, _, _, title in found)
    kept = [summary for summary in found if counts[key(summary[3].text)] == 1]
    if len(kept) < 2:
        return None
    headings = [heading.line for heading in page.headings if heading.line != page.titled_line]
    following = dict(itertools.pairwise(sorted({*headings, *(first for first, _, _, _ in kept), len(page.lines)})))
    entries = (
        Entry(
            Form.FOLDS,
            title.number,
            title.text,
            source,
            first,
            below,
            following[first],
            page.parent_of(first),
            title.extra,
        )
        for first, below, source, title in kept
    )
    return Group(Form.FOLDS, "<summary>Title", tuple(entries))


def _summaries(page: Page) -> Iterator[tuple[int, int, str, Title]]:
    """Yield the first line, the line below the summary, the summary as Markdown and the title in it."""
    for block in page.outline.blocks:
        if block.kind is not Kind.HTML:
            continue
        for n in range(block.first, min(block.first + _TOP, block.last)):
            if match := SUMMARY.match(page.lines[n][:2000]):
                source = without_tags(match[1])
                title = title_of(source, opening=True)
                day = dates.find(title.text)
                if title.text and not is_stop(title.text) and (day is None or len(day.text) * 2 < len(title.text)):
                    yield block.first, n + 1, source, title
                break
