"""Keep what corrections, tries at paused destinations, publishing and a shared pace need."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Apply it."""
    op.add_column("subscriptions", sa.Column("strikes", sa.Integer(), server_default="0", nullable=False))
    op.add_column("subscriptions", sa.Column("probe_at", sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE subscriptions SET strikes = 1 WHERE pause_reason IS NOT NULL")
    op.add_column("deliveries", sa.Column("revision", sa.String(length=64), nullable=True))
    op.add_column("deliveries", sa.Column("style", sa.String(length=20), nullable=True))
    op.add_column("deliveries", sa.Column("language", sa.String(length=10), nullable=True))
    op.add_column("deliveries", sa.Column("keywords", sa.Text(), nullable=True))
    op.add_column("deliveries", sa.Column("role_id", sa.BigInteger(), nullable=True))
    op.create_index("ix_deliveries_opened_at", "deliveries", ["opened_at"], unique=False)
    op.add_column("parts", sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "pace",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("free_at", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_pace")),
    )
