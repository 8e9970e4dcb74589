import json
import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from typer.testing import Result

from contracts.topology import SERVICES
from services.chassis.settings import House
from services.chassis.testing import LocalServer, free_port
from services.cli import queues, status, survey, telling
from services.cli.local import home as homes
from services.cli.local import probes
from services.cli.promises import given_up
from services.cli.queues import Queue, Unheard
from services.cli.survey import Log, Loud, doubts, log_of, service_of
from services.fetch.settings import FetchSettings
from services.store.reading import MAX_ANSWERS
from services.store.tables import DeadMessage, Duplicate, Input, InputCount
from tests.services.cli.conftest import NOON

Wireroom = Callable[..., Result]
METRICS = """\
# TYPE wireroom_outcomes counter
wireroom_outcomes_total{service="dedup",outcome="original",reason=""} %d
wireroom_outcomes_total{service="dedup",outcome="failed",reason=""} 7
wireroom_outcomes_total{service="dedup",outcome="duplicate",reason=""} 2
# TYPE wireroom_in_flight_messages gauge
wireroom_in_flight_messages{service="dedup"} 3
"""
LATE = Loud("late", None)
SILENT = ("wireroom_pending_messages", "wireroom_redelivered_messages_total")


def test_a_system_that_is_down_is_told_as_such(store: Any, nobody: None, wireroom: Wireroom) -> None:
    told = wireroom("status", "--json")
    assert told.exit_code == 0, told.output
    status = json.loads(told.stdout)
    assert status["running"] is False
    assert "start one with `wireroom up`" in status["nats_trouble"]
    assert [(service["name"], service["ready"]) for service in status["services"]] == [
        (name, False) for name in SERVICES
    ]
    assert status["ledger"]["inputs"]["in_progress"] == 0


@pytest.mark.parametrize("command", [["status"], ["backup", "file"], ["deadletters", "requeue", "--all"]])
def test_credentials_that_somebody_has_spoilt_are_told_with_what_helps(
    store: Any, nobody: None, home: Path, wireroom: Wireroom, command: list[str]
) -> None:
    (home / "credentials.json").write_text('{"operator": "hal')
    told = wireroom(*command)

    assert told.exit_code == 1
    assert "credentials.json is no JSON object" in told.stderr
    assert "Traceback" not in told.output


def test_a_service_with_a_port_of_its_own_is_looked_for_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WIREROOM_DEDUP_METRICS_PORT", "9999")
    ports = status.from_settings(House(metrics_port_base=9101)).metrics_ports

    assert ports == {"fetch": 9101, "language": 9102, "dedup": 9999, "extract": 9104, "store": 9105}


