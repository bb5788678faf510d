"""The request budget of a token, shared by every process that has this state."""

import logging

from sqlalchemy import ColumnElement, Double, case, cast, func, literal, update
from sqlalchemy.exc import DBAPIError

from bot.storage.database import Database
from bot.storage.schema import pace

log = logging.getLogger(__name__)

NAME = "rest"


class Pace:
    """Slots for requests, each given to one process only. Where the database fails, each keeps to its own pace."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._is_there = False

    async def reserve(self, count: int, gap: float) -> float | None:
        """Take the next `count` slots, `gap` seconds apart, and return in how many seconds the first one is."""
        try:
            return await self._reserve(count * gap)
        except DBAPIError as error:
            log.warning("the request budget can't be shared just now: %s", error)
            return None

    async def _reserve(self, span: float) -> float:
        """The database's own clock is asked: those of several machines differ."""
        now = _now(is_sqlite=self._database.is_sqlite)
        free_at = case((pace.c.free_at > now, pace.c.free_at), else_=now) + literal(span)
        taken = update(pace).where(pace.c.name == NAME).values(free_at=free_at).returning(pace.c.free_at - span - now)
        async with self._database.write() as connection:
            if not self._is_there:
                await connection.execute(self._database.insert_once(pace).values(name=NAME, free_at=0.0))
                self._is_there = True
            ahead: float = (await connection.execute(taken)).scalar_one()
        return max(0.0, ahead)


def _now(*, is_sqlite: bool) -> ColumnElement[float]:
    """Return the seconds since 1970, to the millisecond at least."""
    if is_sqlite:
        return (func.julianday("now") - 2440587.5) * 86400.0
    return cast(func.extract("epoch", func.clock_timestamp()), Double)
