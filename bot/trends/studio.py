"""Have a chart drawn by a process of its own."""

import asyncio
import sys

from bot.trends.chart import Chart

PATIENCE = 20.0
"""Seconds; drawing takes half of one."""


class Studio:
    """Draws one chart at a time: each takes some 50 MB while it is drawn."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._free = asyncio.Semaphore(1)

    async def draw(self, chart: Chart) -> bytes:
        """Return the PNG of a chart. Raises RuntimeError with what the process said, or TimeoutError, where none comes."""
        async with self._free, asyncio.timeout(self._patience):
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot.trends.picture",
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.PIPE,
            )
            try:
                picture, said = await process.communicate(chart.dumps().encode("utf-8", "replace"))
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()
        if process.returncode:
            raise RuntimeError(f"drawing failed: {said.decode(errors='replace')[-500:]}")
        return picture
