"""Who wrote a paper, as far as the digest says."""

import re
from collections.abc import Sequence
from typing import Final

from bot.reading import links
from bot.reading.text import plain
from bot.reading.titles import title_of

MAX_AUTHORS: Final = 200

_NAMES = r"(?:authors?(?:\s?list|\(s\))?|저자(?:명|들)?|글쓴이|연구진|著者|(?:通讯|通訊|第一)?作者|一作|by|👥|✍️?|👤|🧑‍🔬|👨‍🔬)"
_LABEL = re.compile(
    rf"[\s>*_\-+•·|`#\d.)]{{0,12}}(?:[\U0001f300-\U0001faff☀-➿️]{{1,3}}\s?)?[*_`]{{0,3}}{_NAMES}[*_`]{{0,3}}\s{{0,2}}(?:[:：|][*_`|]{{0,3}}|(?<=[👥👤✍️])\s)\s*(?P<names>.*)",
    re.IGNORECASE,
)
_ABSTRACT = re.compile(
    r"[\s>*_\-+•#]{0,12}(?:[\U0001f300-\U0001faff☀-➿️]{1,3}\s?)?[*_`]{0,3}"
    r"(?:abstract|tl;?dr|summary|초록|요약|한\s?줄\s?요약|摘要|概要|要約|arxiv(?:\s?id)?|doi|venue|institutions?|기관|소속|机构)"
    r"[*_`]{0,3}\s{0,2}[:：]",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:,|、|，|;|；|·|\||\band\b|&)\s*")
_MORE = re.compile(
    r"\b(?:et\.?\s?al\b\.?|and\s+others)|외\s?\d{0,4}\s?(?:명|인)?$|等(?:\s?\d{0,4}\s?[人名位])?$|ほか.{0,6}$|他\d{0,4}名?$",
    re.IGNORECASE,
)
_OTHER_FIELD = re.compile(r"\s\|\s|\s[·•]\s(?=[^,:：]{1,30}[:：\]\[])")
_AFFILIATION = re.compile(r"[(（\[][^()（）\[\]]{0,200}[)）\]]")
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>")
_NAME = re.compile(r"[^\W\d_][\w.'’\-‐ ]{1,40}")
_BESIDE = re.compile(
    r"(?:^|\s\|\s)[\s,，–—-]*(?:[*_][^*_\n]{2,60}[*_][.,]\s)?[(（]?(?P<a>[^()（）\[\]:：\d]{3,300}?)\s+et\.?\s?al\b"
    r"|[(（](?P<b>[^()（）\[\]:：\d]{3,300}?)(?:\s[—–-]\s[^()（）]{1,200})?,\s?(?:19|20)\d\d(?:[-.]\d\d)?[)）]",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?。！？다요]$")


def is_label_line(line: str) -> bool:
    """Tell whether a line labels authors, an abstract or a paper's id."""
    start = line[:80]
    return (":" in start or "：" in start or "👥" in start) and (
        _LABEL.match(start) is not None or _ABSTRACT.match(start) is not None
    )


def names_authors(line: str) -> bool:
    """Tell whether a line labels authors."""
    return _LABEL.match(line[:80]) is not None


def authors_of(lines: Sequence[str]) -> tuple[str, ...]:
    """Find the authors in the lines below a paper's title: after a label, or as a bare or italic line right under it."""
    for source in lines:
        line = _TAG.sub("", source[:4000]) if "<" in source[:80] else source
        start = line[:80]
        if (":" in start or "：" in start or "👥" in start or "|" in start) and (match := _LABEL.match(line[:4000])):
            return _split(match["names"])
    below = next((line for line in lines[:4] if line.strip() and not links.is_alone(line.strip())), "")
    return _bare(below.strip())


def authors_beside(aside: str) -> tuple[str, ...]:
    """Find the authors in what stands beside a title: `, First Author et al.` or `(First Author, Second Author, 2026-05)`."""
    match = _BESIDE.search(aside[:400])
    names = _split(match["a"] or match["b"]) if match else ()
    return names if all(map(_is_name, names)) else ()


def _split(names: str) -> tuple[str, ...]:
    text = title_of(names).text if "[" in names or "*" in names or "`" in names else names
    text = _AFFILIATION.sub("", plain(text).strip(" |*_"))
    text = _OTHER_FIELD.split(text, maxsplit=1)[0]
    parts = (_MORE.sub("", part).strip(" .*_`|") for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(part for part in parts if part))[:MAX_AUTHORS]


def _bare(line: str) -> tuple[str, ...]:
    """Read a line that is nothing but two or more names, `*venue | date | names*` included."""
    if not line or len(line) > 2000 or line[0] in "-+#>|<![(" or "://" in line or line.startswith(("* ", "**")):
        return ()
    text = line.strip("*_ ")
    if "|" in text:
        text = max(text.split("|"), key=lambda part: part.count(",")).strip()
    if _SENTENCE_END.search(text) and not text.endswith("al."):
        return ()
    names = [_MORE.sub("", part).strip(" .") for part in re.split(r"\s*[,、，;]\s*|\s+and\s+|\s*&\s*", text)]
    names = [name for name in names if name]
    italic = line[0] in "*_" and line[-1] == line[0]
    surnames = italic and len(names) >= 2 and all(name.isalpha() and name.istitle() for name in names)
    if len(names) < (1 if italic else 2) or not (surnames or all(_is_name(name) for name in names)):
        return ()
    return tuple(names)[:MAX_AUTHORS]


def _is_name(text: str) -> bool:
    words = text.split()
    if not _NAME.fullmatch(text) or len(words) > 5:
        return False
    if text.isascii():
        return len(words) >= 2 and all(
            word[0].isupper() or word in {"van", "de", "den", "der", "dos", "von", "da", "del", "di", "la", "le"}
            for word in words
        )
    return len(text) <= 30
