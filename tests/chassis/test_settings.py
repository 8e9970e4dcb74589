import math
import os
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock

import certifi
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as settings_of_hypothesis
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from contracts.topology import SERVICES
from services.chassis.explain import explain
from services.chassis.settings import DELIVERY_SECONDS, House, ServiceSettings, Settings, longest_seconds
from services.cli.local import system
from services.cli.options import settings_class
from services.cli.pages.settings import names
from services.extract.settings import ExtractSettings
from services.fetch.settings import FetchSettings


@pytest.mark.parametrize(
    "names", [("WIREROOM_NATS_PORT", "wireroom_nats_port"), ("wireroom_nats_port", "WIREROOM_NATS_PORT")]
)
def test_of_two_that_differ_in_case_the_one_in_capitals_stands(
    monkeypatch: pytest.MonkeyPatch, names: tuple[str, str]
) -> None:
    for name in names:
        monkeypatch.setenv(name, "1111" if name.isupper() else "2222")
    assert House().nats_port == 1111

    monkeypatch.delenv("WIREROOM_NATS_PORT")
    assert House().nats_port == 2222


def told(**options: Any) -> str:
    """What a person is told of these settings, which are wrong."""
    with pytest.raises(ValidationError) as raised:
        House(**options)
    return explain(raised.value, options) or ""


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("WIREROOM_NATS_PORT", "0", " is '0': it must be a whole number, ≥ 1, ≤ 65535"),
        ("WIREROOM_NATS_PORT", "1e3", " is '1e3': it must be a whole number, ≥ 1, ≤ 65535"),
        ("wireroom_nats_port", "x", " is 'x': it must be a whole number, ≥ 1, ≤ 65535"),
        ("WIREROOM_LOG_FORMAT", "xml", " is 'xml': it must be json, console"),
        ("WIREROOM_STOP_SECONDS", "inf", " is 'inf': it must be a number, > 0, ≤ 31622400"),
        ("WIREROOM_STOP_SECONDS", "nan", " is 'nan': it must be a number, > 0, ≤ 31622400"),
        ("WIREROOM_ACK_WAIT_SECONDS", "-1", " is '-1': it must be a number, > 1, ≤ 31622400"),
        ("WIREROOM_MAX_TEXT_BYTES", "9" * 30, "bytes, ≤ 1125899906842624"),
        ("WIREROOM_METRICS_HOST", "not a host", " is 'not a host': give an address of this machine"),
        ("WIREROOM_HOME", __file__, "that is a file: name a folder"),
        ("WIREROOM_NATS_URL", "nats://a:99999", " is 'nats://a:99999': write nats://HOST:PORT"),
        ("WIREROOM_NATS_URL", "http://u:hidden@a", " is '…@a': write nats://HOST:PORT"),
        ("WIREROOM_DATABASE_URL", "postgresql://a:hidden@c/d", ": a database for all services comes with a later"),
        *(
            ("WIREROOM_NATS_URL", url, f" is {url!r}: write nats://HOST:PORT")
            for url in (
                *("http://news:4222", "nats://news:none", "nats://news:0", "://", "nats://a:4222,,nats://b:4222"),
                "nats://news..example:4222",  # which can be no name
            )
        ),
        ("WIREROOM_NATS_URL", "ws://a:80,nats://b", "that are reached by WebSocket (ws://, wss://) and others cannot"),
        ("WIREROOM_NATS_REPLICAS", "2", " is '2': give 1, 3 or 5"),
        ("WIREROOM_NATS_REPLICAS", "3", " is '3': the embedded server keeps one copy"),
        *(
            ("WIREROOM_NATS_SYNC_INTERVAL", interval, f" is {interval!r}: give `always`, or a number from 1 to 999999")
            for interval in ("never", "0s", "2 min")
        ),
    ],
)
def test_a_wrong_setting_is_named_with_its_source_its_value_and_what_is_allowed(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)
    line = told()
    assert line.startswith(f"{name} (from the environment)")
    assert words.replace("bytes", "a whole number, ≥ 1") in line
    assert "hidden" not in line


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("FETCH_CA_FILE", __file__, "no certificate is in it: name a file of certificates in PEM"),
        ("FETCH_CA_FILE", "/nowhere/ca.pem", "there is no such file"),
        *(
            ("FETCH_SPOOL", path, "it must be a folder that is there and can be written in")
            for path in ("/nowhere", __file__, "/proc")
        ),
        ("FETCH_FEEDS", "/nowhere/feeds.txt", "there is no folder /nowhere: make it first, or name another file"),
        ("FETCH_FEEDS", "/proc", "that is a folder: name a file"),
        ("FETCH_ALLOW_PORTS", "8080,99999", "give port numbers from 1 to 65535 with commas between"),
        ("EXTRACT_ATLAS_HOME", "/proc/x", "it must be a folder that is there"),
        ("EXTRACT_ATLAS_HOME", __file__, "it must be a folder that is there"),
        ("EXTRACT_ATLAS_HOME", "/proc", "no atlas is in it, and it cannot be written in"),
        ("EXTRACT_NAMES", "/nowhere", "it must be a folder that is there"),
        ("FETCH_JSON_MAPPING", '{"text": "a..b"}', "'a..b' has nothing between two dots, or before the first"),
    ],
)
def test_a_service_s_wrong_setting_stops_everything_before_it_is_begun(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(f"WIREROOM_{name}", value)
    # What is root's to write in, nobody refuses root; a file system that takes nothing refuses everybody.
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(ValidationError) as raised:
        system.settings_of(House(home=tmp_path / "home", inbox=tmp_path / "inbox"))
    assert (explain(raised.value) or "").startswith(f"WIREROOM_{name} (from the environment) is {value!r}: {words}")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("password", ["hidden\n", "hid\tden", "hid\x7fden", "hidden\udcff"])
def test_a_password_of_more_than_one_line_is_no_setting_and_is_not_shown(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str
) -> None:
    monkeypatch.setenv("WIREROOM_STORE_NATS_PASSWORD", password)
    with pytest.raises(ValidationError) as raised:
        system.settings_of(House(home=tmp_path / "home", inbox=tmp_path / "inbox"))
    line = explain(raised.value) or ""
    assert line.startswith("WIREROOM_STORE_NATS_PASSWORD (from the environment): it must be one line of text, without")
    assert "hid" not in line


def test_files_and_folders_that_serve_are_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "places-1-2.db").touch()  # an atlas: nothing needs to be written
    for name, value in {
        "FETCH_CA_FILE": certifi.where(),
        "FETCH_SPOOL": tmp_path,
        "FETCH_FEEDS": tmp_path / "not-yet",
        "EXTRACT_ATLAS_HOME": tmp_path,
    }.items():
        monkeypatch.setenv(f"WIREROOM_{name}", str(value))
    system.settings_of(House(home=tmp_path / "home", inbox=tmp_path / "inbox"))


