"""The program is put together of what it needs, and of no more."""

import subprocess
import sys

SELDOM_NEEDED = {
    "aiohttp.web",
    "alembic",
    "bibtexparser",
    "discord.ext.commands",
    "PIL",
    "prometheus_client",
    "pydantic",
    "rapidfuzz",
    "regex",
    "rich",
    "simcord",
    "sqlalchemy.dialects.postgresql",
    "sqlalchemy.orm",
    "typer",
}
"""Modules that are imported by the first who needs them: a tenth of the bot's memory, and a third of its start."""


def test_the_bot_starts_without_what_it_seldom_needs() -> None:
    script = f"import sys, bot.main, bot.running, bot.app; print(sorted({SELDOM_NEEDED} & sys.modules.keys()))"

    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False)

    assert done.stdout.strip() == "[]", done.stdout + done.stderr
