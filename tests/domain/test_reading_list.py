import datetime as dt
from dataclasses import replace

import pytest

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest, DigestId, Paper
from bot.domain.reading_list import ReadingState, SavedPaper, chosen, found_in, mark, marked

DAY = dt.date(2023, 2, 28)
AT = dt.datetime(2023, 3, 1, tzinfo=dt.UTC)


def paper(ordinal: int, title: str, url: str | None = None) -> Paper:
    return Paper(ordinal, ordinal, title, url, (), ("김철수", "Ada Lovelace"), None, (), None, ordinal)


def digest(*papers: Paper, name: str = "2023-02-28-daily-digest") -> Digest:
    return Digest(DigestId(name), DAY, "Daily Digest", papers)


def saved(title: str, *, ordinal: int = 1, url: str | None = None) -> SavedPaper:
    entry = paper(ordinal, title, url)
    return SavedPaper.of(digest(entry), DigestKey(1), entry, AT)


def test_what_is_kept_is_enough_to_cite_the_paper() -> None:
    entry = saved("SpikeGPT", url="https://arxiv.org/abs/2302.13939")

    assert (entry.title, entry.url, entry.authors) == (
        "SpikeGPT",
        "https://arxiv.org/abs/2302.13939",
        ("김철수", "Ada Lovelace"),
    )
    assert (entry.date, entry.digest_id, entry.state) == (DAY, "2023-02-28-daily-digest", ReadingState.TO_READ)


def test_a_paper_is_found_after_its_digest_was_renamed() -> None:
    renamed = digest(paper(1, "SpikeGPT"), name="february/28")

    assert found_in(renamed, saved("SpikeGPT")) is renamed.papers[0]


@pytest.mark.parametrize("url", [None, "https://a.b/1"])
def test_a_paper_is_found_where_a_correction_moved_it(url: str | None) -> None:
    corrected = digest(paper(1, "Another", url and "https://a.b/2"), paper(2, "SpikeGPT", url))

    assert found_in(corrected, saved("SpikeGPT", url=url)) is corrected.papers[1]


def test_a_corrected_title_is_found_by_the_page() -> None:
    corrected = digest(paper(1, "New", "https://a.b/2"), paper(2, "SpikeGPT: right", "https://a.b/1"))

    assert found_in(corrected, saved("SpikeGTP: wrong", url="https://a.b/1")) is corrected.papers[1]


def test_a_corrected_title_without_a_page_is_found_at_its_place() -> None:
    corrected = digest(paper(1, "SpikeGPT: right"))

    assert found_in(corrected, saved("SpikeGTP: wrong")) is corrected.papers[0]


def test_a_page_added_later_does_not_hide_the_paper() -> None:
    corrected = digest(paper(1, "SpikeGPT", "https://a.b/1"))

    assert found_in(corrected, saved("SpikeGPT")) is corrected.papers[0]


def test_a_paper_that_was_taken_out_is_not_taken_for_its_successor() -> None:
    corrected = digest(paper(1, "Another", "https://a.b/2"))

    assert found_in(corrected, saved("SpikeGPT", url="https://a.b/1")) is None


def test_of_two_papers_of_one_title_the_one_at_its_place_is_meant() -> None:
    twice = digest(paper(1, "Introduction"), paper(2, "Introduction"))

    assert found_in(twice, saved("Introduction", ordinal=2)) is twice.papers[1]


def test_entries_are_chosen_by_state() -> None:
    entries = saved("a"), replace(saved("b"), state=ReadingState.READ)

    assert chosen(entries, state=ReadingState.READ) == entries[1:]
    assert chosen(entries) == entries


@pytest.mark.parametrize("text", ["언어", "모델 거대", "거대언", "MODEL", "lovel", "김철"])
def test_entries_are_chosen_by_words_of_title_and_authors_even_unfinished_ones(text: str) -> None:
    entry = saved("거대언어모델 large models")

    assert chosen([entry, replace(saved("x"), authors=())], text=text) == (entry,)


def test_a_text_of_which_one_word_is_missing_chooses_nothing() -> None:
    assert chosen([saved("spiking nets")], text="spiking vision") == ()


def test_a_mark_finds_its_paper_wherever_it_went() -> None:
    moved = digest(paper(1, "Another"), paper(2, "SpikeGPT"))

    assert marked(moved, 1, mark(paper(1, "SpikeGPT"))) is moved.papers[1]
    assert marked(moved, 2, mark(paper(1, "Gone"))) is None


def test_of_two_papers_of_one_mark_the_one_at_the_place_is_meant() -> None:
    twice = digest(paper(1, "Introduction"), paper(2, "Introduction"))

    assert marked(twice, 2, mark(paper(2, "Introduction"))) is twice.papers[1]
