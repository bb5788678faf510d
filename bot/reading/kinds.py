"""What kind of post a page says it is, where that presents no papers one by one: a guide, a notice, a prompt, a look back."""

import re
from collections.abc import Collection, Iterable
from typing import Final

from bot.reading.wording import Phrases, key

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
_STEPS: Final = Phrases((*_GUIDES.latin, *_CHANGELOGS.latin), (*_GUIDES.other, *_CHANGELOGS.other))
_VERSION = re.compile(r"(?<=\s)v\d{1,3}\.\d{1,3}\.\d{1,3}\b")
_USAGE: Final = Phrases.of("how to", "사용법 읽는법 읽는방법 使い方 読み方 如何阅读 怎么读")
_LOOKING_BACK: Final = Phrases.of(
    "trend|trends|stats|statistics|month in review|year in review|retrospective",
    "통계 트렌드 동향 회고 돌아보 统计 統計 趋势 趨勢 回顾 回顧 トレンド 傾向 振り返",
)
_OTHER_POSTS: Final = Phrases.of(
    "quiz|glossary|configuration|settings|jobs|careers|faq|roadmap|trip report|editorial|minutes|meeting notes|ideas|hiatus"
    "|template|templates|rules|guidelines",
    "퀴즈 용어집 채용 참관기 설정 회의록 주간회의 아이디어 휴재 휴간 공지 템플릿 양식 규칙"
    " 用語集 クイズ 求人 参加記 議事録 休刊 お知らせ テンプレート"
    " 术语 札记 招聘 配置 問答 问答 会议纪要 会议记录 會議紀錄 周会 週會 停更 公告 模板 规则 規則",
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
_ABOUT_ITSELF = re.compile(
    r"^\W{0,3}(?:how|why|about)\b(?!.*\?)|^\W{0,3}(?:关于|關於)|について\W{0,3}$|(?:블로그|사이트|다이제스트|채널)\s?소개",
    re.IGNORECASE,
)
_ABOUT_TOOLS = re.compile(
    r"(?:开源|開源|오픈\s?소스|\bopen[\s-]source)\s?(?:项目|項目|프로젝트|projects\b)"
    r"|(?:\btools?|\bapps?|도구|앱|工具|ツール|アプリ)\s?(?:\d{1,2}\s?(?:선|가지|개|選|选|个|款))?\W{0,3}$"
    r"|^\W{0,3}\d{1,2}\s(?:[\w-]{1,20}\s)?tools\b",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"(?:^|[\s:：|/–—-])(?:[\w-]{0,20}\s)?(?:prompts?|프롬프트|提示词|提示詞|プロンプト)\s{0,2}(?:[(（\[].{0,60})?$",
    re.IGNORECASE,
)


def is_guide(title: str, headings: Iterable[str]) -> bool:
    """Tell whether a title is a guide's, or one of the headings, given by their keys, a repository's or a release's."""
    named = _is_guides(title) or _VERSION.search(title) is not None
    return named or any(heading in _OF_REPOSITORIES for heading in headings)


def is_changelog(title: str) -> bool:
    """Tell whether a title is that of a program's history."""
    return _CHANGELOGS.stand_in(title)


def is_prompt_or_tools(title: str) -> bool:
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


def are_steps(headings: Collection[str]) -> bool:
    """Tell whether a good part of the headings is a guide's."""
    steps = sum(map(_is_guides, headings))
    return steps >= 2 and steps * 3 >= len(headings)


def _is_guides(text: str) -> bool:
    return _STEPS.stand_in(text)
