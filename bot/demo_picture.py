"""The demo's page as a picture, drawn by a browser of this machine; and whether its fonts can write Korean."""

import asyncio
import os
import shutil
from pathlib import Path

from PIL import Image

from bot.errors import StartupError

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge")
WIDTH, HEIGHT = 1100, 9000
"""Pixels of the window; the height is that of a very long day, and what stays empty is cut out."""
SETTLED = 10_000
"""Milliseconds of the page's own time until it stands still. They don't pass in real time."""
DEADLINE = 60.0
"""Seconds that the browser gets."""
MARGIN = 24
"""Pixels that stay of what is empty."""


def find_browser(path: str | None = None) -> str:
    """Return the browser to draw with, looked for on `path` or else PATH. StartupError if there is none."""
    for name in BROWSERS:
        if (found := shutil.which(name, path=path)) is not None:
            return found
    raise StartupError(
        "--screenshot needs Chromium or Chrome on the PATH, for instance by apt install chromium; "
        "without it, the demo runs in any browser."
    )


async def font_advice(path: str | None = None) -> str | None:
    """Return a sentence on what to install if fontconfig knows no font with Hangul; None also where there is no fontconfig."""
    tool = shutil.which("fc-list", path=path)
    if tool is None:
        return None
    process = await asyncio.create_subprocess_exec(tool, ":lang=ko", "family", stdout=asyncio.subprocess.PIPE)
    families, _ = await process.communicate()
    if families.strip():
        return None
    return "No font of this machine has Hangul, so Korean shows as boxes: install one, for instance by apt install fonts-noto-cjk."


async def draw(browser: str, url: str, picture: Path) -> None:
    """Draw the page at `url` into a PNG file. Raises StartupError if the browser does not."""
    await asyncio.to_thread(picture.unlink, missing_ok=True)
    process = await asyncio.create_subprocess_exec(
        browser,
        "--headless=new",
        "--hide-scrollbars",
        f"--window-size={WIDTH},{HEIGHT}",
        f"--virtual-time-budget={SETTLED}",
        f"--screenshot={picture}",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),  # as root Chromium has no sandbox and would refuse to start
        url,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, said = await asyncio.wait_for(process.communicate(), DEADLINE)
        await asyncio.to_thread(cut_blank, picture)
    except TimeoutError:
        process.kill()
        raise StartupError(f"{browser} did not draw the page within {DEADLINE:.0f} seconds.") from None
    except FileNotFoundError:
        last = said.decode(errors="replace").strip().splitlines()[-1:]
        raise StartupError(f"{browser} drew nothing: {' '.join(last) or 'it did not say why'}") from None


def cut_blank(picture: Path) -> None:
    """Cut the highest stretch of equal rows, which is the empty part of the channel, down to a margin."""
    with Image.open(picture) as opened:
        image = opened.convert("RGB")
    stride, data = image.width * 3, image.tobytes()
    rows = [data[at : at + stride] for at in range(0, len(data), stride)]
    start, end = _longest_run(rows)
    if end - start <= MARGIN:
        return
    kept = Image.new("RGB", (image.width, image.height - (end - start - MARGIN)))
    kept.paste(image.crop((0, 0, image.width, start + MARGIN)), (0, 0))
    kept.paste(image.crop((0, end, image.width, image.height)), (0, start + MARGIN))
    kept.save(picture, optimize=True)


def _longest_run(rows: list[bytes]) -> tuple[int, int]:
    """Return the bounds of the longest run of equal rows."""
    best, start = (0, 0), 0
    for at in range(1, len(rows) + 1):
        if at == len(rows) or rows[at] != rows[start]:
            best = max(best, (start, at), key=lambda run: run[1] - run[0])
            start = at
    return best
