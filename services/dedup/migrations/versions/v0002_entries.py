"""Texts are found by shingles of theirs, which a sketch holds already, and no longer by the bands of a signature."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From 0001; where the shingles of what is remembered stand nobody knows any more."""
    op.execute("ALTER TABLE remembered RENAME COLUMN bands TO entries")
    op.add_column("sketches", sa.Column("places", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    op.execute(  # 42 hashes of four bytes
        "UPDATE remembered SET version = '2', entries = (SELECT substr(hashes, 1, 168) FROM sketches"
        " WHERE sketches.number = remembered.number) WHERE version LIKE '1.%'"
    )
