"""What the ledger knows of originals in RAW, and what became of dead letters."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """From 0002."""
    op.add_column("inputs", sa.Column("sha256", sa.String()))
    op.add_column("inputs", sa.Column("original_removed_at", MOMENT))
    op.add_column("dead_letters", sa.Column("requeues", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("dead_letters", sa.Column("requeued_at", MOMENT))
