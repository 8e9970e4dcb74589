"""What `wireroom status` says of inputs: the account, what is stuck and where, and whether it adds up."""

import json
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

from services.chassis import beginnings
from services.chassis.beginnings import Beginning
from services.cli import account
from services.cli.checks import outside
from services.cli.checks.found import NAMED, Check
from services.cli.local import probes
from services.cli.whereabouts import NOWHERE, Whereabouts
from services.fetch.folder.scan import Ignored
from services.store.cluster_tables import ClusterMember
from services.store.tables import Duplicate, InputCount, Unannounced
from tests.services.cli.conftest import INPUT, LONG_AGO, an_input

Wireroom = Callable[..., Result]
ONE, TWO = INPUT.format(1), INPUT.format(2)
TOLD = json.dumps({"input_id": ONE})
pytestmark = pytest.mark.usefixtures("nobody")


def checked(wireroom: Wireroom) -> tuple[int, list[str]]:
    told = wireroom("status", "--check", "--json")
    return told.exit_code, json.loads(told.stdout)["check"]["findings"]


def test_what_lies_in_the_inbox_and_what_the_ledger_says_stand_side_by_side(
    store: Any, home: Path, wireroom: Wireroom
) -> None:
    inbox = home.parent / "inbox"
    (inbox / ".claimed" / ONE).mkdir(parents=True)
    for name in ("a.txt", "b.txt", ".hidden"):
        (inbox / name).touch()
    store.put(InputCount, state="stored", inputs=41)
    store.put(InputCount, state="in_progress", inputs=1)

    status = json.loads(wireroom("status", "--json").stdout)
    assert status["inbox"] == {"waiting": 2, "claimed": 1, "ignored": 1}
    shown = wireroom("status").stdout
    for words in ("2 wait", "1 are claimed by fetch", "1 are ignored", "in all"):
        assert words in shown
    assert shown.split("in all")[1].split()[0] == "42"


def test_what_somebody_put_among_the_claims_is_listed_and_named(store: Any, home: Path, wireroom: Wireroom) -> None:
    claims = home.parent / "inbox" / ".claimed"
    for name in (ONE, "notes", f"{ONE}#1"):
        (claims / name).mkdir(parents=True)
    (claims / TWO).touch()
    an_input(store, ONE)
    store.put(InputCount, state="in_progress", inputs=1)

    names = [f".claimed/{name}" for name in sorted((f"{ONE}#1", TWO, "notes"))]
    status = json.loads(wireroom("status", "--json").stdout)
    assert status["inbox"] == {"waiting": 0, "claimed": 2, "ignored": 3}
    assert sorted(one["path"] for one in status["ignored_files"]) == names
    [found] = checked(wireroom)[1]
    told = "3 things are no claims of fetch's (move them into the inbox, where they are taken, or away)"
    assert found == f"{told}: {', '.join(names)}"


