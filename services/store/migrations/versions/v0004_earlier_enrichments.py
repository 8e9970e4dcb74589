"""What articles were announced as before they were enriched again."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """From 0003."""
    op.create_table(
        "earlier_enrichments",
        sa.Column("article_id", sa.String(), primary_key=True),
        sa.Column("enrichment", sa.Integer(), primary_key=True),
        sa.Column("enriched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("enriched", sa.JSON(), nullable=False),
    )
