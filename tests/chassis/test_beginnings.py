"""Where a database has been, no empty one is begun in its place, and it is said what to do."""

import asyncio
import errno
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, cast

import pytest

from services.chassis import beginnings, marks, own_database, standing
from services.chassis.beginnings import Beginning, Gone
from services.chassis.migrations import bring_up_to_date, migrate
from services.chassis.settings import House
from services.chassis.shell import Shell
from services.chassis.testing import until

REMEDY = "put it back, or `wireroom restore FILE`; `wireroom begin-anew {}` goes on without it"
SERVICES = ("fetch", "dedup", "store")


class Waiting:
    """As much of a shell as a service needs that waits for its database."""

    def __init__(self, service: str) -> None:
        self.service = service
        self.nats = object()
        self.not_ready: dict[str, str] = {}
        self.beside: list[asyncio.Task[None]] = []

    def attach(self, work: Any) -> None:
        self.beside.append(asyncio.ensure_future(work))


def begin(home: Path, service: str) -> Path:
    bring_up_to_date(f"sqlite:///{home / service}.db", service)
    return home / f"{service}.db"


@contextmanager
def moved_away(path: Path) -> Iterator[None]:
    away = path.with_name("elsewhere")
    path.rename(away)
    yield
    away.replace(path)


@pytest.mark.parametrize("service", SERVICES)
def test_a_database_that_is_gone_is_not_begun_again(tmp_path: Path, service: str) -> None:
    path = begin(tmp_path, service)
    with moved_away(path):
        with pytest.raises(Gone) as told:
            bring_up_to_date(f"sqlite:///{path}", service)
        assert not path.exists()
        assert str(told.value) == beginnings.gone(tmp_path, service)
    assert str(told.value).startswith(f"{path} is gone: {REMEDY.format(service)} (0.")
    bring_up_to_date(f"sqlite:///{path}", service)


@pytest.mark.parametrize("service", SERVICES)
def test_an_empty_file_is_no_database(tmp_path: Path, service: str) -> None:
    path = begin(tmp_path, service)
    path.write_bytes(b"")
    with pytest.raises(Gone, match=f"{path} is empty"):
        bring_up_to_date(f"sqlite:///{path}", service)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("was_noted", [True, False])
def test_another_file_in_its_place_is_not_written_into(tmp_path: Path, service: str, *, was_noted: bool) -> None:
    path = begin(tmp_path, service) if was_noted else tmp_path / f"{service}.db"
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE x (a)")
    before, known = path.read_bytes(), beginnings.of(tmp_path, service)

    with pytest.raises(Gone) as told:
        bring_up_to_date(f"sqlite:///{path}", service)
    assert f"{path} is no database of {service} (it holds x): put a good one in its place, or" in str(told.value)
    assert (path.read_bytes(), beginnings.of(tmp_path, service)) == (before, known)


@pytest.mark.parametrize(("service", "other"), [("fetch", "dedup"), ("dedup", "store"), ("store", "fetch")])
def test_the_database_of_another_service_is_another_file(tmp_path: Path, service: str, other: str) -> None:
    begin(tmp_path, other).rename(tmp_path / f"{service}.db")
    with pytest.raises(Gone, match=f"is no database of {service} "):
        bring_up_to_date(f"sqlite:///{tmp_path / service}.db", service)


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("start", [0, 100])
def test_a_damaged_one_is_named_with_what_sqlite_says_and_what_helps(tmp_path: Path, service: str, start: int) -> None:
    path = begin(tmp_path, service)
    wreck = bytearray(path.read_bytes())
    wreck[start : start + 500] = b"\xa5" * 500
    path.write_bytes(wreck)

    with pytest.raises(Gone) as told:
        bring_up_to_date(f"sqlite:///{path}", service)
    says = "database disk image is malformed" if start else "file is not a database"
    assert str(told.value).startswith(f"{path} is damaged ({says}): put a good one in its place, or `wireroom restore")
    assert beginnings.lost(tmp_path, SERVICES) == [str(told.value)]
    assert path.read_bytes() == wreck


def test_where_none_was_begun_none_is_missed(tmp_path: Path) -> None:
    assert beginnings.lost(tmp_path, SERVICES) == []


