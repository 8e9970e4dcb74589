"""The commands on a running system, as a person or a script types them."""

import base64
import json
import signal
import socket
import subprocess
import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

import nats
import pytest
from nats.errors import Error as NatsError
from nats.js.errors import APIError

from contracts.outcomes import State
from contracts.topology import MESSAGES, SERVICES
from tests.e2e.hearing import Ears, Heard, as_operator
from tests.e2e.running import System, ending, until
from tests.e2e.typist import WIREROOM
from tests.e2e.writing import PARTS, WHOLE, an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

INPUT = {
    *("input_id", "parent_input_id", "source_uri", "received_at", "ended_at", "state", "reason"),
    *("article_id", "duplicate_of", "children", "original_removed_at", "steps"),
}
STEP = {"service", "version", "at", "seconds", "outcome", "reason", "attempts"}


# -- tail


def test_tail_gives_what_came_before_one_article_a_line(system: System, seeds: dict[str, Heard]) -> None:
    told = system.wireroom("tail", "--json", "--since", "1h", "--count", "5")
    assert told.returncode == 0, told.stderr
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(lines) == 5
    assert all(line["document"]["text"] and line["extraction"] for line in lines)


def test_tail_hears_what_comes_and_stops_at_ctrl_c(system: System, seeds: dict[str, Heard]) -> None:
    listening = subprocess.Popen(
        [WIREROOM, "tail", "--json", "--since", "1h", "--language", "fr"],
        env=system.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with ending(listening) as tail:
        assert tail.stdout is not None
        tail.stdout.readline()  # it listens
        system.drop("tailed.txt", an_article(100).encode())
        sources: list[str] = []
        while "inbox:tailed.txt" not in sources:
            sources.append(json.loads(tail.stdout.readline())["document"]["source_uri"])
        tail.send_signal(signal.SIGINT)
        tail.stdout.read()
        assert tail.wait(60) in {0, 130}
        assert "Traceback" not in (tail.stderr.read() if tail.stderr else "")


def test_tail_shows_an_article_readably_and_by_what_it_names(system: System, seeds: dict[str, Heard]) -> None:
    chosen = ("--since", "1h", "--country", "sy", "--entity", "raqqa", "--count", "1")
    told = system.wireroom("tail", *chosen)
    assert told.returncode == 0, told.stderr
    assert "Raqqa" in told.stdout
    assert "· fr · SY" in told.stdout


# -- status


def test_status_adds_up_with_the_files_that_were_dropped(system: System, seeds: dict[str, Heard]) -> None:
    system.drop("counted.txt", an_article(101).encode())
    system.ended("inbox:counted.txt")
    settled = {State.STORED, State.DUPLICATE, State.REJECTED, State.DEAD, State.EXPANDED}
    until(lambda: set(system.counts()) <= settled, seconds=60, what=lambda: f"all ended: {system.counts()}")
    system.all_put_away()
    found = system.json_of("status")
    inputs = found["ledger"]["inputs"]
    reports = list((system.inbox / ".rejected").rglob("*.error.json"))
    taken = [path for folder in (".done", ".rejected") for path in (system.inbox / folder).rglob("*")]
    files = sum(path.is_symlink() or not path.is_dir() for path in taken) - len(reports)
    arrived = sum(inputs.values()) - inputs.get("dead", 0) - system.children()
    assert arrived == files
    assert inputs.get("rejected", 0) == len(reports)
    assert inputs["in_progress"] == 0
    assert sum(one["count"] for one in found["ledger"]["dead_letters"]) == inputs["dead"]
    until(
        lambda: (
            {state: number for state, number in system.samples("store", "wireroom_inputs").items() if number}
            == {str(state): number for state, number in system.counts().items()}
        ),
        seconds=60,
        what="what store exports is what the ledger says",
    )


def test_the_counters_add_up_with_the_ledger(system: System, seeds: dict[str, Heard]) -> None:
    def counted(service: str, outcome: str) -> float:
        return system.samples(service, "wireroom_outcomes_total").get(outcome, 0.0)

    counts = system.counts()
    stored, duplicates = counts[State.STORED], counts.get(State.DUPLICATE, 0)
    expected = {
        ("fetch", "fetched"): stored + duplicates,
        ("dedup", "duplicate"): duplicates,
        ("store", "duplicate"): duplicates,
        ("extract", "extracted"): stored,
        ("store", "stored"): stored,
    }

    def found() -> dict[tuple[str, str], float]:
        return {one: counted(*one) for one in expected}

    # An outcome is counted a moment after the ledger knows it.
    until(lambda: found() == expected, seconds=60, what=lambda: f"{expected}, but {found()}")


def test_status_tells_how_every_service_is(system: System, seeds: dict[str, Heard]) -> None:
    until(system.is_ready, seconds=60, what="all ready")  # a busy machine may have let one wait
    found = system.json_of("status")
    assert found["running"] is True
    assert [(one["name"], one["ready"]) for one in found["services"]] == [(service, True) for service in SERVICES]
    assert set(found["streams"]) == {"FETCH", "LANGUAGE", "DEDUP", "EXTRACT", "STORE", "ARTICLES", "DEAD", "RAW"}
    assert found["streams"]["ARTICLES"]["messages"] >= len(seeds)
    shown = system.wireroom("status")
    assert shown.returncode == 0
    assert all(service in shown.stdout for service in SERVICES)


# -- trace


def test_trace_tells_every_step_in_the_shape_that_others_rely_on(system: System, seeds: dict[str, Heard]) -> None:
    for name in (WHOLE[0].name, PARTS[0]):
        told = seeds[name]
        found = system.json_of("trace", told.body["input_id"])
        assert found.keys() == {"inputs"}
        [one] = found["inputs"]
        assert one.keys() == INPUT
        assert [step["service"] for step in one["steps"]] == list(SERVICES)
        assert all(step.keys() == STEP for step in one["steps"])
        file, mark, _ = name.partition("#")
        assert (one["state"], one["source_uri"]) == ("stored", f"inbox:{file}")
        assert one["article_id"] == told.body["article_id"]
        assert one["duplicate_of"] is one["children"] is one["reason"] is None
        assert (one["parent_input_id"] is not None) == bool(mark)
        assert all(_is_utc(value) for value in (one["received_at"], one["ended_at"]))
        assert one["received_at"] <= one["steps"][0]["at"] <= one["ended_at"]


def _is_utc(time: str) -> bool:
    offset = datetime.fromisoformat(time).utcoffset()
    return offset is not None and not offset


def test_trace_gives_all_inputs_of_an_article(system: System, ears: Ears) -> None:
    for count in (1, 2, 3):
        system.drop("thrice.txt", an_article(102).encode())
        told = ears.of("inbox:thrice.txt", count=count)
    found = system.json_of("trace", told[0].body["article_id"])["inputs"]
    assert [one["state"] for one in found] == ["stored", "duplicate", "duplicate"]
    assert [one["input_id"] for one in found] == [one.body["input_id"] for one in told]
    assert {one["duplicate_of"] for one in found[1:]} == {told[0].body["article_id"]}
    assert [step["service"] for step in found[1]["steps"]] == ["fetch", "language", "dedup", "store"]


def test_trace_of_nothing_known_says_so(system: System, seeds: dict[str, Heard]) -> None:
    told = system.wireroom("trace", "nowhere.txt")
    assert told.returncode == 1
    assert told.stderr.startswith("wireroom: nothing is known of nowhere.txt")


# -- search


# What else finds it is told of the store alone, in tests/services/store/test_reading.py.
@pytest.mark.parametrize("query", ["ÉVÊCHÉ", '"l’eveche de Quimperlé"'])
def test_search_finds_words_with_and_without_their_accents(system: System, query: str) -> None:
    text = f"{an_article(103)}La commune rachète l’évêché de Quimperlé.\n"
    system.drop("quimper.txt", text.encode())
    system.ended("inbox:quimper.txt")
    hits = system.json_of("search", query)["articles"]
    assert [hit["source_uri"] for hit in hits] == ["inbox:quimper.txt"]


def test_search_for_what_nobody_wrote_finds_nothing(system: System, seeds: dict[str, Heard]) -> None:
    assert system.json_of("search", "xylophoniste ornithorynque") == {"articles": []}


# -- deadletters


async def test_a_message_that_can_never_be_right_is_buried_and_shown(system: System, seeds: dict[str, Heard]) -> None:
    input_id, body = str(uuid.UUID(int=(0x0190 << 112) | (7 << 76) | (2 << 62) | 4711)), b"\xffno JSON at all"
    headers = {"Nats-Msg-Id": f"{input_id}:article_fetched"}
    async with as_operator(system.url, system.credentials()["operator"]) as client:
        await client.jetstream().publish("wireroom.article.fetched", body, stream="LANGUAGE", headers=headers)

    def letters() -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = system.json_of("deadletters", "list", "--service", "language")["dead_letters"]
        return [one for one in found if one["input_id"] == input_id]

    until(lambda: bool(letters()), seconds=60, what="the dead letter in the list")
    [letter] = letters()
    assert (letter["reason"], letter["subject"]) == ("undecodable", "wireroom.article.fetched")
    shown = system.json_of("deadletters", "show", letter["message_id"])
    assert base64.b64decode(shown["body_base64"]) == body
    assert shown["headers"]["Nats-Msg-Id"] == headers["Nats-Msg-Id"]
    [one] = system.json_of("trace", input_id)["inputs"]
    assert (one["state"], one["reason"]) == ("dead", "undecodable")
    async with as_operator(system.url, system.credentials()["operator"]) as client:
        buried = await client.jetstream().stream_info("DEAD")
    assert buried.state.messages == 1


async def test_who_has_no_credentials_can_poison_nothing(system: System, ears: Ears) -> None:
    async def silent(_: Exception) -> None:
        pass

    client = await nats.connect(system.url, error_cb=silent)
    try:
        with pytest.raises((APIError, NatsError, TimeoutError)):
            await client.jetstream(timeout=0.5).publish("wireroom.article.fetched", b"{}")
    finally:
        await client.close()


# -- schema


def test_schemas_are_printed_for_every_message(system: System) -> None:
    assert system.json_of("schema")["schemas"] == [*MESSAGES, "asyncapi"]
    told = system.wireroom("schema", "ArticleEnriched")
    assert {"article_id", "document", "extraction"} <= json.loads(told.stdout)["properties"].keys()
    assert json.loads(system.wireroom("schema", "asyncapi").stdout)["asyncapi"].startswith("3.")


# -- ingest


def test_ingest_reads_in_place_and_waits_for_the_end(system: System, tmp_path: Path, seeds: dict[str, Heard]) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(an_article(200 + number))
    (folder / "empty.txt").touch()
    told = system.wireroom("ingest", str(folder), "--json")
    assert told.returncode == 1
    ends = {Path(one["path"]).name: (one["state"], one["reason"]) for one in json.loads(told.stdout)["inputs"]}
    assert ends.pop("empty.txt") == ("rejected", "empty")
    assert ends == {f"{number}.txt": ("stored", None) for number in range(3)}
    assert {path.name for path in folder.iterdir()} == {"0.txt", "1.txt", "2.txt", "empty.txt"}
    (folder / "empty.txt").unlink()
    again = system.wireroom("ingest", str(folder), "--resume", "--json")
    assert again.returncode == 0, again.stderr
    assert all(one["skipped"] for one in json.loads(again.stdout)["inputs"])


# -- up


def test_a_second_up_on_one_home_is_refused(system: System) -> None:
    told = system.wireroom("up")
    assert told.returncode == 1
    where = system.addresses()
    assert where is not None
    assert told.stderr == (
        f"wireroom: another `up` (pid {where['pid']}) holds {system.home}: stop it, or give this one another --home\n"
    )


def test_a_taken_nats_port_is_named_with_who_has_it_and_what_to_set(system: System, tmp_path: Path) -> None:
    told = system.wireroom("up", "--home", str(tmp_path / "other"))
    assert told.returncode == 1
    assert f"port {system.port} is taken by nats-server (pid " in told.stderr
    assert "set WIREROOM_NATS_PORT to another" in told.stderr


def test_a_taken_metrics_port_is_named_with_what_to_set(system: System, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings = {"WIREROOM_NATS_PORT": "4", "WIREROOM_HOME": str(tmp_path / "other")}
        told = system.wireroom("up", WIREROOM_STORE_METRICS_PORT=str(port), **settings)
    assert told.returncode == 1
    assert f"port {port} is taken by" in told.stderr
    assert "set WIREROOM_STORE_METRICS_PORT to another" in told.stderr


def test_a_wrong_setting_is_named_and_nothing_starts(system: System, tmp_path: Path) -> None:
    settings = {"WIREROOM_HOME": str(tmp_path / "other"), "WIREROOM_EXTRACT_WORKERS": "none"}
    told = system.wireroom("up", **settings)  # of others tests/services/cli/test_up.py tells
    assert told.returncode != 0
    assert "WIREROOM_EXTRACT_WORKERS" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "other" / "nats").exists()


def test_without_a_server_the_commands_say_what_to_start(tmp_path: Path, system: System) -> None:
    told = system.wireroom("tail", "--home", str(tmp_path), "--nats-url", "nats://127.0.0.1:9")
    assert told.returncode == 1
    assert told.stderr.startswith("wireroom: no nats-server at nats://127.0.0.1:9: start one with `wireroom up`;")
