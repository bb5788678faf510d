"""The layout that a reader may count on: imports point inward, each library has one home, importing does nothing."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "bot").rglob("*.py"))
MIGRATIONS = "bot.storage.migrations"
"""Scripts that Alembic runs: what happens at import is their purpose."""

INNER = {"domain", "errors", "journal", "locales"}
SERVICES = INNER | {"archive", "config", "delivery", "export", "reading", "rendering", "storage", "trends"}
MAY_IMPORT = {
    "domain": set[str](),
    "errors": set[str](),
    "journal": set[str](),
    "locales": set[str](),
    "config": {"domain", "errors"},
    "reading": {"domain", "errors"},
    "archive": {"domain", "errors", "journal"},
    "rendering": {"archive", "domain", "locales"},  # of the archive its values alone: what a search found
    "export": {"domain", "locales", "rendering"},
    "trends": {"domain", "locales"},
    "delivery": {"domain"},
    "storage": {"domain", "errors", "journal"},
    "health": {"delivery", "errors"},
    "chat": SERVICES,
    "views": SERVICES | {"chat"},
    "cogs": SERVICES | {"chat", "views"},
    "terminal": SERVICES,
    "app": SERVICES | {"chat", "views", "cogs", "health", "terminal"},
    "demo_picture": {"errors"},
    "demo": SERVICES | {"app", "demo_picture"},
    "running": {"app", "chat", "config"},
    "cli": SERVICES | {"app", "chat", "demo", "running", "terminal"},
    "main": {"cli", "errors", "running"},
    "__main__": {"main"},
}
"""For each package, the packages that it may import; all imports point down this table."""

EDGE = ("bot.chat", "bot.cogs", "bot.views")
HOMES = {
    "aiohttp": ("bot.app", "bot.chat", "bot.health"),
    "aiosqlite": ("bot.storage",),
    "alembic": ("bot.storage",),
    "apscheduler": ("bot.delivery.ticker",),
    "babel": ("bot.locales", "bot.cogs.zones"),
    "bibtexparser": ("bot.export",),
    "discord": (*EDGE, "bot.app", "bot.demo"),
    "dotenv": ("bot.config",),
    "frontmatter": ("bot.reading.front_matter",),
    "markdown_it": ("bot.reading.outline",),
    "msgspec": ("bot.reading.shelved",),
    "PIL": ("bot.trends", "bot.demo_picture"),
    "prometheus_client": ("bot.health",),
    "rapidfuzz": ("bot.archive",),
    "regex": ("bot.rendering.graphemes",),
    "rich": ("bot.terminal", "bot.demo"),
    "simcord": ("bot.demo",),
    "sqlalchemy": ("bot.storage",),
    "sqlite3": ("bot.archive", "bot.journal", "bot.storage"),
    "typer": ("bot.cli",),
    "yaml": ("bot.reading.front_matter",),
    "yarl": ("bot.chat",),
}
"""For each library, the modules or packages that may import it; a library that is not here may be imported nowhere."""
DECLARED_BY = {"Index", "MetaData", "Table", "typer.Typer", "app_commands.checks.has_permissions"}
"""What their libraries want declared at module level: tables, verbs and decorators."""
BOUNDARIES = {"bot.chat.boundary", "bot.delivery.corrections", "bot.delivery.fleet", "bot.delivery.ticker"}
"""Where one failure of any kind stays one: a control, a delivery, a scheduled look. Anywhere else, a broad except raises again."""


def name_of(path: Path) -> str:
    """Return the dotted name of a module."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def tree_of(path: Path) -> ast.Module:
    """Parse a module."""
    return ast.parse(path.read_text(encoding="utf8"))


def imports_of(path: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            module = node.module or ""
            yield from (f"{module}.{alias.name}" for alias in node.names)


def within(module: str, homes: tuple[str, ...]) -> bool:
    """Tell whether a module is one of `homes` or stands below one."""
    return any(module == home or module.startswith(f"{home}.") for home in homes)


def test_imports_point_inward() -> None:
    wrong = {
        f"{name_of(path)} imports {imported}"
        for path in MODULES
        for imported in imports_of(path)
        if imported.startswith("bot.") and "." in name_of(path)
        for importer, target in [(name_of(path).split(".")[1], imported.split(".")[1])]
        if importer != target and target not in MAY_IMPORT[importer]
    }

    assert wrong == set()


def test_each_library_has_one_home() -> None:
    ours = sys.stdlib_module_names - {"sqlite3"} | {"bot"}
    wrong = {
        f"{name_of(path)} imports {library}"
        for path in MODULES
        for library in {imported.split(".")[0] for imported in imports_of(path)}
        if library not in ours and not within(name_of(path), HOMES.get(library, ()))
    }

    assert wrong == set()


@pytest.mark.parametrize("path", [path for path in MODULES if path.name == "__init__.py"], ids=name_of)
def test_a_package_says_what_it_is_for_and_holds_no_code(path: Path) -> None:
    (statement,) = tree_of(path).body

    assert isinstance(statement, ast.Expr)
    assert isinstance(statement.value, ast.Constant)


@pytest.mark.parametrize("path", [path for path in MODULES if not name_of(path).startswith(MIGRATIONS)], ids=name_of)
def test_a_module_keeps_no_state(path: Path) -> None:
    module = tree_of(path)

    names = {name for statement in module.body for name in _assigned(statement)}

    assert {name for name in names if not re.fullmatch(r"_?[A-Z][A-Za-z0-9_]*|log", name)} == set()
    assert not any(isinstance(node, ast.Global) for node in ast.walk(module))


def _assigned(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Assign(value=ast.Call(func=maker)) if ast.unparse(maker) in DECLARED_BY:
            return
        case ast.Assign(targets=targets):
            for target in targets:
                yield from (node.id for node in ast.walk(target) if isinstance(node, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.AugAssign(target=ast.Name(id=name)):
            yield name
        case _:
            return


def test_importing_everything_does_nothing(tmp_path: Path) -> None:
    names = [name_of(path) for path in MODULES if not name_of(path).startswith((MIGRATIONS, "bot.__main__"))]
    script = f"""
import importlib, sys, threading
forbidden = {{"open", "socket.connect", "socket.bind", "subprocess.Popen", "os.mkdir", "os.remove"}}
def watch(event, args):
    if event in forbidden and not (event == "open" and (args[1] is None or not set(args[1]) & set("wax+"))):
        effects.append((event, args[0]))
effects = []
sys.dont_write_bytecode = True
sys.addaudithook(watch)
for name in {names!r}:
    importlib.import_module(name)
print(effects, threading.active_count())
"""

    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.stdout.strip() == "[] 1", done.stdout + done.stderr
    assert list(tmp_path.iterdir()) == []


def test_broad_excepts_stand_at_boundaries_alone() -> None:
    broad = {
        f"{name_of(path)}:{handler.lineno}"
        for path in MODULES
        for handler in ast.walk(tree_of(path))
        if isinstance(handler, ast.ExceptHandler)
        and (handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"})
        and name_of(path) not in BOUNDARIES
        and not isinstance(handler.body[-1], ast.Raise)
    }

    assert broad == set()
