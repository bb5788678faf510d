"""How much memory the bot takes in ten thousand servers, and how soon it is ready there.

python -m benchmarks.memory [SERVERS] [RUNS]
"""

import asyncio
import sys
from dataclasses import dataclass

from benchmarks.crowd import crowd
from benchmarks.subject import OURS, STOCK, STOCK_NO_INTENTS, Usage, a_folder, a_subject

SETTLE = 3.0
"""Seconds after which what was said of the servers has been dealt with."""


@dataclass(frozen=True, slots=True)
class Run:
    """One start."""

    ready: float
    """Seconds from the start of the process."""
    usage: Usage
    """Once all servers have been read."""


async def measure(servers: int, arguments: tuple[str, ...]) -> Run:
    """Start a bot among `servers` servers."""
    async with crowd(servers) as discord, a_folder() as folder, a_subject(discord, folder, arguments) as subject:
        ready = await subject.until_ready()
        await discord.consumed.wait()
        await asyncio.sleep(SETTLE)
        return Run(ready, subject.usage())


async def main(servers: int, runs: int) -> None:
    """Print every figure."""
    for name, arguments in (
        ("Paper Digest", OURS),
        ("discord.py, Intents.none()", STOCK_NO_INTENTS),
        ("discord.py", STOCK),
    ):
        for _ in range(runs):
            run = await measure(servers, arguments)
            print(
                f"{name}: ready after {run.ready:.2f} s, {run.usage.memory:.1f} MB (peak {run.usage.peak:.1f}), "
                f"{run.usage.cpu:.2f} s of CPU",
                flush=True,
            )


if __name__ == "__main__":
    given = [*map(int, sys.argv[1:]), *(10_000, 3)[len(sys.argv) - 1 :]]
    asyncio.run(main(*given))
