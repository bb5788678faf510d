"""Links as they stand in Markdown, and where they lead."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import links

ABS = "https://arxiv.org/abs/2303.12345"


@pytest.mark.parametrize(
    "text",
    [
        ABS,
        "http://arxiv.org/abs/2303.12345v2",
        "https://www.arxiv.org/pdf/2303.12345v1.pdf",
        "https://arxiv.org/html/2303.12345",
        "https://export.arxiv.org/abs/2303.12345",
        "https://ar5iv.labs.arxiv.org/html/2303.12345",
        "https://doi.org/10.48550/arXiv.2303.12345",
        "arXiv:2303.12345",
        "**arXiv**: 2303.12345v3",
        "arXiv ID | 2303.12345",
        "arXiv：https://arxiv.org/abs/2303.12345",
        "arxiv.org/abs/2303.12345",
        "[2303.12345](https://arxiv.org/abs/2303.12345)",
        "<https://arxiv.org/abs/2303.12345>",
        '<a href="https://arxiv.org/abs/2303.12345">x</a>',
        "(https://arxiv.org/abs/2303.12345).",
        "A Title (2303.12345) - about it",
        "| 2303.12345 | note |",
        "A Title (2303.12345, v4 Feb 2026)",
        "[A Title](papers/2303.12345-a-title.md)",
        "[A Title](./2023/2303.12345v2.pdf)",
    ],
)
def test_every_way_to_name_an_arxiv_paper_is_one_link(text: str) -> None:
    assert links.find(text) == (ABS,)


def test_old_arxiv_ids_are_ids() -> None:
    assert links.find("https://arxiv.org/pdf/hep-ex/9901001v2") == ("https://arxiv.org/abs/hep-ex/9901001",)


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("https://github.com/ridgerchu/SpikeGPT 에서 확인", "https://github.com/ridgerchu/SpikeGPT"),
        ("https://github.com/ridgerchu/SpikeGPT에서 확인", "https://github.com/ridgerchu/SpikeGPT"),
        ("https://github.com/a/bをご覧ください", "https://github.com/a/b"),
        ("见https://github.com/a/b。", "https://github.com/a/b"),
        ("「https://a.example/x」", "https://a.example/x"),
        ("**https://a.example/x**", "https://a.example/x"),
        ("https://a.example/x), and", "https://a.example/x"),
        (
            "https://en.wikipedia.org/wiki/Bracket_(disambiguation)",
            "https://en.wikipedia.org/wiki/Bracket_(disambiguation)",
        ),
        ("[a](https://a.example/x_(y))", "https://a.example/x_(y)"),
        ('[a](https://a.example/x "title")', "https://a.example/x"),
        ("https://a.example/x?q=1&r=2#top!", "https://a.example/x?q=1&r=2#top"),
        ("https://example.org/한글/경로 는", "https://example.org/한글/경로"),
    ],
)
def test_a_link_ends_where_the_sentence_goes_on(text: str, link: str) -> None:
    assert links.find(text) == (link,)


@pytest.mark.parametrize(
    "text",
    [
        "https://arxiv.org/pdf/unknown.pdf",
        "https://arxiv.org/abs/",
        "![image](https://a.example/x.png)",
        "[a](javascript:alert(1))",
        "[a](#top)",
        "https://",
        "http://[broken",
        "the value (1234.56) and 2315.12345",
        "",
    ],
)
def test_what_leads_nowhere_is_no_link(text: str) -> None:
    assert links.find(text) == ()


def test_links_keep_their_order_and_stand_once() -> None:
    text = "[pdf](https://arxiv.org/pdf/2303.12345) https://b.example [abs](https://arxiv.org/abs/2303.12345v1) https://a.example"

    assert links.find(text) == (ABS, "https://b.example", "https://a.example")


def test_reference_links_lead_where_they_are_defined() -> None:
    definitions = links.definitions_of(
        ["text", "[one]: https://arxiv.org/abs/2303.12345 'title'", "[^2]: https://b.example"]
    )

    assert links.find("see [the paper][One] and [one] and this[^2]", definitions) == (ABS, "https://b.example")


def test_a_paper_is_told_from_its_code() -> None:
    assert all(
        map(links.is_paper, [ABS, "https://openreview.net/forum?id=x", "https://huggingface.co/papers/2303.12345"])
    )
    assert not any(
        map(links.is_paper, ["https://github.com/a/b", "https://arxiv.org/list/cs.CL/new", "https://a.example"])
    )
    assert links.is_repository("https://github.com/a/b")


def test_images_are_found_in_both_languages() -> None:
    text = '![alt](https://a.example/1.png) <img width="3" src="https://a.example/2.png"> ![here](local.png)'

    assert links.images(text) == ("https://a.example/1.png", "https://a.example/2.png")


@given(st.text(max_size=400))
def test_any_text_has_links_that_start_as_links_do(text: str) -> None:
    assert all(link.startswith(("http://", "https://")) or "://" in link.lower() for link in links.find(text))


@given(
    st.from_regex(r"https://[a-z]{1,9}\.example/[a-z0-9]{0,9}", fullmatch=True),
    st.sampled_from(["은", "에서", "。", ")", ".", "**"]),
)
def test_an_address_is_found_whole_whatever_follows(address: str, after: str) -> None:
    assert links.find(f"text {address}{after} text") == (address,)
