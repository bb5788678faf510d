"""One digest file, read: bytes in, values out, no I/O and no exception."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.domain.digest import Digest, DigestId, Paper
from bot.reading import dates, dating, front_matter, links
from bot.reading.dates import Written
from bot.reading.dating import Dated, Place
from bot.reading.finding import Code, Finding, Severity, error, warning
from bot.reading.front_matter import FrontMatter
from bot.reading.outline import Block, Kind, Outline, outline
from bot.reading.page import Page
from bot.reading.papers import papers_of
from bot.reading.splitter import Strategy, split
from bot.reading.text import MAX_BYTES, decode
from bot.reading.titles import title_of

_COUNT_KEYS = ("paper_count", "papers_count", "count")
_AROUND_A_DATE = " *_#>-()[]|📅🗓️:："
_ASIDE = re.compile(r"\s*(?:>|\*(?!\*)|_(?!_))")
"""How a line in italics or a quoted one begins."""
_AHEAD = re.compile(r"[\s*_>📅🗓\ufe0f-]{0,8}(?:[A-Z][a-z]{2,8},?\s)?")
_PARTED = re.compile(r"[*_\s]{0,4}[|｜·•—–]")
"""What stands around the date of a line that goes on with other things: `📅 2026-05-12 | 6 papers`."""
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file says, and what is to be said about it."""

    path: str
    """Below the digest folder, with forward slashes."""
    id: DigestId
    date: dt.date | None
    title: str
    papers: tuple[Paper, ...]
    intro: tuple[str, ...]
    strategy: Strategy
    findings: tuple[Finding, ...]
    """By line."""
    error: str | None
    """The first error as a sentence; None if the file can be delivered or has nothing to deliver."""
    published: bool

    @property
    def digest(self) -> Digest | None:
        """The digest; None without a date or papers, and where the author does not want it published."""
        if self.date is None or not self.papers or not self.published:
            return None
        return Digest(self.id, self.date, self.title, self.papers, self.intro)


def read(raw: bytes, path: str) -> Reading:
    """Read a digest file whose path below the digest folder is `path`.

    Pure, in time proportional to the file, and never fails: each problem is a finding with line and column.
    """
    if len(raw) > MAX_BYTES:
        return too_large(path)
    text, findings = decode(raw)
    lines = text.split("\n")
    matter = front_matter.split(lines)
    document = outline(lines, matter.body)
    dated = _dated(path, lines, matter, document)
    title = matter.title or _heading(document) or PurePosixPath(path).stem
    page = Page(document, links.definitions_of(lines), f"{title} {matter.topics} {path}", title, _counts(matter))
    parted = split(page, title)
    found = papers_of(page, parted)
    if not matter.title and any(paper.title == title for paper in found.papers):
        title = PurePosixPath(path).stem  # every paper is an H1: the first is not the digest's title
    elif not matter.title and page.titled_line is not None and _first_h1(document) is None:
        title = page.section_title(page.titled_line)
    said = (*findings, *matter.findings, *_about_blocks(document), *_about_date(dated, found.papers), *found.findings)
    if not found.papers:
        said += (
            warning(1, Code.NO_PAPERS, f"no papers: {parted.strategy.why}", "Give each paper a heading: ### 1. Title"),
        )
    return _reading(
        path, dated.date, title, found.papers, found.intro, parted.strategy, said, published=matter.published
    )


def too_large(path: str) -> Reading:
    """Return the reading of a file that is too large to be read."""
    said = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB"
    return unreadable(path, error(1, Code.TOO_LARGE, said, "Split it into one file a day."))


def unreadable(path: str, finding: Finding) -> Reading:
    """Return the reading of a file that could not be read at all."""
    return _reading(
        path, None, PurePosixPath(path).stem, (), (), Strategy("none", finding.message), (finding,), published=True
    )


def id_of(path: str) -> DigestId:
    """Return the id of the digest at `path` below the folder."""
    return DigestId(str(PurePosixPath(path).with_suffix("")))


def _reading(
    path: str,
    date: dt.date | None,
    title: str,
    papers: tuple[Paper, ...],
    intro: tuple[str, ...],
    strategy: Strategy,
    findings: Sequence[Finding],
    *,
    published: bool,
) -> Reading:
    ordered = tuple(sorted(findings))
    first = next((finding.message for finding in ordered if finding.severity is Severity.ERROR), None)
    return Reading(path, id_of(path), date, title, papers, intro, strategy, ordered, first, published)


def _dated(path: str, lines: Sequence[str], matter: FrontMatter, document: Outline) -> Dated:
    name, folder = dating.in_path(path)
    places = [
        Place("title", matter.line_of("title", list(lines)), dates.find(matter.title)),
        *_opening_places(document),
        Place("file name", 1, name),
        Place("front matter's date", matter.line_of("date", list(lines)), dates.find(matter.date)),
        Place("folder", 1, folder),
    ]
    if not any(place.written and place.written.days for place in places):
        places += _section_place(document)
        if stamped := dating.stamp(lines[matter.body : matter.body + 80]):
            places.append(Place("text", matter.body + stamped[0] + 1, stamped[1]))
        places += _aside_place(document)
    return dating.date_of(places)


