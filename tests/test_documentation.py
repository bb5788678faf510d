"""README, `.env.example`, Korean catalogue and code say the same."""

import ast
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from discord import Locale, app_commands
from typer.main import get_command

from bot.app import compose
from bot.cli import cli
from bot.cogs.all import add_commands
from bot.cogs.preflight import NAMES
from bot.cogs.wishes import _DAYS, _STYLES
from bot.config import Settings
from bot.reading.finding import Code, Severity

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", "README.ko.md", "CONTRIBUTING.md")
CALLED_BY_NAME = {
    "error.message",
    "leaf.description",
    "name",
    "_DAYS[subscription.days]",
    "_STYLES[subscription.style]",
}
"""Texts that are not written where they are said: those of errors and descriptions are found where they are made."""
TABLES = {*NAMES.values(), *_DAYS.values(), *_STYLES.values()}
"""The other ones."""

Table = dict[str, str]


def text_of(page: str) -> str:
    """Return a page's Markdown."""
    return (ROOT / page).read_text(encoding="utf8")


def table(page: str, first: str) -> Table:
    """Return the rows of every table of a page whose first cell is code alone that begins like `first`."""
    rows = re.findall(rf"^\| `({first}[^`]*)`( \|.*)\|$", text_of(page), re.MULTILINE)
    return {code: rest.strip() for code, rest in rows}


def codes(text: str, pattern: str) -> set[str]:
    """Return what stands as code in a text, as far as it matches."""
    return {code for code in re.findall(r"`([^`]+)`", text) if re.fullmatch(pattern, code)}


def severities() -> Table:
    """Return how severe each code is where it is found, the gravest first: what the reader's sources call."""
    found: dict[str, set[str]] = {code.value: set() for code in Code}
    for path in (ROOT / "bot").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in set(Severity):
                named = [ast.unparse(argument).removeprefix("Code.") for argument in node.args]
                for code in Code.__members__.keys() & named:
                    found[Code[code].value].add(node.func.id)
    return {code: ", ".join(each for each in Severity if each in severe) for code, severe in found.items()}


@asynccontextmanager
async def the_tree(folder: Path) -> AsyncIterator[app_commands.CommandTree[Any]]:
    """Give the command tree of the real bot."""
    settings = {
        "DIGESTS_DIR": folder,
        "DATABASE_URL": f"sqlite+aiosqlite:///{folder}/bot.db",
        "ARCHIVE_PATH": folder / "a.db",
    }
    async with compose(Settings.of({name: str(value) for name, value in settings.items()})) as app:
        await add_commands(app.bot, app.services)
        yield app.bot.tree


def leaves(tree: app_commands.CommandTree[Any]) -> dict[str, set[str]]:
    """Return the options of each slash command."""
    return {
        f"/{command.qualified_name}": {option.name for option in command.parameters}
        for command in tree.walk_commands()
        if isinstance(command, app_commands.Command)
    }


def example() -> Table:
    """Return the settings of `.env.example` with their values, those in comments included."""
    lines = re.findall(r"^#?([A-Z_]+)=(.*)$", text_of(".env.example"), re.MULTILINE)
    assert len(lines) == len({name for name, _ in lines})
    return dict(lines)


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_every_setting_is_in_the_readme_with_its_default(page: str) -> None:
    documented = {name: rest.split("|")[1].strip().strip("`") for name, rest in table(page, "[A-Z]").items()}

    assert documented.keys() == set(Settings.names())
    assert {name: default.replace("–", "") for name, default in documented.items()} == example()


def test_every_setting_is_in_the_example_with_its_default() -> None:
    assert Settings.of(example()) == Settings.of({})
    assert example().keys() == set(Settings.names())


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
def test_every_verb_is_in_the_readme_with_its_options(page: str) -> None:
    group: Any = get_command(cli)
    verbs = {
        name: {option for parameter in verb.params for option in parameter.opts if option.startswith("--")} - {"--help"}
        for name, verb in group.commands.items()
    }

    documented = {
        code.split()[0]: set(re.findall(r"--[a-z-]+", f"{code} {rest}"))
        for code, rest in table(page, "[a-z]").items()
        if code.split()[0] != "make"
    }

    assert documented == verbs


@pytest.mark.parametrize("page", ["README.md", "README.ko.md"])
async def test_every_command_is_in_the_readme_with_its_options(page: str, tmp_path: Path) -> None:
    async with the_tree(tmp_path) as tree:
        commands = leaves(tree)

    documented = {code: codes(rest.split("|")[1], r"[a-z_]+[0-9]?") for code, rest in table(page, "/").items()}

    assert documented == commands


