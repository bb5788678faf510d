"""The picture is legible wherever Discord shows it."""

from dataclasses import replace
from importlib.resources import as_file, files
from io import BytesIO
from itertools import combinations

import pytest
from PIL import Image, ImageFont

from bot.locales.words import words
from bot.trends.layout import lay_out
from bot.trends.picture import BACKGROUND, COLOURS, CORNERS, HEIGHT, TEXT, WIDTH, draw
from bot.trends.studio import Studio
from tests.trends.builders import a_trend


def drawn(*counts: tuple[int, ...]) -> Image.Image:
    return Image.open(BytesIO(draw(lay_out(a_trend(*counts), words("ko")))))


def colours(image: Image.Image) -> set[object]:
    return {colour for _, colour in image.convert("RGB").getcolors(WIDTH * HEIGHT) or ()}


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """The contrast ratio of WCAG 2."""

    def luminance(colour: tuple[int, int, int]) -> float:
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
            for value in (c / 255 for c in colour)
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ground_is_the_pictures_own_and_only_its_corners_let_the_theme_through() -> None:
    image = drawn((1, 2, 3))

    assert (image.size, image.mode) == ((WIDTH, HEIGHT), "RGBA")
    alpha = image.getchannel("A")
    assert alpha.getpixel((0, 0)) == 0
    assert alpha.crop((30, 0, WIDTH - 30, HEIGHT)).getextrema() == (255, 255)


def test_texts_and_lines_stand_out_from_the_ground() -> None:
    assert contrast(TEXT, BACKGROUND) >= 7
    assert all(contrast(colour, BACKGROUND) >= 4.5 for colour in COLOURS)


def test_terms_differ_in_more_than_colour() -> None:
    shapes = [corners and tuple(corners(0, 0, 1)) for corners in CORNERS]

    assert all(one != other for one, other in combinations(shapes, 2))
    assert len(COLOURS) == len(CORNERS) == 4


def test_each_term_is_drawn() -> None:
    image = drawn((1, 5), (2, 4), (3, 3), (4, 2))

    assert set(COLOURS) <= colours(image)


@pytest.mark.parametrize("counts", [(0,), (7,), (0, 0), (1,) * 52, (100_000, 1)])
def test_any_run_of_weeks_can_be_drawn(counts: tuple[int, ...]) -> None:
    assert COLOURS[0] in colours(drawn(counts))


@pytest.mark.parametrize("label", ["", "가" * 300, "a\nb\tc", "🔥漢字"])
def test_any_label_can_be_drawn(label: str) -> None:
    plain = lay_out(a_trend((1, 2)), words("en"))
    chart = replace(plain, series=(replace(plain.series[0], label=label),))

    assert draw(chart).startswith(b"\x89PNG")


@pytest.mark.parametrize("syllable", ["가", "뷁", "힣", "A", "é"])
def test_the_font_that_comes_along_knows_every_syllable(syllable: str) -> None:
    with as_file(files("bot.trends") / "font" / "Pretendard-Medium.woff2") as file:
        font = ImageFont.truetype(file, 30)

        unknown, known = font.getmask("\uffff"), font.getmask(syllable)

    assert bytes(known) != bytes(unknown)


async def test_a_process_of_its_own_draws_the_same_picture() -> None:
    chart = lay_out(a_trend((1, 2)), words("ko"))

    assert await Studio().draw(chart) == draw(chart)


async def test_what_the_process_says_of_a_failure_is_passed_on() -> None:
    broken = replace(lay_out(a_trend((1, 2)), words("ko")), up=())

    with pytest.raises(RuntimeError, match="IndexError"):
        await Studio().draw(broken)


async def test_nobody_waits_for_a_picture_for_ever() -> None:
    with pytest.raises(TimeoutError):
        await Studio(patience=0.001).draw(lay_out(a_trend((1, 2)), words("ko")))
