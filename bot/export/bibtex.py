"""A reading list as BibTeX, in UTF-8, as Zotero, JabRef, biber and BibTeX itself take it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares import AddEnclosingMiddleware
from bibtexparser.model import Entry, Field

from bot.domain.reading_list import ReadingState, SavedPaper
from bot.domain.text import composed, normal
from bot.rendering.addresses import address
from bot.rendering.inline import plain

_SPECIAL = {
    "\\": r"{\textbackslash}",
    "{": r"{\textbraceleft}",  # `\{` counts as a brace to BibTeX, which then looks for its partner
    "}": r"{\textbraceright}",
    "~": r"{\textasciitilde}",
    "^": r"{\textasciicircum}",
} | {mark: f"\\{mark}" for mark in "$&%#_"}
_SPECIALS = re.compile(r"[\\{}~^$&%#_]")
_MATHEMATICS = re.compile(r"(?<![\\$\w])\$(?![\s$\d])[^$%#~&]*(?<![\s\\])\$(?![\w$])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
_ARXIV = re.compile(r"arxiv\.org/abs/((\d\d)\d\d\.\d{4,5}|[a-z.-]+/(\d\d)\d{5})", re.IGNORECASE)
_AND_OTHERS = re.compile(r",?\s+et al\.?$", re.IGNORECASE)
_KEY_WORD = re.compile(r"[a-z][a-z0-9]{2,}")
_TAGS = {ReadingState.TO_READ: "to read", ReadingState.READ: "read"}


def bibtex(entries: Iterable[SavedPaper]) -> str:
    """Return one `@misc` a paper, in the order given."""
    used: Counter[str] = Counter()
    library = Library([_entry(entry, _key(entry, used)) for entry in entries])
    enclose = AddEnclosingMiddleware(reuse_previous_enclosing=False, enclose_integers=True, default_enclosing="{")
    return write_string(library, unparse_stack=[enclose])


def latex(text: str) -> str:
    """Escape text for LaTeX. Mathematics between dollars stays as it is where it is whole."""
    text = " ".join(_CONTROL.sub(" ", composed(text)).split())
    parts, end = [], 0
    for found in _MATHEMATICS.finditer(text):
        if _is_balanced(found[0]):
            parts += [_escaped(text[end : found.start()]), found[0]]
            end = found.end()
    return "".join([*parts, _escaped(text[end:])])


def _entry(entry: SavedPaper, key: str) -> Entry:
    return Entry("misc", key, [Field(name, value) for name, value in _fields(entry) if value])


def _fields(entry: SavedPaper) -> Iterator[tuple[str, str]]:
    url = address(entry.url) if entry.url else None
    yield "title", f"{{{latex(plain(entry.title))}}}"  # braces of its own: styles would write names in lower case
    yield "author", " and ".join(name for author in entry.authors for name in _names(author))
    if found := _ARXIV.search(url or ""):
        year = found[2] or found[3]
        yield "year", f"{'19' if year > '90' else '20'}{year}"
        yield "eprint", latex(found[1])
        yield "archiveprefix", "arXiv"
    yield "url", url or ""
    yield "note", f"From the digest of {entry.date}"
    yield "keywords", _TAGS[entry.state]


def _names(author: str) -> Iterator[str]:
    """Write a name so that BibTeX neither splits it nor takes it for two."""
    name = _AND_OTHERS.sub("", author.strip())
    written = latex(name)
    if written:
        yield f"{{{written}}}" if re.search(r"\band\b", name, re.IGNORECASE) or name.count(",") > 1 else written
    if name != author.strip():
        yield "others"


def _key(entry: SavedPaper, used: Counter[str]) -> str:
    word = _KEY_WORD.search(normal(entry.title))
    key = f"{word[0] if word else 'paper'}-{entry.date}-{entry.ordinal}"
    used[key] += 1
    return key if used[key] == 1 else f"{key}-again{used[key]}"


def _escaped(text: str) -> str:
    return _SPECIALS.sub(lambda found: _SPECIAL[found[0]], text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0
