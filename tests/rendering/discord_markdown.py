"""How Discord reads one line of text: the rules of its client, in its order, as far as a test needs them.

Discord's parser is a fork of simple-markdown: at each place the first rule that matches wins, and escapes are a rule like any other.
"""

import re
from dataclasses import dataclass

_RULES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("escape", re.compile(r"\\([^0-9A-Za-z\s])")),
    ("autolink", re.compile(r"<(https?://[^\s<>]+)>")),
    ("url", re.compile(r"((?:https?|steam)://[^\s<]+[^<.,:;\"'\]\s])")),
    (
        "link",
        re.compile(
            r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\]|\\.)*?)>?"
            r"(?:\s+['\"]([\s\S]*?)['\"])?\s*\)"
        ),
    ),
    ("mention", re.compile(r"@(?:everyone|here)|<(?:@[!&]?\d+|#\d+|t:-?\d+(?::\w)?|/[^<>]+:\d+|a?:\w+:\d+)>")),
    ("strong", re.compile(r"\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)")),
    (
        "em",
        re.compile(
            r"_((?:__|\\[\s\S]|[^\\_])+?)_(?!\w)"
            r"|\*(?=\S)((?:\*\*|\\[\s\S]|\s+(?:\\[\s\S]|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)"
        ),
    ),
    ("underline", re.compile(r"__((?:\\[\s\S]|[^\\])+?)__(?!_)")),
    ("strike", re.compile(r"~~([\s\S]+?)~~(?!_)")),
    ("spoiler", re.compile(r"\|\|([\s\S]+?)\|\|")),
    ("code", re.compile(r"(`+)([\s\S]*?[^`])\1(?!`)")),
)


@dataclass(frozen=True, slots=True)
class Node:
    """What Discord made of a stretch of text."""

    kind: str
    text: str
    url: str = ""


def parse(source: str) -> list[Node]:
    """Read inline text; plain characters come one by one, what is inside an emphasis stands between two nodes of its kind."""
    nodes: list[Node] = []
    at = 0
    while at < len(source):
        for kind, rule in _RULES:
            found = rule.match(source, at)
            if found:
                nodes += _nodes(kind, found)
                at = found.end()
                break
        else:
            nodes.append(Node("text", source[at]))
            at += 1
    return nodes


def shown(source: str) -> str:
    """Return the characters that a reader sees."""
    return "".join(node.text for node in parse(source)).replace("\u200b", "")


def markup(source: str) -> list[str]:
    """Return the kinds of everything that is not plain text."""
    return [node.kind for node in parse(source) if node.kind not in {"text", "escape"}]


def _nodes(kind: str, found: re.Match[str]) -> list[Node]:
    match kind:
        case "escape" | "autolink" | "url":
            return [Node(kind, found[1], found[1])]
        case "link":
            return [Node(kind, shown(found[1]), found[2])]
        case "code":
            return [Node(kind, found[2].strip(" ") if "`" in found[2] else found[2])]
        case "mention":
            return [Node(kind, found[0])]
        case _:
            inner = next(filter(None, found.groups()))
            return [Node(kind, ""), *parse(inner), Node(f"/{kind}", "")]
