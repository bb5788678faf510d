"""Who wants what, kept."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, Table, Update, and_, delete, false, insert, or_, select, update

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

KINDS = {kind.value: kind for kind in DestinationKind}


class Subscriptions:
    """The subscriptions of every server and person."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._changed: set[Destination] = set()

    async def destinations(self) -> tuple[Destination, ...]:
        """Return everybody who is subscribed, paused ones included, ordered."""
        async with self._database.read() as connection:
            rows = await connection.execute(select(table.c.kind, table.c.id).order_by(table.c.kind, table.c.id))
            return tuple(Destination(KINDS[kind], number) for kind, number in rows)

    async def some(self, destinations: Iterable[Destination]) -> tuple[Subscription, ...]:
        """Return the subscriptions that there are of some destinations, ordered by destination."""
        statement = select(table).where(among(table, destinations)).order_by(table.c.kind, table.c.id)
        async with self._database.read() as connection:
            return tuple(map(_subscription, await connection.execute(statement)))

    def take_changes(self) -> set[Destination]:
        """Return whose subscription was changed through this object since the last call."""
        changed, self._changed = self._changed, set()
        return changed

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
        self._changed.add(subscription.destination)

    async def remove(self, destination: Destination) -> bool:
        """Forget a subscription; False where there was none."""
        async with self._database.write() as connection:
            return (await connection.execute(delete(table).where(_is(destination)))).rowcount > 0

    async def pause(self, destination: Destination, pause: Pause) -> bool:
        """Keep why and until when nothing more is sent there; False where it is not subscribed."""
        return await self._update(destination, update(table).where(_is(destination)).values(_pause_values(pause)))

    async def resume(self, destination: Destination) -> bool:
        """Serve a paused destination again; False where it was not paused."""
        statement = update(table).where(_is(destination), table.c.pause_reason.is_not(None)).values(_pause_values(None))
        return await self._update(destination, statement)

    async def _update(self, destination: Destination, statement: Update) -> bool:
        async with self._database.write() as connection:
            is_changed = (await connection.execute(statement)).rowcount > 0
        if is_changed:
            self._changed.add(destination)
        return is_changed


def among(rows: Table, destinations: Iterable[Destination]) -> ColumnElement[bool]:
    """Choose the rows of some destinations."""
    by_kind: defaultdict[DestinationKind, list[int]] = defaultdict(list)
    for destination in destinations:
        by_kind[destination.kind].append(destination.id)
    return or_(false(), *(and_(rows.c.kind == kind.value, rows.c.id.in_(ids)) for kind, ids in by_kind.items()))


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
