"""Names of parts of a digest, which are never the title of a paper."""

import re
from typing import Final

from bot.reading.numerals import COUNTED
from bot.reading.text import plain

_ENGLISH: Final = """
abstract summary summaries overview contents toc references reference sources source statistics stats keywords keyword
highlights highlight conclusion conclusions sparks ideas about trends trend insights insight outlook takeaways
takeaway introduction intro background method methods methodology results result experiments experiment limitations
contributions contribution motivation discussion acknowledgements links resources notes appendix footer disclaimer
tldr tl dr metadata meta faq glossary index recommendations recommendation reading analysis subscribe feedback news
updates changelog thoughts closing remarks categories category tags authors author citation citations bibtex code datasets
dataset distribution
selection criteria metrics settings schedule calendar setup configuration upcoming desk misc miscellaneous
"""
_FILLING: Final = """
today todays s daily weekly the of a an and in for this key top main research paper papers my our by list table idea
executive quick at glance on more other further additional full overall day week next steps final general brief short
section arxiv related deep core cross technical important emerging common themes theme topic topics data report digest
suggested future work comparative
"""
_PHRASES: Final = """
table of contents|all quiet today|no papers today|no papers|no new papers|there is no result|deep dive|deep dives
at a glance|honorable mentions|one line summary|selected papers|top papers|paper list|papers|todays papers|numbers
todays numbers|by the numbers|featured papers|what this means|how it works|how this works|why it matters
"""
_EAST_ASIAN: Final = """
돌아보기 시도할 숫자로 계획
잘한점 아쉬운점 목표 한줄 개요 요약 통계 트렌드 목차 마무리 결론 초록 방법론 키워드 참고문헌 참고자료 참고링크 하이라이트
총평 동향 시사점 인사이트 한줄평 들어가며 마치며 서론 머리말 맺음말 핵심내용 주요내용 주요기여 기여 한계 실험결과 연구배경 배경
방법 결과 의의 예고 설정 논문수 뉴스 소식 소개 출처 생각 느낀점 감상 후기 정리 점검 체크리스트 아이디어 링크 분류
선정기준 今日概览 今日概況 概览 概況 概要 统计 統計 目录 目錄 目次 总结 總結 自检 趋势 趨勢 结论 結論 摘要 关键词
參考文献 参考文献 参考 亮点 方法 实验 背景 贡献 局限 核心结论 导读 前言 速览 后记 点评 小结 展望 观察 洞察 建议 附录
まとめ その他 おわりに はじめに 傾向 キーワード 所感 感想 ニュース 新闻 新聞 资讯 設定 设置 基本情報 基本信息 기본정보 项目 項目 信号
数据源 数据来源 来源 说明 說明 备注 備考 補足 データソース 情報源 데이터소스 비고 일정 日程 スケジュール
"""
_BESIDE: Final = """
다음주 다음 인기 상위 이번달 예고 내일의 내일 일일 카테고리별 분야별 기타 다른 관련된 오늘의 오늘 금일 이번주 주간 일일
전체 주요 핵심 논문별 논문 연구 간단 최종 및 와 과 의 한줄 세줄 3줄 발행전 한눈에 보는 추천 관련 최신 개별 데이터 종합 선 편 것 보기
기술 전반 내용 사항 今日 本日 本周 本期 本轮 每日 日报 全文 论文 論文 核心 主要 整体 总体 一句话 研究 发布前 发表前 与 和 及 的
の 关键 重点 技术 分析 方向 最新 今後 行动 行動 下一步 结果 結果 个 要点 一覧 图表 数据 分布 热点 整理 分类 热门 详细 特点 一览表 trending
"""
_WORDS: Final = frozenset(_ENGLISH.split())
_FILLERS: Final = frozenset(_FILLING.split())
_WHOLE: Final = frozenset(_PHRASES.strip().replace("\n", "|").split("|"))


def _any_of(terms: str) -> re.Pattern[str]:
    return re.compile("|".join(sorted(terms.split(), key=len, reverse=True)))


_TERM: Final = _any_of(_EAST_ASIAN)
_FILLER: Final = _any_of(_BESIDE)
_PAPERS: Final = _any_of("논문 论文 論文")
_LATIN_BEHIND = re.compile(r"(?<=[^\x00-\x7f])\s{0,2}\([A-Za-z ]{1,20}\)$")
_JUNK = re.compile(r"[\W_]+")


def is_stop(title: str) -> bool:
    """Tell whether a heading names a part of the digest or of a paper.

    English: every word is such a name or a filler, with one name at least. Chinese, Japanese, Korean: nothing but fillers stands beside
    such a name. A long title is never taken for one.
    """
    if len(title) > 60:
        return False
    folded = _LATIN_BEHIND.sub("", COUNTED.sub("", plain(title))).casefold().replace("'", "").replace("’", "")
    words = [word for word in _JUNK.split(folded) if word and not word.isdecimal()]
    compact = "".join(words)
    if compact.isascii():
        return _is_english_stop(words)
    if len(compact) > 16 or (_TERM.search(compact) is None and _PAPERS.search(compact) is None):
        return False
    return not _FILLER.sub("", _TERM.sub("", compact)).strip("0123456789")


def _is_english_stop(words: list[str]) -> bool:
    if " ".join(words) in _WHOLE:
        return True
    return any(word in _WORDS for word in words) and all(word in _WORDS or word in _FILLERS for word in words)
