"""Somebody else holds the databases of dedup and store: ten minutes with OUTAGE_SECONDS=600, else a moment."""

import sqlite3
from contextlib import ExitStack, closing, suppress

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.outage import Outage, survive

REMEMBERING = ("dedup", "store")


def injure(scene: Scene) -> None:
    """Take an exclusive lock on both, from outside, and give it back."""
    with ExitStack() as stack:
        locks = [
            stack.enter_context(closing(sqlite3.connect(scene.system.home / f"{name}.db", isolation_level=None)))
            for name in REMEMBERING
        ]

        def begin() -> None:
            for lock in locks:
                _take(lock)

        def end() -> None:
            for lock in locks:
                lock.execute("ROLLBACK")

        survive(scene, Outage(begin, end, REMEMBERING, "database is away", noticed_seconds=20.0))


def _take(connection: sqlite3.Connection) -> None:
    """The lock, as soon as it can be had."""

    def taken() -> bool:
        with suppress(sqlite3.OperationalError):
            connection.execute("BEGIN EXCLUSIVE")
        return connection.in_transaction

    until(taken, seconds=60, what="the lock on a database")


FAULT = Fault("database_locked_long", injure)
