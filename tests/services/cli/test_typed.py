"""What is typed wrong ends with 2 and is told: the option, what was typed, what is allowed. Nothing is begun."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from services.cli.local import home as homes

Wireroom = Callable[..., Result]

NO_PATH = " (from the command line) is '': it must be a path; `.` is the folder that you are in"
RANGE = " (from the command line) is '{}': it must be a whole number, ≥ 1, ≤ {}"
WITHIN = "--within (from the command line) is '{}': it must be a number, ≥ 1, ≤ 31622400"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        *((f"{command} --home=", f"--home{NO_PATH}") for command in ("up", "status", "search x", "deadletters list")),
        ("up --inbox=", f"--inbox{NO_PATH}"),
        ("demo --seeds=", f"--seeds{NO_PATH}"),
        ("ingest x --report=", f"--report{NO_PATH}"),
        ("up --after shred", "--after (from the command line) is 'shred': it must be move, delete, leave"),
        *(
            (f"ingest x --workers {typed}", f"--workers{RANGE.format(typed, 64)}")
            for typed in ("0", "65", "two", "1.5")
        ),
        *((f"search x --limit {typed}", f"--limit{RANGE.format(typed, 1000)}") for typed in ("0", "1001", "-1")),
        ("deadletters list --limit 0", f"--limit{RANGE.format(0, 1000)}"),
        ("tail --count 0", f"--count{RANGE.format(0, 1000000000)}"),
        *((f"status --check --within {typed}", WITHIN.format(typed)) for typed in ("0.5", "nan", "inf", "soon")),
        ("tail --since 1x", "--since (from the command line) is '1x': give a length of time (90s, 30m, 1h, 2d) or"),
        ("tail --since=", "--since (from the command line) is '': give a length of time"),
        ("replay --from extract --since=", "--since (from the command line) is '': give a length of time"),
        ("tail --language f/r", "'f/r' is no language or country: give a code such as fr or sy"),
        ("tail --country=", "'' is no language or country: give a code such as fr or sy"),
        ("deadletters purge --before=", "--before or --older-than (from the command line) is '': give a length of"),
        ("deadletters purge --older-than x", "--before or --older-than (from the command line) is 'x': give a length"),
        ("deadletters purge --service x", "--service (from the command line) is 'x': it must be fetch, language,"),
        ("deadletters purge --reason x", "--reason (from the command line) is 'x': it must be "),
        ("up --nats-url=", "--nats-url (from the command line) is '': write nats://HOST:PORT"),
    ],
)
def test_what_is_typed_wrong_is_told_with_what_is_allowed(
    wireroom: Wireroom, home: Path, store: object, typed: str, words: str
) -> None:
    told = wireroom(*typed.split())
    assert told.stderr.startswith(f"wireroom: {words}")
    assert told.exit_code == 2
    assert not (home / "up.lock").exists()


@pytest.mark.parametrize(
    ("typed", "variables", "words"),
    [
        ("up --home /proc/x", {}, "--home (from the command line) is '/proc/x': /proc/x cannot be used ("),
        ("up", {"HOME": "/proc/x"}, "WIREROOM_HOME (from the environment) is '/proc/x': /proc/x cannot be used ("),
        ("up", {"INBOX": "/proc/x"}, "WIREROOM_INBOX (from the environment) is '/proc/x': /proc/x cannot be used ("),
        (
            "up",
            {"METRICS_HOST": "192.0.2.1"},
            "WIREROOM_METRICS_HOST (from the environment) is '192.0.2.1': no address",
        ),
    ],
)
def test_what_turns_out_to_be_of_no_use_is_told_with_where_it_was_set(
    wireroom: Wireroom,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    *,
    typed: str,
    variables: dict[str, str],
    words: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(f"WIREROOM_{name}", value)
    told = wireroom(*typed.split())
    assert told.stderr.startswith(f"wireroom: {words}")
    assert told.exit_code == 2
    assert not (home / "nats").exists()


@pytest.mark.parametrize("command", [("ingest", ""), ("backup", ""), ("restore", "")])
def test_an_empty_argument_is_not_the_folder_that_one_stands_in(wireroom: Wireroom, command: tuple[str, ...]) -> None:
    told = wireroom(*command)
    assert told.stderr.endswith(f"{NO_PATH}\n")
    assert told.exit_code == 2


def test_what_somebody_else_wrote_into_dead_can_be_asked_for(wireroom: Wireroom, store: object) -> None:
    assert wireroom("deadletters", "list", "--service", "unknown").stdout == "no dead letters\n"


def test_a_folder_in_which_others_work_keeps_its_rights_and_an_empty_one_is_its_owners_alone(tmp_path: Path) -> None:
    theirs, empty = tmp_path / "theirs", tmp_path / "empty"
    for folder in (theirs, empty):
        folder.mkdir()
        folder.chmod(0o755)
    (theirs / "notes.txt").touch()

    for _ in range(2):
        for folder in (theirs, empty):
            with homes.hold(folder):
                pass

    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (theirs, empty)] == [0o755, 0o700]
