"""How long a slash command takes, from Discord sending it to Discord having the answer.

    python -m benchmarks.commands [USES] [ROUNDS]

The baseline is a greeting on discord.py, which looks nothing up.
"""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from statistics import median, quantiles

from benchmarks.crowd import Crowd, crowd
from benchmarks.row import Row
from benchmarks.subject import OURS, STOCK, a_folder, a_subject

WARM_UP = 20


@dataclass(frozen=True, slots=True)
class Use:
    """A way to use a command, and a word of its answer: an apology would be faster."""

    name: str
    answer: str
    options: dict[str, str] = field(default_factory=dict, hash=False)


GREETING = Use("hello", "Hello.")
USES = (
    Use("help", "/channel subscribe"),
    Use("status", "7 papers"),
    Use("digest latest", "1/7"),
    Use("paper search", "2403.0", {"query": "하루치 요약"}),
)


@dataclass(frozen=True, slots=True)
class Times:
    """What uses of a command took, in milliseconds."""

    median: float
    slowest: float
    """Of a hundred, the slowest but one."""


async def use(discord: Crowd, command: Use, uses: int) -> Times:
    """Use a command `uses` times, one after another."""
    taken = [await discord.ask(command.name, **command.options) * 1000 for _ in range(WARM_UP + uses)][WARM_UP:]
    if command.answer not in json.dumps(discord.answer, ensure_ascii=False):
        raise RuntimeError(f"/{command.name} answered {discord.answer}")
    return Times(median(taken), quantiles(taken, n=100)[98])


async def measure(uses: int = 200, rounds: int = 5) -> list[Row]:
    """Use each command in every round, and compare the best round of each: of medians, and of 99th percentiles."""
    async with AsyncExitStack() as stack:
        folder = await stack.enter_async_context(a_folder())
        seen: dict[Use, tuple[Crowd, list[Times]]] = {}
        for arguments, commands in ((STOCK, (GREETING,)), (OURS, USES)):
            discord = await stack.enter_async_context(crowd(1))
            subject = await stack.enter_async_context(a_subject(discord, folder, arguments))
            await subject.until_ready()
            seen |= {command: (discord, []) for command in commands}
        await asyncio.sleep(3)  # until the digests are in the archive
        for _ in range(rounds):
            for command, (discord, times) in seen.items():
                times.append(await use(discord, command, uses))
    _, greeting = seen[GREETING]
    return [row for command in USES for row in _rows(command, seen[command][1], greeting)]


def _rows(command: Use, ours: Sequence[Times], greeting: Sequence[Times]) -> list[Row]:
    medians, slowest = ((min(map(figure, ours)), min(map(figure, greeting))) for figure in (_median, _slowest))
    of = "discord.py, a greeting"
    return [
        Row(f"answer to `/{command.name}`, median", *medians, "ms", of),
        Row("… 99th percentile", *slowest, "ms", of),
    ]


def _median(times: Times) -> float:
    return times.median


def _slowest(times: Times) -> float:
    return times.slowest


if __name__ == "__main__":
    for row in asyncio.run(measure(*map(int, sys.argv[1:]))):
        print(row)
