import sqlite3

import pytest
from nats.errors import NoServersError
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from services.chassis.settings import House
from services.cli.errors import Told, explain
from services.cli.options import house


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Told("do this"), "do this"),
        (
            FileNotFoundError(2, "No such file or directory", "/nowhere/a.txt"),
            "/nowhere/a.txt: no such file or directory",
        ),
        (PermissionError(13, "Permission denied", "/srv/x"), "/srv/x: permission denied"),
        (OSError("the disk is gone"), "the disk is gone"),
        (OSError(28, "No space left on device"), "the disk: no space left on device: make room"),
        (
            OSError(28, "No space left on device", "/srv/x/a.conf"),
            "/srv/x/a.conf: no space left on device: make room",
        ),
        (NoServersError(), "NATS: nats: no servers available for connection: see that"),
        (OperationalError("SELECT", {}, sqlite3.OperationalError("no such table: inputs")), "`wireroom up` lays them"),
        (
            OperationalError("SELECT", {}, sqlite3.OperationalError("database is locked")),
            "does not answer: database is locked",
        ),
    ],
)
def test_an_error_that_is_not_ours_is_one_line(error: Exception, words: str) -> None:
    line = explain(error)
    assert line is not None
    assert words in line
    assert "\n" not in line


@pytest.mark.parametrize("error", [KeyError("x"), ValueError("x"), AssertionError("x")])
def test_a_defect_is_not_explained_away(error: Exception) -> None:
    assert explain(error) is None


def test_a_wrong_setting_is_named_with_its_source_and_its_range(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", "99999")
    with pytest.raises(ValidationError) as raised:
        House()
    line = explain(raised.value)
    assert line == "WIREROOM_NATS_PORT (from the environment) is '99999': it must be a whole number, ≥ 1, ≤ 65535"


def test_the_command_line_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_NATS_URL", "nats://a")
    assert house(nats_url="nats://b").nats_url == "nats://b"
    assert house(nats_url=None).nats_url == "nats://a"