def test_what_among_the_claims_cannot_be_looked_at_is_unseen_and_no_finding(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_input(store, ONE)
    store.put(InputCount, state="in_progress", inputs=1)
    nobody_sees = Ignored(f".claimed/{ONE}", "it cannot be looked at: Input/output error", unseen=True)
    monkeypatch.setattr("services.cli.account.strangers", lambda _: iter([nobody_sees]))

    check = json.loads(wireroom("status", "--check", "--json").stdout)["check"]
    assert not [line for line in check["findings"] if "claims" in line]
    assert f"{nobody_sees.path}: {nobody_sees.why}" in check["unseen"]


def test_what_has_ended_while_it_was_looked_for_is_not_called_lost(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_input(store, ONE)
    an_input(store, TWO)

    async def looked(*_: object) -> Whereabouts:
        with sqlite3.connect(store.home / "store.db") as database:
            database.execute("UPDATE inputs SET state = 'stored' WHERE input_id = ?", (ONE,))
        return Whereabouts()

    monkeypatch.setattr("services.cli.account.look", looked)
    ledger = json.loads(wireroom("status", "--json").stdout)["ledger"]

    assert [(one["input_id"], one["where"]) for one in ledger["stuck"]] == [(TWO, NOWHERE)]
    assert ledger["stuck_inputs"] == 1


def test_an_input_that_is_stuck_is_listed_with_where_it_is(
    store: Any, home: Path, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.parent / "inbox" / ".claimed" / ONE).mkdir(parents=True)
    an_input(store, ONE)
    an_input(store, TWO)

    ledger = json.loads(wireroom("status", "--json").stdout)["ledger"]
    assert ledger["stuck_inputs"] == 2
    assert "fetch has its file" in ledger["stuck"][0]["where"]
    assert "no nats-server" in ledger["stuck"][1]["where"]
    assert f"{ONE}  inbox:1.txt: fetch has its file" in wireroom("status").stdout
    monkeypatch.setenv("WIREROOM_STUCK_AFTER_SECONDS", "86400")
    assert json.loads(wireroom("status", "--json").stdout)["ledger"]["stuck"] == []


def test_what_cannot_be_looked_at_is_no_success_though_nothing_contradicts(store: Any, wireroom: Wireroom) -> None:
    an_input(store, ONE, "rejected", ended_at=LONG_AGO)
    store.put(InputCount, state="rejected", inputs=1)

    assert checked(wireroom) == (1, [])
    shown = wireroom("status", "--check").stdout
    assert "what could be looked at adds up" in shown
    assert "what store shows as wireroom_inputs: it does not answer" in shown


def test_a_ledger_that_adds_up_is_said_to(store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch) -> None:
    async def shown(*_: object, **__: object) -> tuple[int, str]:
        return 200, 'wireroom_inputs{state="rejected"} 1\n'

    async def compared(*_: object, **__: object) -> None:
        return None

    monkeypatch.setattr(probes, "get", shown)
    an_input(store, ONE, "rejected", ended_at=LONG_AGO)
    store.put(InputCount, state="rejected", inputs=1)
    told = wireroom("status", "--check")
    assert "\nwhat could be looked at adds up" in told.stdout
    assert f"{outside.ALL}: no nats-server at" in told.stdout

    monkeypatch.setattr(outside, "compare", compared)
    assert checked(wireroom) == (0, [])
    assert "\neverything adds up" in wireroom("status", "--check").stdout


def test_rows_that_are_not_as_many_as_was_counted_are_a_finding(store: Any, wireroom: Wireroom) -> None:
    an_input(store, ONE, "rejected", ended_at=LONG_AGO)
    store.put(InputCount, state="rejected", inputs=2)

    code, findings = checked(wireroom)
    assert code == 1
    assert findings == ["rejected: input_counts says 2, the table inputs has 1"]
    assert "DOES NOT ADD UP" in wireroom("status", "--check").stdout


def test_an_end_without_what_it_stands_for_is_a_finding(store: Any, wireroom: Wireroom) -> None:
    an_input(store, ONE, "stored", article_id="0" * 32, ended_at=LONG_AGO)
    an_input(store, TWO, "duplicate", ended_at=LONG_AGO)
    an_input(store, INPUT.format(3), "expanded", children=2, ended_at=LONG_AGO)
    for state in ("stored", "duplicate", "expanded"):
        store.put(InputCount, state=state, inputs=1)
    store.put(Unannounced, input_id=ONE, enrichment=1, article_id="0" * 32, way="", since=LONG_AGO)

    _, findings = checked(wireroom)
    assert findings[:3] == [
        f"1 inputs are stored, and their article is not kept: {ONE}",
        f"1 inputs are duplicates, and nothing tells of what: {TWO}",
        f"1 containers have another number of inputs than they say: {INPUT.format(3)}",
    ]
    assert findings[3].startswith("1 are stored and not known to be announced since ")
    assert findings[3].endswith(f"Z: {ONE}")


@pytest.mark.parametrize(("ready_for", "is_amiss"), [(timedelta(seconds=5), False), (timedelta(hours=1), True)])
def test_what_a_store_that_has_just_begun_still_has_to_announce_is_not_amiss(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, ready_for: timedelta, *, is_amiss: bool
) -> None:
    async def ready(_: str, __: int, path: str, **___: object) -> tuple[int, str]:
        told = json.dumps({"ready_since": (datetime.now(UTC) - ready_for).isoformat()})
        return (200, told) if path == "/readyz" else (404, "")

    monkeypatch.setattr(probes, "get", ready)
    store.put(Unannounced, input_id=ONE, enrichment=1, article_id="0" * 32, way="", since=LONG_AGO)
    told = json.loads(wireroom("status", "--check", "--json").stdout)["check"]

    lines = {name: [line for line in told[name] if "not known to be announced" in line] for name in told}
    assert [len(lines[name]) for name in ("findings", "unseen")] == [is_amiss, not is_amiss]
    assert all(f"Z: {ONE}" in line for line in lines["findings"] + lines["unseen"])


def test_of_what_does_not_add_up_the_first_are_named(store: Any, wireroom: Wireroom) -> None:
    names = [INPUT.format(number) for number in range(NAMED + 1)]
    for name in reversed(names):
        an_input(store, name, "duplicate", ended_at=LONG_AGO)
    store.put(InputCount, state="duplicate", inputs=len(names))

    _, findings = checked(wireroom)
    assert findings == [f"{len(names)} inputs are duplicates, and nothing tells of what: {', '.join(names[:NAMED])}"]


@pytest.mark.parametrize(("findings", "is_said"), [(10, False), (11, True)])
def test_where_more_does_not_add_up_than_is_shown_it_is_said_where_all_is(
    store: Any, wireroom: Wireroom, monkeypatch: pytest.MonkeyPatch, findings: int, *, is_said: bool
) -> None:
    async def check(*_: object, **__: object) -> Check:
        return Check(findings=[f"{number} things" for number in range(findings)])

    monkeypatch.setattr(account, "check", check)
    shown = wireroom("status", "--check").stdout
    assert ("all of them: `wireroom status --check --json`" in shown) == is_said


def a_duplicate(store: Any) -> None:
    """What the first input is a duplicate of, and its cluster."""
    told = {"method": "same_text", "similarity": 1, "sha256": "0" * 64, "found_at": LONG_AGO}
    article_id, original = "0" * 32, "1" * 32
    duplicated = json.dumps({"input_id": ONE})
    store.put(Duplicate, input_id=ONE, article_id=article_id, duplicate_of=original, duplicated=duplicated, **told)
    store.put(ClusterMember, article_id=article_id, cluster=original, link="same_text", source_uri="", seen_at=LONG_AGO)


def test_a_claim_whose_input_has_ended_long_ago_is_a_finding(store: Any, home: Path, wireroom: Wireroom) -> None:
    (home.parent / "inbox" / ".claimed" / ONE).mkdir(parents=True)
    an_input(store, ONE, "duplicate", ended_at=LONG_AGO)
    a_duplicate(store)
    an_input(store, TWO, "dead", article_id="1" * 32, ended_at=LONG_AGO)
    for state in ("duplicate", "dead"):
        store.put(InputCount, state=state, inputs=1)

    assert checked(wireroom) == (1, [f"1 inputs have ended, and their files are still claimed: {ONE}"])


def test_a_duplicate_of_what_nobody_ever_told_of_is_a_finding_but_where_somebody_began_anew(
    store: Any, home: Path, wireroom: Wireroom
) -> None:
    an_input(store, ONE, "duplicate", ended_at=LONG_AGO)
    a_duplicate(store)
    store.put(InputCount, state="duplicate", inputs=1)

    told = f"1 are duplicates of what the ledger knows no input of: {ONE} of {'1' * 32}"
    assert checked(wireroom) == (1, [told])
    beginnings.note(home, "store", Beginning(anew=True))
    assert checked(wireroom) == (1, [])
