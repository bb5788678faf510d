"""The order of candidates."""

from bot.archive.ranking import Needle, Straw, rank

MODEL = [[Needle(("모델",), 1.0)]]


def _straws(*texts: tuple[str, str]) -> list[Straw]:
    return [Straw(row, f" {title} ", f" {body} ") for row, (title, body) in enumerate(texts, 1)]


def _order(straws: list[Straw], search: list[list[list[Needle]]], beginning: str = "") -> list[int]:
    return [row for row, _ in rank(straws, search, beginning)]


def test_what_is_in_the_title_counts_more() -> None:
    straws = _straws(("제목", "모델 모델 글"), ("모델", "글 글 글"))

    assert _order(straws, [MODEL]) == [2, 1]


def test_a_paper_without_any_of_it_is_left_out() -> None:
    assert _order(_straws(("제목", "글"), ("제목", "모델")), [MODEL]) == [2]


def test_a_joined_needle_is_found_across_spaces() -> None:
    straws = _straws(("a", "언어 모델"), ("b", "언어모델"), ("c", "언어 큰 모델"))

    assert sorted(_order(straws, [[[Needle(("언어모델",), 1.0, joined=True)]]])) == [1, 2]


def test_a_latin_needle_is_a_whole_word() -> None:
    straws = _straws(("a", "rag"), ("b", "fragment"))

    assert _order(straws, [[[Needle((" rag ",), 1.0)]]]) == [1]


def test_of_several_readings_the_best_counts_and_the_others_a_little() -> None:
    readings = [[Needle(("환각",), 1.0)], [Needle((" hallucination",), 1.0)]]
    straws = _straws(("a", "환각 xxxxxxxxxxxxx"), ("b", "xx hallucination"), ("c", "환각 hallucination"))

    scores = dict(rank(straws, [readings]))

    assert scores[1] < scores[3] < scores[1] + scores[2]


def test_a_title_that_begins_like_the_query_comes_first() -> None:
    straws = _straws(("about spikegpt", "spikegpt spikegpt"), ("spikegpt and more", "x"))

    assert _order(straws, [[[Needle((" spikegpt",), 1.0)]]], " spikegpt")[0] == 2


def test_newer_rows_win_a_draw() -> None:
    assert _order(_straws(("모델", "글"), ("모델", "글")), [MODEL]) == [2, 1]


def test_nothing_to_rank_is_nothing_found() -> None:
    assert rank([], [MODEL]) == []
    assert rank(_straws(("", "")), [MODEL]) == []
