import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.domain.delivery import DigestKey
from bot.domain.digest import DigestId
from bot.domain.reading_list import ReadingState, SavedPaper
from bot.export.file import Format, export
from bot.export.markdown import markdown
from bot.locales.words import words

SPIKE = SavedPaper(
    digest=DigestKey(1),
    ordinal=2,
    digest_id=DigestId("2023-02-28-daily-digest"),
    date=dt.date(2023, 2, 28),
    title="SpikeGPT: 스파이킹",
    url="https://arxiv.org/abs/2302.13939",
    authors=("Rui-Jie Zhu", "김철수"),
    saved_at=dt.datetime(2023, 3, 1, tzinfo=dt.UTC),
)
READ = replace(SPIKE, title="A [b] *c*", url=None, authors=(), state=ReadingState.READ)


def test_markdown_is_a_list_of_tasks() -> None:
    file = export([SPIKE, READ], Format.MARKDOWN, words("en"))

    assert file.name == "reading-list.md"
    assert file.content.decode() == (
        "# Reading list\n\n"
        "- [ ] [SpikeGPT: 스파이킹](<https://arxiv.org/abs/2302.13939>) — Rui-Jie Zhu, 김철수 · Tue, 28 Feb 2023\n"
        "- [x] A \\[b\\] c — Tue, 28 Feb 2023\n"
    )


def test_markdown_speaks_korean() -> None:
    assert export([SPIKE], Format.MARKDOWN, words("ko")).content.decode().startswith("# 읽기 목록\n")


def test_json_has_everything() -> None:
    file = export([SPIKE, READ], Format.JSON, words("en"))

    assert file.name == "reading-list.json"
    assert json.loads(file.content)[0] == {
        "title": "SpikeGPT: 스파이킹",
        "url": "https://arxiv.org/abs/2302.13939",
        "authors": ["Rui-Jie Zhu", "김철수"],
        "date": "2023-02-28",
        "paper": "2023-02-28-daily-digest/2",
        "state": "to_read",
        "saved_at": "2023-03-01T00:00:00+00:00",
    }


def test_bibtex_has_its_own_name() -> None:
    file = export([SPIKE], Format.BIBTEX, words("en"))

    assert file.name == "reading-list.bib"
    assert "스파이킹" in file.content.decode()


@pytest.mark.parametrize("form", Format)
def test_half_a_surrogate_pair_stops_no_export(form: Format) -> None:
    assert export([replace(SPIKE, title="a \ud83d b")], form, words("en")).content


@given(st.text(max_size=40))
def test_a_title_stays_one_link_of_one_task(title: str) -> None:
    html = MarkdownIt().render(markdown([replace(SPIKE, title=title)], words("en")))

    assert html.count("<li>") == html.count("<a ") == 1
