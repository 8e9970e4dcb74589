"""`wireroom backup` where no system runs."""

import json
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import Result

from tests.services.cli.conftest import Store

pytestmark = pytest.mark.usefixtures("nobody_at_4222")

Command = Callable[..., Result]


def test_a_backup_says_what_is_in_it_and_what_is_not(wireroom: Command, store: Store, file: Path) -> None:
    told = wireroom("backup", str(file))

    assert told.exit_code == 0, told.stderr
    assert "store.db" in told.stdout
    assert "originals (RAW) and streams stay in the server" in told.stdout
    assert "the server did not answer" in told.stderr
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_backup_says_it_as_json_too(wireroom: Command, store: Store, file: Path) -> None:
    told = json.loads(wireroom("backup", str(file), "--json").stdout)

    assert told["file"] == str(file)
    assert told["bytes"] == file.stat().st_size
    assert [member["name"] for member in told["members"]] == ["store.db"]


def test_another_file_in_place_of_a_database_is_not_in_it(
    wireroom: Command, store: Store, home: Path, file: Path
) -> None:
    with closing(sqlite3.connect(home / "dedup.db")) as connection, connection:
        connection.execute("CREATE TABLE x (a)")
    told = wireroom("backup", str(file), "--json")

    assert "dedup.db" not in [member["name"] for member in json.loads(told.stdout)["members"]]
    assert f"not in it  {home / 'dedup.db'} is no database of dedup" in told.stderr


def test_a_file_that_exists_is_overwritten_by_force_alone(wireroom: Command, store: Store, file: Path) -> None:
    file.write_text("somebody's")

    refused = wireroom("backup", str(file))

    assert refused.exit_code == 1
    assert refused.stderr == f"wireroom: {file} exists: give another name, or --force to overwrite it\n"
    assert file.read_text() == "somebody's"
    assert wireroom("backup", str(file), "--force").exit_code == 0


@pytest.mark.parametrize("name", ["nowhere/one.backup", "."])
def test_where_nothing_can_be_written_it_says_so(wireroom: Command, store: Store, file: Path, name: str) -> None:
    told = wireroom("backup", str(file.parent / name), "--force")

    assert told.exit_code == 1
    assert told.stderr.startswith("wireroom: ")


def test_where_nothing_is_kept_there_is_nothing_to_copy(wireroom: Command, home: Path, file: Path) -> None:
    told = wireroom("backup", str(file))

    assert told.exit_code == 1
    assert "nothing has been kept" in told.stderr
    assert not file.exists()
