"""Keep reading lists, and the server of every channel that was ever subscribed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

KEY = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Apply it."""
    channels = op.create_table(
        "channels",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channels")),
    )
    op.create_index(op.f("ix_channels_guild_id"), "channels", ["guild_id"], unique=False)
    subscriptions = sa.table(
        "subscriptions",
        sa.column("kind", sa.String),
        sa.column("id", sa.BigInteger),
        sa.column("guild_id", sa.BigInteger),
    )
    subscribed = sa.select(subscriptions.c.id, subscriptions.c.guild_id).where(subscriptions.c.kind == "channel")
    op.execute(channels.insert().from_select(["id", "guild_id"], subscribed))
    op.create_table(
        "reading_list",
        sa.Column("key", KEY, nullable=False),
        sa.Column("user_id", sa.BigInteger(), nullable=False),
        sa.Column("digest", KEY, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("fingerprint", sa.String(length=32), nullable=False),
        sa.Column("digest_id", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state in ('to_read', 'read')", name=op.f("ck_reading_list_state")),
        sa.CheckConstraint("ordinal >= 1", name=op.f("ck_reading_list_ordinal")),
        sa.ForeignKeyConstraint(["digest"], ["digests.key"], name=op.f("fk_reading_list_digest")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_reading_list")),
        sa.UniqueConstraint(
            "user_id", "digest", "fingerprint", name=op.f("uq_reading_list_user_id_digest_fingerprint")
        ),
        sqlite_autoincrement=True,
    )