@pytest.mark.parametrize("page", PAGES)
async def test_a_page_names_only_commands_and_targets_that_exist(page: str, tmp_path: Path) -> None:
    async with the_tree(tmp_path) as tree:
        known = leaves(tree).keys() | {f"/{command.name}" for command in tree.get_commands()}
    targets = set(re.findall(r"^([a-z]+):.*##", text_of("Makefile"), re.MULTILINE))
    named = codes(text_of(page), r"/[a-z]+( [a-z]+)?")

    assert named - known - {"/healthz", "/readyz", "/metrics"} == set()
    assert set(re.findall(r"\bmake ([a-z]+)\b(?=`|$)", text_of(page), re.MULTILINE)) <= targets


@pytest.mark.parametrize("page", PAGES)
def test_a_page_links_only_to_files_that_exist(page: str) -> None:
    linked = re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(page)) + re.findall(
        r'src="(?!https?:)([^"]+)"', text_of(page)
    )

    assert [target for target in linked if not (ROOT / target).exists()] == []


def catalogue() -> dict[tuple[str, str], Message]:
    """Return the Korean entries by context and English text."""
    entries = read_po(BytesIO((ROOT / "bot" / "locales" / "ko.po").read_bytes()), locale="ko")
    return {(entry.context or "", str(entry.id)): entry for entry in entries if entry.id}


def said() -> Iterator[tuple[ast.Call, ast.expr]]:
    """Yield each text handed to a `Words`, `UserError` or `locale_str`, and the call. Of a count it is the plural."""
    for path in sorted((ROOT / "bot").rglob("*.py")):
        nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf8"))))
        voices = {name for node in nodes for name in voice_of(node)}
        for node in nodes:
            if isinstance(node, ast.Call) and node.args:
                speaker, _, way = ast.unparse(node.func).partition(".")
                if speaker in voices | {"UserError", "locale_str"} and way in {"", "text"}:
                    yield node, node.args[0]
                elif speaker in voices and way == "count":
                    yield node, node.args[1]


def voice_of(node: ast.AST) -> Iterator[str]:
    """Yield the name that holds a `Words`, if this is where it gets it."""
    match node:
        case ast.arg(arg=name, annotation=ast.Name(id="Words")):
            yield name
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id="words" | "voice"))):
            yield name


def wordy(text: str) -> bool:
    """Tell whether there are words around the gaps of a text."""
    return any(any(map(str.isalpha, literal)) for literal, *_ in Formatter().parse(text))


async def payloads(tree: app_commands.CommandTree[Any]) -> Iterator[dict[str, Any]]:
    """Return every command, group and option as Discord gets it."""

    def walk(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield payload
        for option in payload.get("options", ()):
            yield from walk(option)

    assert tree.translator is not None
    top = [await command.get_translated_payload(tree, tree.translator) for command in tree.get_commands()]
    return (each for payload in top for each in walk(payload))


def test_texts_are_written_where_they_are_said() -> None:
    elsewhere = {ast.unparse(text) for _, text in said() if not isinstance(text, ast.Constant)}

    assert elsewhere == CALLED_BY_NAME


async def test_every_text_has_its_korean_and_no_korean_is_left_over(tmp_path: Path) -> None:
    literals = {str(text.value) for _, text in said() if isinstance(text, ast.Constant)}
    async with the_tree(tmp_path) as tree:
        shown = list(await payloads(tree))
    names = {("name", str(payload["name"])) for payload in shown}
    texts = {
        ("", str(text)) for text in literals | TABLES | {payload["description"] for payload in shown} if wordy(text)
    }

    korean = catalogue()

    assert names | texts == korean.keys()
    assert [key for key, entry in korean.items() if not entry.string] == []


def gaps(text: object) -> set[str | None]:
    """Return the names of what is to be filled into a text."""
    return {name for _, name, _, _ in Formatter().parse(str(text)) if name is not None}


def test_every_gap_is_filled_where_the_text_is_said() -> None:
    unfilled = {
        text.value
        for call, text in said()
        if isinstance(text, ast.Constant)
        and not ast.unparse(call.func).endswith(".text")
        and not any(keyword.arg is None for keyword in call.keywords)
        and gaps(text.value) != {keyword.arg for keyword in call.keywords} | ({"n"} if len(call.args) == 3 else set())
    }

    assert unfilled == set()


def test_korean_has_the_same_gaps_to_fill() -> None:
    assert [key for key, entry in catalogue().items() if gaps(entry.id) != gaps(entry.string)] == []


async def test_discord_takes_the_korean_names_and_descriptions(tmp_path: Path) -> None:
    async with the_tree(tmp_path) as tree:
        shown = list(await payloads(tree))

    for payload in shown:
        name, description = (
            payload[f"{field}_localizations"][Locale.korean.value] for field in ("name", "description")
        )
        assert re.fullmatch(r"[-_\w]{1,32}", name)
        assert name == name.lower()
        assert 1 <= len(description) <= 100


def test_every_finding_is_explained_to_authors() -> None:
    said = {code: rest.split("|")[1].strip() for code, rest in table("docs/checks.md", "D[0-9]").items()}

    assert said == severities()