def test_what_was_typed_is_named_as_it_was_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_NATS_URL", "nats://fine")
    assert told(nats_url="ftp://x").startswith("--nats-url (from the command line) is 'ftp://x': write nats://")


def test_every_wrong_setting_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_NATS_PORT", "0")
    monkeypatch.setenv("WIREROOM_LOG_LEVEL", "loud")
    assert told().count("(from the environment)") == 2


def test_an_empty_variable_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("WIREROOM_HOME", "WIREROOM_NATS_URL", "WIREROOM_NATS_PORT", "WIREROOM_LOG_LEVEL"):
        monkeypatch.setenv(name, "")
    assert House() == House(home=Path(".wireroom"), nats_url=None, nats_port=4222)


def test_an_error_of_something_else_is_not_taken_for_a_setting() -> None:
    with pytest.raises(ValidationError) as raised:
        TypeAdapter(int).validate_python("x")
    assert explain(raised.value) is None


CLASSES: list[type[Settings]] = [House, *(settings_class(service) for service in SERVICES)]
EVERY_ONE = [(settings, name) for settings in CLASSES for name in names(settings)]
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1)
NASTY = [
    "nan",
    "inf",
    "-inf",
    "-1",
    "1e400",
    "9" * 400,
    "0x10",
    "１２",
    "\u202e1",
    "[]",
    "{}",
    "null",
    "true",
    "\n",
    " ",
]


