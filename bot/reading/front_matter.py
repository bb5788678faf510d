"""The front matter of a post: what a blog engine keeps above the text."""

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from bot.reading.finding import Code, Finding, warning

MAX_LINES = 200
"""A block that is longer than this without being closed is taken for text."""

_DATES = ("date", "pubDate", "publishDate", "publishedAt", "published_at", "created", "lastmod")
_KEYS = ("title", *_DATES, "published", "categories", "category", "tags", "tag", "paper_count", "papers_count", "count")
_RECOVERABLE = re.compile(rf"({'|'.join(_KEYS)})[ \t]*:(.*)")
_HANDLER = YAMLHandler()
_NESTING = re.compile(r"[\[{]|[-?](?=[ \t])")
_NESTS = 400
"""More openings of lists and mappings than this are nobody's front matter."""


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a digest may say about itself. Every value is text as it was written."""

    values: Mapping[str, str] = field(default_factory=dict)
    body: int = 0
    """Index of the first line below the front matter."""
    findings: tuple[Finding, ...] = ()

    @property
    def title(self) -> str:
        """The title; empty where there is none."""
        return self.values.get("title", "")

    @property
    def date(self) -> str:
        """The date; empty where there is none."""
        return next((value for key in _DATES if (value := self.values.get(key))), "")

    @property
    def published(self) -> bool:
        """Whether the author wants it read."""
        return self.values.get("published", "").lower() not in {"false", "no", "off"}

    @property
    def topics(self) -> str:
        """Categories and tags as one text."""
        return " ".join(self.values.get(key, "") for key in ("categories", "category", "tags", "tag"))

    def line_of(self, key: str, lines: list[str]) -> int:
        """Return the line, counting from 1, on which `key` stands; 1 where it can't be told."""
        found = (n for n, line in enumerate(lines[: self.body], start=1) if line.lstrip('"{').lower().startswith(key))
        return next(found, 1)


def split(lines: list[str]) -> FrontMatter:
    """Read the block at the top of a file, if there is one: YAML between `---`, TOML between `+++`, or a JSON object.

    Never fails: a block that its language refuses is read line by line, with a warning.
    """
    top = next((n for n, line in enumerate(lines[:20]) if line.strip()), None)
    if top is None:
        return FrontMatter()
    opening = lines[top].rstrip()
    if opening == "---":
        return _between(lines, top, ("---", "..."), _yaml)
    if opening == "+++":
        return _between(lines, top, ("+++",), _toml)
    if opening == "{":
        return _between(lines, top, ("}",), _json)
    return FrontMatter()


def _between(lines: list[str], top: int, closers: tuple[str, ...], load: Any) -> FrontMatter:
    limit = min(len(lines), top + 1 + MAX_LINES)
    end = next((n for n in range(top + 1, limit) if lines[n].rstrip() in closers), None)
    if end is None:
        return _unclosed(lines, top)
    block = lines[top + 1 : end]
    try:
        loaded = load("\n".join(block)) if _shallow(block) else None
    except (yaml.YAMLError, tomllib.TOMLDecodeError, ValueError, RecursionError) as refused:
        line, column = _place(refused, top)
        remedy = "Put values that contain a colon or start with a special character in quotes."
        said = "the front matter is broken and was read line by line"
        broken = warning(line, Code.FRONT_MATTER_BROKEN, said, remedy, column=column)
        return FrontMatter(_line_by_line(block), end + 1, (broken,))
    if not isinstance(loaded, dict):
        if lines[top].rstrip() == "---" and _is_prose(block):
            return FrontMatter()
        said = "the front matter does not consist of `key: value` lines"
        findings = (warning(top + 1, Code.FRONT_MATTER_BROKEN, said, "Write one `key: value` a line."),)
        return FrontMatter(_line_by_line(block), end + 1, findings if any(map(str.strip, block)) else ())
    return FrontMatter(_whitelisted(loaded), end + 1)


def _is_prose(block: list[str]) -> bool:
    """Tell text between two thematic breaks from front matter: it has a Markdown heading or no key at all."""
    return any(line.startswith(("## ", "### ")) for line in block) or (
        not any(re.match(r"[\w-]+[ \t]*:|- |\[", line) for line in block if line.strip())
        and any(line.strip() for line in block)
    )


def _unclosed(lines: list[str], top: int) -> FrontMatter:
    keys = [line for line in lines[top + 1 : top + 1 + MAX_LINES] if _RECOVERABLE.match(line)]
    if not keys:
        return FrontMatter()  # a text that starts with a thematic break
    body = top + 1
    while body < len(lines) and re.match(r"[\w-]+[ \t]*:|[ \t]*- |[ \t]+\S|$", lines[body]) and lines[body].strip():
        body += 1
    said = "the front matter is not closed"
    found = (warning(top + 1, Code.FRONT_MATTER_OPEN, said, "Close it with a line of `---`."),)
    return FrontMatter(_line_by_line(lines[top + 1 : body]), body, found)


def _shallow(block: list[str]) -> bool:
    """Tell a block that a recursive parser can take from a nest that would exhaust its stack (libyaml's would end the process)."""
    if sum(len(_NESTING.findall(line)) for line in block) > _NESTS:
        raise ValueError("nested too deeply")
    return True


def _yaml(block: str) -> object:
    # The base loader knows no tags and makes no types: a date stays as written, nothing is ever constructed.
    return _HANDLER.load(block, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))


def _toml(block: str) -> object:
    return tomllib.loads(block)


def _json(block: str) -> object:
    return json.loads("{" + block + "}")


def _whitelisted(loaded: Mapping[Any, Any]) -> dict[str, str]:
    """Keep the keys that count, however their letters are written: some editors export `Title:` and `Date:`."""
    folded = {key.lower(): value for key, value in loaded.items() if isinstance(key, str)}
    folded |= {key.lower(): loaded[key] for key in _KEYS if key in loaded}
    return {key: _text(folded[key.lower()]) for key in _KEYS if key.lower() in folded}


def _text(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(item for item in value[:50] if isinstance(item, str))
    if isinstance(value, dict) or value is None:
        return ""
    text = " ".join(str(value).split())
    return "" if text in {"null", "~", "Null", "NULL"} else text


def _line_by_line(block: list[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for line in block:
        if match := _RECOVERABLE.match(line):
            value = match[2].strip()
            if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
                value = value[1:-1]
            values[match[1]] = _text(value)
    return values


def _place(refused: Exception, top: int) -> tuple[int, int]:
    mark = getattr(refused, "problem_mark", None)
    return (top + 2 + mark.line, mark.column + 1) if mark is not None else (top + 1, 1)
