"""All that is kept about a person, a channel or a server: to hand out, and to forget."""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Table, and_, delete, select

from bot.domain.subscription import DestinationKind
from bot.storage.database import Database
from bot.storage.schema import channels, deliveries, digests, parts, reading_list, subscriptions

Record = Mapping[str, object]
"""A row as JSON has it: instants and dates in ISO form, Discord's ids as text, for they exceed JavaScript's numbers."""


class PersonalData:
    """Everything of one person, channel or server, over all tables."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of_user(self, user_id: int) -> Mapping[str, Sequence[Record]]:
        """Return every row that is kept about a person, by table; each delivery names its digest."""
        async with self._database.read() as connection:
            return {
                name: tuple(map(_record, await connection.execute(rows))) for name, rows in _rows_of(user_id).items()
            }

    async def forget_user(self, user_id: int) -> int:
        """Forget a person: subscription, deliveries and reading list. Return how many of them there were."""
        return await self._forget(_to(DestinationKind.USER, user_id), reading_list, reading_list.c.user_id == user_id)

    async def guilds(self) -> tuple[int, ...]:
        """Return every server of which anything is kept."""
        async with self._database.read() as connection:
            return tuple(await connection.scalars(select(channels.c.guild_id).distinct().order_by(channels.c.guild_id)))

    async def forget_guild(self, guild_id: int) -> int:
        """Forget a server: subscriptions and deliveries of all its channels, the unsubscribed ones too."""
        return await self._forget_channels(channels.c.guild_id == guild_id)

    async def forget_channel(self, channel_id: int) -> int:
        """Forget a channel that is no more."""
        return await self._forget_channels(channels.c.id == channel_id)

    async def _forget_channels(self, which: ColumnElement[bool]) -> int:
        ids = select(channels.c.id).where(which)
        return await self._forget(_to(DestinationKind.CHANNEL, ids), channels, which)

    async def _forget(
        self, to: Callable[[Table], ColumnElement[bool]], table: Table, which: ColumnElement[bool]
    ) -> int:
        """Forget subscriptions and deliveries `to` somebody, and what `table` has of them: all of it, or nothing."""
        async with self._database.write() as connection:
            forgotten = 0
            for each, rows in ((subscriptions, to(subscriptions)), (deliveries, to(deliveries)), (table, which)):
                forgotten += (await connection.execute(delete(each).where(rows))).rowcount
            return forgotten


def _to(kind: DestinationKind, ids: "int | Select[tuple[int]]") -> Callable[[Table], ColumnElement[bool]]:
    chosen = (ids,) if isinstance(ids, int) else ids
    return lambda table: and_(table.c.kind == kind.value, table.c.id.in_(chosen))


def _rows_of(user_id: int) -> Mapping[str, Select[Any]]:
    to = _to(DestinationKind.USER, user_id)
    own = select(deliveries.c.key).where(to(deliveries))
    return {
        "subscriptions": select(subscriptions).where(to(subscriptions)),
        "deliveries": select(deliveries, digests.c.id.label("digest_id"))
        .join(digests)
        .where(to(deliveries))
        .order_by(deliveries.c.opened_at),
        "parts": select(parts).where(parts.c.delivery.in_(own)).order_by(parts.c.delivery, parts.c.ordinal),
        "reading_list": select(reading_list)
        .where(reading_list.c.user_id == user_id)
        .order_by(reading_list.c.saved_at, reading_list.c.key),
    }


def _record(row: Row[Any]) -> Record:
    return {name: _json(value) for name, value in row._mapping.items()}  # noqa: SLF001 (SQLAlchemy's public name)


def _json(value: object) -> object:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return str(value) if isinstance(value, int) and value > 2**53 else value