def test_one_that_was_there_before_anybody_noted_it_is_missed_too(tmp_path: Path) -> None:
    path = tmp_path / "store.db"
    migrate(f"sqlite:///{path}", "store")
    bring_up_to_date(f"sqlite:///{path}", "store")
    path.unlink()
    assert beginnings.of(tmp_path, "store") is not None
    assert beginnings.lost(tmp_path, SERVICES) == [beginnings.gone(tmp_path, "store")]


def test_a_note_that_cannot_be_read_is_evidence_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / "store.json").write_text("{")
    assert beginnings.gone(tmp_path, "store") == f"{tmp_path / 'store.db'} is gone: {REMEDY.format('store')}"


async def test_a_service_waits_for_it_and_goes_on_when_it_is_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_database, "LOOK_SECONDS", 0.01)
    path, shell = begin(tmp_path, "fetch"), Waiting("fetch")
    with moved_away(path):
        opening = asyncio.ensure_future(own_database.ready(House(home=tmp_path), cast("Shell", shell)))
        await until(lambda: shell.not_ready == {"database": beginnings.gone(tmp_path, "fetch")})
    beginnings.note(tmp_path, "fetch", Beginning())
    assert await opening == f"sqlite:///{path}"
    assert shell.not_ready == {}

    with moved_away(path):
        await until(lambda: shell.not_ready == {"database": beginnings.gone(tmp_path, "fetch")})
    await until(lambda: shell.not_ready == {})
    for task in shell.beside:
        task.cancel()


def a_folder(path: Path) -> None:
    path.mkdir()


def a_pipe(path: Path) -> None:
    os.mkfifo(path)


