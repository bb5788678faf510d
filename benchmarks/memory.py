"""How much memory the bot takes in ten thousand servers, and how soon it is ready there.

    python -m benchmarks.memory [SERVERS] [RUNS]

Beside it a bot on discord.py as its documentation shows it, and one without intents, which is told of no server at all.
"""

import asyncio
import sys
from dataclasses import dataclass

from benchmarks.crowd import crowd
from benchmarks.row import Row
from benchmarks.subject import OURS, STOCK, STOCK_NO_INTENTS, Usage, a_folder, a_subject

SETTLE = 3.0
"""Seconds after which what was said of the servers has been dealt with."""


@dataclass(frozen=True, slots=True)
class Run:
    """One start."""

    ready: float
    """Seconds from the start of the process."""
    at_ready: Usage
    settled: Usage
    """Once all servers have been read."""


async def start(servers: int, arguments: tuple[str, ...]) -> Run:
    """Start a bot for the first time, among `servers` servers."""
    async with crowd(servers) as discord, a_folder() as folder, a_subject(discord, folder, arguments) as subject:
        ready = await subject.until_ready()
        at_ready = subject.usage()
        await discord.consumed.wait()
        await asyncio.sleep(SETTLE)
        return Run(ready, at_ready, subject.usage())


async def measure(servers: int = 10_000, runs: int = 3) -> list[Row]:
    """Start each bot `runs` times, in turns, and compare the best of each."""
    seen: dict[tuple[str, ...], list[Run]] = {OURS: [], STOCK: [], STOCK_NO_INTENTS: []}
    for _ in range(runs):
        for arguments, those in seen.items():
            those.append(await start(servers, arguments))
    ready, at_ready, peak, cpu = (
        {arguments: min(map(figure, those)) for arguments, those in seen.items()}
        for figure in (
            lambda run: run.ready,
            lambda run: run.at_ready.memory,
            lambda run: run.settled.peak,
            lambda run: run.settled.cpu,
        )
    )
    among, no_intents = f"in {servers:,} servers", "discord.py, `Intents.none()`"
    return [
        Row(f"memory when ready {among}", at_ready[OURS], at_ready[STOCK], "MB"),
        Row("… and at most, once all are read", peak[OURS], peak[STOCK], "MB"),
        Row("", peak[OURS], peak[STOCK_NO_INTENTS], "MB", no_intents),
        Row(f"process started until ready {among}", ready[OURS], ready[STOCK], "s"),
        Row("", ready[OURS], ready[STOCK_NO_INTENTS], "s", no_intents),
        Row("… CPU time until all are read", cpu[OURS], cpu[STOCK], "s"),
        Row("", cpu[OURS], cpu[STOCK_NO_INTENTS], "s", no_intents),
    ]


if __name__ == "__main__":
    for row in asyncio.run(measure(*map(int, sys.argv[1:]))):
        print(row)
