"""When the archive learns about its words, and where."""

import asyncio
import sqlite3
import sys
from pathlib import Path

from bot.archive import mining
from bot.archive.lane import Lane

HERE = 300
"""Papers up to which it is learnt on the spot: some tenths of a second."""

CHANGED = 0.05
"""Share of papers that have changed since, from which on it is learnt anew: the glossary of yesterday is nearly today's."""


async def learn(path: Path, writer: Lane[sqlite3.Connection]) -> bool:
    """Learn anew if enough has changed; return whether it was.

    A large archive is learnt from by a process of its own, which is ended if this is cancelled: what it had not written is as it was.
    """
    papers, unlearnt = await writer.run(_state)
    if unlearnt <= CHANGED * papers:
        return False
    if papers <= HERE:
        await writer.run(mining.learn)
        return True
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", mining.__name__, str(path), stdin=asyncio.subprocess.DEVNULL
    )
    try:
        code = await process.wait()
    finally:
        if process.returncode is None:
            process.terminate()
            await process.wait()
    if code:
        raise sqlite3.OperationalError(f"learning the archive's words ended with {code}")
    return True


def _state(connection: sqlite3.Connection) -> tuple[int, int]:
    (papers,) = connection.execute("SELECT count(*) FROM paper").fetchone()
    found = connection.execute("SELECT value FROM fact WHERE name = 'unlearnt'").fetchone()
    return papers, found[0] if found else 0
