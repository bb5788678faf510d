"""Begin: subscriptions, ledger and meta."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Apply it."""
    op.create_table(
        "digests",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_digests")),
        sa.UniqueConstraint("id", name=op.f("uq_digests_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_digests_fingerprint"), "digests", ["fingerprint"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_kind", sa.String(length=20), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=True),
        sa.Column("time", sa.String(length=5), nullable=False),
        sa.Column("zone", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("style", sa.String(length=20), nullable=False),
        sa.Column("days", sa.String(length=20), nullable=False),
        sa.Column("keywords", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=10), nullable=False),
        sa.Column("role_id", sa.BigInteger(), nullable=True),
        sa.Column("pause_reason", sa.String(length=40), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(kind = 'channel') = (guild_id is not null)", name=op.f("ck_subscriptions_server")),
        sa.CheckConstraint("kind in ('channel', 'user')", name=op.f("ck_subscriptions_kind")),
        sa.CheckConstraint("(pause_reason is null) = (paused_at is null)", name=op.f("ck_subscriptions_pause")),
        sa.PrimaryKeyConstraint("kind", "id", name=op.f("pk_subscriptions")),
    )
    op.create_index(op.f("ix_subscriptions_guild_id"), "subscriptions", ["guild_id"], unique=False)
    op.create_table(
        "deliveries",
        sa.Column("key", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("digest_date", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'open') = (settled_at is null)", name=op.f("ck_deliveries_settled")),
        sa.CheckConstraint("state in ('open', 'done', 'skipped', 'failed')", name=op.f("ck_deliveries_state")),
        sa.ForeignKeyConstraint(["digest"], ["digests.key"], name=op.f("fk_deliveries_digest")),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("digest", "kind", "id", name=op.f("uq_deliveries_digest_kind_id")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_destination", "deliveries", ["kind", "id", "digest_date"], unique=False)
    op.create_table(
        "parts",
        sa.Column("delivery", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("ordinal", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("nonce", sa.String(length=25), nullable=False),
        sa.Column("first_attempt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("owner", sa.String(length=40), nullable=True),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(state = 'sending') = (lease_until is not null)", name=op.f("ck_parts_lease")),
        sa.CheckConstraint("state in ('sending', 'released', 'sent')", name=op.f("ck_parts_state")),
        sa.CheckConstraint("ordinal >= 1 and attempts >= 1", name=op.f("ck_parts_counts")),
        sa.ForeignKeyConstraint(["delivery"], ["deliveries.key"], name=op.f("fk_parts_delivery"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("delivery", "ordinal", name=op.f("pk_parts")),
    )
