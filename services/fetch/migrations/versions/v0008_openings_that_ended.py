"""How far a container has come is kept until it is at its end, however long that takes."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know which are at their end."""
    op.add_column("openings", sa.Column("ended_at", sa.Float(), nullable=True))


def downgrade() -> None:
    """As it was."""
    op.drop_column("openings", "ended_at")
