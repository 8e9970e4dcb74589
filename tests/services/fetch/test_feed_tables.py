import asyncio
from pathlib import Path
from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from services.fetch.feeds.tables import SeenMark, Subscription, Unsaid
from services.fetch.tables import Row
from tests.tables import lay_tables

FEEDS = {str(table.__tablename__) for table in (Subscription, SeenMark, Unsaid)}


def _is_of_feeds(thing: Any, name: str | None, kind: str, *_: object) -> bool:
    return (name if kind == "table" else thing.table.name) in FEEDS


async def test_the_migrations_make_the_tables_of_feeds_as_they_are_described(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'fetch.db'}"
    await asyncio.to_thread(lay_tables, url, "fetch")
    engine = create_engine(url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": _is_of_feeds})
        found = compare_metadata(context, Row.metadata)
    engine.dispose()

    assert found == []
