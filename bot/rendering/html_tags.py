"""HTML inside Markdown: which of it is a tag, and what must not be shown at all."""

import html
import re
from dataclasses import dataclass

# fmt: off
BLOCK_TAGS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd",
        "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form",
        "frame", "frameset", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "iframe",
        "legend", "li", "link", "main", "menu", "menuitem", "meta", "nav", "noframes", "ol", "optgroup",
        "option", "p", "param", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
        "title", "tr", "track", "ul",
    }
)
_INLINE_TAGS = frozenset(
    {
        "a", "abbr", "acronym", "audio", "b", "base", "bdi", "bdo", "big", "br", "button", "canvas", "cite",
        "code", "data", "datalist", "del", "dfn", "em", "embed", "font", "i", "img", "input", "ins", "kbd",
        "label", "map", "mark", "meter", "noscript", "object", "output", "picture", "pre", "progress", "q",
        "rp", "rt", "ruby", "s", "samp", "script", "select", "slot", "small", "source", "span", "strike",
        "strong", "style", "sub", "sup", "svg", "template", "textarea", "time", "tt", "u", "var", "video", "wbr",
    }
)
# fmt: on
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]{0,19})(\s[^<>]{0,4000}|)/?>")
_ATTRIBUTE = re.compile(r"([A-Za-z-]{1,40})\s{0,9}=\s{0,9}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))")
_HIDDEN = re.compile(r"<(script|style)\b[^<>]{0,4000}>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Tag:
    """A start or end tag of an element that HTML knows; `<CLS>` and `<1 GB` are text."""

    name: str
    attributes: str
    end: int
    """Where the text goes on."""

    def attribute(self, name: str) -> str:
        """Return the value of an attribute; empty where it has none."""
        for found in _ATTRIBUTE.finditer(self.attributes):
            if found[1].lower() == name:
                return html.unescape(found[2] or found[3] or found[4] or "")
        return ""


def tag_at(text: str, at: int) -> Tag | None:
    """Read the tag that starts at `at`."""
    found = _TAG.match(text, at)
    if not found:
        return None
    name = found[1].lower()
    return Tag(name, found[2], found.end()) if name in BLOCK_TAGS or name in _INLINE_TAGS else None


def hidden_end(text: str, at: int) -> int | None:
    """Return where the text goes on behind a comment, a script or a style sheet; an unclosed one takes the rest with it."""
    if text.startswith("<!--", at):
        end = text.find("-->", at + 4)
        return end + 3 if end >= 0 else len(text)
    found = _HIDDEN.match(text, at)
    if not found:
        return None
    closing = re.compile(rf"</{found[1]}\s*>", re.IGNORECASE).search(text, found.end())
    return closing.end() if closing else len(text)


def without_hidden(text: str) -> str:
    """Drop comments, scripts and style sheets from a block of HTML."""
    kept: list[str] = []
    at = 0
    for found in re.finditer(r"<(?:!--|script\b|style\b)", text, re.IGNORECASE):
        if found.start() < at:
            continue
        end = hidden_end(text, found.start())
        if end is not None:
            kept.append(text[at : found.start()])
            at = end
    return "".join((*kept, text[at:]))
