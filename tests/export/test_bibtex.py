"""What is written here is read by a parser that shares no code with the writer."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from pybtex.database import BibliographyData, parse_string
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from bot.domain.delivery import DigestKey
from bot.domain.digest import DigestId
from bot.domain.reading_list import ReadingState, SavedPaper
from bot.domain.text import composed
from bot.export.bibtex import _CONTROL, bibtex, latex
from bot.rendering.inline import plain

SPIKE = SavedPaper(
    digest=DigestKey(1),
    ordinal=2,
    digest_id=DigestId("2023-02-28-daily-digest"),
    date=dt.date(2023, 2, 28),
    title="SpikeGPT: 스파이킹 언어 모델",
    url="https://arxiv.org/abs/2302.13939",
    authors=("Rui-Jie Zhu", "김철수"),
    saved_at=dt.datetime(2023, 3, 1, tzinfo=dt.UTC),
)
TRICKY = st.text(
    alphabet=st.one_of(st.sampled_from("\\{}$&%#_~^\"'@,=()<> 가나한글éßabz09.:-?!"), st.characters()), max_size=40
)

LIGATURES = ("--", "''", "``", "?`", "!`", "<<", ">>", ",,")
"""What LaTeX itself sets as another character."""


def read(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def shown(source: str) -> str:
    """What LaTeX sets for this source."""
    macros = get_default_latex_context_db()
    ours = {
        "textbraceleft": "{",
        "textbraceright": "}",
        "textasciicircum": "^",
    }  # two are unknown to it, one is another ^
    macros.add_context_category(
        "ours", prepend=True, macros=[MacroTextSpec(name, simplify_repl=sign) for name, sign in ours.items()]
    )
    return str(LatexNodes2Text(latex_context=macros, math_mode="verbatim").latex_to_text(source))


def test_a_paper_becomes_an_entry() -> None:
    assert bibtex([SPIKE]) == (
        "@misc{spikegpt-2023-02-28-2,\n"
        "\ttitle = {{SpikeGPT: 스파이킹 언어 모델}},\n"
        "\tauthor = {Rui-Jie Zhu and 김철수},\n"
        "\tyear = {2023},\n"
        "\teprint = {2302.13939},\n"
        "\tarchiveprefix = {arXiv},\n"
        "\turl = {https://arxiv.org/abs/2302.13939},\n"
        "\tnote = {From the digest of 2023-02-28},\n"
        "\tkeywords = {to read}\n"
        "}\n"
    )


def test_a_paper_of_which_little_is_known_has_few_fields() -> None:
    [entry] = read(bibtex([replace(SPIKE, url=None, authors=(), state=ReadingState.READ)])).entries.values()

    assert dict(entry.fields) == {
        "title": "{SpikeGPT: 스파이킹 언어 모델}",
        "note": "From the digest of 2023-02-28",
        "keywords": "read",
    }
    assert not entry.persons


def test_papers_of_one_name_have_keys_of_their_own() -> None:
    entries = read(bibtex([SPIKE, replace(SPIKE, digest=DigestKey(9)), replace(SPIKE, title="한국어")])).entries

    assert list(entries) == ["spikegpt-2023-02-28-2", "spikegpt-2023-02-28-2-again2", "paper-2023-02-28-2"]


@pytest.mark.parametrize(
    ("authors", "names"),
    [
        (("Ada Lovelace", "Kim, Chul-Soo"), ["Lovelace, Ada", "Kim, Chul-Soo"]),
        (("Ada Lovelace et al.",), ["Lovelace, Ada", "others"]),
        (("Research and Development Team",), ["{Research and Development Team}"]),
        (("A, B, C, D",), ["{A, B, C, D}"]),
        (("김철수, et al",), ["김철수", "others"]),
    ],
)
def test_authors_are_as_many_as_they_were(authors: tuple[str, ...], names: list[str]) -> None:
    [entry] = read(bibtex([replace(SPIKE, authors=authors)])).entries.values()

    assert [str(person) for person in entry.persons["author"]] == names


@pytest.mark.parametrize(
    ("url", "year"),
    [
        ("https://arxiv.org/abs/2302.13939v2", "2023"),
        ("https://arxiv.org/abs/cs.CL/9912001", "1999"),
        ("https://arxiv.org/abs/math/0501001", "2005"),
    ],
)
def test_the_year_is_that_of_the_arxiv_number(url: str, year: str) -> None:
    [entry] = read(bibtex([replace(SPIKE, url=url)])).entries.values()

    assert entry.fields["year"] == year


@pytest.mark.parametrize("title", [r"$O(n^2)$ attention", r"A $\mathcal{L}_1$ loss", r"$x$ & $y$"])
def test_mathematics_stays_mathematics(title: str) -> None:
    assert latex(title) == title.replace("&", r"\&")


@pytest.mark.parametrize("title", ["$5 and $6", "costs $", r"$\frac{1$ {2}", "$100% of $x", "a$b$c"])
def test_dollars_that_are_no_mathematics_are_escaped(title: str) -> None:
    assert shown(latex(title)) == title


def test_an_address_with_braces_keeps_the_file_whole() -> None:
    [entry] = read(bibtex([replace(SPIKE, url="https://a.b/{x?q=%20_&z#}")])).entries.values()

    assert entry.fields["url"] == "https://a.b/%7Bx?q=%20_&z#%7D"


def test_an_empty_list_is_an_empty_file() -> None:
    assert bibtex([]) == ""


@given(TRICKY)
def test_a_title_survives_the_way_through_another_parser(title: str) -> None:
    assume(not any(pair in title for pair in LIGATURES))
    visible = plain(title)
    entry = replace(SPIKE, title=title)

    [found] = read(bibtex([entry])).entries.values()

    assert shown(found.fields["title"]) == " ".join(_CONTROL.sub(" ", composed(visible)).split())


@given(st.lists(TRICKY, max_size=3))
def test_no_author_breaks_the_file(authors: list[str]) -> None:
    found = read(bibtex([replace(SPIKE, authors=tuple(authors)), SPIKE]))

    assert len(found.entries) == 2