def is_a_setting_or_one_line(settings: type[Settings], name: str, value: str) -> None:
    os.environ[name] = value
    try:
        found = settings()
    except ValidationError as error:
        line = explain(error) or ""
        assert line.startswith(f"{name} (from the environment)")
        assert "\n" not in line
        assert len(line) < 400
    else:
        numbers = [one for one in found.model_dump().values() if isinstance(one, float | int)]
        assert all(math.isfinite(one) for one in numbers)


@pytest.fixture
def alone() -> Iterator[None]:
    """An environment in which no other setting is."""
    ours = {key: old for key, old in os.environ.items() if not key.upper().startswith("WIREROOM_")}
    with mock.patch.dict(os.environ, ours, clear=True):
        yield


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize(("settings", "name"), EVERY_ONE)
def test_what_is_no_number_where_one_belongs_is_a_setting_or_one_line_that_names_it(
    settings: type[Settings], name: str
) -> None:
    for value in NASTY:
        is_a_setting_or_one_line(settings, name, value)


@pytest.mark.usefixtures("alone")
@pytest.mark.parametrize("settings", CLASSES)
@given(data=st.data(), value=TEXTS)
@settings_of_hypothesis(max_examples=100, suppress_health_check=list(HealthCheck))
def test_whatever_a_variable_holds_it_is_a_setting_or_one_line_that_names_it(
    settings: type[Settings], data: st.DataObject, value: str
) -> None:
    name = data.draw(st.sampled_from(sorted(names(settings))))
    is_a_setting_or_one_line(settings, name, value)
    del os.environ[name]


def test_the_servers_of_a_cluster_stand_with_commas_between_them() -> None:
    house = House(nats_url="nats://a:4222, tls://b:4223 ,c", nats_replicas=3)

    assert house.servers() == ["nats://a:4222", "tls://b:4223", "c"]
    assert house.server() == "nats://a:4222,tls://b:4223,c"


@pytest.mark.parametrize("name", ["what?", "a%20b"])
def test_no_home_is_taken_whose_databases_would_lie_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    with pytest.raises(ValidationError, match=r"name a folder that has none"):
        House(home=tmp_path / name)
    (tmp_path / name).mkdir()
    monkeypatch.chdir(tmp_path / name)
    with pytest.raises(ValidationError, match=r"name a folder that has none"):
        House()


def test_the_home_folder_is_not_the_persons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/srv/somebody")
    assert str(House().home) == ".wireroom"


def test_a_service_takes_the_houses_settings_and_its_own() -> None:
    settings = ServiceSettings(house=House(nats_port=4333), concurrency=3)
    assert (settings.house.server(), settings.concurrency) == ("nats://127.0.0.1:4333", 3)


@pytest.mark.parametrize(
    ("home", "inbox", "together"),
    [
        ("news/home", "news", False),
        ("news", "news", False),
        ("news/.wireroom", "news", True),
        ("news/.w/home", "news", True),
        ("news", "news/inbox", True),
        ("home", "inbox", True),
    ],
)
def test_no_home_lies_where_it_would_be_taken_for_articles(
    tmp_path: Path, home: str, inbox: str, together: bool
) -> None:
    with nullcontext() if together else pytest.raises(ValidationError, match="would be taken for articles"):
        House(home=tmp_path / home, inbox=tmp_path / inbox)


@pytest.mark.parametrize("interval", ["999999999h", "0s", "1 s", "-1s"])
def test_how_often_is_written_is_a_length_of_time_that_the_server_reads(interval: str) -> None:
    with pytest.raises(ValidationError, match="a number from 1 to 999999"):
        House(nats_sync_interval=interval)


def test_who_changes_how_long_a_reading_may_take_changes_what_its_neighbours_wait_for_it() -> None:
    fetch, extract = FetchSettings(), ExtractSettings()
    assert (fetch.delivery_seconds(), ServiceSettings().delivery_seconds()) == (DELIVERY_SECONDS, DELIVERY_SECONDS)
    assert extract.delivery_seconds() > extract.concurrency * longest_seconds(extract.reading_timeout_seconds)
    slower = ExtractSettings(reading_timeout_seconds=2 * extract.reading_timeout_seconds)
    assert slower.delivery_seconds() == 2 * extract.delivery_seconds()
    assert ExtractSettings(concurrency=1).delivery_seconds() == 2 * longest_seconds(extract.reading_timeout_seconds)
    assert ExtractSettings(handler_timeout_seconds=7).delivery_seconds() == 7
