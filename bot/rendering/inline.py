"""Read one stretch of the author's Markdown into pieces.

A scanner of one pass: each rule looks ahead a bounded distance, or uses positions that were found beforehand in one pass, so the time is
linear in the text. Whatever is not markup is text.
"""

import html
import re
from bisect import bisect_right
from collections import deque
from collections.abc import Callable, Mapping
from itertools import zip_longest
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from bot.rendering.addresses import address, host_of
from bot.rendering.emphasis import Token, mark, resolve
from bot.rendering.graphemes import graphemes, legible
from bot.rendering.html_tags import BLOCK_TAGS, Tag, hidden_end, tag_at
from bot.rendering.limits import weight
from bot.rendering.pieces import Kind, Piece, link_pieces, visible

_NEXT = re.compile(r"[\\`*_~\[\]!<&${\n]|https?://", re.IGNORECASE)
_MARKS = re.compile(r"\*+|_+|~+")
_BACKTICKS = re.compile(r"`+")
_BARE = re.compile(r"https?://[^\s<>\"`|\\^{}\[\]]+", re.IGNORECASE)
_PARTICLE = re.compile(r"(?<=[0-9A-Za-z/)])[\u1100-\u11ff\u3000-\u30ff\u3130-\u318f\uac00-\ud7a3\uff00-\uffef]")
_ANGLED = re.compile(r"<(https?://[^\s<>]*|[\w.+-]{1,64}@[\w.-]{1,255})>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_TARGET = re.compile(
    r"\(\s*(?:<([^<>\n]*)>|([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*))"
    r"(?:\s+(?:\"[^\"]{0,500}\"|'[^']{0,500}'|\([^()]{0,500}\)))?\s*\)"
)
_REFERENCE = re.compile(r"\[([^\[\]]{0,100})\]")
_DISPLAY_MATH = re.compile(r"\$\$([^$]{1,1500})\$\$")
_ATTRIBUTES = re.compile(r"\{(?::|%)[^{}\n]{0,300}\}")
_SPACES = re.compile(r"[ \t\n]+")
_PUNCTUATION = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_LONGEST_MATH = 400
_LONGEST_CODE = 1500
_LONGEST_LABEL = 1000


def inline(source: str, definitions: Mapping[str, str] | None = None) -> tuple[Piece, ...]:
    """Read inline Markdown; `definitions` gives the addresses of reference links by their label in lower case."""
    return tuple(_Scanner(legible(source.strip()), definitions or {}).pieces())


def plain(source: str) -> str:
    """Return inline Markdown as a reader sees it, without markup: for titles and labels. Mathematics stays as written."""
    return " ".join(visible(_Scanner(legible(source.strip()), {}, mathematics=False).pieces()).split())


