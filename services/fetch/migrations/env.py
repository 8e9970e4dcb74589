"""Run by Alembic: bring the database at `sqlalchemy.url` up to date, all in one transaction."""

from alembic import context

from services.chassis.database import open_engine
from services.fetch.tables import Row

url = context.config.get_main_option("sqlalchemy.url")
if url is None:
    raise SystemExit("sqlalchemy.url says which database to migrate")

engine = open_engine(url)
with engine.begin() as connection:
    context.configure(connection=connection, target_metadata=Row.metadata, transactional_ddl=True)
    context.run_migrations()
engine.dispose()
