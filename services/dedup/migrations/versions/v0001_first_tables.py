"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables, and the one row of `turn`."""
    turn = op.create_table("turn", sa.Column("turn", sa.Integer(), primary_key=True))
    op.bulk_insert(turn, [{"turn": 1}])
    op.create_table(
        "judged",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "remembered",
        sa.Column("number", NUMBER, primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("place", sa.LargeBinary(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, unique=True),
        sa.Column("text", sa.LargeBinary(), nullable=False),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("shingles", sa.Integer(), nullable=False),
        sa.Column("bands", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_remembered_place", "remembered", ["place", "number"])
    op.create_index("ix_remembered_text", "remembered", ["text"])
    op.create_table(
        "sketches",
        sa.Column("number", NUMBER, sa.ForeignKey("remembered.number"), primary_key=True),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
    )


def downgrade() -> None:
    """Forget everything."""
    for table in ("sketches", "remembered", "judged", "turn"):
        op.drop_table(table)
