"""The engine comes without the object mapper, and whoever wants that still gets it."""

import subprocess
import sys


def said(script: str) -> str:
    """Run a script in a process of its own and return what it printed."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)
    return done.stdout.strip() or done.stderr


def test_the_engine_comes_without_the_object_mapper() -> None:
    assert said("import sys, bot.storage.engine; print('sqlalchemy.orm' in sys.modules)") == "False"


def test_whoever_wants_the_package_gets_it_whole() -> None:
    script = """
import bot.storage.engine as ours
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker
import sqlalchemy.ext.asyncio as theirs
print(AsyncEngine is ours.AsyncEngine, AsyncSession.__name__, hasattr(theirs, "nothing"), theirs.__file__ is None)
"""

    assert said(script) == "True AsyncSession False False"


def test_a_package_that_has_run_is_left_alone() -> None:
    script = """
import sqlalchemy.ext.asyncio as theirs
import bot.storage.engine as ours
print(theirs.AsyncEngine is ours.AsyncEngine)
"""

    assert said(script) == "True"
