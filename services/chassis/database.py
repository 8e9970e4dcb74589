"""One service's own database: one writer thread, one transaction a call, and an outage that has a name."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, event
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, create_engine

from services.chassis import faults
from services.chassis.unavailable import Unavailable

T = TypeVar("T")

BUSY_TIMEOUT_MILLISECONDS = 5000
TRIAL = Table("trial_of_writing", MetaData(), Column("bytes", LargeBinary))  # never committed
TRIAL_BYTES = 16 << 20  # more than SQLite keeps in its cache, so that it has to write


def open_engine(url: str) -> Engine:
    """An engine whose transactions are durable at commit; SQLite in WAL with one writer at a time."""
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = (
        None  # we say BEGIN ourselves: the driver's own is deferred, and two readers-to-writers deadlock
    )
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={BUSY_TIMEOUT_MILLISECONDS}",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def run_migrations(metadata: MetaData) -> None:
    """Bring the database at `sqlalchemy.url` up to date, in one transaction; for the `env.py` that Alembic runs."""
    from alembic import context  # noqa: PLC0415 - see migrations.migrate

    url = context.config.get_main_option("sqlalchemy.url")
    if url is None:
        raise SystemExit("sqlalchemy.url says which database to migrate")
    engine = open_engine(url)
    with engine.begin() as connection:
        context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
        context.run_migrations()
    engine.dispose()


class Database:
    """Transactions on one database, one after the other, off the event loop."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")

    async def transaction(self, work: Callable[[Session], T]) -> T:
        """What `work` returns, committed; raises Unavailable where the database does not answer."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[[Session], T]) -> T:
        try:
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                result = work(session)
                faults.point("before_commit")
            faults.point("committed")
        except DBAPIError as error:
            if isinstance(error, OperationalError) or error.connection_invalidated or _is_damaged(error):
                raise Unavailable("database", str(error.orig)) from error
            raise
        return result

    async def probe(self) -> None:
        """Write as much as a large message needs and take it back; raises Unavailable where that fails.

        Less would prove too little: on a full disk small writes still find room.
        """
        await self.transaction(_try_to_write)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._thread.shutdown()
        self._engine.dispose()


def _is_damaged(error: DBAPIError) -> bool:
    """Whether the file is broken: then no message is at fault, and none may be buried for it."""
    return getattr(error.orig, "sqlite_errorname", "").startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _try_to_write(session: Session) -> None:
    connection = session.connection()
    TRIAL.create(connection)
    connection.execute(TRIAL.insert(), {"bytes": bytes(TRIAL_BYTES)})
    session.rollback()
