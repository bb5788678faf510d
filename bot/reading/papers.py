"""Entries become papers: fields, bodies, and the same paper once."""

import itertools
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.digest import Paper
from bot.reading import links
from bot.reading.authors import authors_beside, authors_of
from bot.reading.entry import LISTS, Entry, Form
from bot.reading.finding import Code, Finding, info, warning
from bot.reading.outline import Block, Kind
from bot.reading.page import Page
from bot.reading.splitter import Split
from bot.reading.stops import is_stop
from bot.reading.titles import title_of
from bot.reading.wording import is_titled, key, words

_DAY_BEHIND = re.compile(r"\s*[(（]20\d\d-\d\d(?:-\d\d)?[)）]$|\s[·|]\s(?:20\d\d-)?\d\d-\d\d$")
_LONG = 40
"""Characters from which on a title is no rating and no number."""
_RENUMBER = "Number the papers anew; --fix does it where they simply count on."
_COMMENT = re.compile(r"<!--.{0,100000}?(?:-->|$)", re.DOTALL)
_SILENT = re.compile(r"<(?:script|style)\b", re.IGNORECASE)
_LINKED = re.compile(r"\[[^\[\]]{0,300}\]\([^()\s]{0,2000}\)")
_NEW_BLOCK = re.compile(r"\s*(?:[-*+•]\s|\d{1,9}[.)]\s|[#>|<`~])")
_ADDRESS = re.compile(r"(?<!\]\()https?://[^\s()<>]{1,2000}")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,2000}>")
_TITLE_FIELD = re.compile(
    r"[\s>*_-]{0,8}(?:原文标题|英文标题|Title|제목|タイトル)[*_]{0,3}\s?[:：][*_\s]{0,4}(\S.*)", re.IGNORECASE
)
_FIELD = re.compile(r"[\s*_]{0,6}[^\s:：][^:：]{0,24}[:：]")
_NOTE = re.compile(
    r" {0,3}\{:[^{}]{0,200}\}\s*|\s*\{%[^{}]{0,200}%\}\s*|\s*\{\{[<%][^{}]{0,200}[>%]\}\}\s*|\[toc\]\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Found:
    """A page's papers, and what stands before the first of them."""

    papers: tuple[Paper, ...]
    intro: tuple[str, ...]
    findings: tuple[Finding, ...]


def papers_of(page: Page, split: Split) -> Found:
    """Make papers of the entries in document order, each paper once."""
    bodies = _Bodies(page)
    made = [_paper(page, entry, bodies) for entry in split.entries]
    papers, repeats = _merged(made)
    intro = bodies.before(split.entries[0].first) if split.entries else ()
    numbered = tuple(replace(paper, ordinal=n) for n, paper in enumerate(papers, start=1))
    return Found(numbered, intro, (*repeats, *_numbering(made, split.form), *_notes(numbered, split.form)))


class _Bodies:
    """The text of a page as blocks, looked up by line."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._blocks = page.outline.blocks
        self._at = 0

    def before(self, line: int) -> tuple[str, ...]:
        """Return what stands above a line, less the document's title and the headings at its end."""
        above = [block for block in self._blocks if block.last <= line and block.first != self._page.titled_line]
        while above and above[-1].kind in {Kind.HEADING, Kind.RULE}:
            above.pop()
        return tuple(text for block in above for text in self._texts(block, block.first))

    def between(self, first: int, last: int) -> Iterator[str]:
        """Yield the blocks of these lines. Lines must be asked for in rising order."""
        while self._at < len(self._blocks) and self._blocks[self._at].last <= first:
            self._at += 1
        at = self._at
        while at < len(self._blocks) and self._blocks[at].first < last:
            yield from self._texts(self._blocks[at], first)
            at += 1

    def goes_on(self, first: int, last: int) -> bool:
        """Tell whether the paragraph that was begun on the line above goes on in these lines."""
        line = self._page.lines[first] if first < last else ""
        return bool(line.strip()) and _NEW_BLOCK.match(line) is None

    def inside(self, first: int, last: int) -> Iterator[str]:
        """Yield the blocks of a list item, moved to the left by the item's own depth."""
        lines = self._page.lines[first:last]
        indents = [len(line) - len(line.lstrip(" ")) for line in lines if line.strip()]
        margin = min(indents, default=0)
        yield from _pieces([line[min(margin, len(line) - len(line.lstrip(" "))) :] for line in lines])

    def _texts(self, block: Block, first: int) -> Iterator[str]:
        if block.kind is Kind.RULE:
            return
        if block.kind is Kind.LIST:
            yield from self._items(block, first)
            return
        text = self._page.outline.source(max(block.first, first), block.last)
        if block.kind is not Kind.CODE:
            text = _shown(text)
        if text:
            yield text

    def _items(self, block: Block, first: int) -> Iterator[str]:
        items = [(item.first, item.depth) for item in block.items if item.first >= first]
        if block.first < first and (not items or items[0][0] > first):
            items.insert(0, (first, 0))  # the rest of an item that a title was taken from
        ends = [*(start for start, _ in items[1:]), block.last]
        for (start, depth), end in zip(items, ends, strict=True):
            if end > start and (text := _shown(self._page.outline.source(start, end))):
                yield text if depth else text.lstrip(" ")


def _pieces(lines: Sequence[str]) -> Iterator[str]:
    """Split lines at blank ones and at list markers."""
    piece: list[str] = []
    for line in lines:
        if not line.strip() or re.match(r"\s*(?:[-*+]|\d{1,9}[.)])\s", line):
            if text := _shown("\n".join(piece).rstrip()):
                yield text
            piece = []
        if line.strip():
            piece.append(line)
    if text := _shown("\n".join(piece).rstrip()):
        yield text


def _shown(text: str) -> str:
    """Leave out what a reader of the blog doesn't see: comments, scripts, definitions of links, notes to the blog engine."""
    if "<" in text:
        text = _COMMENT.sub("", text)
        if _SILENT.search(text):
            return ""
        if not _TAG.sub("", text).strip() and "<img" not in text.lower():
            return ""
    if "]:" in text or "{" in text or text[:1] == "[":
        kept = [line for line in text.split("\n") if not links.is_definition(line) and not _NOTE.fullmatch(line)]
        text = "\n".join(kept)
    return text.strip("\n").rstrip()


def _paper(page: Page, entry: Entry, bodies: _Bodies) -> Paper:
    lines = page.lines[entry.body : entry.last]
    source = "\n".join((entry.source, *(page.lines[entry.first : entry.last] if entry.rows else lines)))
    own = links.find(entry.source, page.definitions) if entry.rows else ()  # the cell's, before those of the row
    found = tuple(dict.fromkeys((*own, *page.links_on(entry.first, entry.last))))
    images = links.images(source)
    return Paper(
        ordinal=0,
        number=entry.number,
        title=_titled(entry, lines),
        url=_own_page(entry, page.definitions) or next(links.papers(source, found), None),
        links=found,
        authors=authors_of([row.removeprefix("- ") for row in entry.rows] or lines) or authors_beside(entry.aside),
        section=_section(page, entry),
        blocks=_blocks(entry, bodies),
        image=images[0] if images else None,
        line=entry.first + 1,
    )


def _blocks(entry: Entry, bodies: _Bodies) -> tuple[str, ...]:
    if entry.rows:
        return entry.rows
    listed = entry.form in LISTS
    is_said = listed or entry.form is Form.BOLD or "](" not in entry.aside
    said = entry.aside.lstrip(" -–—:：,，、;；.·|｜") if is_said else ""
    below = bodies.inside(entry.body, entry.last) if listed else bodies.between(entry.body, entry.last)
    goes_on = said != "" and entry.form is not Form.HEADINGS and bodies.goes_on(entry.body, entry.last)
    if not _says_something(said) and not (goes_on and said.count("(") > said.count(")")):
        return tuple(below)
    return (f"{said}\n{next(below, '')}" if goes_on else said, *below)


def _says_something(aside: str) -> bool:
    """Tell a remark beside a title from a rating or links alone."""
    if not aside:
        return False
    without = _ADDRESS.sub("", aside)
    if without != aside:
        return any(map(str.isalpha, words(without)))
    if len(words(aside)) >= 3 or sum(not character.isascii() for character in aside) >= 6:
        return True
    return sum(part.strip("()[]（）.,;:*_").isalpha() for part in _LINKED.sub("", aside).split()) >= 2


def _titled(entry: Entry, lines: Sequence[str]) -> str:
    """Return the title without its day or month in brackets; where the entry's own doesn't read like one, that of a `Title:` line."""
    if len(entry.title) > _LONG or is_titled(entry.title):
        return _DAY_BEHIND.sub("", entry.title)
    field = next(
        (
            _wrapped(match[1], lines[n + 1 :])
            for n, line in enumerate(lines[:20])
            if (match := _TITLE_FIELD.match(line[:1000]))
        ),
        None,
    )
    return title_of(field).text if field else _DAY_BEHIND.sub("", entry.title)


def _wrapped(title: str, below: Sequence[str]) -> str:
    """Join a labelled title with the line below it where that ends the paragraph and has no label of its own."""
    line, after = (*below[:2], "", "")[:2]
    is_rest = bool(line.strip()) and not after.strip() and not _NEW_BLOCK.match(line) and _FIELD.match(line) is None
    return f"{title} {line.strip()}" if is_rest else title


def _section(page: Page, entry: Entry) -> str | None:
    """Return the name of the section; an introduction or a summary that happens to stand above is none."""
    title = page.section_title(entry.parent)
    return title if title and (page.houses_papers(entry.parent) or not is_stop(title)) else None


def _own_page(entry: Entry, definitions: Mapping[str, str]) -> str | None:
    """Return the page that the title links to, a paper's rather than another, and no repository."""
    titled = (
        links.find(entry.source.split("\n", maxsplit=1)[0], definitions)
        if "://" in entry.source or "]" in entry.source
        else ()
    )
    return next(filter(links.is_paper, titled), None) or next(itertools.filterfalse(links.is_repository, titled), None)


def _merged(papers: Sequence[Paper]) -> tuple[list[Paper], list[Finding]]:
    """Keep the first of each paper that stands in several places: the same arXiv id and a title alike, or the same title."""
    kept: list[Paper] = []
    findings: list[Finding] = []
    again: dict[int, list[Paper]] = defaultdict(list)
    by_link: dict[str, int] = {}
    by_title: dict[str, int] = {}
    for paper in papers:
        folded = key(paper.title)
        at = by_title.get(folded)
        if at is not None and paper.url and kept[at].url and _differ(paper.url, kept[at].url or ""):
            at = None
        if at is None and paper.url and (same := by_link.get(paper.url)) is not None and _alike(paper, kept[same]):
            at = same
        if at is None:
            by_title.setdefault(folded, len(kept))
            if paper.url:
                by_link.setdefault(paper.url, len(kept))
            kept.append(paper)
            continue
        again[at].append(paper)
        said = f"“{_short(paper.title)}” stands on line {kept[at].line} already; the two are shown as one"
        findings.append(info(paper.line, Code.PAPER_REPEATED, said, "Delete one of them."))
    return [_joined(paper, again[at]) if at in again else paper for at, paper in enumerate(kept)], findings


def _joined(first: Paper, others: Sequence[Paper]) -> Paper:
    """Fill from the repeats what the first one lacks."""
    all_of_them = (first, *others)
    return replace(
        first,
        url=next((paper.url for paper in all_of_them if paper.url), None),
        links=tuple(dict.fromkeys(link for paper in all_of_them for link in paper.links)),
        authors=next((paper.authors for paper in all_of_them if paper.authors), ()),
        blocks=next((paper.blocks for paper in all_of_them if paper.blocks), ()),
        image=next((paper.image for paper in all_of_them if paper.image), None),
    )


def _differ(one: str, other: str) -> bool:
    """Tell whether two links are certainly two papers."""
    first, second = links.arxiv_id(one), links.arxiv_id(other)
    return first is not None and second is not None and first != second


def _alike(one: Paper, other: Paper) -> bool:
    """Tell whether two titles under one link name one paper: half of the shorter one's words are in the other, or scripts differ."""
    if links.arxiv_id(one.url or "") is None:
        return False
    first, second = set(words(one.title)), set(words(other.title))
    if one.title.isascii() != other.title.isascii():
        return True
    return len(first & second) * 2 >= min(len(first), len(second))


def _numbering(papers: Sequence[Paper], form: Form | None) -> Iterator[Finding]:
    """Tell gaps and repeats in the numbers of headings; a count that starts again, or not at 1, is nothing to tell."""
    if form is not Form.HEADINGS:
        return
    before: Paper | None = None
    for paper in papers:
        if paper.number is None:
            continue
        if before is not None and before.number is not None and paper.section == before.section:
            if paper.number == before.number:
                yield warning(paper.line, Code.NUMBER_REPEATED, f"number repeated: {paper.number}", _RENUMBER)
            elif before.number + 1 < paper.number <= before.number + 20:
                missing = ", ".join(map(str, range(before.number + 1, paper.number)))
                verb = "are" if "," in missing else "is"
                yield warning(paper.line, Code.NUMBER_GAP, f"number gap: {missing} {verb} missing", _RENUMBER)
        before = paper


def _notes(papers: Sequence[Paper], form: Form | None) -> Iterator[Finding]:
    for paper in papers:
        if not paper.blocks and form in {Form.HEADINGS, Form.BOLD}:  # a list or a table may well be of titles alone
            yield warning(
                paper.line, Code.EMPTY_PAPER, f"“{_short(paper.title)}” has no text", "Write what it is about."
            )
    bare = [paper for paper in papers if paper.url is None]
    if len(bare) == len(papers) > 1:  # the author's way of writing: say it once
        said = f"none of the {len(papers)} papers has a link to its page; the posts link to a search for the title"
        yield info(bare[0].line, Code.NO_LINK, said, "Add their arXiv links.")
        return
    for paper in bare:
        said = f"“{_short(paper.title)}” has no link to its page; its post links to a search for the title"
        yield info(paper.line, Code.NO_LINK, said, "Add its arXiv link.")


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:59]}…"
