"""Run by Alembic."""

from services.chassis.database import run_migrations
from services.store.tables import Row

run_migrations(Row.metadata)
