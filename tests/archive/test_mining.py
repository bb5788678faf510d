"""What papers teach about words."""

from collections import Counter

import pytest

from bot.archive.companions import Terms, companions, heard, korean_terms, latin_terms
from bot.archive.mining import Source, study
from bot.archive.parentheses import chosen, explained, spelled_out
from bot.archive.seed import seed


def test_a_term_is_what_stands_before_its_explanation_most_often() -> None:
    lines = [
        "우리는 강화 학습(reinforcement learning)을 쓴다",
        "심층 강화 학습 (reinforcement learning)",
        "강화 학습(reinforcement learning)",
    ]

    korean, _ = explained(lines)

    assert list(chosen(korean, {"강화학습": 5, "학습": 900})) == [("reinforcement learning", "강화 학습")]


@pytest.mark.parametrize("line", ["knowledge graphs(지식 그래프)", "지식 그래프 (knowledge graph, kg)"])
def test_explanations_go_either_way(line: str) -> None:
    korean, _ = explained([line, line])

    assert ("knowledge graph", "지식 그래프") in set(chosen(korean, {}))


def test_what_is_explained_once_or_hardly_ever_is_none() -> None:
    korean, _ = explained(["모델(vlm)", "모델(vlm)", "강화(rl)"])

    assert list(chosen(korean, {"모델": 5000})) == []


@pytest.mark.parametrize(
    "line", ["large language models (llms)", "llm (large language model)", "a large-language model (llm)"]
)
def test_abbreviations_are_spelled_out(line: str) -> None:
    _, long_forms = explained([line, line])

    assert list(spelled_out(long_forms)) == [("llm", "large language model")]


def test_parentheses_that_explain_nothing_abbreviate_nothing() -> None:
    _, long_forms = explained(["results are good (see below)", "results are good (see below)"])

    assert list(spelled_out(long_forms)) == []


def _paper(title: str, body: str) -> Terms:
    return Terms(latin_terms(title.split()), korean_terms(body.split()))


def test_words_that_keep_company_are_a_pair() -> None:
    together = [_paper("graph pruning", "가지치기")] * 4
    apart = [_paper("image editing", "사진 편집")] * 30

    found = {(term, other) for term, other, _ in companions(together + apart)}

    assert ("pruning", "가지치기") in found
    assert ("pruning", "편집") not in found


def test_a_word_in_every_paper_keeps_nobody_company() -> None:
    papers = [_paper(f"model thing{number % 7}", f"모델 물건{number % 7}") for number in range(40)]

    assert not [pair for pair in companions(papers) if "모델" in pair[1].split() and pair[0] == "model"]


def test_words_that_sound_alike_need_little_company() -> None:
    papers = [_paper("medical images", "메디컬 영상")] * 2 + [_paper("robot arms", "로봇 팔")] * 40

    assert ("메디컬", "medical") in set(heard(papers))


def test_function_words_are_no_terms() -> None:
    assert latin_terms(["attention", "is", "all", "you", "need"]) == {"attention", "need"}
    assert latin_terms(["graph", "neural", "network"]) >= {"graph neural", "neural network"}


def test_every_seed_pairs_korean_with_english() -> None:
    pairs = list(seed())

    assert len(pairs) > 200
    assert all(
        "가" <= korean[0] <= "힣" and latin.isascii() and latin == latin.lower().strip() for korean, latin in pairs
    )
    assert max(Counter(pairs).values()) == 1


def test_a_lesson_knows_vocabulary_and_glossary_both_ways() -> None:
    lines = ("지식 증류(knowledge distillation)를 씁니다", "지식 증류는 좋습니다", "지식 증류를")

    lesson = study([Source("Distill", lines)] * 3)

    assert lesson.papers["지식증류"] == 3
    assert lesson.glossary["지식증류", "knowledge distillation"] == 1.0
    assert lesson.glossary["knowledge distillation", "지식 증류"] == 1.0


def test_words_that_meet_by_chance_stand_lower_than_terms() -> None:
    papers = [Source("", (f"깊은 사고를 다룬 연구{number}",)) for number in range(9)]
    papers += [Source("", ("깊은 물",))] * 30 + [Source("", ("좋은 사고",))] * 30

    lesson = study(papers)

    assert lesson.standing["깊은사고"] < lesson.papers["깊은사고"]
