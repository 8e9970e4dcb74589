"""How far containers have come."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of containers that take long."""
    op.create_table(
        "openings",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("version", sa.String(), nullable=False),
        sa.Column("begun", sa.Text(), nullable=False),
        sa.Column("written_at", sa.Float(), nullable=False),
    )


def downgrade() -> None:
    """They begin anew."""
    op.drop_table("openings")
