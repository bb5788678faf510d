"""The exact messages that a digest file becomes, drawn in the terminal or as Discord's JSON."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from rich.box import Box
from rich.console import Console, Group
from rich.panel import Panel
from rich.text import Text

from bot.domain.delivery import DigestKey
from bot.domain.digest import Digest
from bot.domain.post import Embed, Menu, Post
from bot.domain.subscription import Language, Style
from bot.errors import StartupError
from bot.reading.finding import Code
from bot.reading.finding import error as finding
from bot.reading.parser import Reading, read, unreadable
from bot.rendering.renderer import Renderer
from bot.terminal.html_page import html_page

_BAR = Box("    \n" + "▌   \n" * 6 + "    \n")
"""A line down the left side, as Discord frames an embed."""
_WIDEST = 100
_NO_KEY = DigestKey(0)
"""A digest gets its key when it is first delivered; a preview knows none."""


def preview(
    path: Path,
    *,
    style: Style,
    language: Language,
    blog_url: str | None,
    as_json: bool = False,
    page: Path | None = None,
    reload: bool = False,
    root: Path | None = None,
    console: Console | None = None,
) -> int:
    """Show what `path` becomes and return the exit code: 1 where nothing would be posted, with the reason on standard error.

    `root` is the digest folder; the digest's id and link are those that it has there. With `page` the messages are written there as a
    web page, which looks for a newer one by itself with `reload`; raises StartupError where it can't be written.
    """
    console = console or Console()
    reading = _read(path, root)
    digest = reading.digest
    posts = () if digest is None else _posts(digest, style, language, blog_url)
    nothing = "" if digest is not None else f"Nothing would be posted of {path}: {_reason(reading)}."
    if page is None:
        show(posts, as_json=as_json, console=console)
    else:
        date = reading.date
        text = html_page(posts, title=reading.title, date=date, language=language, nothing=nothing, reload=reload)
        _write(page, text)
        console.print(Text(f"{_messages(len(posts))} in {page}."), soft_wrap=True)
    if nothing:
        Console(stderr=True).print(Text(nothing))
    return int(digest is None)


def watch(show_once: Callable[[], int], saved: Iterable[None], *, console: Console | None = None) -> int:
    """Show anew on every save until the person has seen enough (Ctrl-C); return the code of the last look."""
    console = console or Console()
    code = 0
    try:
        for _ in saved:
            console.clear()
            code = show_once()
    except KeyboardInterrupt:
        return code
    return code


def show(posts: Sequence[Post], *, as_json: bool, console: Console) -> None:
    """Print messages: JSON is an array of the bodies of Discord's *Create Message*."""
    if as_json:
        body = json.dumps([post.payload() for post in posts], ensure_ascii=False, indent=2)
        console.out(body, highlight=False)
        return
    for part, post in enumerate(posts, 1):
        console.print(Text(f"Message {part} of {len(posts)}", style="dim"))
        console.print(_drawn(post), width=min(console.width, _WIDEST))


def _write(page: Path, text: str) -> None:
    try:
        page.write_text(text, encoding="utf-8")
    except OSError as refused:
        raise StartupError(f"The page can't be written to {page}: {refused.strerror or refused}.") from None


def _messages(count: int) -> str:
    return "1 message is" if count == 1 else f"{count} messages are"


def _posts(digest: Digest, style: Style, language: Language, blog_url: str | None) -> tuple[Post, ...]:
    return Renderer(blog_url).render(digest, _NO_KEY, style=style, language=language)


def _read(path: Path, root: Path | None) -> Reading:
    try:
        raw = path.read_bytes()
    except OSError as error:
        return unreadable(_name(path, root), finding(1, Code.UNREADABLE_FILE, error.strerror or str(error)))
    return read(raw, _name(path, root))


def _name(path: Path, root: Path | None) -> str:
    """Return the path below the digest folder; of a file elsewhere its name."""
    here = path.resolve()
    if root is not None and here.is_relative_to(root.resolve()):
        return here.relative_to(root.resolve()).as_posix()
    return path.name


def _reason(reading: Reading) -> str:
    if not reading.published:
        return "its front matter says published: false"
    if reading.error is not None:
        return reading.error.rstrip(".")
    if not reading.papers:
        return "it has no papers"
    return "it has no date"


def _drawn(post: Post) -> Group:
    parts = [Text(post.content)] if post.content else []
    return Group(*parts, *map(_frame, post.embeds), *([_control(post.menu)] if post.menu else []), Text())


def _frame(embed: Embed) -> Panel:
    lines: list[Text] = []
    if embed.title:
        lines.append(Text(embed.title, style="bold"))
    if embed.url:
        lines.append(Text(embed.url, style="cyan underline", overflow="fold"))
    lines.append(Text(embed.description, overflow="fold"))
    if embed.image:
        lines.append(Text(f"[{embed.image}]", style="cyan", overflow="fold"))
    if embed.footer:
        lines.append(Text(embed.footer, style="dim"))
    colour = f"#{embed.colour:06x}" if embed.colour is not None else "white"
    return Panel(Group(*lines), box=_BAR, border_style=colour, padding=(0, 1))


def _control(menu: Menu) -> Text:
    return Text(f"  [ {menu.placeholder} ▾ ]  {len(menu.choices)}", style="cyan")
