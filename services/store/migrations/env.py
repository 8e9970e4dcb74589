"""Run by Alembic."""

from services.chassis.database import run_migrations
from services.store.tables import TABLES

run_migrations(TABLES[0].metadata)
