"""A URL is asked for by one fetch at a time, and what it was kept for is added up."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Know who asks for it, and for how long it was kept for later."""
    op.add_column("asked", sa.Column("lease", sa.String(), nullable=True))
    for name in ("leased_until", "kept_seconds"):
        op.add_column("asked", sa.Column(name, sa.Float(), nullable=False, server_default="0"))


def downgrade() -> None:
    """As it was."""
    for name in ("kept_seconds", "leased_until", "lease"):
        op.drop_column("asked", name)