class _Scanner:
    """The state of one pass."""

    def __init__(self, text: str, definitions: Mapping[str, str], *, mathematics: bool = True) -> None:
        self._text = text
        self._definitions = definitions
        self._tokens: list[Token] = []
        self._at = 0
        self._runs: dict[int, deque[int]] = {}
        for run in _BACKTICKS.finditer(text):
            self._runs.setdefault(len(run[0]), deque()).append(run.start())
        self._brackets = _brackets(text)
        self._dollars = (
            [found.start() for found in re.finditer(r"(?<![\s\\$])\$(?![\d$])", text)] if mathematics else []
        )
        self._mathematics = mathematics
        self._link: tuple[int, int, int, str] | None = None
        """Of the link being read: first token, end of the label, where the text goes on, address."""
        self._skips: dict[int, int] = {}
        """Ends of the labels whose target is dropped, and where the text goes on."""
        self._rules: dict[str, Callable[[], bool]] = {
            "\\": self._backslash,
            "`": self._code,
            "*": self._marks,
            "_": self._marks,
            "~": self._marks,
            "[": self._bracket,
            "]": self._end_of_label,
            "!": self._image,
            "<": self._angle,
            "&": self._entity,
            "$": self._dollar,
            "{": self._attributes,
            "\n": self._line_end,
            "h": self._bare_address,
        }

    def pieces(self) -> list[Piece]:
        """Read the text to its end."""
        while self._at < len(self._text):
            found = _NEXT.search(self._text, self._at)
            end = found.start() if found else len(self._text)
            if end > self._at:
                self._say(self._text[self._at : end])
                self._at = end
            elif found and not self._rules[found[0][0].lower()]():
                width = len(found[0])
                self._say(self._text[self._at : self._at + width])
                self._at += width
        if self._link:
            self._close_link()
        return _trimmed(resolve(self._tokens))

    def _say(self, text: str) -> None:
        if text:
            self._tokens.append(Piece(Kind.TEXT, _SPACES.sub(" ", text)))

    def _goto(self, at: int) -> bool:
        self._at = at
        return True

    def _backslash(self) -> bool:
        following = self._text[self._at + 1 : self._at + 2]
        if following in {"(", "["} and self._mathematics and self._latex(")" if following == "(" else "]"):
            return True
        if following == "\n":
            self._tokens.append(Piece(Kind.BREAK, ""))
        elif following in _PUNCTUATION and following:
            self._say(following)
        else:
            return False
        return self._goto(self._at + 2)

    def _latex(self, closing: str) -> bool:
        r"""Read `\( … \)`, or `\[ … \]` where something in it is mathematics (`\[word\]` is a bracketed word)."""
        start = self._at + 2
        end = self._text.find("\\" + closing, start, start + _LONGEST_MATH)
        content = self._text[start:end].strip() if end >= 0 else ""
        if not content or not content.isascii() or (closing == "]" and not re.search(r"[\\^_=]", content)):
            return False
        self._say_code(content)
        return self._goto(end + 2)

    def _code(self) -> bool:
        run = _BACKTICKS.match(self._text, self._at)
        assert run  # noqa: S101 - the caller saw a backtick
        starts = self._runs.get(len(run[0]), deque())  # none where an escape took a backtick off a longer run
        while starts and starts[0] < run.end():
            starts.popleft()
        if not starts:
            self._say(run[0])
            return self._goto(run.end())
        content = self._text[run.end() : starts[0]].replace("\n", " ")
        if content.strip():
            self._say_code(content[1:-1] if content.startswith(" ") and content.endswith(" ") else content)
        return self._goto(starts[0] + len(run[0]))

    def _say_code(self, content: str) -> None:
        """Append a code span; one too long for a description becomes several."""
        if weight(content) <= _LONGEST_CODE:
            self._tokens.append(Piece(Kind.CODE, content))
            return
        part = ""
        for grapheme in graphemes(content):
            if weight(part) + weight(grapheme) > _LONGEST_CODE:
                self._tokens += (Piece(Kind.CODE, part), Piece(Kind.TEXT, " "))
                part = ""
            part += grapheme
        self._tokens.append(Piece(Kind.CODE, part))

    def _marks(self) -> bool:
        run = _MARKS.match(self._text, self._at)
        assert run  # noqa: S101 - the caller saw a mark
        before, after = self._text[max(0, self._at - 1) : self._at], self._text[run.end() : run.end() + 1]
        self._tokens.append(mark(run[0], before, after))
        return self._goto(run.end())

    def _bracket(self, *, image: bool = False) -> bool:
        opening = self._at + image
        if not image and self._text.startswith("[^", opening):
            self._say("[")
            return self._goto(opening + 2)
        end = self._brackets.get(opening)
        if end is None or end - opening > _LONGEST_LABEL:
            return False
        target = self._target(opening, end)
        if target is None:
            return False
        url, after = target
        if self._link or not url:
            if image and not self._link and end == opening + 1:
                return self._goto(after)
            self._skips[end] = after
        else:
            if image and end == opening + 1:
                self._tokens.append(Piece(Kind.LINK, _file_name(url), url))
                return self._goto(after)
            self._link = (len(self._tokens), end, after, url)
        return self._goto(opening + 1)

    def _target(self, opening: int, end: int) -> tuple[str, int] | None:
        """Return the address (empty where it is none that may be linked) and the end of what stands behind a label."""
        found = _TARGET.match(self._text, end + 1)
        if found:
            return address(html.unescape(found[1] or found[2] or "")) or "", found.end()
        named = _REFERENCE.match(self._text, end + 1)
        label = self._text[opening + 1 : end]
        url = self._definitions.get(((named and named[1]) or label).strip().lower())
        return None if url is None else (url, named.end() if named else end + 1)

    def _end_of_label(self) -> bool:
        if self._link and self._at == self._link[1]:
            after = self._link[2]
            self._close_link()
            return self._goto(after)
        if self._at in self._skips:
            return self._goto(self._skips.pop(self._at))
        return False

    def _close_link(self) -> None:
        assert self._link  # noqa: S101 - the callers asked
        first, _, _, url = self._link
        self._link = None
        label = visible(resolve(self._tokens[first:]))
        self._tokens[first:] = link_pieces(" ".join(label.split()), url)

    def _image(self) -> bool:
        return self._text.startswith("![", self._at) and self._bracket(image=True)

    def _angle(self) -> bool:
        found = _ANGLED.match(self._text, self._at)
        if found:
            return self._say_address(found[1]) and self._goto(found.end())
        end = hidden_end(self._text, self._at)
        if end is not None:
            return self._goto(end)
        tag = tag_at(self._text, self._at)
        if tag is None:
            return False
        self._say_tag(tag)
        return self._goto(tag.end)

    def _say_tag(self, tag: Tag) -> None:
        if tag.name == "br":
            self._tokens.append(Piece(Kind.BREAK, ""))
        elif tag.name == "img" and (url := address(tag.attribute("src"))) and not self._link:
            self._tokens += link_pieces(tag.attribute("alt") or _file_name(url), url)
        elif tag.name in BLOCK_TAGS:
            self._say(" ")

    def _say_address(self, text: str) -> bool:
        url = address(text) if "://" in text else None
        if url is None or self._link:
            self._say(text)
        else:
            self._tokens.append(Piece(Kind.ADDRESS, url, url))
        return True

    def _entity(self) -> bool:
        found = _ENTITY.match(self._text, self._at)
        if not found:
            return False
        self._say(legible(html.unescape(found[0])))
        return self._goto(found.end())

    def _dollar(self) -> bool:
        if not self._mathematics:
            return False
        display = _DISPLAY_MATH.match(self._text, self._at)
        if display and (content := _SPACES.sub(" ", display[1]).strip()):
            self._say_code(content)
            return self._goto(display.end())
        start = self._at + 1
        place = bisect_right(self._dollars, start)
        end = self._dollars[place] if place < len(self._dollars) else -1
        content = self._text[start:end] if 0 <= end <= start + _LONGEST_MATH else ""
        if not content or content[0].isspace() or "`" in content or "\n\n" in content or "://" in content:
            return False
        self._say_code(_SPACES.sub(" ", content))
        return self._goto(end + 1)

    def _attributes(self) -> bool:
        found = _ATTRIBUTES.match(self._text, self._at)
        return found is not None and self._goto(found.end())

    def _line_end(self) -> bool:
        if self._text[max(0, self._at - 2) : self._at] == "  ":
            self._tokens.append(Piece(Kind.BREAK, ""))
        else:
            self._say(" ")
        return self._goto(self._at + 1)

    def _bare_address(self) -> bool:
        found = _BARE.match(self._text, self._at)
        if not found:
            return False
        text = _without_tail(found[0])
        if self._link and self._at + len(text) > self._link[1]:
            text = text[: self._link[1] - self._at]
        self._say_address(text)
        return self._goto(self._at + len(text))


