"""What a page says of its papers, in words: that there are some, how many, or none, and what else stands beside them."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from bot.reading.text import plain

_PAPER_WORD = re.compile(
    r"paper|rxiv|논문|论文|論文|research|preprint|publication|페이퍼|프리프린트|预印本|預印本|プレプリント",
    re.IGNORECASE,
)
_HOUSING = re.compile(
    r"papers?\b|논문|论文|論文|preprints?\b|publications?\b|预印本|預印本|プレプリント", re.IGNORECASE
)
_ARCHIVE = re.compile(r"(?<![/.\w])\w{1,4}rxiv\b(?!\.org)", re.IGNORECASE)
_OUTSIDE = re.compile(r"fail|reject|exclud|filtered|skipped|dropped|제외|탈락|排除|落选|淘汰|除外", re.IGNORECASE)
_NEWS_WORD = (
    r"(?:\bnews\b|\bcommunity\b|\bindustry\b|github(?:\s?trending)?|뉴스|소식|早报|早報|晚报|快讯|快訊|要闻|要聞|업계(?:\s?동향)?|커뮤니티|新闻|新聞|资讯|資訊|行业动态|业界动态|業界動態"
    r"|业界|業界|社区|社群|ニュース|コミュニティ|SNS話題|話題)"
)
_TOOLS = (
    r"(?:\btools?\b|\bproducts?\b|\bprojects?\b|\breleases?\b|\blibraries\b|\bopen[\s-]?source\b"
    r"|도구|제품|프로젝트|오픈소스|출시|工具|产品|產品|项目|開源|开源)"
)
_NEWS = re.compile(_NEWS_WORD, re.IGNORECASE)
_NEWS_PART = re.compile(
    rf"(?<!fake\s)(?<!가짜\s){_NEWS_WORD}(?:\s?(?:updates?|highlights?|모음|브리핑|정리|상세|要闻|列表|详情|詳細|一覧|まとめ|精选|速览|热榜|热门|트렌딩|ピックアップ))?\s*(?:$|[&·•・/,、|(（:：—–-])"
    rf"|^(?=.{{0,60}}$)(?=.*?{_TOOLS})\W*(?:(?:{_TOOLS}|new|ai|models?|and|신규|새|모델|개발|및|와|과|新|模型|和|与|及)\W*)+$",
    re.IGNORECASE,
)
_DAILY_WORD = re.compile(
    r"digest|daily|weekly|reading list|다이제스트|일간|주간|오늘의|日报|日報|速递|每日|デイリー", re.IGNORECASE
)
_DECLARED = re.compile(
    r"(?<![\d.,-])(\d{1,4})\s?(?:편|篇|本の論文|件の論文|개의?\s?논문|(?:[a-z]{2,12}\s){0,2}(?:papers?|publications|articles)\b)"
    r"|(?:논문|论文|論文)\s?(\d{1,3})\s?(?:本|選|选|선)"
    r"|(?:총|모두|共|全|今週の|今日の|本日の|今回の|今日は)\s?(\d{1,4})\s?(?:개|편|건|篇|件|本)"
    r"|(?:papers?|논문\s?수?|论文|論文)[^\d\n.]{0,20}[:：|]\W{0,6}(\d{1,4})(?!\d*(?:[.,/:-]\d|\s?[월月일日년年시時時点]))",
    re.IGNORECASE,
)
_TO_DO = re.compile(r"\s{0,8}[-*+]\s\[ \]\s")
_ENGLISH_NUMBERS: Final = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_KOREAN_NUMBERS: Final = ("두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열")
_SPELLED: Final = {
    **dict(zip(_ENGLISH_NUMBERS, range(2, 13), strict=True)),
    **dict(zip(_KOREAN_NUMBERS, range(2, 11), strict=True)),
    **dict(zip("二三四五六七八九十", range(2, 11), strict=True)),
    "两": 2,
}
_DECLARED_IN_WORDS = re.compile(
    rf"\b({'|'.join(_ENGLISH_NUMBERS)})\s(?:[a-z]{{2,12}}\s){{0,2}}(?:papers|publications|articles)\b"
    rf"|(?<!\w)({'|'.join(_KOREAN_NUMBERS)})\s?편"
    r"|(?<![一二三四五六七八九十百第])([两二三四五六七八九十])篇",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"[\s>*_+-]{0,8}(?:(?:there\s(?:is|are|was|were)\s)?no\s(?:[a-z]{2,12}\s){0,2}(?:items?|papers?|entries|results?|updates?|matches)\b.{0,40}|none(?:\stoday)?|n/a"
    r"|해당(?:하는)?\s?(?:논문\s?)?없음.{0,40}|(?:새\s?)?논문\s?없음|없음|无|暂无.{0,20}|今日无.{0,20}|該当(?:論文)?なし.{0,20}|なし)[\s.。*_]{0,4}",
    re.IGNORECASE,
)
_NO_PAPERS = re.compile(
    r"(?<![a-z])no\s(?:(?:new|matching|relevant|recent|qualifying|eligible|suitable|interesting|further|additional|arxiv|research)\s){0,2}"
    r"(?:papers|preprints|submissions)\b"
    r"|(?:无|没有|暂无|未找到|未发现|没有找到)(?:新增?|[高强]?相关|符合(?:条件|要求)|匹配|值得精读|入选)?的?论文"
    r"|(?:새로운|새|신규|오늘의?|수집된|해당하는)\s?논문(?:이|은)?\s?없|논문(?:이|은)?\s?없(?:습니다|음|다)\W*$"
    r"|\b(?:unable|(?:was|am|were)(?:n't| not) able|could(?:n't| not)) (?:to )?(?:prepare|generate|produce|write) (?:today's|the|a|this)\b"
    r"|(?:該当|新着|収録|相关|收录|入选|관련|수집|선정)[^\d\n;；,，、。·]{0,8}(?<!\d)0\s?(?:件|편|篇|개)|(?<![\d.,])0\s(?:[a-z]{2,10}\s){0,2}papers\b"
    r"|(?:新着|該当(?:する)?)論文(?:は|が)?(?:なし|ありません)",
    re.IGNORECASE,
)
_FEW: Final = 8
"""Lines that a part which has nothing to say has at most."""
_EARLY: Final = 60
"""A line that says that there are none says so within so many characters."""


def names_papers(text: str) -> bool:
    """Tell whether a text has a word for papers or where they come from."""
    return _PAPER_WORD.search(text) is not None


def mentions_papers(text: str) -> bool:
    """Tell whether a text has a word for papers or names an archive; research alone is no paper, nor is an address."""
    return _HOUSING.search(text) is not None or _ARCHIVE.search(text) is not None


def says_papers(text: str) -> bool:
    """Tell whether the name of a part or a column says that papers stand in it, and not that they were left out."""
    return _HOUSING.search(text) is not None and _OUTSIDE.search(text) is None


def leaves_out_papers(text: str) -> bool:
    """Tell whether the name of a part says that the papers in it were left out."""
    return _HOUSING.search(text) is not None and _OUTSIDE.search(text) is not None


def names_news(text: str) -> bool:
    """Tell whether a title has a word for news, and none for papers."""
    return _NEWS.search(text) is not None and not names_papers(text)


def says_news(text: str) -> bool:
    """Tell whether the name of a part says that news or tools stand in it, not papers on such topics."""
    return _NEWS_PART.search(text) is not None and not names_papers(text)


def names_digest(text: str) -> bool:
    """Tell whether a text has a word for what comes every day or week."""
    return _DAILY_WORD.search(text) is not None


def declared(text: str) -> frozenset[int]:
    """Return the counts of papers that a text gives, in digits or spelled; what is yet to be done counts none."""
    if _TO_DO.match(text):
        return frozenset()
    said = plain(text).replace("*", "")
    counted = _DECLARED.finditer(said) if any(map(str.isdecimal, said)) else ()
    found = {int(next(filter(None, match.groups()))) for match in counted}
    spelled = {next(filter(None, match.groups())).lower() for match in _DECLARED_IN_WORDS.finditer(said)}
    return frozenset(found | {_SPELLED[word] for word in spelled})


def says_nothing(lines: Sequence[str]) -> bool:
    """Tell whether the lines, few as they are, have no more to say than that there is nothing."""
    if len(lines) > _FEW:
        return False
    said = [line for line in lines if line.strip() and line.strip(" -_*") != ""]
    if len(said) == 2 and said[0].lstrip().startswith("|") and not said[1].strip(" |:-"):
        return True  # a table without a row
    return len(said) == 1 and _NOTHING.fullmatch(said[0][:120]) is not None


def denies_papers(lines: Iterable[str]) -> bool:
    """Tell whether one of the lines says that there is no new paper."""
    return any(_NO_PAPERS.search(line[:_EARLY]) for line in lines)
