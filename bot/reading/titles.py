"""A paper's number and title, freed of the decoration that authors put around them."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Final

from bot.reading import numerals
from bot.reading.asides import without_aside
from bot.reading.brackets import closers, link_at, links_to_labels
from bot.reading.dates import MONTHS
from bot.reading.text import visible
from bot.reading.wording import words

MAX_SOURCE = 2000
"""More characters than this are no title; they are not looked at."""

_CIRCLED: Final = {chr(0x2460 + n): n + 1 for n in range(20)} | {chr(0x2776 + n): n + 1 for n in range(10)}
_NUMBER = re.compile(
    r"(?P<a>\d{1,30})(?:/\s+(?=\S)|\ufe0f?\u20e3[.):]?\s*|\s?\\?(?:\)\.|[.)、．）])(?!\d)\s*|(?<!\d\d\d\d)\s?[:：]\s+|\s+[-–—|｜]\s+|(?<!\d\d\d\d)\s+(?=\[[^\[\]]|\*\*\w))"
    r"|[#＃](?P<b>\d{1,30})\b[.):：]?(?:\s+[-–—]\s)?\s*"
    r"|(?:[\[［【〔](?:[a-zA-Z]{2,8}\s|[A-Z])?|[(（])(?P<c>\d{1,30})[\]］】〕)）](?![(\[])[.:：]?\s*"
    r"|\[(?P<d>\d{1,30})[.)]?\]\([^()\s]{1,2000}\)[.:]?\s*"
    r"|(?:paper|no\.?|top|논문|论文|論文|论文解读|第)\s{0,2}#?(?P<e>\d{1,30})\s?(?:\([^()\d]{1,20}\)\s?)?(?:[편篇]?[.):：、]|[편篇]|[-–—|]\s)\s*"
    r"|no\.\s?(?P<f>\d{1,30})\s+"
    r"|(?P<g>\d{1,4})\s?(?:(?:本|つ|件|篇)目|번째|위|位)\s?[.:：、]\s*",
    re.IGNORECASE,
)
_TEN = re.compile("🔟[.):]?\\s*")
_LEAD = re.compile(
    r"[^\x00-\x7f]{2,8}[:：]\s{0,2}(?=[A-Z])|(?:(?:Lead|Bonus|Extra|Pick|Classic)\.|(?:Classic|Throwback|Bonus)(?:\s(?:Revisit|Revisited|Paper|Pick))?:)\s+",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:paper\s)?(?:title|제목|논문\s?제목|标题|標題|论文标题|論文標題|原文标题|英文标题|题目|タイトル|论文题目|论文名称|论文|論文|논문명?|paper)"
    r"\s{0,2}[:：]\s*|【(?:title|제목|标题|標題|论文标题|タイトル)】\s*",
    re.IGNORECASE,
)
_ANCHOR = re.compile(
    r"<a\b[^<>]{0,300}>\s{0,3}</a>|<!--.{0,500}?-->|</?[a-zA-Z][a-zA-Z0-9]{0,10}(?:\s[^<>]{0,300})?/?>|\{[:#][^{}\n]{0,200}\}\s*$"
)
ARCHIVES: Final = "(?:cs|stat|math|eess|q-bio|q-fin|econ|physics|astro-ph|cond-mat)"
"""The archives of arXiv that have categories: `cs.CL`."""
_RATING = re.compile(
    r"\s*(?:[-–—|·,:]\s*)?(?:"
    r"[`(（\[【*]{0,3}\s?(?:(?:relevance|score|rating|평점|점수|评分|評分|推荐度?)\s?[:：]?\s?)?[⭐★👍🔥❤\ufe0f\s]{0,4}\d{1,3}(?:\.\d{1,2})?\s?/\s?(?:5|10|100)\s?[`)）\]】*]{0,3}"
    r"|[`(（\[【]?\s?(?:score|rating|평점|점수|评分|評分)\s?[:：]\s?\d{1,3}(?:\.\d{1,2})?\s?[`)）\]】]?"
    r"|[(（\[【]\s?(?:arxiv\s?[:：]?\s?)?\d{4}\.\d{4,5}(?:v\d{1,2})?(?:,[^()（）\[\]]{1,40})?\s?[)）\]】]"
    r"|[(（](?:from|cross-?list(?:ed)? from)\s[a-z-]{2,10}(?:\.[a-z-]{2,12})?(?:,[^()（）]{1,30})?[)）]"
    r"|[(（\[【]?\s?(?:👍|❤️?|🔥|⬆️?|▲|🔼|⭐️?)\s?\d[\d,.]{0,8}k?\s?(?:upvotes?)?\s?[)）\]】]?"
    r"|[(（\[]?\d{1,6}\s?(?:upvotes?|likes|👍|⭐)[)）\]]?"
    r"|[(（\[][^()（）\[\]]{2,80}(?:\bet\s?al\b\.?|\s외|等|ほか)(?:,?\s?(?:19|20)\d\d)?[)）\]]"
    r"|(?<=\s)[(（][^()（）\[\]\d]{2,300},\s?(?:19|20)\d\d(?:[-.]\d\d)?[)）]"
    r"|(?<=\s)[(（][^()（）*\[\]]{2,200},\s\*[^()（）*\[\]]{2,60}\*[)）]"
    r"|[⭐★🏆🥇]\ufe0f?\s?[A-Z][A-Za-z-]{2,14}\s?['’]?(?:20)?\d\d(?:\s(?:oral|spotlight|best paper))?"
    r"|(?<=\s)[📦💻🔗📄🐙]\ufe0f?\s?(?:code|github|代码|开源|코드|コード)"
    r"|(?<=\s)[\[【][^\[\]【】\x00-\x7f]{2,12}[\]】]"
    r"|(?<=\s)`[A-Z][A-Za-z0-9+-]{1,20}`|(?<=\s)\[\[[A-Z]{2,8}\]\]"
    r"|[⭐★☆🌟✨]\ufe0f?(?:\s?[⭐★☆🌟✨]\ufe0f?){0,9}"
    rf"|(?:[`*_(（\[【]{{1,3}}|(?<=[-–—|·,:] )){ARCHIVES}\.[a-z-]{{2,12}}[`*_)）\]】]{{0,3}}"
    r")\s*$",
    re.IGNORECASE,
)
_EMOJI = re.compile(
    "[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff\u3030\u303d\U0001f000-\U0001faff\ufe0f\u200d\u20e3\U000e0020-\U000e007f•‣・●◆■▶►]+\\s*"
)
_EMOJI_BEHIND = re.compile("\\s+[\u2600-\u27bf\u2b50\U0001f300-\U0001faff\ufe0f\u200d\\s]+$")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*|__([^_\n]+)__")
_EMPHASIS = re.compile(
    r"(?<![\w*])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*])|(?<![\w_])_([^\s_](?:[^_\n]*[^\s_])?)_(?![\w_])"
)
_WIKI = re.compile(r"\[\[(?!\d{1,6}(?:,\s?\d{1,6}){1,3}\]\])(?:[^\[\]|]{1,200}\|)?([^\[\]|]{1,300})\]\]")
_CODE = re.compile(r"`([^`\n]+)`")
_LABELS: Final = """
abs pdf arxiv html code github paper papers link url project page website hf huggingface hugging face doi back top openreview
view read more 보기 바로가기 查看 详情 見る
논문 링크 论文 代码 链接 コード 코드 원문 原文 전문 摘要
"""
_LINK_LABELS: Final = frozenset(_LABELS.split())
_BRACKETED = re.compile(r"\[[^\[\]()]{8,}\]")
_INLINE = re.compile(r"</?(?:i|b|em|strong|su[bp]|scp|span|p|jats:[a-z]{1,12})(?:\s[^<>]{0,200})?/?>", re.IGNORECASE)
"""Tags that publishers' records keep in titles, escaped."""
_SPACES = re.compile(r"\s+")
_VENUE_LEAD = re.compile(
    r"(?i:arxiv|neurips|nips|iclr|icml|cvpr|iccv|eccv|acl|emnlp|naacl|aaai|ijcai|kdd|sigir|tmlr|icassp|interspeech)(?:\s(?i:findings))?\s+(?=\[)"
    r"|(?:[A-Za-z][A-Za-z-]{1,14}\s)?(?:19|20)\d\d(?:\.\d{1,2})?(?:\s(?:workshop|oral|spotlight|poster|best paper))?,\s+(?=\S+\s)"
)
_BOLD_NAME = re.compile(r"^\*\*([^*\n]{1,60})\*\*(?=\s?:)")
_REFERENCES = re.compile(r"\s\[\d{1,3}(?:,\s?\d{1,3}){0,20}\]\s?[:：]?$")
_DATE_LEAD = re.compile(
    r"\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]\s?[,，:：]\s*(?=\S)"
    rf"|(?:(?i:{'|'.join(MONTHS)})[a-z]{{0,6}}\.?\s\d{{1,2}}|\d{{1,2}}/\d{{1,2}})(?:,?\s(?:19|20)\d\d)?\s?[:：,|–—-]?\s{{0,2}}(?=\[|\*\*|《)"
    r"|[(（\[【]?(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}[)）\]】]?(?:\s?[:：|,，]|\s[-–—])?\s+(?=\S)"
)
_BEFORE_MARKS = re.compile(
    r"(?:\*\*\d{1,3}(?:\.\d{1,2})?\*\*\s?[|｜·:：–-]|【[^【】\n]{1,12}】|`\d{1,2}(?:\.\d)?(?:/\d{1,3})?`|<?https?://[^\s<>]{1,300}>?\s+[—–:-]{1,2})\s*(?=\*\*|\[|《)"
)
"""A topic or an address that stands before a title in bold."""
_ET_AL = r"(?:\bet\s?al\b\.?|\s외|等|ほか)"
_NAMES_LEAD = re.compile(
    rf"[\[(（【][^\[\]()（）【】]{{2,60}}{_ET_AL}(?:,?\s(?:19|20)\d\d)?[\])）】](?!\()\s{{0,2}}[:：]?\s{{0,2}}(?=\S)",
    re.IGNORECASE,
)
_CITED_LEAD = re.compile(
    r"[A-Z][^\s,\"“]{1,30}(?:\s(?:et\s?al\.?|(?:and|&)\s[A-Z][^\s,\"“]{1,30}))?,?\s\(?(?:19|20)\d\d\)?\s?[—–:-]\s?(?=[\"“])"
)
_NAMES = re.compile(rf"[^*_\[\]]{{2,80}}{_ET_AL}(?:\s?\((?:19|20)\d\d\))?[.:,]?", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\]\(|\[\[@|://|\barxiv[\s:]{0,2}\d{4}\.\d{4,5}", re.IGNORECASE)
"""What in brackets at the end of a title is about it: links and ids."""
_IMAGE = re.compile(
    r"(?:!\[[^\[\]]{0,200}\]\([^()\s]{0,600}\)|\[!\[[^\[\]]{0,200}\]\([^()\s]{0,600}\)\]\([^()\s]{0,600}\))\s*"
)
_SCORE_LEAD = re.compile(r"[\[【(（]\d{1,3}(?:\.\d{1,2})?\s?(?:分|점|点|点数|points?|pts)[\]】)）]\s*")
_ID_LEAD = re.compile(
    rf"[\[【(]{ARCHIVES}\.[a-z-]{{2,12}}[\]】)]\s+|{ARCHIVES}\.[a-z-]{{2,12}}(?:\s[-–—|·]|\s?[:：])\s+"
    r"|\[\[(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d{1,2})?\]\]\s+"
    r"|[【（(](?:arxiv[:：]\s?)?\d{4}\.\d{4,5}(?:v\d{1,2})?[】）)]\s{0,3}(?=\S)"
    r"|[\[`]?(?:arxiv:)?\d{4}\.\d{4,5}(?:v\d{1,2})?[\]`]?(?:\s?[:：]|\s[-–—|])?\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Title:
    """What a heading, an item or a cell says a paper is called."""

    number: int | None
    text: str
    """Plain text; empty where nothing is left."""
    extra: str = ""
    """What stood beside the title: a rating, links, a venue."""
    labelled: bool = False
    """Whether a label such as `Title:` says that it is one."""

    below: int = 0
    """Lines below its label or heading up to its end; 0 where it stands on the same line."""

    @property
    def label_only(self) -> bool:
        """Whether there is nothing but the label."""
        return self.labelled and not self.text


def title_of(source: str, *, opening: bool = False) -> Title:
    """Find number and title in the Markdown of one line.

    With `opening` the title is what the line opens with (a bold span, a link, 《…》), and the rest is text about it.
    """
    text = visible(source[:MAX_SOURCE]).strip()
    text = _ANCHOR.sub("", text).strip() if "<" in text or "{" in text else text
    text = (_IMAGE.sub("", text).strip() or text) if "![" in text else text
    if opening and (lead := _DATE_LEAD.match(text) or _BEFORE_MARKS.match(text)):
        text = text[lead.end() :]
    number: int | None = None
    extra: list[str] = []
    labelled = marked = False
    for _ in range(12):
        before = text
        number, text = _numbered(number, text)
        text = _EMOJI.sub("", text, count=1) if _EMOJI.match(text) else text
        if label := _LABEL.match(text):
            labelled, text = True, text[label.end() :]
        if text.startswith("《") and "》" not in text[1:].partition("《")[0]:
            text = text[1:]  # it is never closed
        text, is_span = _opened(text, opening, extra)
        marked = marked or is_span
        text = _without_tail(text, extra)
        if (
            lead := _ID_LEAD.match(text)
            or _SCORE_LEAD.match(text)
            or _NAMES_LEAD.match(text)
            or _CITED_LEAD.match(text)
        ):
            text = text[lead.end() :]
        elif opening and (lead := _VENUE_LEAD.match(text)):
            text = _BOLD_NAME.sub(r"\1", text[lead.end() :])
        if opening and text == before:
            text = without_aside(text, extra, marked=marked)
        if text == before:
            break
    text = _REFERENCES.sub("", text) if opening and text.endswith(("]", ":", "：")) else text
    return Title(number, _plain(text), " ".join(extra).replace(" ,", ","), labelled)


def without_lead(title: str) -> str:
    """Leave out a word that stands where its siblings have a number (`Lead. Title`)."""
    return _LEAD.sub("", title, count=1) if _LEAD.match(title) else title


def _numbered(number: int | None, text: str) -> tuple[int | None, str]:
    if number is not None or not text:
        return number, text
    if text[0] in _CIRCLED:
        return _CIRCLED[text[0]], text[1:].lstrip(" .):")
    if ten := _TEN.match(text):
        return 10, text[ten.end() :]
    if (ordinal := numerals.ORDINAL.match(text)) and (said := numerals.NUMBERS.get(ordinal["a"] or ordinal["b"])):
        return said, text[ordinal.end() :]
    if match := _NUMBER.match(text):
        rest = text[match.end() :]
        if rest or match["c"] or match["b"]:
            return int(next(filter(None, match.groups()))), rest
    return number, text


def _opened(text: str, opening: bool, extra: list[str]) -> tuple[str, bool]:
    """Unwrap the bold span, link or 《》 that the text opens with; tell whether the title is that span alone."""
    inner, rest = _wrapped(text)
    if inner is None:
        return text, False
    rest = rest.strip()
    if not rest:
        return inner.strip(), True
    if plain := _without_marks(inner, rest):
        return plain, False
    if (
        (text.startswith("[") and _is_label(inner))
        or _is_label(links_to_labels(inner))
        or (opening and _NAMES.fullmatch(inner))
    ):
        extra.append(text[: len(text) - len(rest)])
        return rest.lstrip(" -–—|:：·"), False
    if opening or text.startswith("《") or _beside(rest) or (text.startswith("[") and len(words(inner)) >= 3):
        extra.append(rest)
        return _without_stop(inner.strip()) if opening else inner.strip(), True
    return f"{inner.strip()}{'' if rest[0] in ':,;.：，' else ' '}{rest}", False


def _without_marks(inner: str, rest: str) -> str:
    """Return label or number and title without the marks around the former: `**Title:** X`, `**1.** X`; empty where there is neither."""
    if (rest[0] in ":：" or inner.rstrip().endswith((":", "："))) and _LABEL.fullmatch(f"{inner.strip(' :：')}:"):
        return f"{inner.strip(' :：')}: {rest.lstrip(':：')}"
    number = _NUMBER.match(inner)
    return f"{inner} {rest}" if number and number.end() == len(inner) else ""


def _without_stop(text: str) -> str:
    """Take the full stop off a title that a sentence follows; that of an abbreviation stays."""
    last = words(text[-20:])[-1:]
    ends = text.endswith(".") and not text.endswith("..") and last and len(last[0]) >= 4
    return text[:-1] if ends else text


def _wrapped(text: str) -> tuple[str | None, str]:
    for mark in ("***", "**", "__", "~~"):
        if text.startswith(mark) and (end := text.find(mark, len(mark))) > len(mark):
            return text[len(mark) : end], text[end + len(mark) :]
    if text.startswith("《"):
        end = text.find("》")
        return text[1:end], text[end + 1 :]
    if text.startswith("[") and (link := link_at(text, 0, closers(text))):
        return link[0], text[link[1] :]
    if _BRACKETED.fullmatch(text):
        return text[1:-1], ""
    return _in_italics(text)


def _in_italics(text: str) -> tuple[str | None, str]:
    """Unwrap a span in italics or code that is the whole text, or in italics and ends as a title in a citation does, or with a venue."""
    mark = text[:1]
    end = text.find(mark, 2) if mark and mark in "`*_" else -1
    inner, rest = text[1:end], text[end + 1 :]
    if end < 0 or (rest and mark == "`"):
        return None, ""
    is_cited = rest[:1] in ".," or (rest.endswith((")", "）")) and rest.lstrip()[0] in "(（" and len(words(inner)) >= 3)
    return (inner, rest) if is_cited else (None, "")


def _beside(rest: str) -> bool:
    """Tell whether what follows a bold span or link is about the title, not of it."""
    return rest[0] in "(（[`|*·—–👍⭐<{" or rest.startswith(("- ", "/ [")) or _EMOJI.match(rest) is not None


def _is_label(label: str) -> bool:
    return (
        "://" in label
        or all(word in _LINK_LABELS for word in words(label))
        or _ID_LEAD.fullmatch(f"{label} ") is not None
    )


def _without_tail(text: str, extra: list[str]) -> str:
    """Take pictures, ratings and groups of links off the end, as long as something is left."""
    tail = text[-120:]
    if not text[-1:].isascii() and (pictures := _EMOJI_BEHIND.search(tail)) and len(tail) > len(pictures[0]):
        text, tail = text[: len(text) - len(pictures[0])], tail[: pictures.start()]
    if (
        _may_be_rated(tail)
        and (rating := _RATING.search(tail))
        and (kept := text[: len(text) - len(tail) + rating.start()].rstrip())
    ):
        extra.append(rating[0].strip())
        return kept
    if text.endswith((")", "]", "）", ").")) and (cut := _tail(text.removesuffix("."))) > 0:
        kept = text[:cut].rstrip(" -–—|·:：,(（[/")
        if kept:
            extra.insert(0, text[len(kept) :].strip())
            return kept
    return text


def _may_be_rated(text: str) -> bool:
    """Tell from its last characters whether a text may end with a rating or a category: a cheap look before the dear one."""
    last = text[-16:].rpartition(" ")[2]
    if last.isdecimal():
        near = text[-40:]
        return not near.isascii() or "/" in near or ":" in near
    if not text[-1:].isalpha() or text.endswith(("votes", "vote", "likes")):
        return True
    return not last[0].isalnum() or "." in last or (last[-1] in "kK" and last[-2:-1].isdigit())


def _tail(text: str) -> int:
    aside = _tail_aside(text)
    return aside if aside > 0 else _tail_links(text)


def _tail_aside(text: str) -> int:
    """Return where a parenthesis at the end begins that holds a link or an id (`… (Read more on [arXiv](…))`); -1 without one."""
    depth = 0
    for at in range(len(text) - 1, 0, -1):
        depth += (text[at] in ")）") - (text[at] in "(（")
        if depth == 0:
            return at if text[at - 1] != "]" and _IN_BRACKETS.search(text, at) else -1
    return -1


def _tail_links(text: str) -> int:
    """Return where the links begin with which the text ends; -1 where it ends with something else."""
    closing = closers(text)
    at = text.find("[", 1)
    while at > 0:
        start = at
        while link := link_at(text, at, closing):
            if start == at and not _is_label(link[0]) and text[start - 1] not in "[(（":
                break
            at = link[1]
            while at < len(text) and text[at] in " |·,/)）]":
                at += 1
            if at >= len(text):
                return start
        at = text.find("[", max(at, start + 1))
    return -1


def _plain(text: str) -> str:
    """Take the Markdown out of a title; formulas between dollars stay as they are."""
    text = links_to_labels(_WIKI.sub(r"\1", text) if "[[" in text else text)
    text = _STRONG.sub(lambda match: match[1] or match[2], text)
    parts = text.split("$")
    if len(parts) % 2:
        parts[::2] = [_unmarked(part) for part in parts[::2]]
        text = "$".join(parts)
    text = _INLINE.sub("", unescape(text)) if "&" in text else text
    return _SPACES.sub(" ", text).strip(" \t*").rstrip(" ,;:，；：、")


def _unmarked(text: str) -> str:
    text = _CODE.sub(r"\1", text) if "`" in text else text
    text = _EMPHASIS.sub(lambda match: match[1] or match[2], text) if "*" in text or "_" in text else text
    return _ESCAPED.sub(r"\1", text) if "\\" in text else text
