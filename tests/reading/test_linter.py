"""What a look at each line, and at all digests together, finds."""

import pytest

from bot.reading.finding import Code, Severity
from bot.reading.linter import across, lint
from bot.reading.parser import Reading, read

HEAD = "# Papers 2026-01-02\n\n### 1. A Title of a Paper\n"


def reading(text: str, path: str = "2026-01-02.md") -> Reading:
    return read(text.encode(), path)


def findings(text: str) -> list[str]:
    """Return what a line below the heading of a paper is told, as `line:column code`."""
    raw = (HEAD + text + "\n").encode()
    found = [*read(raw, "2026-01-02.md").findings, *lint(raw, read(raw, "2026-01-02.md"))]
    return [f"{one.line}:{one.column} {one.code}" for one in sorted(found) if one.code is not Code.NO_LINK]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("- a sentence", []),
        ("- **bold** and **more**", []),
        ("- **bold", ["4:3 D016"]),
        ("- **한글(abc)**는 끝나지 않습니다", ["4:3 D016"]),
        ("- 그는 말**(조금)** 했다", ["4:7 D016"]),
        ("- ** spaces ** inside", ["4:3 D016"]),
        ("- **fine.** Then", []),
        ("- `**code` is code", []),
        ("- ***both***", []),
        ("- [https://a.example](https://b.example)", ["4:3 D017"]),
        ("- [www.a.example/x](https://b.example)", ["4:3 D017"]),
        ("- [https://a.example/x](https://a.example/y)", []),
        ("- [https://arxiv.org/abs/2601.00001](https://www.arxiv.org/abs/2601.00001)", []),
        ("- [arXiv.org](https://b.example/abs/2601.00001)", ["4:3 D017"]),
        ("- [arXiv.org](https://export.arxiv.org/abs/2601.00001)", []),
        ("- [Character.AI](https://b.example) and [setup.py](https://b.example/setup.py)", []),
        ("- hello @everyone", ["4:9 D018"]),
        ("- hello @here and <@123>", ["4:9 D018"]),
        ("- mail me@example.org and @ak92501", []),
        ("- ends with a space ", ["4:20 D022"]),
        ("- a hard break  \n  goes on", []),
        ("- https://arxiv.org/pdf/unknown.pdf", ["4:1 D025"]),
        ("```\n**open [https://a.example](https://b.example) @everyone \n```", []),
        ("```\nnever closed", ["4:1 D023"]),
        ("- text\n\n###2. Cramped Heading of a Paper\n- text", ["6:1 D024"]),
        ("- a\n\n### 3. Third Paper of Three\n- b", ["6:1 D003"]),
        ("- a\n\n### 1. Same Number Once More\n- b", ["6:1 D004"]),
        ("- a\n\n### 2. Paper without Any Text", ["6:1 D005"]),
        ("", ["3:1 D005"]),
        ("- " + "word " * 900 + "end", ["3:1 D015"]),
        ("- " + "word " * 1300 + "end", ["3:1 D015"]),
    ],
)
def test_each_finding_has_its_code_and_its_place(line: str, found: list[str]) -> None:
    assert findings(line) == found


def test_a_gap_says_which_numbers_are_missing() -> None:
    text = "".join(f"### {n}. Paper Number {n}\n- text\n\n" for n in (1, 2, 5))

    (gap,) = [finding for finding in reading(text).findings if finding.code is Code.NUMBER_GAP]

    assert gap.message == "number gap: 3, 4 are missing"
    assert "--fix" in gap.remedy


def test_numbers_that_start_anew_in_a_section_are_right() -> None:
    text = "".join(f"## Topic {t}\n\n### 1. Paper One of {t}\n- a\n\n### 2. Paper Two of {t}\n- b\n\n" for t in "AB")

    assert {finding.code for finding in reading(text).findings} == {Code.NO_LINK}


def test_that_no_paper_has_a_link_is_said_once() -> None:
    text = "".join(f"### {n}. Paper Number {n}\n- text\n\n" for n in (1, 2, 3))

    (found,) = reading(text).findings

    assert (found.code, found.severity, found.line) == (Code.NO_LINK, Severity.INFO, 1)


def test_a_title_over_discords_limit_is_told() -> None:
    raw = f"### 1. {'Long ' * 60}\n- text\n".encode()

    assert [f.code for f in lint(raw, read(raw, "2026-01-02.md"))] == [Code.TRAILING_SPACE, Code.TOO_LONG]


def test_a_paper_of_an_earlier_digest_is_told_by_its_link_or_its_title() -> None:
    old = reading(
        "### 1. One Title of It\n- https://arxiv.org/abs/2601.00001\n\n### 2. Second of Them\n- x\n", "2026-01-02.md"
    )
    new = reading(
        "### 1. Another Title\n- https://arxiv.org/abs/2601.00001v2\n\n### 2. second of them!\n- x\n", "2026-01-03.md"
    )

    found = across({"new": new, "old": old})

    assert [(one.code, one.line) for one in found["new"]] == [(Code.SEEN_EARLIER, 1), (Code.SEEN_EARLIER, 4)]
    assert "old" in found["new"][0].message
    assert "old" not in found


def test_two_digests_of_one_day_are_told_once() -> None:
    found = across({"a": reading(HEAD + "- x\n"), "b": reading(HEAD.replace("A Title", "B Title") + "- x\n")})

    assert {name: [one.code for one in told] for name, told in found.items()} == {"b": [Code.SAME_DATE]}


def test_codes_are_stable_and_differ() -> None:
    assert [code.value for code in Code] == [f"D{n:03}" for n in range(1, 29) if n != 27]
    assert Code.NUMBER_GAP.value == "D003"
