"""The ledger, the articles and what belongs to them, duplicates, dead letters, and what is still to be announced."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """From nothing."""
    _inputs()
    _articles()
    _mentions_and_quotations()
    _places_and_passages()
    _duplicates()
    _dead_letters()
    _unannounced()


def _inputs() -> None:
    op.create_table(
        "inputs",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("parent_input_id", sa.String()),
        sa.Column("source_uri", sa.Text()),
        sa.Column("received_at", MOMENT),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("ended_at", MOMENT),
        sa.Column("article_id", sa.String()),
        sa.Column("duplicate_of", sa.String()),
        sa.Column("reason", sa.String()),
        sa.Column("detail", sa.Text()),
        sa.Column("service", sa.String()),
        sa.Column("attempts", sa.Integer()),
        sa.Column("children", sa.Integer()),
        sa.Column("steps", sa.JSON(), nullable=False),
    )
    op.create_index("ix_inputs_source_uri", "inputs", ["source_uri"])
    op.create_index("ix_inputs_article_id", "inputs", ["article_id"])
    _partial_index("ix_inputs_open", "inputs", ["state", "received_at"], "state NOT IN ('stored', 'duplicate')")
    _partial_index("ix_inputs_parent", "inputs", ["parent_input_id"], "parent_input_id IS NOT NULL")
    op.create_table(
        "input_counts",
        sa.Column("state", sa.String(), primary_key=True),
        sa.Column("inputs", sa.Integer(), nullable=False),
    )


def _articles() -> None:
    op.create_table(
        "articles",
        sa.Column("number", sa.Integer(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False, unique=True),
        sa.Column("input_id", sa.String(), nullable=False),
        sa.Column("source_uri", sa.Text(), nullable=False),
        sa.Column("url", sa.Text()),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("title", sa.Text()),
        sa.Column("byline", sa.JSON(), nullable=False),
        sa.Column("publisher", sa.Text()),
        sa.Column("published", sa.String()),
        sa.Column("published_precision", sa.String()),
        sa.Column("verdict", sa.String(), nullable=False),
        sa.Column("revision_of", sa.String()),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("enriched_at", MOMENT, nullable=False),
        sa.Column("enrichment", sa.Integer(), nullable=False),
        sa.Column("enrichments", sa.JSON(), nullable=False),
        sa.Column("enriched", sa.JSON(), nullable=False),
    )
    op.create_index("ix_articles_enriched_at", "articles", ["enriched_at"])
    _partial_index("ix_articles_url", "articles", ["url"], "url IS NOT NULL")


def _mentions_and_quotations() -> None:
    op.create_table(
        "mentions",
        *_key(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("type", sa.String(), nullable=False),
        sa.Column("country", sa.String()),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("surface", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_mentions_name", "mentions", ["name"])
    op.create_table(
        "quotations",
        *_key(),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("speaker", sa.Text()),
        sa.Column("cue", sa.Text()),
        sa.Column("direct", sa.Boolean(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_quotations_speaker", "quotations", ["speaker"])


def _places_and_passages() -> None:
    op.create_table(
        "places",
        *_key(),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("latitude", sa.Float()),
        sa.Column("longitude", sa.Float()),
        sa.Column("country", sa.String()),
        sa.Column("source", sa.String()),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_places_name", "places", ["name"])
    op.create_table(
        "shared_passages",
        *_key(),
        sa.Column("shared_with", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_shared_passages_shared_with", "shared_passages", ["shared_with"])


def _duplicates() -> None:
    op.create_table(
        "duplicates",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("duplicate_of", sa.String(), nullable=False),
        sa.Column("method", sa.String(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("threshold", sa.Float()),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("found_at", MOMENT, nullable=False),
        sa.Column("duplicated", sa.JSON(), nullable=False),
    )
    op.create_index("ix_duplicates_article_id", "duplicates", ["article_id"])
    op.create_index("ix_duplicates_duplicate_of", "duplicates", ["duplicate_of"])


def _dead_letters() -> None:
    op.create_table(
        "dead_letters",
        sa.Column("message_id", sa.String(), primary_key=True),
        sa.Column("input_id", sa.String()),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_heard_at", MOMENT, nullable=False),
        sa.Column("buried_at", MOMENT, nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
    )
    op.create_index("ix_dead_letters_input_id", "dead_letters", ["input_id"])
    op.create_index("ix_dead_letters_buried_at", "dead_letters", ["buried_at"])


def _unannounced() -> None:
    op.create_table(
        "unannounced",
        sa.Column("input_id", sa.String(), primary_key=True),
        sa.Column("enrichment", sa.Integer(), primary_key=True),
        sa.Column("article_id", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sqlite_with_rowid=False,
    )


def _partial_index(name: str, table: str, columns: list[str], where: str) -> None:
    op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _key() -> tuple["sa.Column[str]", "sa.Column[int]"]:
    return (
        sa.Column("article_id", sa.String(), primary_key=True),
        sa.Column("number", sa.Integer(), primary_key=True),
    )
