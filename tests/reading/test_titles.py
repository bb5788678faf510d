"""What a heading, an item or a cell calls a paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.titles import MAX_SOURCE, title_of
from bot.reading.wording import key

PLAIN = "Counting Sheep in the Dark"


@pytest.mark.parametrize(
    ("source", "number"),
    [
        ("1. {}", 1),
        ("1.{}", 1),
        ("1\\. {}", 1),
        ("2) {}", 2),
        ("[3] {}", 3),
        ("【3】{}", 3),
        ("[3] [{}](https://a.example)", 3),
        ("4️⃣ {}", 4),
        ("🔟 {}", 10),
        ("⑤ {}", 5),
        ("#6 {}", 6),
        ("７．{}", 7),
        ("8、{}", 8),
        ("Paper 9: {}", 9),
        ("논문 9. {}", 9),
        ("论文 9：{}", 9),
        ("第9篇：{}", 9),
        ("No.9 {}", 9),
        ("9本目：{}", 9),
        ("📄 10. {}", 10),
        ("**11. {}**", 11),
        ("[new 012] {}", 12),
        ("100000000000000000000. {}", 10**20),
    ],
)
def test_the_number_is_taken_off(source: str, number: int) -> None:
    title = title_of(source.format(PLAIN))

    assert (title.number, title.text) == (number, PLAIN)


@pytest.mark.parametrize(
    "source",
    [
        "{}",
        "**{}**",
        "*{}*",
        "`{}`",
        "[{}](https://a.example/x_(y))",
        "**[{}](https://a.example)**",
        "[**{}**](https://a.example)",
        "《{}》",
        "**《{}》**",
        "《{}",
        "Title: {}",
        "**Title**: {}",
        "**Title:** {}",
        "标题：{}",
        "📄 [{}](https://a.example)  `9/10`",
        "{} (8/10)",
        "{} ⭐⭐⭐",
        "{} - 👍 19",
        "{} (cs.CL)",
        "{} — *cs.LG*",
        "{} `NEW`",
        "{} ([arXiv](https://a.example))",
        "{} [[pdf](https://a.example)] [[code](https://b.example)]",
        "{} (Read more on [arXiv](https://a.example) or [HuggingFace](https://b.example))",
        "**{}** (CVPR 2019)",
        "[2601.01234] {}",
        "2601.01234: {}",
        "[2601.01234](https://arxiv.org/abs/2601.01234) {}",
        "**[2601.01234](https://arxiv.org/abs/2601.01234)** {}",
        "[pdf](https://a.example) {}",
        "`2601.01234` {}",
        "[![Star](https://a.example/x.svg)](https://b.example) **{}**",
        '<a id="one"></a>{}',
        "{} [Back](#toc)",
        "{} (Ann Lee et al., 2026)",
        "{} (2601.01234, v4 Feb 2026)",
        "{} (from physics.ins-det)",
        "{} (from hep-ph, replaced)",
        "{} `Robotics`",
        "[{}]",
        "[[2601.01234|{}]]",
        "{} (김하나 외)",
        "[Lee et al.] {}",
        "・**{}**",
        "{} {{#anchor}}",
        "\u200b{}\u200b",
        "  {}  ",
    ],
)
def test_decoration_is_taken_off(source: str) -> None:
    assert title_of(source.format(PLAIN)).text == PLAIN


@pytest.mark.parametrize(
    "source",
    [
        "DuoAD: Leveraging [CLS] Dual Tokens",
        "$E^3$-Pruner: Pruning in $n_{i}$ Steps",
        "Training with <1 GB VRAM",
        '"Are We There Yet?" Asked of Benchmarks',
        "A Sentence | A Site with a Name",
        "~RTL: A Language",
        "A* Search is Not Dead Yet",
        "3D Scene Graphs",
        "1-bit Models",
        "C++ for Agents",
        "Attention (Is) All You Need",
        "Learning Rate Warmup is All You Need?",
        "LLM 에이전트의 메모리 계층 (Memory Hierarchies)",
        "2024: A Retrospective",
        "2.5 Years in Class",
        "No Free Lunch for Agents",
        "2024-12-31 Was Not a Sunday",
        "#語音 without a number",
        "What [MASK] Hides",
        "Reasoning in the Year 2023, 2024 and Beyond",
    ],
)
def test_what_belongs_to_a_title_stays(source: str) -> None:
    assert title_of(source).text == source


@pytest.mark.parametrize(
    "source",
    [
        "**{}** — it counts sheep",
        "**{} [6]:** it counts sheep",
        "**{} [9, 30]**: it counts sheep",
        "arXiv 2023.10, {}, [OpenReview](https://a.example)",
        "ICML 2023 oral, {}, [arXiv](https://a.example)",
        "1월 6일, {}，[https://a.example/1](https://a.example/1)",
        "[{}](https://a.example) by Ann Lee",
        "**{}**: it counts sheep; a lot of them.",
        "{} — it counts sheep",
        "{} - it counts sheep",
        "{}, https://arxiv.org/abs/2601.00001",
        "{} <https://arxiv.org/abs/2601.00001>",
        "{} (2601.00001) - it counts",
        "(2026-07-12) **{}** [paper](https://a.example)",
        "{}. *Ann Lee, Bo Kim*. [[pdf](https://a.example)]",
        "{}: 잠들기 전에 양을 센다. [링크](https://a.example)",
        '"{}" by Ann Lee et al. — https://a.example',
        "『{}』 (Lee, 2026)",
        "Ann Lee, Bo Kim, “{},” arXiv:2601.00001, 2026.",
        "**{}.** Ann Lee, Bo Kim.",
        "**Lee et al.** [{}](https://a.example). It counts sheep.",
    ],
)
def test_an_item_opens_with_its_title(source: str) -> None:
    assert title_of(source.format(PLAIN), opening=True).text == PLAIN


@pytest.mark.parametrize(
    "source",
    [
        '"Why Should I Trust You?": Explaining Any Classifier',
        "Sheep, Dreams, and “Electric” Benchmarks",
        "Counting Sheep: A Study",
        "한국어 모델의 평가: 무엇이 어려운가",
    ],
)
def test_quotes_colons_and_commas_of_a_title_stay(source: str) -> None:
    assert title_of(source, opening=True).text == source


def test_what_is_said_of_a_paper_keeps_its_order() -> None:
    title = title_of(f"{PLAIN}: 양을 센다. [[pdf](https://a.example)] [[code](https://b.example)]", opening=True)

    assert title.extra == "양을 센다. [[pdf](https://a.example)] [[code](https://b.example)]"


def test_emphasis_inside_goes_and_formulas_stay() -> None:
    assert (
        title_of("1. Why **bold** and _thin_ `code` differ in $x_1 * y_2$").text
        == "Why bold and thin code differ in $x_1 * y_2$"
    )


def test_a_label_alone_says_that_the_title_stands_elsewhere() -> None:
    assert title_of("Title:").label_only
    assert not title_of("Title: Something").label_only


def test_two_spellings_have_one_key() -> None:
    assert key("Counting  Sheep — in the dark!") == key("counting sheep in the Dark")


@given(st.text(max_size=3000), st.booleans())
def test_any_text_has_a_title_of_one_line(text: str, opening: bool) -> None:
    title = title_of(text, opening=opening)

    assert "\n" not in title.text
    assert len(title.text) <= MAX_SOURCE


@pytest.mark.parametrize(
    "piece", ["[a", "[a](", "(", ")", "*a_", "**a ", "<a ", "<!-- ", "{:", "(8/10) ", "😀 1. ", " -", "`", "$a"]
)
def test_repetition_ends(piece: str) -> None:
    repeated = piece * 700

    assert isinstance(title_of(repeated, opening=True).text, str)
