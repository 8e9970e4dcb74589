import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from services.chassis.migrations import migrate
from services.store.columns import Encoded, Row, Utc
from services.store.tables import TABLES


def test_the_migrations_make_the_tables_as_they_are_described(url: str) -> None:
    engine = create_engine(url)
    with engine.connect() as connection:
        options = {"include_name": lambda name, kind, _: kind != "table" or not name.startswith("article_search")}
        assert compare_metadata(MigrationContext.configure(connection, opts=options), Row.metadata) == []
        tables = {str(row.__tablename__) for row in TABLES}
        assert tables <= set(inspect(connection).get_table_names())
        # What the comparison above does not see.
        for table in tables:
            clustered = Row.metadata.tables[table].dialect_options["sqlite"]["with_rowid"] is False
            made = connection.exec_driver_sql("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).scalar_one()
            assert ("WITHOUT ROWID" in made) == clustered
    engine.dispose()


def test_migrating_again_changes_nothing(url: str) -> None:
    migrate(url, "store")


def test_every_table_is_in_the_list() -> None:
    assert {str(row.__tablename__) for row in TABLES} == set(Row.metadata.tables)


@pytest.mark.parametrize("row", TABLES)
def test_every_table_can_be_made_in_postgresql_too(row: type[Row]) -> None:
    table = Row.metadata.tables[str(row.__tablename__)]
    statement = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]

    assert ("JSON" in statement) == any(isinstance(column.type, Encoded) for column in table.columns)
    assert ("TIMESTAMP WITH TIME ZONE" in statement) == any(isinstance(column.type, Utc) for column in table.columns)
    assert "FOREIGN KEY" not in statement
