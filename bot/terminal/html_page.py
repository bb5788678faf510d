"""Messages as a web page that looks like the channel and needs nothing but itself.

`page/page.js` is bundled from `page/page.mjs` and the libraries that it names; their licences are in `page/LICENSES.txt`.
"""

import datetime as dt
import html
import json
from collections.abc import Sequence
from importlib.resources import files
from string import Template

from bot.domain.post import Post
from bot.domain.subscription import Language

BOT_NAME = "Paper Digest"
POSTED_AT = dt.time(9)
"""The clock time that the messages show: a preview knows no subscription."""
RELOAD_SECONDS = 2


def html_page(
    posts: Sequence[Post],
    *,
    title: str,
    date: dt.date | None,
    language: Language,
    nothing: str = "",
    reload: bool = False,
) -> str:
    """Return the page. Without posts it says `nothing`; with `reload` a browser that shows it looks for a newer one by itself."""
    shown = {
        "bot": BOT_NAME,
        "when": dt.datetime.combine(date, POSTED_AT).isoformat() if date is not None else None,
        "messages": [post.payload() for post in posts],
    }
    return Template(_part("page.html")).substitute(
        language=language.value,
        title=html.escape(title),
        refresh=f'<meta http-equiv="refresh" content="{RELOAD_SECONDS}">\n' if reload else "",
        nothing=html.escape(nothing),
        messages=json.dumps(shown, ensure_ascii=False).replace("<", "\\u003c"),  # no text may end the script element
        script=_part("page.js") if posts else "",
    )


def _part(name: str) -> str:
    return (files("bot.terminal") / "page" / name).read_text(encoding="utf-8")