def of_somebody_else(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("CREATE TABLE x (a)")


def of_another_service(path: Path) -> None:
    migrate(f"sqlite:///{path}", "store")


def one_of_its_own(path: Path) -> None:
    migrate(f"sqlite:///{path}", "fetch")


def half_of_one(path: Path) -> None:
    one_of_its_own(path)
    os.truncate(path, path.stat().st_size // 2)


def one_damaged_within(path: Path) -> None:
    one_of_its_own(path)
    wreck = bytearray(path.read_bytes())
    wreck[-4096:] = b"\xa5" * 4096
    path.write_bytes(wreck)


def an_older_copy(path: Path) -> None:
    one_of_its_own(path)
    marks.place_of(path).write_text("200 200\n")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 100")


NOT_OPENED = (
    ", and not the one that was opened: put that one back, or `wireroom restore FILE`; `wireroom begin-anew fetch`"
)


@pytest.mark.parametrize(
    ("put", "words"),
    [
        (a_folder, f" is a folder{NOT_OPENED}"),
        (a_pipe, f" is no file{NOT_OPENED}"),
        (Path.touch, f" is empty{NOT_OPENED}"),
        (of_somebody_else, f" is no database of fetch (it holds x){NOT_OPENED}"),
        (of_another_service, " is no database of fetch (it holds alembic_version, "),
        (half_of_one, f" is damaged (database disk image is malformed){NOT_OPENED}"),
        (one_damaged_within, " is damaged ("),
        (
            an_older_copy,
            " is an older copy of itself, of 2026-01-01 00:01:40Z, and was written until 2026-01-01 00:03:20Z",
        ),
        (one_of_its_own, " is another database of fetch than the one that was opened: put that one back, or `wireroom"),
    ],
)
async def test_what_stands_in_its_place_is_told_while_it_runs_with_what_helps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put: Callable[[Path], None], words: str
) -> None:
    monkeypatch.setattr(own_database, "LOOK_SECONDS", 0.01)
    path, shell = begin(tmp_path, "fetch"), Waiting("fetch")
    beginnings.note(tmp_path, "fetch", Beginning())
    await own_database.ready(House(home=tmp_path), cast("Shell", shell))
    with moved_away(path):
        put(path)
        await until(lambda: shell.not_ready.get("database", "").startswith(f"{path}{words}"))
        can_be_begun_with = put is one_of_its_own
        if can_be_begun_with:
            again = f"; or start fetch again with this one (`kill {os.getpid()}`: `wireroom up`, or who"
            await until(lambda: again in shell.not_ready["database"])
        assert ("start fetch again" in shell.not_ready["database"]) == can_be_begun_with
        shutil.rmtree(path) if path.is_dir() else path.unlink()
        marks.place_of(path).unlink(missing_ok=True)
    await until(lambda: shell.not_ready == {})
    for task in shell.beside:
        task.cancel()


@pytest.mark.parametrize(
    ("info", "heard"),
    [
        ({"ack_floor": {"consumer_seq": 18}}, 18),
        ({"error": {"code": 404, "err_code": 10014, "description": "consumer not found"}}, 0),
        ({"error": {"code": 404, "err_code": 10059, "description": "stream not found"}}, 0),
        ({"error": {"code": 503, "err_code": 10008, "description": "JetStream system temporarily unavailable"}}, None),
        ({}, None),
    ],
)
async def test_what_the_server_cannot_say_is_asked_again(
    monkeypatch: pytest.MonkeyPatch, info: dict[str, Any], heard: int | None
) -> None:
    answers = iter([info, {"ack_floor": {"consumer_seq": 7}}])

    async def ask(*_: object) -> dict[str, Any]:
        return next(answers)

    monkeypatch.setattr(own_database, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr("services.chassis.asking.told", ask)
    assert await own_database.heard_before(cast("Shell", Waiting("store"))) == (7 if heard is None else heard)


@pytest.mark.parametrize("heard", [0, 18])
async def test_a_note_that_finds_no_room_ends_nothing_and_allows_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, heard: int
) -> None:
    async def info(*_: object) -> dict[str, Any]:
        return {"ack_floor": {"consumer_seq": heard}}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path, shell = begin(tmp_path, "store"), Waiting("store")
    monkeypatch.setattr("services.chassis.asking.told", info)
    monkeypatch.setattr(beginnings, "note", full)
    opening = asyncio.ensure_future(own_database.ready(House(home=tmp_path), cast("Shell", shell)))
    await until(lambda: opening.done() or bool(shell.not_ready))
    assert (f"{path} is new" in shell.not_ready.get("database", "")) == (not opening.done()) == bool(heard)
    for task in (opening, *shell.beside):
        task.cancel()


@pytest.mark.parametrize("service", ["dedup", "store"])
@pytest.mark.parametrize("heard", [0, 18])
async def test_a_new_one_beside_a_queue_that_was_heard_before_is_missing_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, service: str, heard: int
) -> None:
    async def info(_client: object, subject: str) -> dict[str, Any]:
        assert subject == f"$JS.API.CONSUMER.INFO.{service.upper()}.{service}"
        return {"ack_floor": {"consumer_seq": heard}}

    monkeypatch.setattr(own_database, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr("services.chassis.asking.told", info)
    path, shell = begin(tmp_path, service), Waiting(service)
    opening = asyncio.ensure_future(own_database.ready(House(home=tmp_path), cast("Shell", shell)))
    if heard:
        told = f"{service} has heard 18 messages of {service.upper()}, and {path} is new: "
        await until(lambda: shell.not_ready.get("database", "").startswith(told))
        assert beginnings.gone(tmp_path, service) == shell.not_ready["database"]
        table = "inputs" if service == "store" else "remembered"
        with closing(sqlite3.connect(path)) as connection, connection:  # the old one is put over it
            columns = [(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")]
            values = ", ".join("0" if "INT" in kind.upper() else "''" for _, kind in columns)
            connection.execute(f"INSERT INTO {table} VALUES ({values})")
    assert await opening == f"sqlite:///{path}"
    assert beginnings.gone(tmp_path, service) is None
    for task in shell.beside:
        task.cancel()


def test_a_database_that_goes_while_it_is_looked_at_is_gone_and_ends_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, look = begin(tmp_path, "fetch"), Path.stat

    def look_and_take_away(looked_at: Path, **how: Any) -> os.stat_result:
        found = look(looked_at, **how)
        if looked_at == path:
            path.unlink()
        return found

    monkeypatch.setattr(Path, "stat", look_and_take_away)
    assert standing.wrong_with(path, "fetch") is None  # it was there, and nobody can say more
    assert standing.wrong_with(path, "fetch") == standing.GONE
