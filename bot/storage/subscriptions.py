"""Who wants what, kept."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, delete, insert, select, update

from bot.domain.subscription import (
    ChannelKind,
    Days,
    Destination,
    DestinationKind,
    Language,
    Pause,
    Style,
    Subscription,
)
from bot.storage.database import Database
from bot.storage.schema import channels
from bot.storage.schema import subscriptions as table


class Subscriptions:
    """The subscriptions of every server and person."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> tuple[Subscription, ...]:
        """Return every subscription, paused ones included, ordered by destination."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(table).order_by(table.c.kind, table.c.id))
            return tuple(map(_subscription, rows))

    async def get(self, destination: Destination) -> Subscription | None:
        """Return one destination's subscription."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(table).where(_is(destination)))).first()
            return None if row is None else _subscription(row)

    async def of_guild(self, guild_id: int) -> tuple[Subscription, ...]:
        """Return a server's subscriptions, ordered by channel."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(table).where(table.c.guild_id == guild_id).order_by(table.c.id))
            return tuple(map(_subscription, rows))

    async def put(self, subscription: Subscription) -> None:
        """Keep a subscription in place of the destination's former one."""
        async with self._database.write() as connection:
            await connection.execute(delete(table).where(_is(subscription.destination)))
            await connection.execute(insert(table).values(_values(subscription)))
            if subscription.guild_id is not None:
                place = {"id": subscription.destination.id, "guild_id": subscription.guild_id}
                await connection.execute(self._database.insert_once(channels).values(place))

    async def remove(self, destination: Destination) -> bool:
        """Forget a subscription; False where there was none."""
        return await self._delete(_is(destination)) > 0

    async def pause(self, destination: Destination, pause: Pause) -> bool:
        """Keep why and until when nothing more is sent there; False where it is not subscribed."""
        statement = update(table).where(_is(destination)).values(_pause_values(pause))
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def resume(self, destination: Destination) -> bool:
        """Serve a paused destination again; False where it was not paused."""
        statement = update(table).where(_is(destination), table.c.pause_reason.is_not(None)).values(_pause_values(None))
        async with self._database.write() as connection:
            return (await connection.execute(statement)).rowcount > 0

    async def forget_guild(self, guild_id: int) -> int:
        """Forget a server's subscriptions; return how many there were."""
        return await self._delete(table.c.guild_id == guild_id)

    async def forget_user(self, user_id: int) -> bool:
        """Forget a person's subscription; False where there was none."""
        return await self.remove(Destination(DestinationKind.USER, user_id))

    async def _delete(self, which: ColumnElement[bool]) -> int:
        async with self._database.write() as connection:
            return (await connection.execute(delete(table).where(which))).rowcount


def _is(destination: Destination) -> ColumnElement[bool]:
    return and_(table.c.kind == destination.kind.value, table.c.id == destination.id)


def _values(subscription: Subscription) -> dict[str, Any]:
    return {
        "kind": subscription.destination.kind.value,
        "id": subscription.destination.id,
        "channel_id": subscription.channel_id,
        "channel_kind": subscription.channel_kind.value,
        "guild_id": subscription.guild_id,
        "time": subscription.time.isoformat("minutes"),
        "zone": subscription.zone.key,
        "created_at": subscription.created_at,
        "style": subscription.style.value,
        "days": subscription.days.value,
        "keywords": subscription.keywords,
        "language": subscription.language.value,
        "role_id": subscription.role_id,
        **_pause_values(subscription.pause),
    }


def _pause_values(pause: Pause | None) -> dict[str, Any]:
    return {
        "pause_reason": None if pause is None else pause.reason,
        "paused_at": None if pause is None else pause.since,
        "strikes": 0 if pause is None else pause.strikes,
        "probe_at": None if pause is None else pause.probe_at,
    }


def _subscription(row: Row[Any]) -> Subscription:
    return Subscription(
        destination=Destination(DestinationKind(row.kind), row.id),
        channel_id=row.channel_id,
        channel_kind=ChannelKind(row.channel_kind),
        guild_id=row.guild_id,
        time=dt.time.fromisoformat(row.time),
        zone=ZoneInfo(row.zone),
        created_at=row.created_at,
        style=Style(row.style),
        days=Days(row.days),
        keywords=row.keywords,
        language=Language(row.language),
        role_id=row.role_id,
        pause=None if row.pause_reason is None else Pause(row.pause_reason, row.paused_at, row.strikes, row.probe_at),
    )
