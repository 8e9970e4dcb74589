"""What stands in a store's database, read beside the store."""

from typing import Any

from sqlalchemy import create_engine, text


def rows(url: str, query: str) -> list[tuple[Any, ...]]:
    """The query's rows, read beside the store."""
    engine = create_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    return found
