"""Which articles belong together, and what is different between versions."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

MOMENT = sa.DateTime(timezone=True)
ROWS = 4096
# Canonical is the first seen of those that may be the earliest: a date of a day tells not which of its hours.
CLUSTERS = """
CREATE VIEW clusters AS SELECT
    c.original,
    (
        SELECT m.article_id FROM cluster_members m
        WHERE m.cluster = c.original AND m.published_from <= c.published_until
        ORDER BY m.seen_at, m.article_id LIMIT 1
    ) AS canonical,
    c.articles,
    c.revisions,
    c.copies,
    c.first_seen_at,
    c.last_seen_at
FROM (
    SELECT
        cluster AS original,
        min(published_until) AS published_until,
        count(*) AS articles,
        sum(CASE WHEN link = 'revision' THEN 1 ELSE 0 END) AS revisions,
        sum(CASE WHEN link IN ('original', 'revision') THEN 0 ELSE 1 END) AS copies,
        min(seen_at) AS first_seen_at,
        max(seen_at) AS last_seen_at
    FROM cluster_members GROUP BY cluster
) c
"""


def upgrade() -> None:
    """From 0005."""
    _make_tables()
    _join_articles()
    _join_duplicates()
    op.create_index("ix_cluster_members_cluster", "cluster_members", ["cluster", "seen_at"])
    revisions = sa.text("link = 'revision'")
    op.create_index(
        "ix_cluster_members_revised",
        "cluster_members",
        ["linked_to"],
        sqlite_where=revisions,
        postgresql_where=revisions,
    )
    op.execute(CLUSTERS)


def _make_tables() -> None:
    op.create_table(
        "cluster_members",
        sa.Column("article_id", sa.String(), primary_key=True),
        sa.Column("cluster", sa.String(), nullable=False),
        sa.Column("link", sa.String(), nullable=False),
        sa.Column("linked_to", sa.String()),
        sa.Column("similarity", sa.Float()),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.Column("published", sa.String()),
        sa.Column("published_from", MOMENT),
        sa.Column("published_until", MOMENT),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.String(), primary_key=True),
        sa.Column("revision_of", sa.String(), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float()),
        sa.Column("threshold", sa.Float()),
        sa.Column("added", sa.Integer(), nullable=False),
        sa.Column("removed", sa.Integer(), nullable=False),
        sa.Column("changed", sa.Integer(), nullable=False),
        sa.Column("kept", sa.Integer(), nullable=False),
        sa.Column("changes", sa.JSON(), nullable=False),
    )
    op.create_index("ix_revisions_revision_of", "revisions", ["revision_of"])


def _join_articles() -> None:
    """What is stored, in the order of arrival: the version before is in its cluster already, or was never stored."""
    connection = op.get_bind()
    known = "SELECT article_id, revision_of FROM articles WHERE revision_of IS NOT NULL ORDER BY number"
    first: dict[str, str] = {}
    for article_id, before in connection.execute(sa.text(known)):
        first[article_id] = first.get(before, before)
    asked = sa.text(
        "SELECT article_id, verdict, revision_of, source_uri, received_at, published"
        " FROM articles WHERE article_id > :after ORDER BY article_id LIMIT :rows"
    )
    insert = sa.text(
        "INSERT INTO cluster_members"
        " (article_id, cluster, link, linked_to, source_uri, seen_at, published, published_from, published_until)"
        " VALUES (:article_id, :cluster, :link, :linked_to, :source_uri, :seen_at, :published, :begin, :end)"
    )
    after = ""
    while some := connection.execute(asked, {"after": after, "rows": ROWS}).all():
        connection.execute(insert, [_member(row, first.get(row.article_id, row.article_id)) for row in some])
        after = some[-1].article_id


def _member(row: Any, cluster: str) -> dict[str, Any]:
    begin, end = _period(row.published or "")
    return {
        "article_id": row.article_id,
        "cluster": cluster,
        "link": row.verdict,
        "linked_to": row.revision_of,
        "source_uri": row.source_uri,
        "seen_at": row.received_at,
        "published": row.published,
        "begin": begin,
        "end": end,
    }


def _period(published: str) -> tuple[str | None, str | None]:
    """The days of a date, as both databases take them; of one with a time its day."""
    year, month, day = (*published[:10].split("-"), "", "")[:3]
    if not year.isdecimal():
        return None, None
    return (
        f"{year}-{month or '01'}-{day or '01'} 00:00:00.000000",
        f"{year}-{month or '12'}-{day or ('28' if month == '02' else '30' if month else '31')} 23:59:59.000000",
    )


def _join_duplicates() -> None:
    """What is not stored as an article of its own; nobody reads its claims any more."""
    op.execute(
        "INSERT INTO cluster_members (article_id, cluster, link, linked_to, similarity, source_uri, seen_at)"
        " SELECT d.article_id, min(coalesce(m.cluster, d.duplicate_of)), min(d.method), min(d.duplicate_of),"
        " max(d.similarity), min(coalesce(i.source_uri, '')), min(coalesce(i.received_at, d.found_at))"
        " FROM duplicates d LEFT JOIN inputs i ON i.input_id = d.input_id"
        " LEFT JOIN cluster_members m ON m.article_id = d.duplicate_of"
        " WHERE d.article_id <> d.duplicate_of"
        " AND NOT EXISTS (SELECT 1 FROM cluster_members k WHERE k.article_id = d.article_id)"
        " GROUP BY d.article_id"
    )
