"""The full-text index of SQLite, FTS5: external content, so the text stands once, inside the article's JSON.

Its rows are told apart by `articles.number`. Statements for a whole batch cost a third less than a trigger a row.
Elsewhere nothing is done here: PostgreSQL indexes what it stores by itself.
"""

from collections.abc import Collection

from sqlalchemy import bindparam, text
from sqlmodel import Session

# In the order of their numbers: FTS5 writes out all that it has gathered whenever a number is not above the last one.
INDEX = text(
    "INSERT INTO article_search (rowid, title, text)"
    " SELECT number, title, text FROM article_texts WHERE article_id IN :article_ids ORDER BY number"
).bindparams(bindparam("article_ids", expanding=True))

# FTS5 must be told the words that it is to forget.
FORGET = text(
    "INSERT INTO article_search (article_search, rowid, title, text)"
    " SELECT 'delete', number, title, text FROM article_texts WHERE article_id IN :article_ids ORDER BY number"
).bindparams(bindparam("article_ids", expanding=True))


def index(session: Session, article_ids: Collection[str]) -> None:
    """Make articles findable that have just been written."""
    _run(session, INDEX, article_ids)


def forget(session: Session, article_ids: Collection[str]) -> None:
    """Take articles out of the index that are about to be overwritten."""
    _run(session, FORGET, article_ids)


def _run(session: Session, statement: object, article_ids: Collection[str]) -> None:
    connection = session.connection()
    if article_ids and connection.dialect.name == "sqlite":
        connection.execute(statement, {"article_ids": list(article_ids)})  # type: ignore[call-overload]
