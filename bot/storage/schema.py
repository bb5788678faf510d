"""The tables, read in one place. Instants are stored in UTC; ids of Discord fit a signed 64-bit integer."""

import datetime as dt

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Instant(TypeDecorator[dt.datetime]):
    """An aware datetime in UTC, on databases that keep zones and on those that don't. The signatures are SQLAlchemy's."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Store UTC."""
        return None if value is None else value.astimezone(dt.UTC)

    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:  # noqa: ARG002
        """Return it aware."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


Key = BigInteger().with_variant(Integer, "sqlite")  # SQLite numbers rows by itself only in an INTEGER column

meta = Table(
    "meta",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("value", Text, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("key", Key, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("date", Date, nullable=False),
    Column("fingerprint", String(64), nullable=False, index=True),  # of titles and bodies, not of name or date
    Column("first_seen_at", Instant, nullable=False),
    sqlite_autoincrement=True,  # a key that was ever used stands in messages already posted
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("kind", String(10), primary_key=True),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("channel_kind", String(20), nullable=False),
    Column("guild_id", BigInteger, index=True),  # NULL for a user
    Column("time", String(5), nullable=False),
    Column("zone", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("style", String(20), nullable=False),
    Column("days", String(20), nullable=False),
    Column("keywords", Text, nullable=False),
    Column("language", String(10), nullable=False),
    Column("role_id", BigInteger),  # NULL where nobody is mentioned
    Column("pause_reason", String(40)),  # NULL while it is served
    Column("paused_at", Instant),
    Column("strikes", Integer, nullable=False, server_default="0"),  # refusals in a row
    Column("probe_at", Instant),  # NULL while it is served, and where another try is pointless
    CheckConstraint("kind in ('channel', 'user')", name="kind"),
    CheckConstraint("(pause_reason is null) = (paused_at is null)", name="pause"),
    CheckConstraint("(kind = 'channel') = (guild_id is not null)", name="server"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("key", Key, primary_key=True),
    Column("digest", ForeignKey("digests.key"), nullable=False),
    Column("digest_date", Date, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("id", BigInteger, nullable=False),
    Column("state", String(10), nullable=False),
    Column("opened_at", Instant, nullable=False),
    Column("settled_at", Instant),  # NULL while open
    Column("revision", String(64)),  # of the digest that its messages show; NULL where they show several, or none yet
    Column("style", String(20)),  # this and the next three: how it was asked for; NULL before it was ever recorded
    Column("language", String(10)),
    Column("keywords", Text),
    Column("role_id", BigInteger),
    UniqueConstraint("digest", "kind", "id"),
    CheckConstraint("state in ('open', 'done', 'skipped', 'failed')", name="state"),
    CheckConstraint("(state = 'open') = (settled_at is null)", name="settled"),
    Index("ix_deliveries_destination", "kind", "id", "digest_date"),
    Index("ix_deliveries_opened_at", "opened_at"),
    sqlite_autoincrement=True,  # nonces are made of it
)

parts = Table(
    "parts",
    metadata,
    Column("delivery", ForeignKey("deliveries.key", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("state", String(10), nullable=False),
    Column("nonce", String(25), nullable=False),
    Column("first_attempt_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger),  # NULL until sent, and where the message was removed before its id was learnt
    Column("owner", String(40)),  # NULL unless sending
    Column("lease_until", Instant),  # NULL unless sending
    Column("settled_at", Instant),  # NULL until sent
    Column("published_at", Instant),  # NULL until followers of an announcement channel have it
    CheckConstraint("state in ('sending', 'released', 'sent')", name="state"),
    CheckConstraint("(state = 'sending') = (lease_until is not null)", name="lease"),
    CheckConstraint("ordinal >= 1 and attempts >= 1", name="counts"),
)

channels = Table(  # every channel that was ever subscribed, so that leaving its server forgets its deliveries too
    "channels",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, nullable=False, index=True),
)

reading_list = Table(
    "reading_list",
    metadata,
    Column("key", Key, primary_key=True),
    Column("user_id", BigInteger, nullable=False),
    Column("digest", ForeignKey("digests.key"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("fingerprint", String(32), nullable=False),  # of title and page
    Column("digest_id", Text, nullable=False),
    Column("date", Date, nullable=False),
    Column("title", Text, nullable=False),
    Column("url", Text),  # NULL where the digest gave no page
    Column("authors", Text, nullable=False),  # a line each
    Column("state", String(10), nullable=False),
    Column("saved_at", Instant, nullable=False),
    CheckConstraint("state in ('to_read', 'read')", name="state"),
    CheckConstraint("ordinal >= 1", name="ordinal"),
    UniqueConstraint("user_id", "digest", "fingerprint"),
    sqlite_autoincrement=True,  # a key that was ever used stands in messages already posted
)

pace = Table(
    "pace",
    metadata,
    Column("name", String(20), primary_key=True),
    Column("free_at", Double, nullable=False),  # seconds since 1970: until then every slot is taken
)
