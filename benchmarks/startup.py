"""How long the bot takes from the start of its process until it is ready, with five digests and one server.

python -m benchmarks.startup [RUNS]
"""

import asyncio
import sys
from pathlib import Path

from benchmarks.crowd import Crowd, crowd
from benchmarks.row import Row
from benchmarks.subject import OURS, STOCK, a_folder, a_subject


async def start(discord: Crowd, folder: Path, arguments: tuple[str, ...]) -> tuple[float, float]:
    """Start a bot; return its seconds until ready, and how many of them it used the CPU."""
    async with a_subject(discord, folder, arguments) as subject:
        return await subject.until_ready(), subject.usage().cpu


async def measure(runs: int = 5) -> list[Row]:
    """Start each bot `runs` times, in turns, ours for the first time and then once more, and compare the best of each."""
    first, again, stock = [], [], []
    async with crowd(1) as discord:
        for _ in range(runs):
            async with a_folder() as folder:
                first.append(await start(discord, folder, OURS))
                again.append(await start(discord, folder, OURS))
                stock.append(await start(discord, folder, STOCK))
    wall, cpu = ([min(each[at] for each in those) for those in (first, again, stock)] for at in (0, 1))
    return [
        Row("first start until ready, five digests", wall[0], wall[2], "s"),
        Row("later start until ready", wall[1], wall[2], "s"),
        Row("… CPU time of it", cpu[1], cpu[2], "s"),
    ]


if __name__ == "__main__":
    for row in asyncio.run(measure(*map(int, sys.argv[1:]))):
        print(row)
