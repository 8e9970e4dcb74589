import os
import signal
import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from services.cli import up
from services.cli.local import home as homes
from services.cli.local import ports
from services.cli.local.supervisor import Supervisor

Wireroom = Callable[..., Result]
SET = "WIREROOM_NATS_URL (from the environment) is 'nats://bar:0'"


def test_a_second_up_on_the_same_home_is_told_who_holds_it(home: Path, wireroom: Wireroom) -> None:
    with homes.hold(home):
        told = wireroom("up")
    assert told.exit_code == 1
    assert (
        told.stderr
        == f"wireroom: another `up` (pid {os.getpid()}) holds {home}: stop it, or give this one another --home\n"
    )


def test_a_taken_port_is_told_and_nothing_is_started(
    home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "LEFT_OVER_SECONDS", 0.0)
    monkeypatch.setenv("WIREROOM_METRICS_PORT_BASE", "0")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        monkeypatch.setenv("WIREROOM_NATS_PORT", str(port))
        told = wireroom("up")
    assert told.exit_code == 1
    assert f"port {port} is taken by" in told.stderr
    assert "set WIREROOM_NATS_PORT" in told.stderr
    assert not (home / "nats").exists()


@pytest.mark.parametrize("after", ["move", "leave", "delete"])
def test_what_becomes_of_a_taken_file_can_be_said_on_the_command_line(
    home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, after: str
) -> None:
    monkeypatch.setenv("WIREROOM_FETCH_AFTER", "move")
    with homes.hold(home):
        assert wireroom("up", "--after", after).exit_code == 1  # somebody else runs there
    assert os.environ["WIREROOM_FETCH_AFTER"] == after  # which every service is started with


def test_a_wrong_setting_is_named(home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", "many")
    told = wireroom("up")
    assert told.exit_code == 2
    assert "WIREROOM_NATS_PORT (from the environment) is 'many': it must be a whole number" in told.stderr


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WIREROOM_DISK_BUDGET_BYTES", "1"),
        ("WIREROOM_METRICS_PORT_BASE", "70000"),
        ("WIREROOM_FETCH_SETTLE_SECONDS", "-1"),
        ("WIREROOM_STORE_METRICS_PORT", "http"),
        ("WIREROOM_EXTRACT_WORKERS", "none"),
        ("WIREROOM_NATS_PORT", "many"),
    ],
)
def test_a_wrong_setting_of_whomever_is_named_and_nothing_starts(
    home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    told = wireroom("up")
    assert isinstance(told.exception, SystemExit)  # no traceback
    assert told.exit_code != 0
    assert name in told.stderr
    assert not (home / "nats").exists()


def test_a_server_that_there_can_never_be_ends_it_with_the_setting(
    home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_URL", "nats://bar:0")
    for options, named in ((("--nats-url", "foo..bar"), "--nats-url (from the command line) is 'foo..bar'"), ((), SET)):
        told = wireroom("up", *options)
        assert (told.exit_code, f"{named}: write nats://HOST:PORT" in told.stderr) == (2, True), told.stderr
    assert not (home / "up.lock").exists()


def test_a_folder_too_long_for_sockets_is_told_before_anything_starts(
    home: Path, tmp_path: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = str(tmp_path / ("x" * 80))
    monkeypatch.setattr(tempfile, "tempdir", long)
    told = wireroom("up")

    assert told.exit_code == 2
    assert f"TMPDIR is {long}, too long for a socket in it: set one of " in told.stderr
    assert list(home.iterdir()) == []


def test_run_becomes_the_service(home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[tuple[str, tuple[str, ...], dict[str, str]]] = []
    monkeypatch.setattr("os.execve", lambda *command: became.append(command))
    assert wireroom("run", "language", "--nats-url", "nats://news:4222").exit_code == 0
    [(_, command, environment)] = became
    assert command[1:] == ("-m", "services.language")
    assert environment["WIREROOM_NATS_URL"] == "nats://news:4222"


def test_an_unknown_service_is_told_with_those_that_are(home: Path, wireroom: Wireroom) -> None:
    told = wireroom("run", "desk")
    assert told.exit_code == 2
    assert "choose one of fetch, language, dedup, extract, store" in told.stderr


def a_supervisor(tmp_path: Path) -> tuple[Supervisor, list[str]]:
    killed: list[str] = []

    class Watched(Supervisor):
        def ask_to_stop(self) -> None:
            if self.is_stopping:
                killed.append("all")
            super().ask_to_stop()

    return Watched((), logs=tmp_path, say=lambda _: None), killed


def test_a_signal_that_comes_while_nothing_runs_stops_what_begins(tmp_path: Path) -> None:
    order, (supervisor, killed) = up.Order(), a_supervisor(tmp_path)

    order.take(signal.SIGTERM)
    order.goes_to(supervisor)

    assert (supervisor.is_stopping, killed) == (True, [])


def test_the_first_signal_kills_nothing_though_all_stops_for_a_restore(tmp_path: Path) -> None:
    order, (supervisor, killed) = up.Order(), a_supervisor(tmp_path)
    order.goes_to(supervisor)
    supervisor.ask_to_stop()  # as for a restore

    order.take(signal.SIGINT)
    assert (order.given, killed) == (True, [])
    order.take(signal.SIGINT)
    assert killed == ["all"]
