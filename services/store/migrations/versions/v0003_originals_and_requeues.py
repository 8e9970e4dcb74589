"""What the ledger knows of originals in RAW, and what became of dead letters."""

import json

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
    op.add_column("dead_letters", sa.Column("body_kept", sa.Boolean(), nullable=False, server_default=sa.true()))
    _name_originals_of_the_dead()


def _name_originals_of_the_dead() -> None:
    """Theirs must not be removed from RAW; of all others the next message tells, or they have ended."""
    connection = op.get_bind()
    buried = sa.text(
        "SELECT d.input_id, d.body FROM dead_letters d JOIN inputs i ON i.input_id = d.input_id WHERE i.state = 'dead'"
    )
    for input_id, body in connection.execute(buried).all():
        try:
            sha256 = json.loads(body)["document"]["sha256"]
        except (ValueError, LookupError, TypeError, RecursionError):
            continue
        if isinstance(sha256, str):
            named = sa.text("UPDATE inputs SET sha256 = :sha256 WHERE input_id = :input_id")
            connection.execute(named, {"sha256": sha256, "input_id": input_id})
