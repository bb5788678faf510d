"""Links in Markdown: where they lead, and which of them is a paper's own page."""

import re
from collections.abc import Iterable, Iterator, Mapping
from urllib.parse import urlsplit

_NEW_ID = r"\d{2}(?:0[1-9]|1[0-2])\.\d{4,5}"
_ID = rf"(?:{_NEW_ID}|[a-z-]{{2,12}}(?:\.[A-Z]{{2}})?/\d{{2}}(?:0[1-9]|1[0-2])\d{{3}})"
_START = re.compile(
    r"[hHaA1P(\[（［【|`>]"  # a plain set first: the search skips what can't be a start, which the alternatives behind it can't
    r"(?i:(?<=h)ttps?://"
    rf"|(?<=\ba)rxiv\.org/(?:abs|pdf|html)/(?P<path>{_ID})"
    rf"|(?<=\ba)rxiv(?:[\s_-]{{0,2}}id)?[\s*_`|:：#=\"\[\]]{{0,10}}(?P<label>{_ID})(?![\d/])"
    r"|(?<=(?<![\w./%=-])1)(?P<doi>0\.\d{4,9}/(?=[^\s/]))"
    r"|(?<=\bP)(?-i:MID)\s?[:：]?\s{0,2}(?P<pmid>\d{6,8})\b"
    rf"|(?<![ha1p])[ *`]{{0,3}}(?P<bare>{_NEW_ID})(?:v\d{{1,2}})?(?=[ *`]{{0,3}}[)\]）］】|`,<])(?!\]\()"
    rf"|(?<=\]\()[\w./-]{{0,120}}?(?<![\d.])(?P<file>{_NEW_ID})(?!\d)[^\s()]{{0,200}}"
    r")"
)
_ID_DIGITS = re.compile(r"\d\.\d{4}")
_ARXIV = re.compile(
    r"https?://(?:[\w.-]{1,30}\.)?(?:arxiv\.org|ar5iv\.org|ar5iv\.labs\.arxiv\.org)/(?:abs|pdf|html|format|src|e-print)(?:/|$)"
    r"|https?://(?:dx\.)?doi\.org/10\.48550/arxiv\.",
    re.IGNORECASE,
)
_ARXIV_ID = re.compile(rf"{_ID}(?!\d)", re.IGNORECASE)
_END_OF_BARE = re.compile(r"[\s<>\[\]\"`{}|\\^，。、；：！？（）「」『』《》〈〉【】“”‘’…·]|\*\*|$")
_ATTACHED = re.compile(
    r"(?<=[A-Za-z0-9_=&#)-])[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u9fff\uac00-\ud7a3]"
    r"|(?<=/)(?:은|는|이|가|을|를|에서|에|의|로|으로|와|과|도)$"
)
_IMAGE = re.compile(
    r"!\[[^\[\]\n]{0,300}\]\(\s{0,3}<?([^\s<>()]{1,2000})|<img\b[^<>]{0,500}?\bsrc\s?=\s?[\"']?([^\s\"'<>]{1,2000})",
    re.IGNORECASE,
)
_PAPER_LABEL = re.compile(
    r"\[[^\w\[\]]{0,6}(?:papers?|pdf|preprint|arxiv|doi|논문|论文|論文)(?:\s?\(?(?:pdf|link|page)\)?)?[^\w\[\]]{0,4}\]\((?=https?://)",
    re.IGNORECASE,
)
"""A link's label that says that a paper is behind it."""
_DEFINITION = re.compile(r" {0,3}\[([^\[\]\n]{1,300})\]:\s{0,4}<?(https?://[^\s<>]{1,4000})")
_REFERENCE = re.compile(r"\[([^\[\]\n]{1,300})\](?:\[([^\[\]\n]{0,300})\])?(?![(:])")
_NOTE = re.compile(
    r"\]\((?:<?(?![a-z]{2,10}:|#|/?\))[^()<>]{1,300}|https?://github\.com/[^()\s]{1,200}/blob/)", re.IGNORECASE
)
_HOST_ONLY = re.compile(r"https?://[^/]{1,200}/?")
_ALONE = re.compile(r"(?:\[[^\[\]]{1,300}\]\()?<?https?://[^\s()<>]{1,2000}[)>]?")
_LINKED_TITLE = re.compile(r"[^\w\[]{0,12}(?:\d{1,4}[.)]\s{0,2}[^\w\[]{0,6})?\[[^\[\]]{1,500}\]\(https?://")
_TRAILING = ".,;:!?'\"*_~"
_PAPER_PAGE = re.compile(
    r"https?://(?:[\w-]{1,30}\.){0,3}(?:"
    r"arxiv\.org/(?:abs|pdf|html)/\S|alphaxiv\.org/\S|openreview\.net/(?:forum|pdf)\S|huggingface\.co/papers/\d|hf\.co/papers/\d"
    r"|doi\.org/10\.\S|aclanthology\.org/\S|aclweb\.org/anthology/\S|thecvf\.com/\S|proceedings\.mlr\.press/v\d+/\S"
    r"|(?:proceedings\.)?(?:neurips|nips)\.cc/paper\S|\w{2,10}rxiv\.org/\S|semanticscholar\.org/paper\S|dl\.acm\.org/doi/\S"
    r"|ieeexplore\.ieee\.org/(?:abstract/)?document/\S|nature\.com/articles/\S|science\.org/doi/\S|link\.springer\.com/\S"
    r"|sciencedirect\.com/science/article/\S|pubmed\.ncbi\.nlm\.nih\.gov/\d|ncbi\.nlm\.nih\.gov/pmc/\S|jmlr\.org/papers/\S"
    r"|papers\.ssrn\.com/\S|paperswithcode\.com/paper/\S|papers\.cool/\S|scirate\.com/arxiv/\S|eprint\.iacr\.org/\d|osf\.io/preprints/\S"
    r"|pnas\.org/doi/\S|onlinelibrary\.wiley\.com/doi/\S|pubs\.acs\.org/doi/\S|tandfonline\.com/doi/\S|journals\.aps\.org/\w+/abstract/\S"
    r"|academic\.oup\.com/\w+/article\S|cell\.com/[\w-]+/fulltext/\S|mdpi\.com/\d{4}-\S|frontiersin\.org/\S*articles/\S"
    r"|journals\.plos\.org/\w+/article\S|nejm\.org/doi/\S|thelancet\.com/journals/\S|jamanetwork\.com/journals/\S"
    r"|usenix\.org/conference/\S|isca-archive\.org/\S|jair\.org/index\.php/jair/article/\S|ojs\.aaai\.org/\S|hal\.science/\S"
    r"|jstage\.jst\.go\.jp/article/\S|dbpia\.co\.kr/\S|koreascience\.(?:or\.)?kr/article/\S|kci\.go\.kr/kciportal/\S|ijcai\.org/proceedings/\S|\w+\.nii\.ac\.jp/records/\S"
    r"|nber\.org/papers/\S|cepr\.org/publications/dp\d|\S{1,200}?/10\.\d{4,9}/\S"
    r")",
    re.IGNORECASE,
)
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|gitee\.com|codeberg\.org)/", re.IGNORECASE
)