def _opening_places(document: Outline) -> Iterator[Place]:
    """Yield the first H1, the first line, and a line below the H1 that holds little but a date."""
    shown = [block for block in document.blocks[:6] if block.kind not in {Kind.HTML, Kind.RULE, Kind.CODE}]
    first = _first_h1(document)
    if first is not None and title_of(first.text).number is None:
        yield Place("heading", first.first + 1, dates.find(first.text))
    if shown and shown[0] is not first and _is_opening(shown[0]):
        line = document.lines[shown[0].first]
        yield Place("first line", shown[0].first + 1, _own_date(line))
    if len(shown) > 1 and shown[0] is first:
        line = document.lines[shown[1].first]
        written = dates.find(line) if len(line) <= 160 else None
        if written is not None and _is_for_date(line, written):
            yield Place("line below the heading", shown[1].first + 1, written)


def _is_for_date(line: str, written: Written) -> bool:
    """Tell whether a line says little but its date or a range, or opens with it and goes on in another column."""
    beside = len(line.strip(_AROUND_A_DATE)) - len(written.text)
    if beside <= 12:
        return True
    opens = _AHEAD.fullmatch(line[: written.start]) is not None
    return opens and (_PARTED.match(line, written.end) is not None or (written.until is not None and beside <= 26))


def _own_date(line: str) -> Written | None:
    """Return the date of a line that is not long; links to the day before and the day after give none."""
    written = dates.find(line) if len(line) <= 300 else None
    if written is None or not ("[[" in line or "](" in line):
        return written
    other = dates.find(line[written.end :])
    return written if other is None or other.days == written.days else None


def _section_place(document: Outline) -> list[Place]:
    """Return the heading of a section that has a date, if no heading has another one: an archive of days has none of its own."""
    headings = (
        block for block in document.blocks if block.kind is Kind.HEADING and title_of(block.text).number is None
    )
    found = [Place("section's heading", block.first + 1, dates.find(block.text)) for block in headings]
    dated = [place for place in found if place.written and place.written.days]
    return dated[:1] if len({place.written.days for place in dated if place.written}) == 1 else []


def _aside_place(document: Outline) -> Iterator[Place]:
    """Yield a line in italics or quoted near the top that gives one day: `*8 May 2026. Papers on electricity.*`."""
    for block in document.blocks[1:5]:
        line = document.lines[block.first]
        if block.kind in {Kind.PARAGRAPH, Kind.QUOTE} and _ASIDE.match(line) and len(line) <= 200:
            written = dates.find(line)
            if written is not None and len(written.days) == 1:
                yield Place("line in italics", block.first + 1, written)


def _is_opening(block: Block) -> bool:
    """Tell whether a block's first line can be the digest's own: it is no list, no table, and no paper's heading."""
    if block.kind is Kind.HEADING:
        return title_of(block.text).number is None
    return block.kind in {Kind.PARAGRAPH, Kind.QUOTE}


def _first_h1(document: Outline) -> Block | None:
    return next((block for block in document.blocks if block.kind is Kind.HEADING and block.level == 1), None)


def _heading(document: Outline) -> str:
    first = _first_h1(document)
    title = title_of(first.text) if first is not None else None
    return title.text if title is not None and title.number is None else ""


def _counts(matter: FrontMatter) -> frozenset[int]:
    written = (matter.values.get(key, "") for key in _COUNT_KEYS)
    return frozenset(int(count) for count in written if count.isdecimal() and len(count) <= 6)


def _about_date(dated: Dated, papers: Sequence[Paper]) -> Iterator[Finding]:
    """Yield what is to be said of the date; one that is missing matters only where there is something to deliver."""
    for finding in dated.findings:
        if papers or finding.code is not Code.NO_DATE:
            yield finding
        else:
            yield warning(finding.line, finding.code, finding.message, finding.remedy)


def _about_blocks(document: Outline) -> Iterator[Finding]:
    for n in document.cramped:
        yield warning(
            n + 1, Code.HEADING_WITHOUT_SPACE, "there is no space after the heading's #", "Put a space after it."
        )
    last = document.blocks[-1] if document.blocks else None
    if last is not None and last.kind is Kind.CODE and (opened := _FENCE.match(document.lines[last.first])):
        closing = document.lines[last.last - 1].strip() if last.last - 1 > last.first else ""
        if not closing.startswith(opened[1]) or closing.strip(opened[1][0]):
            yield warning(
                last.first + 1, Code.FENCE_OPEN, "the code block is never closed", "Close it with the same fence."
            )
