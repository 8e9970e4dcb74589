import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from services.chassis.migrations import migrate
from services.chassis.settings import House
from services.cli.local import migrations


def test_a_database_is_pending_until_it_is_at_the_head(tmp_path: Path) -> None:
    house = House(home=tmp_path)
    assert migrations.pending(house) == migrations.remembering() != []
    for service in migrations.remembering():
        migrate(house.database(service), service)
    assert migrations.pending(house) == []
    (tmp_path / "store.db").unlink()
    assert migrations.pending(house) == ["store"]


def test_one_that_turns_out_to_be_damaged_is_left_to_who_waits_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    house, path = House(home=tmp_path), tmp_path / "store.db"
    migrate(house.database("store"), "store", "0005")
    with closing(sqlite3.connect(path)) as connection:
        size = connection.execute("PRAGMA page_size").fetchone()[0]
        page = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'alembic_version'").fetchone()[0]
    wreck = bytearray(path.read_bytes())
    wreck[(page - 1) * size : page * size] = b"\xa5" * size
    path.write_bytes(wreck)
    monkeypatch.setenv("WIREROOM_HOME", str(tmp_path))

    migrations.main()
    said = capsys.readouterr().out
    assert f"{path} is damaged (database disk image is malformed): put a good one in its place, or" in said
    assert migrations.pending(house) == ["store"]  # the others are up to date
