"""Accounts: without a kill, what every service counts, what the ledger says and what was given in are one number."""

from collections import Counter

import pytest

from contracts.outcomes import State
from contracts.topology import SERVICES
from tests.e2e.running import System, until
from tests.e2e.writing import an_article

pytestmark = [pytest.mark.nats, pytest.mark.slow]

DIFFERENT, COPIES, EMPTY = 40, 12, 5
GIVEN = DIFFERENT + COPIES + EMPTY
ENDED = {State.STORED: DIFFERENT, State.DUPLICATE: COPIES, State.REJECTED: EMPTY}
COUNTED = {
    "fetch": {"fetched": DIFFERENT + COPIES, "rejected,empty": EMPTY},
    "language": {"detected": DIFFERENT + COPIES},
    "dedup": {"original": DIFFERENT, "duplicate": COPIES},
    "extract": {"extracted": DIFFERENT},
    # Beside the ends of articles store writes down every receipt, and every rejection.
    "store": {"stored": DIFFERENT, "duplicate": COPIES, "recorded": GIVEN + EMPTY},
}


def test_all_counters_add_up_to_what_was_given_in(system: System) -> None:
    ledger, counters = Counter(system.counts()), counted(system)
    for number in range(6000, 6000 + DIFFERENT):
        system.drop(f"account/article-{number}.txt", an_article(number).encode())
    for number in range(6000, 6000 + COPIES):
        system.drop(f"account/copy-{number}.txt", an_article(number).encode())
    for number in range(EMPTY):
        system.drop(f"account/empty-{number}.txt", b"")

    until(
        lambda: Counter(system.counts()) - ledger == ENDED, seconds=120, what=lambda: f"{ENDED} more, {system.counts()}"
    )
    until(lambda: shown(system) == system.counts(), seconds=60, what=lambda: f"{shown(system)} as in the ledger")
    until(  # an outcome is counted a moment after the ledger knows it
        lambda: more(system, counters) == COUNTED, seconds=60, what=lambda: f"{COUNTED}, but {more(system, counters)}"
    )
    system.all_put_away()
    status = system.json_of("status", "--check")
    assert (status["check"]["findings"], status["check"]["unseen"]) == ([], [])
    assert status["inbox"] == {"waiting": 0, "claimed": 0, "ignored": 0}
    assert sum(status["ledger"]["inputs"].values()) == ledger.total() + GIVEN


def shown(system: System) -> dict[State, int]:
    """`wireroom_inputs`, those states left out in which nothing is."""
    return {State(state): int(value) for state, value in system.samples("store", "wireroom_inputs").items() if value}


def counted(system: System) -> dict[str, Counter[str]]:
    """By service, how often it counted which outcome."""
    return {
        service: Counter({one: int(times) for one, times in system.samples(service, "wireroom_outcomes_total").items()})
        for service in SERVICES
    }


def more(system: System, before: dict[str, Counter[str]]) -> dict[str, Counter[str]]:
    """What was counted since then."""
    return {service: counts - before[service] for service, counts in counted(system).items()}
