"""Web addresses that Discord takes and that hide nothing."""

import re
from urllib.parse import quote, quote_plus, urlsplit, urlunsplit

from bot.rendering.graphemes import graphemes
from bot.rendering.limits import URL

_PATH = "/:@!$&'+,;=-._~%"
"""Left as they are. Parentheses and what Discord's Markdown reads (`*`, `|`, a backtick, a backslash) are percent-encoded."""
_QUERY = _PATH + "?"
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?)+\.?")
_HOST_LIKE = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}")
_MENTION = re.compile(r"@(?=everyone|here)", re.IGNORECASE)


def address(text: str) -> str | None:
    """Return `text` as an http(s) address of at most 2,048 characters, without user name and password; None where it is none.

    The host comes out in ASCII (`xn--…`), so that a look-alike letter is seen.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError:  # a bad port, a bad IPv6 literal, a host that IDNA refuses
        return None
    if parts.scheme not in {"http", "https"} or not _HOST.fullmatch(host):
        return None
    place = host if port is None else f"{host}:{port}"
    path, query, fragment = (
        quote(part, safe=safe) for part, safe in ((parts.path, _PATH), (parts.query, _QUERY), (parts.fragment, _QUERY))
    )
    safe = _MENTION.sub("%40", urlunsplit((parts.scheme, place, path, query, fragment))).replace("~~", "%7E%7E")
    return safe if len(safe) <= URL else None


def host_of(url: str) -> str:
    """Return the host of an address, less a leading `www.`."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def is_honest(label: str, url: str) -> bool:
    """Tell whether no host that a label seems to name is another one than `url`'s."""
    host = host_of(url)
    return all(host == named or host.endswith(f".{named}") for named in map(_bare_host, _HOST_LIKE.findall(label)))


def title_search(title: str) -> str:
    """Return the address of arXiv's search for a title, shortened to fit an embed."""
    kept: list[str] = []
    room = URL - 100
    for grapheme in graphemes(title):
        room -= len(quote_plus(grapheme))
        if room < 0:
            break
        kept.append(grapheme)
    return f"https://arxiv.org/search/?query={quote_plus(''.join(kept))}&searchtype=title"


def distinct(url: str, seen: set[str]) -> str:
    """Return `url`, with a fragment that changes nothing where it was `seen`: Discord shows one embed for each address."""
    candidate, n = url, 1
    while candidate in seen:
        n += 1
        candidate = f"{url}{'-' if '#' in url else '#'}{n}"
    seen.add(candidate)
    return candidate


def _bare_host(text: str) -> str:
    return text.lower().removeprefix("www.")
