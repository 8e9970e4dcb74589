"""What stands in the place of a database that is open is read through apart, one look at a time."""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from services.chassis import own_database, standing
from services.chassis.database_file import DatabaseFile
from services.chassis.own_database import Other
from services.chassis.testing import until
from tests.tables import lay_tables

WHOLE, NOT_KNOWN = "; or start fetch again with this one", "`wireroom restore FILE`"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Another database of fetch's."""
    lay_tables(f"sqlite:///{tmp_path / 'fetch.db'}", "fetch")
    return tmp_path / "fetch.db"


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(bytes(4096))


class Looks:
    """Looks through a file that take until they are let go on, with what comes of each."""

    def __init__(self, *found: str | Exception | None) -> None:
        self.left, self.begun = list(found), 0
        self.go_on = threading.Semaphore(0)

    def __call__(self, _: Path, *, alone: bool) -> str | None:
        assert alone
        self.begun += 1
        self.go_on.acquire()
        found = self.left.pop(0)
        if isinstance(found, Exception):
            raise found
        return found


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Looks]]:
    made: list[Looks] = []

    def make(*found: str | Exception | None) -> Looks:
        made.append(Looks(*found))
        monkeypatch.setattr(standing, "damage_within", made[-1])
        return made[-1]

    yield make
    for one in made:  # whatever a test came to, its threads end
        one.go_on.release(len(one.left) + 1)


async def test_one_that_is_whole_can_be_gone_on_with_once_that_is_known(
    path: Path, looks: Callable[..., Looks]
) -> None:
    other, look = Other(path), looks(None)
    for _ in range(3):
        assert other.words().endswith(NOT_KNOWN)
    look.go_on.release()
    await until(lambda: WHOLE in other.words())

    assert look.begun == 1


async def test_one_that_grows_is_looked_at_once_at_a_time_and_nothing_is_said_of_what_it_was(
    path: Path, looks: Callable[..., Looks]
) -> None:
    other, look = Other(path), looks(None, "damaged (half of it)", None)
    for found_of_another in (True, True, False):
        other.words()
        await until(lambda: look.begun == 3 - len(look.left) + 1)
        if found_of_another:  # before that look is at its end
            grow(path)
        assert other.words().endswith(NOT_KNOWN)
        look.go_on.release()
        await until(lambda: other._look is not None and other._look.done())

    assert WHOLE in other.words()
    assert look.begun == 3


async def test_of_one_that_cannot_be_read_nothing_more_is_known_until_it_is_another(
    path: Path, looks: Callable[..., Looks]
) -> None:
    other, look = Other(path), looks(sqlite3.OperationalError("disk I/O error"), None)
    look.go_on.release(2)
    other.words()
    await until(lambda: other._look is not None and other._look.done())
    for _ in range(3):
        assert other.words().endswith(NOT_KNOWN)
    assert look.begun == 1

    grow(path)
    await until(lambda: WHOLE in other.words())
    assert look.begun == 2


def test_one_that_is_too_large_is_not_looked_at_for_nobody_could_stop_that(
    path: Path, looks: Callable[..., Looks], monkeypatch: pytest.MonkeyPatch
) -> None:
    other, look = Other(path), looks()
    monkeypatch.setattr(own_database, "READ_THROUGH_BYTES", path.stat().st_size - 1)

    assert other.words().endswith(NOT_KNOWN)
    assert (look.begun, other._look) == (0, None)


def test_where_it_is_gone_again_nothing_is_looked_at(path: Path, looks: Callable[..., Looks]) -> None:
    other, look = Other(path), looks()
    path.unlink()

    assert f"{path} is gone, and not the one that was opened" in other.words()
    assert look.begun == 0


def test_a_file_of_which_nothing_can_be_said_is_not_said_to_be_gone(tmp_path: Path) -> None:
    files = {name: DatabaseFile(tmp_path / name) for name in ("nothing.db", "circle.db", ".")}
    (tmp_path / "circle.db").symlink_to(tmp_path / "circle.db")  # as a disk in trouble: an error, and no answer

    found = {name: file.is_gone() for name, file in files.items()}

    assert found == {"nothing.db": True, "circle.db": False, ".": False}
