"""What is wrong with a digest's text, line by line and beside other digests."""

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from urllib.parse import urlsplit

from bot.reading.finding import Code, Finding, info, warning
from bot.reading.links import arxiv_id, placeholders
from bot.reading.parser import Reading
from bot.reading.text import decode
from bot.reading.wording import key

MAX_TITLE: Final = 256
"""Characters of an embed's title (Discord: Embed Limits)."""
MAX_DESCRIPTION: Final = 4096
"""Characters of an embed's description."""
MAX_MESSAGE: Final = 6000
"""Characters of all embeds of a message."""

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_CODE_SPAN = re.compile(r"(`{1,3})[^`]+\1")
_BOLD = re.compile(r"\*\*")
_MASKED = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((https?://[^\s()]{1,2000})")
_HOST = re.compile(r"(?:https?://)?((?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24})(?:[/:?#]|$)", re.IGNORECASE)
_BARE_HOST = re.compile(r"www\..*|.*\.(?:com|org|net|edu|gov|kr|jp|cn|uk|eu)", re.IGNORECASE)
"""What is a host even with nothing around it, and no file (`setup.py`) or product (`Character.AI`)."""
_MENTION = re.compile(r"@(?:everyone|here)\b|<@[!&]?\d{1,20}>")


def lint(raw: bytes, reading: Reading) -> Iterator[Finding]:
    """Yield what a look at each line finds; what reading itself found is in `reading.findings`."""
    lines = decode(raw)[0].split("\n")
    yield from _about_lines(lines)
    for paper in reading.papers:
        if len(paper.title) > MAX_TITLE:
            said = f"the title has {len(paper.title)} characters; Discord shows {MAX_TITLE}"
            yield warning(paper.line, Code.TOO_LONG, said, "Shorten it.")
        length = sum(len(block) + 1 for block in paper.blocks)
        if length > MAX_DESCRIPTION:
            place = "message" if length > MAX_MESSAGE else "embed"
            said = f"the paper has {length} characters, more than one {place} holds; it goes on in the next"
            yield info(paper.line, Code.TOO_LONG, said, "Say it in fewer words.")


def across(readings: Mapping[str, Reading]) -> Mapping[str, Sequence[Finding]]:
    """Return, under the name of each reading, what only a look at all of them finds: papers of earlier digests, days with two digests."""
    found: dict[str, list[Finding]] = defaultdict(list)
    papers: dict[str, str] = {}
    days: dict[dt.date, str] = {}
    dated = [(reading.date, name, reading) for name, reading in readings.items() if reading.date is not None]
    for date, name, reading in sorted(dated, key=lambda one: one[:2]):
        if reading.papers and (other := days.setdefault(date, name)) != name:
            said = f"{other} has the same date {date}"
            found[name].append(info(1, Code.SAME_DATE, said, "Both are delivered; join them if that is not meant."))
        for paper in reading.papers:
            if (earlier := papers.setdefault(_identity(paper.url, paper.title), name)) != name:
                said = f"“{paper.title[:60]}” was in {earlier} already"
                found[name].append(info(paper.line, Code.SEEN_EARLIER, said, "Leave it out if nothing is new."))
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
    if line.count("**") % 2:
        if not _goes_on(lines, n):
            column = line.rindex("**") + 1
            yield warning(n, Code.BROKEN_EMPHASIS, "a bold span is not closed", "Close it with **.", column=column)
    elif "**" in line and "***" not in line:
        yield from _about_bold(line, n)
    for masked in _MASKED.finditer(line):
        shown, real = _host(masked[1]), _host(masked[2])
        if shown and real and shown != real and not real.endswith(f".{shown}"):
            said = f"the link says {shown} and leads to {real}"
            yield warning(n, Code.MASKED_LINK, said, "Let the label say what it is.", column=masked.start() + 1)
    if mention := _MENTION.search(line):
        said = f"{mention[0]} would mention people; it is posted as text"
        yield warning(n, Code.MENTION, said, "Leave it out.", column=mention.start() + 1)


def _about_bold(line: str, n: int) -> Iterator[Finding]:
    """Yield the marks that Markdown shows as asterisks, since a letter stands where only a space or punctuation may (CommonMark 6.2)."""
    marks = [match.start() for match in _BOLD.finditer(line)]
    for opening, closing in zip(marks[::2], marks[1::2], strict=True):
        if line[opening + 2].isspace() or line[closing - 1].isspace():
            said, remedy = "a bold span has spaces inside its marks", "Put them outside."
        elif _is_punctuation(line[closing - 1]) and line[closing + 2 : closing + 3].isalnum():
            said = "a bold span ends with punctuation and a letter follows: Markdown shows its asterisks"
            remedy = "Put the punctuation outside, or a space behind the span."
        elif _is_punctuation(line[opening + 2]) and opening and line[opening - 1].isalnum():
            said = "a bold span starts with punctuation behind a letter: Markdown shows its asterisks"
            remedy = "Put the punctuation outside, or a space before the span."
        else:
            continue
        yield warning(n, Code.BROKEN_EMPHASIS, said, remedy, column=opening + 1)


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character)[0] in "PS"


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
    return match[1].lower().removeprefix("www.") if "/" in text or _BARE_HOST.fullmatch(match[1]) else ""
