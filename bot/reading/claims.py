"""What a page says of itself, in words: that it is of papers and how many, that there are none, that it is something else."""

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from bot.reading.text import plain
from bot.reading.wording import Phrases, key

_PAPER_WORD = re.compile(
    r"paper|rxiv|논문|论文|論文|research|preprint|publication|페이퍼|프리프린트|预印本|預印本|プレプリント",
    re.IGNORECASE,
)
_HOUSING = re.compile(
    r"papers?\b|논문|论文|論文|preprints?\b|publications?\b|预印本|預印本|プレプリント", re.IGNORECASE
)
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
REVIEW_TAG: Final = re.compile(
    r"[\[【][^\[\]【】]{0,15}(?:논문|论文|論文|paper|review|리뷰)[^\[\]【】]{0,15}[\]】]\s*(?=\S)", re.IGNORECASE
)
"""What says before a title that the post is about one paper: `[논문 리뷰] Title`."""
_GUIDES: Final = Phrases.of(
    "how to|tutorial|guide|setup|setting up|getting started|install|installing|installation",
    "사용법 설치 가이드 튜토리얼 입문 릴리스 변경사항 만드는법 만드는방법 만들어지"
    " 教程 指南 入门 安装 如何 怎么 怎样 使い方 作り方 仕組み 入門",
)
_CHANGELOGS: Final = Phrases.of(
    "changelog|change log|release notes", "更新日志 変更履歴 변경이력 변경기록 릴리스노트 リリースノート"
)
_VERSION = re.compile(r"(?<=\s)v\d{1,3}\.\d{1,3}\.\d{1,3}\b")
_USAGE: Final = Phrases.of("how to", "사용법 읽는법 읽는방법 使い方 読み方 如何阅读 怎么读")
_LOOKING_BACK: Final = Phrases.of(
    "trend|trends|stats|statistics|month in review|year in review|retrospective",
    "통계 트렌드 동향 회고 돌아보 统计 統計 趋势 趨勢 回顾 回顧 トレンド 傾向 振り返",
)
_OTHER_POSTS: Final = Phrases.of(
    "quiz|glossary|configuration|settings|jobs|careers|faq|roadmap|trip report|editorial|minutes|meeting notes|ideas|hiatus"
    "|template|templates",
    "퀴즈 용어집 채용 참관기 설정 회의록 주간회의 아이디어 휴재 휴간 공지 템플릿 양식"
    " 用語集 クイズ 求人 参加記 議事録 休刊 お知らせ テンプレート"
    " 术语 札记 招聘 配置 問答 问答 会议纪要 会议记录 會議紀錄 周会 週會 停更 公告 模板",
)
_NOTHING = re.compile(
    r"[\s>*_+-]{0,8}(?:(?:there\s(?:is|are|was|were)\s)?no\s(?:[a-z]{2,12}\s){0,2}(?:items?|papers?|entries|results?|updates?|matches)\b.{0,40}|none(?:\stoday)?|n/a"
    r"|해당(?:하는)?\s?(?:논문\s?)?없음.{0,40}|(?:새\s?)?논문\s?없음|없음|无|暂无.{0,20}|今日无.{0,20}|該当(?:論文)?なし.{0,20}|なし)[\s.。*_]{0,4}",
    re.IGNORECASE,
)
_OF_REPOSITORIES: Final = frozenset(
    key(name)
    for name in (
        "Repository Structure",
        "Project Structure",
        "Installation",
        "License",
        "Breaking changes",
        "Bug fixes",
        "Contributing",
        "Getting Started",
        "Quick Start",
        "프로젝트 구조",
        "폴더 구조",
        "라이선스",
        "项目结构",
        "目录结构",
        "快速开始",
        "许可证",
        "ディレクトリ構成",
        "ライセンス",
    )
)
_BLANK_FIELD = re.compile(
    r"[\s>*+-]{0,8}[*_]{0,2}(?:paper\s)?(?:title|authors?|link|url|venue|date|venue\s/\syear|제목|저자|링크|날짜|标题|作者|链接|タイトル|著者)"
    r"[*_]{0,2}\s?[:：][*_]{0,2}\s*",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\[[A-Z]{2,}(?:_[A-Z]{2,}){1,4}\](?!\()|\{\{[^{}\n]{1,60}\}\}|\[(?:[Pp]aper )?(?:[Tt]itle|[Aa]uthors?)\](?!\()"
    r"|(?<![{\w])\{(?:title|authors?|(?:arxiv_|paper_)?id|date|url|link|abstract|summary|score|n|[\u3040-\u9fff\uac00-\ud7a3]{2,8})\}"
)
_PLACE = re.compile(
    r"(?:paper|논문|论文|論文)(?:\s|の)?(?:title|name|제목|标题|名称|標題|タイトル)(?:\s?(?:\d{1,2}|[A-Z]))?",
    re.IGNORECASE,
)
"""What stands in a template where a paper's title is to be written."""
_ABOUT_ITSELF = re.compile(
    r"^\W{0,3}(?:how|why|about)\b|^\W{0,3}(?:关于|關於)|について\W{0,3}$|(?:블로그|사이트|다이제스트|채널)\s?소개",
    re.IGNORECASE,
)
_ABOUT_TOOLS = re.compile(
    r"(?:开源|開源|오픈\s?소스|\bopen[\s-]source)\s?(?:项目|項目|프로젝트|projects\b)|(?:\btools?|\bapps?|도구|앱|工具|ツール|アプリ)\s?(?:\d{1,2}\s?(?:선|가지|개|選|选|个|款))?\W{0,3}$|^\W{0,3}\d{1,2}\s(?:[\w-]{1,20}\s)?tools\b",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"(?:^|[\s:：|/–—-])(?:[\w-]{0,20}\s)?(?:prompts?|프롬프트|提示词|提示詞|プロンプト)\s{0,2}(?:[(（\[].{0,60})?$",
    re.IGNORECASE,
)
_DAY_TO_COME = re.compile(r"\bY{4}[-./年\s]{0,2}M{1,2}|\bYYMMDD\b")
_EMPTY_ITEM = re.compile(r"\s*[-*+]\s+(?:\[ \]\s+)?[*_]{0,3}[^:：\s*_][^:：]{0,58}[:：][*_\s]*")
_ITEM = re.compile(r"\s*[-*+]\s+\S")
_UNKNOWN_ID = re.compile(r"arxiv\.org/(?:abs|pdf)/(?:[xX]{4}\.[xX]{4,5}|\d{4}\.00000)")
_NO_PAPERS = re.compile(
    r"(?<![a-z])no\s(?:(?:new|matching|relevant|recent|qualifying|eligible|suitable|interesting|further|additional|arxiv|research)\s){0,2}"
    r"(?:papers|preprints|submissions)\b"
    r"|(?:无|没有|暂无|未找到|未发现|没有找到)(?:新增?|[高强]?相关|符合(?:条件|要求)|匹配|值得精读|入选)?的?论文"
    r"|(?:새로운|새|신규|오늘의?|수집된|해당하는)\s?논문(?:이|은)?\s?없|논문(?:이|은)?\s?없(?:습니다|음|다)\W*$"
    r"|\b(?:unable|(?:was|am|were)(?:n't| not) able|could(?:n't| not)) (?:to )?(?:prepare|generate|produce|write) (?:today's|the|a|this)\b"
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
    """Tell whether a text has a word for papers; research alone is no paper."""
    return _HOUSING.search(text) is not None or "rxiv" in text.lower()


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


def is_guide(title: str, headings: Iterable[str]) -> bool:
    """Tell whether a title is a guide's, or one of the headings, given by their keys, a repository's or a release's."""
    named = _is_guides(title) or _VERSION.search(title) is not None
    return named or any(heading in _OF_REPOSITORIES for heading in headings)


def is_changelog(title: str) -> bool:
    """Tell whether a title is that of a program's history."""
    return _CHANGELOGS.stand_in(title)


def is_place(title: str) -> bool:
    """Tell whether a title is a place for one: `{title}`, `[Paper Title]`, `Paper title`."""
    return _PLACEHOLDER.fullmatch(title) is not None or _PLACE.fullmatch(title) is not None


def names_other_post(title: str) -> bool:
    """Tell whether a title ends as that of a model's instructions does, brackets aside, or as one of a post on tools."""
    return _PROMPT.search(title) is not None or _ABOUT_TOOLS.search(title) is not None


def explains_itself(title: str) -> bool:
    """Tell whether a title is worded as that of a page about itself: `How this digest is made`, `About`, `このサイトについて`."""
    return _ABOUT_ITSELF.search(title) is not None


def explains_use(title: str) -> bool:
    """Tell whether a title promises to say how something is used or read."""
    return _USAGE.stand_in(title)


def looks_back(title: str) -> bool:
    """Tell whether a title is of trends, statistics or a look back, not of papers one by one."""
    return _LOOKING_BACK.stand_in(title)


def names_other_posts(hint: str) -> bool:
    """Tell whether a page's title, topics or path name a kind of post that presents no papers: a quiz, a glossary, openings."""
    return _OTHER_POSTS.stand_in(hint)


def says_nothing(lines: Sequence[str]) -> bool:
    """Tell whether the lines, few as they are, have no more to say than that there is nothing."""
    if len(lines) > _FEW:
        return False
    said = [line for line in lines if line.strip() and line.strip(" -_*") != ""]
    return len(said) == 1 and _NOTHING.fullmatch(said[0][:120]) is not None


def are_steps(headings: Collection[str]) -> bool:
    """Tell whether a good part of the headings is a guide's."""
    steps = sum(map(_is_guides, headings))
    return steps >= 2 and steps * 3 >= len(headings)


def _is_guides(text: str) -> bool:
    return _GUIDES.stand_in(text) or is_changelog(text)


def are_unfilled(lines: Sequence[str]) -> bool:
    """Tell whether most items are labels alone, or a link has a place for a paper's id: `arxiv.org/abs/xxxx.xxxxx`."""
    return _are_mostly_empty(lines) or any("arxiv.org" in line and _UNKNOWN_ID.search(line[:500]) for line in lines)


def has_blanks(lines: Sequence[str]) -> bool:
    """Tell whether fields, or places for them, were left empty."""
    if are_unfilled(lines):
        return True
    blanks = sum(_BLANK_FIELD.fullmatch(line[:60]) is not None for line in lines)
    return blanks >= 2 or sum(len(_PLACEHOLDER.findall(line[:500])) for line in lines) >= 3


def _are_mostly_empty(lines: Sequence[str]) -> bool:
    """Tell whether most items of lists are labels with nothing behind or below them."""
    empty = sum(
        line.rstrip("*_ ").endswith((":", "："))
        and _EMPTY_ITEM.fullmatch(line[:80]) is not None
        and not _goes_deeper(line, below)
        for line, below in itertools.pairwise((*lines, ""))
    )
    return empty >= 5 and empty * 10 >= sum(_ITEM.match(line) is not None for line in lines) * 6


def _goes_deeper(line: str, below: str) -> bool:
    indent = len(line) - len(line.lstrip())
    return len(below) - len(below.lstrip()) > indent and below.strip() != ""


def awaits_day(title: str) -> bool:
    """Tell whether a title has a place for a day: `YYYY-MM-DD`."""
    return _DAY_TO_COME.search(title) is not None


def denies_papers(lines: Iterable[str]) -> bool:
    """Tell whether one of the lines says that there is no new paper."""
    return any(_NO_PAPERS.search(line[:_EARLY]) for line in lines)
