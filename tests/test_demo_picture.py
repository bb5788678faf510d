"""Pictures lose what is empty and nothing else, and what is missing on this machine is said."""

import sys
from pathlib import Path

import pytest
from PIL import Image

from bot.demo_picture import MARGIN, cut_blank, draw, find_browser, font_advice
from bot.errors import StartupError


def program(folder: Path, name: str, body: str) -> str:
    """Write a program and return the folder as a search path."""
    (folder / name).write_text(f"#!{sys.executable}\n{body}\n", encoding="utf8")
    (folder / name).chmod(0o755)
    return str(folder)


def striped(path: Path, rows: list[int]) -> None:
    """Write a picture whose rows have these shades."""
    image = Image.new("L", (8, len(rows)))
    image.putdata([shade for shade in rows for _ in range(8)])
    image.save(path)


def shades(path: Path) -> list[int]:
    """Return the shade of each row."""
    with Image.open(path) as image:
        grey = image.convert("L")
        return [grey.getpixel((0, row)) for row in range(grey.height)]  # type: ignore[misc]  # a grey pixel is a number


def test_the_longest_empty_stretch_is_cut_down_to_a_margin(tmp_path: Path) -> None:
    striped(tmp_path / "a.png", [1, 2, 3, *[9] * 500, 4, *[9] * 40, 5])

    cut_blank(tmp_path / "a.png")

    assert shades(tmp_path / "a.png") == [1, 2, 3, *[9] * MARGIN, 4, *[9] * 40, 5]


def test_a_full_picture_stays_as_it_is(tmp_path: Path) -> None:
    rows = list(range(100))
    striped(tmp_path / "a.png", rows)

    cut_blank(tmp_path / "a.png")

    assert shades(tmp_path / "a.png") == rows


@pytest.mark.parametrize(
    ("families", "advised"), [("print('Noto Sans CJK KR')", False), ("", True)], ids=["with Hangul", "without"]
)
async def test_fonts_are_advised_where_none_has_hangul(tmp_path: Path, families: str, advised: bool) -> None:
    advice = await font_advice(program(tmp_path, "fc-list", families))

    assert (advice is not None) is advised


async def test_without_fontconfig_nothing_is_known_and_nothing_advised(tmp_path: Path) -> None:
    assert await font_advice(str(tmp_path)) is None


def test_any_of_the_browsers_will_do(tmp_path: Path) -> None:
    found = find_browser(program(tmp_path, "google-chrome", ""))

    assert found == str(tmp_path / "google-chrome")


def test_without_a_browser_one_sentence_says_what_to_install(tmp_path: Path) -> None:
    with pytest.raises(StartupError, match="apt install chromium"):
        find_browser(str(tmp_path))


async def test_a_browser_that_fails_is_quoted(tmp_path: Path) -> None:
    program(tmp_path, "chromium", "raise SystemExit('no display')")

    with pytest.raises(StartupError, match="no display"):
        await draw(str(tmp_path / "chromium"), "http://127.0.0.1:1/", tmp_path / "a.png")
