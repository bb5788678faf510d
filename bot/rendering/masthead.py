"""What stands above a digest's papers: its name, its date, how many papers, and what a reader should know."""

import re
from urllib.parse import quote

from bot.domain.digest import Digest
from bot.locales.words import Words
from bot.rendering.graphemes import cut
from bot.rendering.inline import plain
from bot.rendering.pieces import escape, harmless

_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)? {_MONTH},? \d{{2,4}}\b"
    rf"|\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
    r"|\b\d{4}[-./\u2010\u2011]\d{1,2}[-./\u2010\u2011]\d{1,2}\b\.?"
    r"|\d{4}\s?[년年]\s?\d{1,2}\s?[월月]\s?\d{1,2}\s?[일日]"
    r"|\b20\d{6}\b",
    re.IGNORECASE,
)
_EDGES = " \t/|,:;.~·•–—-_"
_EMPTY = re.compile(r"\(\s*\)|\[\s*\]|（\s*）|【\s*】")
_LONGEST = 80


def name(digest: Digest, say: Words) -> str:
    """Return a digest's title less its date, at most 80 characters."""
    title = _EMPTY.sub(" ", _DATE.sub(" ", plain(digest.title)))
    return cut(harmless(" ".join(title.split()).strip(_EDGES)) or say("Paper digest"), _LONGEST)


def page(digest: Digest, blog_url: str | None) -> str | None:
    """Return the address of a digest's web page: `<BLOG_URL>/<digest id>`."""
    return None if blog_url is None else f"{blog_url.rstrip('/')}/{quote(digest.id)}"


def masthead(digest: Digest, say: Words, *, shown: int, blog_url: str | None, role_id: int | None) -> str:
    """Write the first message's text. The link is in angle brackets, which keeps Discord from drawing a preview of it."""
    title, address = escape(name(digest, say)), page(digest, blog_url)
    linked = f"**{title}**" if address is None else f"**[{title.replace('[', '(').replace(']', ')')}](<{address}>)**"
    every = len(digest.papers)
    count = (
        say.count("{n} paper", "{n} papers", every)
        if shown == every
        else say("{shown} of {all} papers match", shown=shown, all=every)
    )
    mention = "" if role_id is None else f"<@&{role_id}> "
    return f"{mention}{linked} · {say.date(digest.date)} · {count}"