def test_a_full_disk_is_told_with_what_to_do(
    store: Any, nobody: None, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for free, told in ((0, "0 MB: it is full; make room"), (120_000, "0.12 MB: it is full"), (10**9, "1000 MB\n")):
        monkeypatch.setattr(shutil, "disk_usage", lambda _, free=free: SimpleNamespace(free=free))
        assert f"free on the disk: {told}" in wireroom("status").stdout


def test_what_only_the_server_knows_is_not_known_without_it(
    store: Any, nobody: None, home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def measured(*_: object, **__: object) -> tuple[int, str]:
        return 200, METRICS % 1 + "".join(f"{name} 0\n" for name in SILENT)

    monkeypatch.setattr(probes, "get", measured)
    with homes.hold(home), homes.announced(home, status.from_settings(House())):
        told = json.loads(wireroom("status", "--json").stdout)
        shown = wireroom("status").stdout

    for one in told["services"]:
        assert (one["pending"], one["redelivered"]) == (None, None)
    [unseen] = told["not_seen"]
    assert unseen.startswith("queues and streams, and all that waits in them: no nats-server at nats://127.0.0.1:")
    assert unseen.endswith(f"the `wireroom up` that runs here starts it again; why it does not: {home / 'logs'}")
    assert "start one" not in told["nats_trouble"]
    assert "could not be looked at: 1" in shown
    assert next(line.split()[-4:] for line in shown.splitlines() if line.startswith("dedup")) == ["–", "3", "–", "0.0"]


def test_an_up_that_has_not_told_where_its_system_is_runs_all_the_same(
    store: Any, nobody: None, home: Path, wireroom: Wireroom
) -> None:
    with homes.hold(home):
        told = json.loads(wireroom("status", "--json").stdout)
        shown = " ".join(wireroom("status").stdout.split())

    assert (told["running"], told["announced"]) == (True, False)
    assert "start one" not in told["nats_trouble"]
    assert telling.STARTING in shown


def test_a_server_elsewhere_is_no_matter_of_ours_to_start(store: Any, nobody: None, wireroom: Wireroom) -> None:
    told = json.loads(wireroom("status", "--json", "--nats-url", f"nats://127.0.0.1:{free_port()}").stdout)

    assert told["nats_trouble"].endswith("see that it runs, and that WIREROOM_NATS_URL (or --nats-url) is right")


def test_the_server_that_an_up_was_given_is_none_that_it_starts_again(
    store: Any, nobody: None, home: Path, wireroom: Wireroom
) -> None:
    with homes.hold(home), homes.announced(home, status.from_settings(House(nats_url="nats://localhost:9"))):
        told = json.loads(wireroom("status", "--json").stdout)

    assert told["nats_trouble"].endswith("see that it runs, and that WIREROOM_NATS_URL (or --nats-url) is right")


def test_a_restore_that_is_not_caught_up_is_told(store: Any, nobody: None, home: Path, wireroom: Wireroom) -> None:
    (home / "restore.next").mkdir()

    assert "is not caught up" in json.loads(wireroom("status", "--json").stdout)["restore"]
    assert "`wireroom up` finishes it" in " ".join(wireroom("status").stdout.split())


def test_what_is_kept_is_told_though_nothing_runs(store: Any, nobody: None, home: Path, wireroom: Wireroom) -> None:
    long_ago = datetime.now(UTC) - timedelta(hours=2)
    store.put(InputCount, state="stored", inputs=41)
    store.put(Input, input_id="waits", state="in_progress", received_at=long_ago, steps="[]")
    letter = {
        "detail": "",
        "attempts": 5,
        "first_heard_at": long_ago,
        "buried_at": long_ago,
        "subject": "s",
        "stream": "S",
    }
    for number in range(2):
        store.put(
            DeadMessage,
            message_id=f"{number}",
            service="dedup",
            reason="failed",
            sequence=number,
            headers="{}",
            body=b"",
            **letter,
        )
    (home.parent / "inbox").mkdir()
    (home.parent / "inbox" / "draft.txt~").touch()
    told = wireroom("status", "--json")
    status = json.loads(told.stdout)
    assert status["ledger"]["inputs"]["stored"] == 41
    assert status["ledger"]["dead_letters"] == [{"service": "dedup", "reason": "failed", "count": 2}]
    assert status["ledger"]["stuck"][0]["input_id"] == "waits"
    assert [one["path"] for one in status["ignored_files"]] == ["draft.txt~"]
    shown = wireroom("status").stdout
    counted = ("dead letters: 2\n", "services that are not ready: 5\n", "files in the inbox: 1\n")
    for words in (
        *counted,
        "no `wireroom up` runs here",
        "41",
        "2 dedup failed",
        "draft.txt~",
        "dedup: no answer on port",
    ):
        assert words in shown


def test_dead_letters_and_duplicates_are_counted_however_many_there_are(
    store: Any, nobody: None, wireroom: Wireroom
) -> None:
    facts = {"detail": "", "attempts": 5, "first_heard_at": NOON, "subject": "s", "stream": "S", "sequence": 1}
    facts |= {"service": "dedup", "reason": "failed", "headers": "{}", "body": b"", "buried_at": NOON}
    for number in range(MAX_ANSWERS + 1):
        store.put(DeadMessage, message_id=f"{number}", **facts)
    found = {"duplicate_of": "1" * 32, "article_id": "0" * 32, "method": "same_text", "similarity": 1}
    for number in range(101):
        store.put(Input, input_id=f"{number}", state="duplicate", steps="[]")
        store.put(Duplicate, input_id=f"{number}", sha256="0" * 64, found_at=NOON, duplicated="{}", **found)

    ledger = json.loads(wireroom("status", "--json").stdout)["ledger"]
    assert ledger["dead_letters"] == [{"service": "dedup", "reason": "failed", "count": MAX_ANSWERS + 1}]
    assert ledger["duplicates_of_never_stored_count"] == 101
    assert "duplicates of articles that were never stored: 101" in wireroom("status").stdout


@pytest.mark.nats
async def test_the_server_is_asked_for_queues_and_streams(server: LocalServer) -> None:
    operator = await server.connect("operator")
    await operator.jetstream().publish("wireroom.article.fetched", b"{}")
    await operator.close()
    found = await queues.ask_bus(server.url, server.credentials, remedy="")
    assert found.trouble is None
    assert found.unheard is None
    assert found.queues.keys() == set(SERVICES)
    assert found.queues["language"] == Queue(pending=1, in_flight=0, redelivered=0)
    assert found.streams.keys() == {"FETCH", "LANGUAGE", "DEDUP", "EXTRACT", "STORE", "ARTICLES", "DEAD", "RAW"}
    assert found.streams["LANGUAGE"].messages == 1


@pytest.mark.nats
async def test_what_store_has_not_heard_is_told_for_the_ledger_cannot_know_it(
    store: Any, home: Path, server: LocalServer, capsys: pytest.CaptureFixture[str]
) -> None:
    begun = datetime.now(UTC) - timedelta(seconds=1)  # the server has a clock of its own
    fetch = await server.connect("fetch")
    for subject in ("wireroom.input.received", "wireroom.input.received", "wireroom.input.rejected"):
        await fetch.jetstream().publish(subject, b"{}")
    found = await status._status(House(home=home, nats_url=server.url), check_seconds=None)
    telling.show(found)
    told = capsys.readouterr().out

    assert found.ledger.inputs["in_progress"] == 0
    assert found.unheard is not None
    assert found.unheard == Unheard(messages=3, inputs=2, since=found.unheard.since)
    assert begun < found.unheard.since <= datetime.now(UTC) + timedelta(seconds=1)
    assert (
        f"not know yet: 3\n  they wait for store, the oldest since {found.unheard.since:%Y-%m-%d %H:%M:%S}Z (" in told
    )
    assert "; up to 2 inputs are not counted above\n" in told


def test_a_home_that_is_not_there_is_no_status(home: Path, wireroom: Wireroom) -> None:
    told = wireroom("status", "--home", str(home / "nowhere"))
    assert told.exit_code == 1
    assert "start with `wireroom up`" in told.stderr


def test_the_rate_counts_what_ended_and_not_what_will_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "RATE_SECONDS", 1.0)
    found = service_of("dedup", (200, "{}"), ((200, METRICS % 10), (200, METRICS % 25)), None, Log())
    assert (found.ready, found.rate, found.in_flight, found.pending) == (True, 15.0, 3, None)


def test_it_is_told_why_the_inbox_is_only_looked_through() -> None:
    polled = '# TYPE wireroom_inbox_polled gauge\nwireroom_inbox_polled{reason="%s"} %d\n'
    metrics = polled % ("no_watches", 0) + polled.partition("\n")[2] % ("network_folder", 1)
    found = service_of("fetch", (200, "{}"), ((200, metrics), (200, metrics)), None, Log())
    assert found.inbox_polled == "network_folder"
    assert found.inbox_polled in telling.POLLED


def test_a_service_that_is_away_leaves_gaps_that_the_server_fills() -> None:
    found = service_of("dedup", (0, "no answer on port 1"), ((0, ""), (0, "")), Queue(5, 1, 2), Log(NOON, LATE))
    assert (found.ready, found.reasons, found.rate) == (False, ["no answer on port 1"], None)
    assert (found.pending, found.in_flight, found.redelivered, found.last_error) == (5, 1, 2, "late")
    assert found.log_ends_at == NOON


def test_numbers_out_of_a_file_that_is_not_the_stores_are_doubted() -> None:
    words = "store.db is damaged (x), and not the one that was opened: put that one back"
    waits = [{"what": "database", "reason": "not_ready", "words": words, "since": "2024-05-01T12:00:00+00:00"}]
    body = json.dumps({"ready": False, "reasons": [words], "waits": waits})
    nothing = ((0, "refused"), (0, "refused"))
    store, dedup = (service_of(name, (503, body), nothing, None, Log()) for name in ("store", "dedup"))

    assert doubts([store]) == [f"whether the numbers of inputs are true: {words}"]
    assert doubts([dedup]) == []


def test_the_last_loud_line_of_a_log_is_the_last_error() -> None:
    lines = [
        b'{"level": "error", "event": "buried", "timestamp": "2024-05-01T12:00:00.123Z"}',
        b'{"level": "warning", "event": "nats", "error": "timeout", "timestamp": "2024-05-01T12:00:01.123Z"}',
        b'{"level": "info", "event": "ended"}',
        b"no json",
        b"[" * 60_000,
    ]
    at = datetime(2024, 5, 1, 12, 0, 1, 123000, UTC)
    assert survey.last_loud(lines) == Loud("2024-05-01 12:00:01Z warning: nats error=timeout", at)
    assert survey.last_loud(lines[2:]) is None


def test_when_a_log_was_written_last_is_when_its_service_was_heard_last(tmp_path: Path) -> None:
    log = tmp_path / "dedup.log"
    assert log_of(log) == Log()
    log.touch()
    assert log_of(log) == Log()
    log.write_bytes(b"half a li")
    os.utime(log, (0, NOON.timestamp()))
    assert log_of(log) == Log(NOON)


AN_HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("readiness", "at", "told"),
    [
        ({"ready_since": NOON + AN_HOUR}, NOON, "late; ready again since 2024-05-01 13:00:00Z ("),
        ({"ready_since": NOON}, NOON + AN_HOUR, "late\n"),  # it was no outage
        ({"ready_since": NOON + AN_HOUR}, None, "late\n"),
        ({"ready_since": None}, NOON, "late\n"),
        ({}, NOON, "late\n"),  # of an older version
    ],
)
def test_of_a_last_error_that_is_over_is_told_since_when(
    readiness: dict[str, Any], at: datetime | None, told: str
) -> None:
    body = json.dumps(readiness, default=datetime.isoformat)
    found = service_of("fetch", (200, body), ((200, ""), (200, "")), None, Log(NOON, Loud("late", at)))

    assert f"{telling.last_error(found)}\n".startswith(f"fetch: {told}")


