"""The first table."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of what was taken in place."""
    op.create_table(
        "taken",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("inode", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("mtime_ns", sa.BigInteger(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("said", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_taken_place", "taken", ["place"])


def downgrade() -> None:
    """Forget them."""
    op.drop_table("taken")