def _brackets(text: str) -> dict[int, int]:
    """Pair square brackets, those that are escaped or in simple code spans left out."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for found in re.finditer(r"\\.|`[^`\n]{0,1000}`|[\[\]]", text):
        if found[0] == "[":
            waiting.append(found.start())
        elif found[0] == "]" and waiting:
            pairs[waiting.pop()] = found.start()
    return pairs


def _without_tail(url: str) -> str:
    """Take off what follows an address in a sentence: a Korean or Japanese particle, punctuation, a closing bracket without partner."""
    particle = _PARTICLE.search(url, len("https://"))
    if particle and not (url[particle.start() - 1] == "/" and url.count("/") > 3):
        url = url[: particle.start()]
    surplus = url.count(")") - url.count("(")
    while url and (url[-1] in ".,;:!?'\"*_~、。，；：！？）」』》】" or (url[-1] == ")" and surplus > 0)):
        surplus -= url[-1] == ")"
        url = url[:-1]
    return url


def _file_name(url: str) -> str:
    return PurePosixPath(unquote(urlsplit(url).path)).name or host_of(url)


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Take white space off both ends and around line breaks."""
    result: list[Piece] = []
    for piece, following in zip_longest(pieces, pieces[1:]):
        text = piece.text
        if piece.kind is Kind.TEXT:
            if not result or result[-1].kind is Kind.BREAK:
                text = text.lstrip(" ")
            if following is None or following.kind is Kind.BREAK:
                text = text.rstrip(" ")
            if not text:
                continue
        if piece.kind is Kind.BREAK and (not result or following is None):
            continue
        result.append(Piece(piece.kind, text, piece.url))
    return result
