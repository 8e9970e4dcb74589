"""Full-text search of titles and texts, SQLite only: FTS5 over a view on the articles' JSON: no text is doubled."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the index, and take in what is stored already."""
    if op.get_context().dialect.name != "sqlite":
        return
    # SQLite reads a text up to its first NUL only: without one, all its words are found.
    op.execute(
        "CREATE VIEW article_texts AS SELECT number, article_id, title,"
        r" json_extract(replace(enriched, '\u0000', '\ufffd'), '$.document.text') AS text FROM articles"
    )
    op.execute(
        "CREATE VIRTUAL TABLE article_search USING fts5("
        "title, text, content='article_texts', content_rowid='number', tokenize='unicode61 remove_diacritics 2')"
    )
    op.execute("INSERT INTO article_search (article_search) VALUES ('rebuild')")
