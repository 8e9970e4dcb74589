"""Accounts: without a kill, what every service counts, what the ledger says and what was given in are one number."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.running import System, running, until
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

DIFFERENT, COPIES, EMPTY = 40, 12, 5
GIVEN = DIFFERENT + COPIES + EMPTY


@pytest.fixture
def quiet(tmp_path: Path, atlas: Path) -> Iterator[System]:
    """A running system that nothing is done to."""
    yield from running(tmp_path / "quiet", atlas)


def test_all_counters_add_up_to_what_was_given_in(quiet: System) -> None:
    for number in range(DIFFERENT):
        quiet.drop(f"article-{number}.txt", an_article(number).encode())
    for number in range(COPIES):
        quiet.drop(f"copy-{number}.txt", an_article(number).encode())
    for number in range(EMPTY):
        quiet.drop(f"empty-{number}.txt", b"")
    ledger = quiet.all_ended(GIVEN, seconds=100)
    until(lambda: shown(quiet) == ledger, seconds=20, what=lambda: f"{shown(quiet)} as in the ledger {ledger}")

    assert ledger == {State.STORED: DIFFERENT, State.DUPLICATE: COPIES, State.REJECTED: EMPTY}
    counted = {service: quiet.samples(service, "wireroom_outcomes_total") for service in SERVICES}
    assert counted["fetch"] == {"fetched": DIFFERENT + COPIES, "rejected,empty": EMPTY}
    assert counted["language"] == {"detected": DIFFERENT + COPIES}
    assert counted["dedup"] == {"original": DIFFERENT, "duplicate": COPIES}
    assert counted["extract"] == {"extracted": DIFFERENT}
    # Beside the ends of articles store writes down every receipt, and every rejection.
    assert counted["store"] == {"stored": DIFFERENT, "duplicate": COPIES, "recorded": GIVEN + EMPTY}
    status = quiet.json_of("status", "--check")
    assert status["check"] == {"findings": [], "unseen": []}
    assert status["inbox"] == {"waiting": 0, "claimed": 0, "ignored": 0}
    assert sum(status["ledger"]["inputs"].values()) == GIVEN


def shown(system: System) -> dict[State, int]:
    """`wireroom_inputs`, those states left out in which nothing is."""
    return {State(state): int(value) for state, value in system.samples("store", "wireroom_inputs").items() if value}
