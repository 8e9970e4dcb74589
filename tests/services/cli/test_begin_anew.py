"""`wireroom begin-anew` where something stands in the place of a database."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import Result

from services.chassis import beginnings
from services.chassis.migrations import bring_up_to_date

Command = Callable[..., Result]


def another(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE x (a)")


def damaged_at_its_head(path: Path) -> None:
    path.write_bytes(b"\xa5" * 500 + path.read_bytes()[500:])


def damaged_within(path: Path) -> None:
    """All but the page with the list of tables."""
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    whole = path.read_bytes()
    path.write_bytes(whole[:size] + b"\xa5" * (len(whole) - size))


@pytest.mark.parametrize("harm", [another, damaged_at_its_head, damaged_within])
def test_what_stands_in_its_place_is_kept_beside_the_new_one(
    wireroom: Command, home: Path, harm: Callable[[Path], None]
) -> None:
    home.mkdir(exist_ok=True)
    path = home / "dedup.db"
    bring_up_to_date(f"sqlite:///{path}", "dedup")
    harm(path)
    stood = path.read_bytes()

    assert wireroom("begin-anew", "dedup", "--yes").exit_code == 0
    assert [kept.read_bytes() for kept in home.glob("replaced-*/dedup.db")] == [stood]
    assert beginnings.gone(home, "dedup") is None
    bring_up_to_date(f"sqlite:///{path}", "dedup")


def test_one_that_is_whole_is_left_alone(wireroom: Command, home: Path) -> None:
    home.mkdir(exist_ok=True)
    path = home / "dedup.db"
    bring_up_to_date(f"sqlite:///{path}", "dedup")
    before = path.read_bytes()

    told = wireroom("begin-anew", "dedup", "--yes")
    assert told.exit_code == 1
    assert f"nothing is missed in {path}" in told.stderr
    assert path.read_bytes() == before