def test_of_a_service_that_does_not_answer_is_told_when_its_log_ends(
    store: Any, nobody: None, home: Path, wireroom: Wireroom
) -> None:
    (home / "logs").mkdir()
    (home / "logs" / "dedup.log").write_text("half a li")
    os.utime(home / "logs" / "dedup.log", (0, NOON.timestamp()))
    told = [line for line in wireroom("status").stdout.splitlines() if "no answer on port" in line]

    assert [line.split()[0] for line in told if "; its log ends at 2024-05-01 12:00:00Z (" in line] == ["dedup:"]


@pytest.mark.parametrize(
    ("house", "fetch", "names"),
    [
        ({}, {}, []),
        ({"nats_url": "nats://127.0.0.1:4222"}, {}, ["WIREROOM_NATS_URL"]),
        ({"nats_url": "nats://news:4222"}, {}, ["WIREROOM_NATS_URL", "WIREROOM_NATS_URL"]),
        ({"nats_url": "tls://news:4222"}, {}, ["WIREROOM_NATS_URL"]),
        ({"nats_url": "tls://a:4222,tls://b:4222"}, {}, ["WIREROOM_NATS_URL"]),
        ({"nats_url": "tls://a:4222,nats://b:4222"}, {}, ["WIREROOM_NATS_URL", "WIREROOM_NATS_URL"]),
        ({"nats_sync_interval": "always"}, {}, []),
        ({"nats_sync_interval": "2m"}, {}, ["WIREROOM_NATS_SYNC_INTERVAL"]),
        ({}, {"after": "leave"}, []),
        ({"raw_fresh_seconds": 60}, {}, []),
        ({"raw_fresh_seconds": 59}, {}, ["WIREROOM_RAW_FRESH_SECONDS"]),
        ({"metrics_host": "0.0.0.0"}, {}, ["WIREROOM_METRICS_HOST"]),
        ({"metrics_host": "localhost"}, {}, []),
        ({}, {"after": "delete", "settle_seconds": 0}, ["WIREROOM_FETCH_SETTLE_SECONDS", "WIREROOM_FETCH_AFTER"]),
    ],
)
def test_settings_that_give_up_a_promise_are_named(
    house: dict[str, Any], fetch: dict[str, Any], names: list[str]
) -> None:
    assert [line.partition(":")[0] for line in given_up(House(**house), FetchSettings(**fetch))] == names


def test_what_is_deleted_at_once_is_lost_with_what_was_not_synced() -> None:
    [lost, _] = given_up(House(nats_sync_interval="2m"), FetchSettings(after="delete"))
    assert "are lost for good" in lost


def test_what_the_running_system_gives_up_is_told_whatever_is_set_for_the_one_who_asks(
    store: Any, nobody: None, home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WIREROOM_NATS_SYNC_INTERVAL", "2m")
    given = ["WIREROOM_FETCH_AFTER: a file that was taken is deleted"]
    ports = {service: free_port() for service in SERVICES}
    running = homes.Addresses(1, str(home.parent / "inbox"), "nats://127.0.0.1:1", "127.0.0.1", ports, "delete", given)
    with homes.hold(home), homes.announced(home, running):
        assert json.loads(wireroom("status", "--json").stdout)["promises_given_up"] == given
        assert "settings that give up a promise: 1" in wireroom("status").stdout
    [alone] = json.loads(wireroom("status", "--json").stdout)["promises_given_up"]
    assert alone.startswith("WIREROOM_NATS_SYNC_INTERVAL: a power loss takes what was acknowledged in the last 2m")
