"""URLs that were asked for, and pages that were had."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables."""
    op.create_table(
        "asked",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("host", sa.String(), nullable=False),
        sa.Column("claims", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.Float(), nullable=False),
        sa.Column("due_at", sa.Float(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("waits_for", sa.String(), nullable=True),
        sa.Column("source_uri", sa.Text(), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("charset", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("ended_at", sa.Float(), nullable=True),
    )
    waiting = sa.column("ended_at").is_(None)
    op.create_index("ix_asked_due", "asked", ["due_at", "host"], sqlite_where=waiting, postgresql_where=waiting)
    op.create_index("ix_asked_ended", "asked", ["ended_at"])
    op.create_table(
        "met",
        sa.Column("url", sa.Text(), primary_key=True),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("page_url", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("charset", sa.String(), nullable=True),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("met_at", sa.Float(), nullable=False),
    )
    op.create_index("ix_met_met_at", "met", ["met_at"])


def downgrade() -> None:
    """Forget both."""
    op.drop_table("met")
    op.drop_table("asked")
