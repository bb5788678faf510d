"""Measure everything and write the table of the documentation: between its markers in README.md and docs/benchmarks.md.

python -m benchmarks.table
"""

import asyncio
import datetime as dt
import os
import platform
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from benchmarks import commands, memory, startup
from benchmarks.row import HEADER

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- measured by make bench -->", "<!-- until here -->"
DOCUMENTS = (ROOT / "README.md", ROOT / "docs" / "benchmarks.md")


async def table() -> str:
    """Return every comparison as a Markdown table."""
    rows = [*await memory.measure(), *await startup.measure(), *await commands.measure()]
    return "\n".join([HEADER, *map(str, rows)])


def bullets(module: str) -> str:
    """Return what a benchmark that compares with something other than a program says, a bullet a line."""
    command = [sys.executable, "-m", module]
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return "\n".join(f"- {line}" for line in said.splitlines() if line.strip())


def circumstances() -> str:
    """Say where the figures come from."""
    return (
        f"Best of several runs on {dt.datetime.now(dt.UTC):%-d %B %Y}: {os.cpu_count()} cores, "
        f"{platform.system()}, Python {platform.python_version()}, discord.py {version('discord.py')}."
    )


def write(text: str, document: Path) -> None:
    """Put `text` between the markers of a document."""
    before, _, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not end:
        raise ValueError(f"{document} has no markers")
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", encoding="utf-8")


def main() -> None:
    """Measure, print and write."""
    parts = [asyncio.run(table()), bullets("benchmarks.fan_out"), bullets("benchmarks.planning"), circumstances()]
    text = "\n\n".join(parts)
    print(text)
    for document in DOCUMENTS:
        write(text, document)


if __name__ == "__main__":
    main()
