"""`python -m tests.wire.mortal JSON`: the real bot, with shorter waits, that ends itself with `kill -9` at a step of its choice.

The JSON object holds `timing` (seconds, by the names of `bot.delivery.courier.Timing`) and perhaps `step` and `count`: it dies when that
step is taken for the `count`-th time.
"""

import asyncio
import datetime as dt
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from bot.app import serve
from bot.chat.logs import configure
from bot.config import load_settings
from bot.delivery.courier import Timing
from bot.domain.delivery import Delivery, Part
from bot.storage.database import Database
from bot.storage.ledger import Ledger

STEPS = ("opened", "claimed", "answered", "settled", "complete", "closed")
"""A delivery is opened, a part claimed, Discord answers, the part is settled; all parts stand, the delivery is closed."""


class MortalLedger(Ledger):
    """A ledger whose process dies as a step is taken."""

    def __init__(self, database: Database, step: str | None, count: int) -> None:
        super().__init__(database)
        self._step = step
        self._left = count

    async def open(self, *args: Any, **more: Any) -> Delivery:
        """Die after it."""
        delivery = await super().open(*args, **more)
        self._take("opened")
        return delivery

    async def claim(self, *args: Any, **more: Any) -> Part | None:
        """Die after it, before the request."""
        part = await super().claim(*args, **more)
        self._take("claimed")
        return part

    async def sent(self, *args: Any, **more: Any) -> None:
        """Die between Discord's answer and its record, or after that."""
        self._take("answered")
        await super().sent(*args, **more)
        self._take("settled")

    async def close(self, *args: Any, **more: Any) -> None:
        """Die before it or after it."""
        self._take("complete")
        await super().close(*args, **more)
        self._take("closed")

    def _take(self, step: str) -> None:
        if step == self._step:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main() -> None:
    """Run the bot."""
    wishes = json.loads(sys.argv[1])
    timing = Timing(**{name: dt.timedelta(seconds=value) for name, value in wishes["timing"].items()})
    settings = load_settings(os.environ, Path(".env"))
    configure(settings.log_level, settings.log_format, ())
    step, count = wishes.get("step"), wishes.get("count", 1)
    asyncio.run(serve(settings, timing=timing, ledger_type=lambda database: MortalLedger(database, step, count)))


if __name__ == "__main__":
    main()
