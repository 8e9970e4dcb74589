"""Rejected files are looked at again when their rights change, and what is not said to the end is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the time of the last change of anything, and an index of the few rows that are in work."""
    op.add_column("taken", sa.Column("ctime_ns", sa.BigInteger(), nullable=True))
    unsaid = sa.column("said").is_(False)
    op.create_index("ix_taken_unsaid", "taken", ["input_id"], sqlite_where=unsaid, postgresql_where=unsaid)


def downgrade() -> None:
    """Remove both."""
    op.drop_index("ix_taken_unsaid", "taken")
    op.drop_column("taken", "ctime_ns")
