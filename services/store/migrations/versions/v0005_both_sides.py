"""Passages that articles share, on both sides."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """From 0004."""
    op.add_column(
        "shared_passages", sa.Column("their_spans", sa.JSON(), nullable=False, server_default=sa.text("'[]'"))
    )
    op.add_column("shared_passages", sa.Column("share", sa.Float()))
    op.add_column("shared_passages", sa.Column("their_share", sa.Float()))
