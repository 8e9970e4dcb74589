"""A short choice of the faults; `make injuries` has them all."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.injuries.fault import Fault
from tests.injuries.faults import faults
from tests.injuries.programme import Programme, opened
from tests.injuries.workload import SHARED_RATE

pytestmark = [pytest.mark.nats, pytest.mark.slow]

SEED = 1
SHORT = [replace(fault, times=fault.short) for fault in faults().values() if fault.short]


@pytest.fixture(scope="module")
def programme(atlas: Path) -> Iterator[Programme]:
    with opened(SEED, atlas=atlas, rate=SHARED_RATE) as running:
        yield running


@pytest.mark.parametrize("fault", SHORT, ids=lambda fault: fault.name)
def test_nothing_is_lost_and_nothing_is_stored_twice(programme: Programme, fault: Fault) -> None:
    row = programme.run(fault)

    assert row.skipped is None
    assert row.findings == []
    assert row.given == row.accepted == sum(row.ends.values()) > 0
