"""What is wrong with a digest's text, line by line and beside other digests."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from bot.reading.finding import Code, Finding, info, warning
from bot.reading.links import arxiv_id, placeholders
from bot.reading.parser import Reading
from bot.reading.text import decode
from bot.reading.titles import key

MAX_TITLE: Final = 256
"""Characters of an embed's title (Discord: Embed Limits)."""
MAX_BLOCK: Final = 4096
"""Characters of an embed's description."""

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_CODE_SPAN = re.compile(r"(`{1,3})[^`]+\1")
_MASKED = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,2000})")
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?:[/:?#]|$)", re.IGNORECASE)
_MENTION = re.compile(r"@(?:everyone|here)\b|<@[!&]?\d{1,20}>")


def lint(raw: bytes, reading: Reading) -> Iterator[Finding]:
    """Yield what a look at each line finds; what reading itself found is in `reading.findings`."""
    lines = decode(raw)[0].split("\n")
    yield from _about_lines(lines)
    for paper in reading.papers:
        if len(paper.title) > MAX_TITLE:
            said = f"the title has {len(paper.title)} characters; Discord shows {MAX_TITLE}"
            yield warning(paper.line, Code.TOO_LONG, said, "Shorten it.")
        longest = max(map(len, paper.blocks), default=0)
        if longest > MAX_BLOCK:
            said = f"a paragraph has {longest} characters and is split where it is posted (over {MAX_BLOCK})"
            yield info(paper.line, Code.TOO_LONG, said, "Split it yourself.")


def across(readings: Iterable[Reading]) -> Mapping[str, Sequence[Finding]]:
    """Return, by path, what only a look at all digests finds: papers that an earlier one had, and days with two digests."""
    found: dict[str, list[Finding]] = defaultdict(list)
    papers: dict[str, Reading] = {}
    days: dict[object, Reading] = {}
    dated = (reading for reading in readings if reading.date is not None)
    for reading in sorted(dated, key=lambda reading: (reading.date, reading.id)):
        if reading.papers and days.setdefault(reading.date, reading) is not reading:
            said = f"{days[reading.date].path} has the same date {reading.date}"
            found[reading.path].append(
                info(1, Code.SAME_DATE, said, "Both are delivered; join them if that is not meant.")
            )
        for paper in reading.papers:
            earlier = papers.setdefault(_identity(paper.url, paper.title), reading)
            if earlier is not reading:
                said = f"“{paper.title[:60]}” was in {earlier.path} already"
                found[reading.path].append(info(paper.line, Code.SEEN_EARLIER, said))
    return found


def _identity(url: str | None, title: str) -> str:
    return (arxiv_id(url) if url else None) or key(title)


def _about_lines(lines: Sequence[str]) -> Iterator[Finding]:
    fence = ""
    for n, line in enumerate(lines, start=1):
        if match := _FENCE.match(line):
            fence = match[1] if not fence else "" if match[1] == fence else fence
            continue
        if fence:
            continue
        if line.endswith((" ", "\t")) and not _is_hard_break(lines, n - 1):
            column = len(line.rstrip(" \t")) + 1
            yield info(n, Code.TRAILING_SPACE, "spaces at the end of the line", "--fix takes them off.", column=column)
        if "rxiv" in line and any(True for _ in placeholders(line)):
            yield info(n, Code.DEAD_LINK, "an arXiv link names no paper and was left out", "Give it the paper's id.")
        if "*" in line or "[" in line or "@" in line:
            yield from _about_marks(_CODE_SPAN.sub(lambda span: " " * len(span[0]), line), lines, n)


def _is_hard_break(lines: Sequence[str], n: int) -> bool:
    """Tell whether the spaces at a line's end break it in two: at least two of them, and text before and below."""
    line = lines[n]
    return line.endswith("  ") and bool(line.strip()) and n + 1 < len(lines) and bool(lines[n + 1].strip())


def _about_marks(line: str, lines: Sequence[str], n: int) -> Iterator[Finding]:
    if line.count("**") % 2 and not _goes_on(lines, n):
        column = line.rindex("**") + 1
        yield warning(n, Code.BROKEN_EMPHASIS, "a bold span is not closed", "Close it with **.", column=column)
    for masked in _MASKED.finditer(line):
        shown, real = _host(masked[1]), _host(masked[2])
        if shown and real and shown != real and not real.endswith(f".{shown}"):
            said = f"the link says {shown} and leads to {real}"
            yield warning(n, Code.MASKED_LINK, said, "Let the label say what it is.", column=masked.start() + 1)
    if mention := _MENTION.search(line):
        said = f"{mention[0]} would mention people; it is posted as text"
        yield warning(n, Code.MENTION, said, "Leave it out.", column=mention.start() + 1)


def _goes_on(lines: Sequence[str], n: int) -> bool:
    """Tell whether a bold span may be wrapped over the line before or after: one of them has an odd count too."""
    around = [lines[m] for m in (n - 2, n) if 0 <= m < len(lines)]
    return any(line.count("**") % 2 for line in around)


def _host(text: str) -> str:
    """Return the host that a text shows, if it reads like an address."""
    match = _HOST.match(text.strip())
    if match is None:
        return ""
    if "://" in text:
        try:
            return (urlsplit(text.strip()).hostname or "").removeprefix("www.")
        except ValueError:
            return ""
    return match[1].lower().removeprefix("www.") if "/" in text or text.startswith("www.") else ""
