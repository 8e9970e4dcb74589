import json
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import pytest
from typer.testing import Result

from contracts.topology import SERVICES
from services.chassis.settings import House
from services.cli.options import settings_class
from services.cli.pages.settings import names
from services.cli.strangers import known, strangers

Wireroom = Callable[..., Result]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WIREROOM_INBOXX", "WIREROOM_INBOX"),
        ("WIREROOM_METRIC_PORT_BASE", "WIREROOM_METRICS_PORT_BASE"),
        ("WIREROOM_FECTH_READERS", "WIREROOM_FETCH_READERS"),
        ("wireroom_extract_worker", "WIREROOM_EXTRACT_WORKERS"),
        ("WIREROOM_OPERATER_NATS_PASSWORD", "WIREROOM_OPERATOR_NATS_PASSWORD"),
    ],
)
def test_a_variable_that_is_no_setting_is_named_with_the_one_that_was_meant(written: str, meant: str) -> None:
    [line] = strangers([written, "WIREROOM_HOME", "PATH"])
    assert line == f"{written} is no setting, and changes nothing: did you mean {meant}?"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("WIRROOM_HOME", "WIREROOM_HOME"),
        ("WIREROOOM_NATS_PORT", "WIREROOM_NATS_PORT"),
        ("WIRE_ROOM_INBOX", "WIREROOM_INBOX"),
        ("wireromm_nats_url", "WIREROOM_NATS_URL"),
        ("WIREROM_METRIC_PORT_BASE", "WIREROOM_METRICS_PORT_BASE"),
    ],
)
def test_a_beginning_that_is_misspelt_is_seen_too(written: str, meant: str) -> None:
    assert strangers([written, "WIREGUARD_HOME", "WIRELESS_HOME", "HOME"]) == [
        f"{written} is no setting, and changes nothing: did you mean {meant}?"
    ]


def test_of_two_that_differ_in_case_the_one_that_is_not_read_is_named() -> None:
    assert strangers(["wireroom_home"]) == []
    assert strangers(["wireroom_home", "WIREROOM_HOME", "Wireroom_Inbox"]) == [
        "wireroom_home changes nothing: WIREROOM_HOME is set too, and stands"
    ]


def test_where_nothing_is_written_like_it_the_page_is_named() -> None:
    assert strangers(["WIREROOM_XYZZY"]) == [
        "WIREROOM_XYZZY is no setting, and changes nothing: docs/settings.md has all there are"
    ]


def test_every_setting_of_every_service_is_known() -> None:
    settings = {
        **names(House),
        **{name: field for one in SERVICES for name, field in names(settings_class(one)).items()},
    }
    assert settings.keys() <= known()
    assert strangers([*settings, "WIREROOM_CORPUS", "WIREROOMS", "HOME"]) == []


def test_status_names_it_and_goes_on(store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_INBOXX", "elsewhere")
    assert "did you mean WIREROOM_INBOX?" in wireroom("status").stdout
    assert len(json.loads(wireroom("status", "--json").stdout)["unknown_variables"]) == 1


def test_up_and_run_name_it_and_go_on(wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[object] = []
    monkeypatch.setenv("WIREROOM_INBOXX", "elsewhere")

    async def keep_up(*_: object) -> None:
        begun.append("up")

    monkeypatch.setattr("os.execve", lambda *command: begun.append(command))
    monkeypatch.setattr("services.cli.local.system.metrics_ports", lambda _: {})
    monkeypatch.setattr("services.cli.up._keep_up", keep_up)
    for command in (("run", "dedup"), ("up",)):
        told = wireroom(*command)
        assert told.exit_code == 0, told.output
        assert "did you mean WIREROOM_INBOX?" in told.stderr
    assert len(begun) == 2


def test_the_version_is_told(wireroom: Wireroom) -> None:
    told = wireroom("--version")
    assert (told.exit_code, told.stdout) == (0, f"wireroom {version('wireroom')}\n")
