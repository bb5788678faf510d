"""The memory of what was delivered: the ledger of deliveries and their parts."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, or_, select, update

from bot.domain.delivery import (
    Delivery,
    DeliveryKey,
    DeliveryState,
    DigestKey,
    History,
    KnownDigest,
    Look,
    Part,
    PartState,
)
from bot.domain.digest import Digest, DigestId
from bot.domain.subscription import ChannelKind, Destination, DestinationKind, Language, Style
from bot.storage.database import Database
from bot.storage.digests import Memory
from bot.storage.engine import AsyncConnection
from bot.storage.schema import deliveries, digests, parts, subscriptions
from bot.storage.subscriptions import KINDS, among

REMEMBERED = 10
"""How many deliveries one destination's history holds: as many as `CATCH_UP_LIMIT` is at most."""
BARE = ("key", "digest", "digest_date", "kind", "id", "state", "opened_at")
"""The columns that planning needs, in the order of the table."""
STATES = {state.value: state for state in DeliveryState}


class Ledger:
    """The `Ledger` that delivery asks for, on SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._memory = Memory(database)

    async def know(self, digests: Iterable[Digest], at: dt.datetime) -> Mapping[DigestId, KnownDigest]:
        """Record the digests that are there now and return what is known of each."""
        return await self._memory.know(tuple(digests), at)

    async def digest(self, key: DigestKey) -> KnownDigest | None:
        """Return what is known of a digest, under its present name."""
        async with self._database.read() as connection:
            row = (await connection.execute(select(digests).where(digests.c.key == key))).first()
            return None if row is None else KnownDigest(row.key, row.id, row.date, row.first_seen_at)

    async def histories(self, destinations: Sequence[Destination], since: dt.date) -> Mapping[Destination, History]:
        """Return what some destinations had of digests dated `since` or later; of one that had none of those, the one begun last."""
        async with self._database.read() as connection:
            found = await _bare(connection, among(deliveries, destinations), deliveries.c.digest_date >= since)
            others = among(deliveries, [each for each in destinations if each not in found])
            last = select(func.max(deliveries.c.key)).where(others).group_by(deliveries.c.kind, deliveries.c.id)
            found |= await _bare(connection, deliveries.c.key.in_(last))
        return {destination: _history(each) for destination, each in found.items()}

    async def history(self, destination: Destination) -> History:
        """Return one destination's newest deliveries."""
        newest = (
            select(deliveries)
            .where(_to(destination))
            .order_by(deliveries.c.digest_date.desc(), deliveries.c.opened_at.desc())
            .limit(REMEMBERED)
        )
        async with self._database.read() as connection:
            return _history([_delivery(row) for row in await connection.execute(newest)])

    async def delivery(self, digest: DigestKey, destination: Destination) -> Delivery | None:
        """Return the delivery of this digest to this destination with its parts, if it was ever opened."""
        async with self._database.read() as connection:
            return await _one(connection, and_(deliveries.c.digest == digest, _to(destination)))

    async def latest(self, destination: Destination) -> Delivery | None:
        """Return what a destination got last, with its parts."""
        async with self._database.read() as connection:
            newest = (
                select(deliveries.c.key)
                .where(_to(destination), deliveries.c.state == DeliveryState.DONE.value)
                .order_by(deliveries.c.settled_at.desc())
                .limit(1)
            )
            return await _one(connection, deliveries.c.key == newest.scalar_subquery())

    async def open(
        self, digest: DigestKey, date: dt.date, destination: Destination, at: dt.datetime, look: Look
    ) -> Delivery:
        """Return the one delivery of this digest to this destination with its parts, opening it if there is none."""
        which = and_(deliveries.c.digest == digest, _to(destination))
        async with self._database.read() as connection:
            known = await _one(connection, which)
        if known is not None and (known.parts or known.look == look):
            return known
        values = {
            "digest": digest,
            "digest_date": date,
            "kind": destination.kind.value,
            "id": destination.id,
            "state": DeliveryState.OPEN.value,
            "opened_at": at,
            **_look_values(look),
        }
        unbegun = update(deliveries).where(which, ~exists().where(parts.c.delivery == deliveries.c.key))
        async with self._database.write() as connection:
            opened = await connection.execute(self._database.insert_once(deliveries).values(values))
            if opened.rowcount == 0:
                await connection.execute(unbegun.values(_look_values(look)))
            delivery = await _one(connection, which)
        if delivery is None:
            raise LookupError(f"the delivery of digest {digest} to {destination} vanished while it was opened")
        return delivery

    async def claim(
        self,
        delivery: DeliveryKey,
        ordinal: int,
        *,
        nonce: str,
        content_hash: str,
        channel_id: int,
        owner: str,
        at: dt.datetime,
        lease: dt.timedelta,
    ) -> Part | None:
        """Commit the intention to send a part, before any request is made."""
        which = and_(parts.c.delivery == delivery, parts.c.ordinal == ordinal)
        fresh = {
            "state": PartState.SENDING.value,
            "nonce": nonce,
            "first_attempt_at": at,
            "attempts": 1,
            "content_hash": content_hash,
            "channel_id": channel_id,
            "owner": owner,
            "lease_until": at + lease,
        }
        is_free = or_(parts.c.owner == owner, parts.c.lease_until <= at)
        takes = (
            self._database.insert_once(parts).values(delivery=delivery, ordinal=ordinal, **fresh),
            update(parts).where(which, parts.c.state == PartState.RELEASED.value).values(fresh),
            update(parts)
            .where(which, parts.c.state == PartState.SENDING.value, is_free)
            .values(attempts=parts.c.attempts + 1, owner=owner, lease_until=at + lease),
        )
        async with self._database.write() as connection:
            for take in takes:
                if (await connection.execute(take)).rowcount > 0:
                    return _part((await connection.execute(select(parts).where(which))).one())
        return None

    async def sent(self, part: Part, message_id: int | None, at: dt.datetime, channel_id: int | None = None) -> None:
        """Settle a part as delivered, to the thread `channel_id` where it opened one."""
        place = part.channel_id if channel_id is None else channel_id
        await self._settle(part, state=PartState.SENT.value, message_id=message_id, settled_at=at, channel_id=place)

    async def release(self, part: Part) -> None:
        """Settle a part as certainly not posted, so that it can be claimed afresh."""
        await self._settle(part, state=PartState.RELEASED.value)

    async def close(
        self, delivery: DeliveryKey, state: DeliveryState, at: dt.datetime, revision: str | None = None
    ) -> None:
        """Settle a whole delivery, whose messages show `revision` of the digest."""
        settled = None if state is DeliveryState.OPEN else at
        values = {"state": state.value, "settled_at": settled, "revision": revision}
        async with self._database.write() as connection:
            await connection.execute(update(deliveries).where(deliveries.c.key == delivery).values(values))

    async def outdated(self, digest: DigestKey, revision: str, since: dt.datetime) -> tuple[Destination, ...]:
        """Return where deliveries of a digest, begun after `since`, show another revision of it."""
        shown = or_(deliveries.c.revision.is_(None), deliveries.c.revision != revision)
        which = (
            select(deliveries.c.kind, deliveries.c.id)
            .where(deliveries.c.digest == digest, deliveries.c.opened_at > since, shown)
            .where(deliveries.c.state == DeliveryState.DONE.value)
        )
        async with self._database.read() as connection:
            rows = await connection.execute(which)
            return tuple(Destination(DestinationKind(row.kind), row.id) for row in rows)

    async def recent(self, since: dt.datetime) -> tuple[DigestKey, ...]:
        """Return the digests of which a delivery was begun after `since`."""
        async with self._database.read() as connection:
            keys = select(deliveries.c.digest).where(deliveries.c.opened_at > since).distinct()
            return tuple(DigestKey(key) for key in (await connection.execute(keys)).scalars())

    async def edited(self, part: Part, content_hash: str) -> None:
        """Keep what a message that stands there shows now."""
        async with self._database.write() as connection:
            await connection.execute(update(parts).where(_is(part)).values(content_hash=content_hash))

    async def removed(self, part: Part) -> None:
        """Keep that a message is no longer there."""
        async with self._database.write() as connection:
            await connection.execute(update(parts).where(_is(part)).values(message_id=None))

    async def corrected(self, delivery: DeliveryKey, revision: str) -> None:
        """Keep that all messages of a delivery show `revision` of the digest."""
        async with self._database.write() as connection:
            await connection.execute(update(deliveries).where(deliveries.c.key == delivery).values(revision=revision))

    async def unpublished(self, since: dt.datetime) -> tuple[Part, ...]:
        """Return the messages in announcement channels, sent after `since`, that followers don't have, oldest first."""
        announcing = and_(
            subscriptions.c.kind == deliveries.c.kind,
            subscriptions.c.id == deliveries.c.id,
            subscriptions.c.channel_kind == ChannelKind.ANNOUNCEMENT.value,
        )
        which = (
            select(parts)
            .join(deliveries, parts.c.delivery == deliveries.c.key)
            .join(subscriptions, announcing)
            .where(deliveries.c.opened_at > since, parts.c.state == PartState.SENT.value)
            .where(parts.c.published_at.is_(None), parts.c.message_id.is_not(None))
            .order_by(parts.c.message_id)
        )
        async with self._database.read() as connection:
            return tuple(map(_part, await connection.execute(which)))

    async def published(self, part: Part, at: dt.datetime) -> None:
        """Keep that a message was handed on to followers, or can't be."""
        async with self._database.write() as connection:
            await connection.execute(update(parts).where(_is(part)).values(published_at=at))

    async def count_published(self, channel_id: int, since: dt.datetime) -> int:
        """Count the messages of a channel that were handed on after `since`."""
        which = (
            select(func.count())
            .select_from(parts.join(deliveries, parts.c.delivery == deliveries.c.key))
            .where(_to(Destination(DestinationKind.CHANNEL, channel_id)), parts.c.published_at > since)
        )
        async with self._database.read() as connection:
            return (await connection.execute(which)).scalar_one()

    async def _settle(self, part: Part, **values: object) -> None:
        which = and_(_is(part), parts.c.state == PartState.SENDING.value)
        async with self._database.write() as connection:
            await connection.execute(update(parts).where(which).values(owner=None, lease_until=None, **values))


