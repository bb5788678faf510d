"""Draw a chart as PNG: `python -m bot.trends.picture < chart.json > chart.png`.

A process of its own gives its memory back when it is done, and keeps the event loop free. Nothing but Pillow is imported.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from importlib.resources import as_file, files
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from bot.trends.chart import Chart, Series

Point = tuple[float, float]

WIDTH, HEIGHT = 1200, 720
"""Three times what an embed shows on a desktop, for dense screens and for looking at it large."""
LEFT, RIGHT, BOTTOM = 84, 1164, 628
"""Where the axes stand."""
FINE = 2
"""Lines are drawn this many times larger and scaled down: Pillow draws them without smooth edges."""
BACKGROUND = (30, 31, 34)
"""Its own ground, so that it reads the same on Discord's dark and light themes."""
TEXT = (219, 222, 225)
GRID = (78, 80, 88)
COLOURS = ((86, 180, 233), (240, 173, 40), (232, 142, 196), (62, 198, 146))
"""Okabe and Ito's, lightened for the dark ground: apart for every kind of colour blindness, and each has a mark of its own."""
MARK = 11
"""Half the width of a mark."""

CORNERS: Sequence[Callable[[float, float, float], Sequence[Point]] | None] = (
    None,  # a disc
    lambda x, y, r: ((x - r, y - r), (x + r, y - r), (x + r, y + r), (x - r, y + r)),
    lambda x, y, r: ((x, y - 1.3 * r), (x + 1.2 * r, y + r), (x - 1.2 * r, y + r)),
    lambda x, y, r: ((x, y - 1.4 * r), (x + 1.4 * r, y), (x, y + 1.4 * r), (x - 1.4 * r, y)),
)


def draw(chart: Chart) -> bytes:
    """Return the picture of a chart."""
    with as_file(files("bot.trends") / "font" / "Pretendard-Medium.woff2") as file:
        font = ImageFont.truetype(file, 34, layout_engine=ImageFont.Layout.BASIC)
        small = font.font_variant(size=28)
    legend = list(_legend(chart.series, font))
    top = 100 + 50 * (1 + max((line for *_, line in legend), default=0))
    image = Image.new("RGB", (WIDTH * FINE, HEIGHT * FINE), BACKGROUND)
    _draw_lines(ImageDraw.Draw(image), chart, top, [(x, _row(line)) for x, _, line in legend])
    image = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    _draw_texts(ImageDraw.Draw(image), chart, top, font, small)
    for x, text, line in legend:
        ImageDraw.Draw(image).text((x + 28, _row(line)), text, TEXT, font, anchor="lm")
    image.putalpha(_rounded())
    out = BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _draw_lines(pen: ImageDraw.ImageDraw, chart: Chart, top: float, marks: Sequence[Point]) -> None:
    for tick in chart.up:
        y = _y(tick.at, chart, top) * FINE
        pen.line(((LEFT * FINE, y), (RIGHT * FINE, y)), GRID, 2 * FINE)
    every = max(1, max((len(series.counts) for series in chart.series), default=0) // 26)
    for place, series in reversed(list(enumerate(chart.series))):
        points = [(_x(week, chart) * FINE, _y(count, chart, top) * FINE) for week, count in enumerate(series.counts)]
        pen.line(points, COLOURS[place], 5 * FINE, joint="curve")
        for x, y in points[(len(points) - 1) % every :: every]:
            _mark(pen, x, y, MARK * FINE, place)
    for place, (x, y) in enumerate(marks):
        _mark(pen, x * FINE, y * FINE, MARK * FINE, place)


def _draw_texts(
    pen: ImageDraw.ImageDraw, chart: Chart, top: float, font: ImageFont.FreeTypeFont, small: ImageFont.FreeTypeFont
) -> None:
    pen.text((LEFT, 36), chart.title, TEXT, font, anchor="lm")
    for tick in chart.up:
        pen.text((LEFT - 18, _y(tick.at, chart, top)), tick.text, TEXT, small, anchor="rm")
    for tick in chart.across:
        half = small.getlength(tick.text) / 2
        x = min(max(_x(tick.at, chart), LEFT - 64 + half), WIDTH - 20 - half)
        pen.text((x, BOTTOM + 44), tick.text, TEXT, small, anchor="mm")


def _legend(series: Sequence[Series], font: ImageFont.FreeTypeFont) -> Iterator[tuple[float, str, int]]:
    """Yield where each label goes: its mark's place across, its text, and in which line."""
    x, line = float(LEFT + MARK), 0
    for each in series:
        text = _fitting(each.label, font, RIGHT - LEFT - 60)
        width = font.getlength(text) + 28
        if x > LEFT + MARK and x + width > RIGHT:
            x, line = float(LEFT + MARK), line + 1
        yield x, text, line
        x += width + 48


def _fitting(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(f"{text}…") > width:
        text = text[:-1]
    return f"{text}…"


def _mark(pen: ImageDraw.ImageDraw, x: float, y: float, radius: float, place: int) -> None:
    corners = CORNERS[place]
    if corners is None:
        pen.ellipse((x - radius, y - radius, x + radius, y + radius), COLOURS[place], BACKGROUND, 2 * FINE)
    else:
        pen.polygon(corners(x, y, radius), COLOURS[place], BACKGROUND, 2 * FINE)


def _rounded() -> Image.Image:
    mask = Image.new("L", (WIDTH * FINE, HEIGHT * FINE))
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, WIDTH * FINE - 1, HEIGHT * FINE - 1), 24 * FINE, 255)
    return mask.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _row(line: int) -> float:
    return 92.0 + 50 * line


def _x(week: int, chart: Chart) -> float:
    weeks = max((len(series.counts) for series in chart.series), default=0)
    room = RIGHT - LEFT - 4 * MARK
    return LEFT + 2 * MARK + (room * week / (weeks - 1) if weeks > 1 else room / 2)


def _y(count: int, chart: Chart, top: float) -> float:
    return BOTTOM - (BOTTOM - top) * count / chart.up[-1].at


if __name__ == "__main__":
    sys.stdout.buffer.write(draw(Chart.loads(sys.stdin.buffer.read())))
