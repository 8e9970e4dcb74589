"""Whose an article is, which version was the first, and what came again in the articles of a source."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """From 0002; whose what is remembered was nobody knows any more."""
    op.add_column("remembered", sa.Column("source", sa.LargeBinary(), nullable=False, server_default=sa.text("''")))
    op.add_column("remembered", sa.Column("original", sa.String(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "standing",
        sa.Column("source", sa.LargeBinary(), primary_key=True),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sqlite_with_rowid=False,
    )
    _name_originals()


def _name_originals() -> None:
    """Of revisions the first version: in the order of the verdicts, the one before is always named already."""
    connection = op.get_bind()
    revisions = connection.execute(
        sa.text('SELECT article_id, verdict FROM judged WHERE verdict LIKE \'{"verdict":"revision"%\'')
    )
    before = {article_id: json.loads(verdict)["revision_of"] for article_id, verdict in revisions}
    if not before:
        return
    first: dict[str, str] = {}
    changed = []
    for article_id, number in connection.execute(sa.text("SELECT article_id, number FROM remembered ORDER BY number")):
        if (one := before.get(article_id)) is not None:
            first[article_id] = first.get(one, one)
            changed.append({"number": number, "original": first[article_id]})
    if changed:
        connection.execute(sa.text("UPDATE remembered SET original = :original WHERE number = :number"), changed)
