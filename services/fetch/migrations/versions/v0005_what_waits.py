"""URLs that wait are found by the index of what waits: with the other, SQLite read all of them at every round."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep out of the index of ends what has none, and know the oldest without looking at each."""
    ended, waiting = sa.column("ended_at").is_not(None), sa.column("ended_at").is_(None)
    op.drop_index("ix_asked_ended", "asked")
    op.create_index("ix_asked_ended", "asked", ["ended_at"], sqlite_where=ended, postgresql_where=ended)
    op.create_index("ix_asked_oldest", "asked", ["asked_at"], sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    """As it was."""
    op.drop_index("ix_asked_oldest", "asked")
    op.drop_index("ix_asked_ended", "asked")
    op.create_index("ix_asked_ended", "asked", ["ended_at"])
