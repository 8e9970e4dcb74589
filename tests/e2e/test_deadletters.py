"""Dead letters of a whole system: buried, sent again after the fix, stored; thrown away; and a DEAD that is full."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.outcomes import State
from tests.e2e.hearing import whole_stream
from tests.e2e.running import until
from tests.e2e.writing import an_article
from tests.injuries.operating import held, limit
from tests.injuries.system import Injured

pytestmark = [pytest.mark.nats, pytest.mark.slow]

DEFECT = "[[extract fail]]"  # extract's reader raises at it, until that is mended


@pytest.fixture(scope="module")
def defective(tmp_path_factory: pytest.TempPathFactory, atlas: Path) -> Iterator[Injured]:
    """A system with a defect in extract, whose waits between tries are short."""
    made = Injured(tmp_path_factory.mktemp("own"), atlas, WIREROOM_INJURIES_BACKOFF="0.1 0.1 0.1 0.1")
    try:
        made.start()
        yield made
    finally:
        made.abandon()


@pytest.fixture
def system(defective: Injured) -> Injured:
    """The same for all, with its defect and without the dead letters of others; each test drops its own numbers."""
    defective.fall_ill_again()
    defective.json_of("deadletters", "purge", "--yes", "--all")
    assert dead_letters(defective) == []
    return defective


def drop(system: Injured, number: int, mark: str = "") -> str:
    """An article, and what the ledger calls it."""
    system.drop(f"{number}.txt", f"{an_article(number)}{mark}\n".encode())
    return f"inbox:{number}.txt"


def dead_letters(system: Injured) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = system.json_of("deadletters", "list")["dead_letters"]
    return listed


def recorded(system: Injured, number: int) -> list[dict[str, Any]]:
    """The dead letters, as soon as the store knows so many."""
    found: list[dict[str, Any]] = []

    def are_known() -> bool:
        found[:] = dead_letters(system)
        return len(found) >= number

    until(are_known, seconds=60, what=f"{number} dead letters")
    return found


async def test_after_the_fix_a_requeue_goes_the_same_way_and_ends_stored(system: Injured) -> None:
    broken, well = drop(system, 1, DEFECT), drop(system, 2)
    [dead] = system.ended(broken)
    [letter] = recorded(system, 1)
    assert (dead.state, dead.reason, dead.attempts) == (State.DEAD, "failed", 5)
    assert system.ended(well)[0].state is State.STORED

    again = system.json_of("deadletters", "requeue", "--service", "extract")["requeued"]
    assert again[letter["message_id"]] == f"{dead.input_id}:article_deduplicated:q1"
    [worse] = [one for one in recorded(system, 2) if one["message_id"] != letter["message_id"]]
    system.cure()
    again = system.json_of("deadletters", "requeue", "--all")["requeued"]
    assert again == {worse["message_id"]: f"{dead.input_id}:article_deduplicated:q2"}

    until(lambda: system.inputs(broken)[0].state is State.STORED, seconds=60, what="stored after the requeue")
    [stored] = system.inputs(broken)
    assert [step.service for step in stored.steps] == ["fetch", "language", "dedup", "extract", "store"]
    until(lambda: not system.owed(), seconds=60, what="announced")
    [event] = [one for one in await whole_stream(system.url) if one.source_uri == broken]
    assert event.headers["ce-id"] == f"{dead.input_id}:article_enriched:q2"
    assert event.body["enrichment"] == 1
    assert {one["input_state"] for one in dead_letters(system)} == {"stored"}
    assert system.json_of("deadletters", "requeue", "--all")["requeued"] == {}


async def test_what_old_code_could_not_read_is_stored_once_new_code_can(system: Injured) -> None:
    unread, well = drop(system, 3, "[[language unread]]"), drop(system, 4)
    [dead] = system.ended(unread)
    [letter] = recorded(system, 1)
    assert (dead.state, dead.reason, dead.service, dead.attempts) == (State.DEAD, "undecodable", "language", 1)
    assert system.ended(well)[0].state is State.STORED

    system.cure()
    again = system.json_of("deadletters", "requeue", "--reason", "undecodable", "--older-than", "0s")["requeued"]
    assert again == {letter["message_id"]: f"{dead.input_id}:article_fetched:q1"}
    until(lambda: system.inputs(unread)[0].state is State.STORED, seconds=60, what="stored after the requeue")
    until(lambda: not system.owed(), seconds=60, what="announced")
    [event] = [one for one in await whole_stream(system.url) if one.source_uri == unread]
    assert event.headers["ce-id"] == f"{dead.input_id}:article_enriched:q1"


def test_a_full_dead_holds_its_worker_loses_nothing_and_goes_on_after_a_purge(system: Injured) -> None:
    first = drop(system, 5, DEFECT)
    assert system.ended(first)[0].state is State.DEAD
    [letter] = recorded(system, 1)
    before = limit(system, "DEAD", held(system, "DEAD")["DEAD"][1] + 100)

    second, third = drop(system, 6, DEFECT), drop(system, 7)
    until(lambda: system.get("extract", "/readyz")[0] == 503, seconds=60, what="extract is not ready")
    assert "DEAD" in system.get("extract", "/readyz")[1]
    told = system.json_of("status")
    [extract] = [one for one in told["services"] if one["name"] == "extract"]
    assert "DEAD" in " ".join(extract["reasons"])
    assert told["streams"]["DEAD"]["bytes"] > 0.8 * told["streams"]["DEAD"]["limit_bytes"]
    assert held(system, "EXTRACT")["EXTRACT"][0] >= 1
    assert system.inputs(second)[0].state is State.IN_PROGRESS

    purged = system.json_of("deadletters", "purge", "--yes", "--all")
    assert (purged["purged"], purged["removed_from_stream"]) == ([letter["message_id"]], 1)
    assert system.ended(second)[0].state is State.DEAD
    assert system.ended(third)[0].state is State.STORED
    assert system.inputs(first)[0].state is State.DEAD
    assert [one["input_id"] for one in recorded(system, 1)] == [system.inputs(second)[0].input_id]
    until(lambda: system.get("extract", "/readyz")[0] == 200, seconds=60, what="extract is ready again")
    limit(system, "DEAD", before)
    assert json.loads(system.get("extract", "/readyz")[1])["reasons"] == []