def _to(destination: Destination) -> ColumnElement[bool]:
    return and_(deliveries.c.kind == destination.kind.value, deliveries.c.id == destination.id)


def _is(part: Part) -> ColumnElement[bool]:
    return and_(parts.c.delivery == part.delivery, parts.c.ordinal == part.ordinal)


def _look_values(look: Look) -> dict[str, Any]:
    return {
        "style": look.style.value,
        "language": look.language.value,
        "keywords": look.keywords,
        "role_id": look.role_id,
    }


async def _bare(connection: AsyncConnection, *which: ColumnElement[bool]) -> dict[Destination, list[Delivery]]:
    """Return deliveries with no more of them than planning needs."""
    found: defaultdict[Destination, list[Delivery]] = defaultdict(list)
    columns = (each for each in deliveries.c if each.name in BARE)
    for key, digest, date, kind, number, state, opened_at in await connection.execute(select(*columns).where(*which)):
        destination = Destination(KINDS[kind], number)
        found[destination].append(Delivery(key, digest, date, destination, STATES[state], opened_at))
    return found


async def _one(connection: AsyncConnection, which: ColumnElement[bool]) -> Delivery | None:
    row = (await connection.execute(select(deliveries).where(which))).first()
    if row is None:
        return None
    own = await connection.execute(select(parts).where(parts.c.delivery == row.key).order_by(parts.c.ordinal))
    return _delivery(row, tuple(map(_part, own)))


def _history(newest: list[Delivery]) -> History:
    return History(tuple(sorted(newest, key=lambda each: (each.digest_date, each.opened_at), reverse=True)))


def _delivery(row: Row[Any], own: tuple[Part, ...] = ()) -> Delivery:
    return Delivery(
        key=DeliveryKey(row.key),
        digest=DigestKey(row.digest),
        digest_date=row.digest_date,
        destination=Destination(DestinationKind(row.kind), row.id),
        state=DeliveryState(row.state),
        opened_at=row.opened_at,
        settled_at=row.settled_at,
        parts=own,
        look=None if row.style is None else Look(Style(row.style), Language(row.language), row.keywords, row.role_id),
        revision=row.revision,
    )


def _part(row: Row[Any]) -> Part:
    return Part(
        delivery=DeliveryKey(row.delivery),
        ordinal=row.ordinal,
        state=PartState(row.state),
        nonce=row.nonce,
        first_attempt_at=row.first_attempt_at,
        attempts=row.attempts,
        content_hash=row.content_hash,
        channel_id=row.channel_id,
        message_id=row.message_id,
    )
