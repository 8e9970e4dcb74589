"""One service's own database: one writer thread, one transaction a call, and an outage that has a name."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Self, TypeVar
from urllib.parse import quote

from sqlalchemy import Column, Engine, LargeBinary, MetaData, Table, event, func, make_url
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlmodel import Session, create_engine

from services.chassis import beginnings, cancelling, faults
from services.chassis.database_file import DatabaseFile
from services.chassis.marks import Marking
from services.chassis.standing import DAMAGED
from services.chassis.unavailable import Unavailable

T = TypeVar("T")

BUSY_TIMEOUT_MILLISECONDS = 5000
LOOK_SECONDS = 1.0
READ_ONLY = ("SQLITE_READONLY", "SQLITE_CANTOPEN")
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
        "user_version",  # the first that is read: what belongs beside the file is there from now on
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
        self._file = _file_of(url)
        self._engine = open_engine(url if self._file is None else _existing(self._file.path))
        if self._file is not None:
            event.listen(self._engine, "connect", self._file.opened)
        self._marking = None if self._file is None else Marking(self._file.path)
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="database")

    async def transaction(self, work: Callable[[Session], T]) -> T:
        """What `work` returns, committed; raises Unavailable where the database does not answer."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._run, work)

    def _run(self, work: Callable[[Session], T]) -> T:
        try:
            self._look()
            with Session(self._engine, expire_on_commit=False) as session, session.begin():
                result = work(session)
                mark = None if self._marking is None else self._marking.mark(session)
                faults.point("before_commit")
            faults.point("committed")
            self._look()  # what went into a file that nobody will find was not committed
            if self._marking is not None:
                self._marking.note(mark)
        except DBAPIError as error:
            # Where it is damaged no message is at fault, and none may be buried for it.
            if isinstance(error, OperationalError) or error.connection_invalidated or _is(error, DAMAGED):
                self._open_eyes(error)
                raise Unavailable("database", self._told(error)) from error
            raise
        return result

    def _told(self, error: DBAPIError) -> str:
        damaged = None if self._file is None else beginnings.damaged(self._file.path, error.orig)
        return damaged or str(error.orig)

    def _look(self) -> None:
        """Raise Unavailable where the file is not ours any more; what lost its companions is made whole again."""
        if self._file is None:
            return
        self._file.check()
        if self._file.stands_alone():
            try:
                with closing(self._engine.raw_connection()) as connection:
                    self._file.take_in(connection.driver_connection)
            except sqlite3.Error as error:
                raise Unavailable("database", str(error)) from error
            self._close()

    def _open_eyes(self, error: DBAPIError) -> None:
        """Have SQLite look at the file anew: what is wrong with it may be over."""
        if _is(error, READ_ONLY):  # it opens for reading what it may not write, and stays with that
            self._close()
        elif _is(error, DAMAGED):  # it remembers the page; closed, it would write what is committed into the wreck
            with suppress(sqlite3.Error), closing(self._engine.raw_connection()) as connection:
                connection.cursor().execute("PRAGMA shrink_memory")

    def _close(self) -> None:
        """Open it anew at the next transaction."""
        self._engine.dispose()
        if self._file is not None:
            self._file.closed()

    async def probe(self) -> None:
        """Write as much as a large message needs and take it back; raises Unavailable where that fails.

        Less would prove too little: on a full disk small writes still find room.
        """
        if self._file is not None:
            await asyncio.to_thread(self._file.has_room, TRIAL_BYTES)
        await self.transaction(_try_to_write)

    async def _keep_looking(self) -> None:
        """Have what lost its companions made whole, also while nobody has anything to write: it may be killed first."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with suppress(Unavailable, OSError):  # told to whoever works on it
                await asyncio.get_running_loop().run_in_executor(self._thread, self._look)

    async def __aenter__(self) -> Self:
        self._looking = asyncio.create_task(self._keep_looking())
        return self

    async def __aexit__(self, *_: object) -> None:
        await cancelling.end([self._looking], grace_seconds=LOOK_SECONDS)
        self._thread.shutdown()
        self._engine.dispose()


def _file_of(url: str) -> DatabaseFile | None:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return DatabaseFile(Path(parsed.database).absolute())


def _existing(path: Path) -> str:
    """The URL of a file that must be there: an empty one in its place would be no better than none, and look so."""
    return f"sqlite:///file:{quote(str(path))}?mode=rw&uri=true"


def _is(error: DBAPIError, names: tuple[str, ...]) -> bool:
    return getattr(error.orig, "sqlite_errorname", "").startswith(names)


def _try_to_write(session: Session) -> None:
    connection = session.connection()
    TRIAL.create(connection)
    # SQLite writes the zeros page by page; as a parameter they were 80 MiB of memory at each try.
    connection.execute(TRIAL.insert().values(bytes=func.zeroblob(TRIAL_BYTES)))
    session.rollback()