def find(text: str, definitions: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """Return where the links of `text` lead, in order, without repeats, images and links that lead nowhere."""
    return tuple(dict.fromkeys(link for link in _links(text, definitions or {}) if link))


def may_stand_in(text: str) -> bool:
    """Take a cheap look, for most lines have no link: an address, arXiv, PubMed, or the digits of an id or a DOI."""
    return "://" in text or "rxiv" in text.lower() or "PMID" in text or _ID_DIGITS.search(text) is not None


def papers(text: str, found: Iterable[str]) -> Iterator[str]:
    """Yield those of the links `found` in `text` that lead to papers: by their address, or by a label that says so (`[PDF](…)`)."""
    labelled = {text[match.end() : _closing(text, match.end())] for match in _PAPER_LABEL.finditer(text)}
    return (link for link in found if is_paper(link) or (link in labelled and _HOST_ONLY.fullmatch(link) is None))


def placeholders(text: str) -> Iterator[str]:
    """Yield an empty string for each arXiv link that names no paper: it says that a paper is meant, and not which."""
    return ("" for _, url in _addresses(text) if _ARXIV.match(url) and not canonical(url))


def images(text: str) -> tuple[str, ...]:
    """Return the addresses of images that the web can show."""
    found = (match[1] or match[2] for match in _IMAGE.finditer(text)) if "!" in text or "<" in text else ()
    return tuple(address for address in found if address.startswith(("http://", "https://")))


def definitions_of(lines: Iterable[str]) -> dict[str, str]:
    """Return the targets of reference links (`[label]: https://…`) by their folded labels."""
    found: dict[str, str] = {}
    for line in lines:
        if "]:" in line and (match := _DEFINITION.match(line)):
            found.setdefault(match[1].casefold(), match[2])
    return found


def is_definition(line: str) -> bool:
    """Tell whether the line defines a reference link and so shows nothing."""
    return "]:" in line and _DEFINITION.match(line) is not None


def is_paper(link: str) -> bool:
    """Tell whether a link leads to a paper's page or file."""
    return _PAPER_PAGE.match(link) is not None or link.endswith(".pdf")


def is_repository(link: str) -> bool:
    """Tell whether a link leads to a code repository."""
    return _REPOSITORY.match(link) is not None


def is_linked(source: str) -> bool:
    """Tell whether a title is or begins with a link to the web."""
    return _LINKED_TITLE.match(source) is not None


def is_alone(text: str) -> bool:
    """Tell whether a text is a link and nothing else."""
    return _ALONE.fullmatch(text) is not None


def leads_to_note(line: str) -> bool:
    """Tell whether a line has a link to a file beside this one, or to one in a repository."""
    return "](" in line and _NOTE.search(line) is not None


def canonical(url: str) -> str:
    """Write an arXiv link as `https://arxiv.org/abs/ID`, other links as they are; empty for one that leads nowhere."""
    if match := _ARXIV.match(url):
        found = _ARXIV_ID.match(url, match.end())
        return f"https://arxiv.org/abs/{found[0]}" if found else ""
    try:
        return url if urlsplit(url).hostname else ""
    except ValueError:
        return ""


def arxiv_id(link: str) -> str | None:
    """Return the id of a canonical arXiv link."""
    prefix = "https://arxiv.org/abs/"
    return link.removeprefix(prefix) if link.startswith(prefix) else None


def _links(text: str, definitions: Mapping[str, str]) -> Iterator[str]:
    found = [(start, canonical(url)) for start, url in _addresses(text)]
    if definitions and "]" in text:
        found += [
            (match.start(), canonical(definitions[label]))
            for match in _REFERENCE.finditer(text)
            if (label := (match[2] or match[1]).casefold()) in definitions
        ]
        found.sort(key=lambda pair: pair[0])
    return (link for _, link in found)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield the addresses that are links, as written, with their offsets."""
    shown = (
        {match.start(1 if match[1] else 2) for match in _IMAGE.finditer(text)} if "![" in text or "<" in text else ()
    )
    covered = 0
    for match in _START.finditer(text):
        start = match.start()
        if start < covered:
            continue
        if paper := match["path"] or match["label"] or match["bare"] or match["file"]:
            covered = match.end()
            yield start, f"https://arxiv.org/abs/{paper}"
        elif match["pmid"]:
            covered = match.end()
            yield start, f"https://pubmed.ncbi.nlm.nih.gov/{match['pmid']}/"
        elif match["doi"]:
            doi = _bare(text, start)
            covered = start + len(doi)
            yield start, f"https://doi.org/{doi}"
        else:
            address = _whole(text, start)
            covered = start + len(address)
            if start not in shown:
                yield start, address


def _whole(text: str, start: int) -> str:
    """Return the address at `start`: its end depends on what it stands in."""
    before = text[max(0, start - 2) : start]
    if before.endswith("<"):
        end = text.find(">", start, start + 4000)
        return text[start:end].split(maxsplit=1)[0] if end > 0 else _bare(text, start)
    if before.endswith(('"', "'")) and (end := text.find(before[-1], start, start + 4000)) > 0:
        return text[start:end].split(maxsplit=1)[0]
    if before == "](":
        return text[start : _closing(text, start)]
    return _bare(text, start)


def _closing(text: str, start: int) -> int:
    """Return where the destination of a masked link ends: at the parenthesis that was not opened in it."""
    depth = 0
    for at in range(start, min(len(text), start + 4000)):
        character = text[at]
        if character in " \t\n":
            return at
        depth += (character == "(") - (character == ")")
        if depth < 0:
            return at
    return min(len(text), start + 4000)


def _bare(text: str, start: int) -> str:
    """Return a bare address without the punctuation and the particle that follow it."""
    end = _END_OF_BARE.search(text, start, start + 4000)
    url = text[start : end.start() if end else start + 4000]
    if not url.isascii() and (attached := _ATTACHED.search(url)):
        url = url[: attached.start()]
    unopened = url.count(")") - url.count("(")
    while True:
        url = url.rstrip(_TRAILING)
        if not url.endswith(")") or unopened <= 0:
            return url
        url = url[:-1]
        unopened -= 1
