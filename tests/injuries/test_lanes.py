"""Faults side by side: what a lane takes with it is told, and no lane outlives its programme."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.injuries.fault import Fault
from tests.injuries.lanes import Lanes

pytestmark = pytest.mark.slow


def test_a_lane_that_dies_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a lane has died"):
        list(Lanes(2, seed=1, atlas=tmp_path / "atlas.db", keep=tmp_path).rows(["no such fault"]))


def test_lanes_without_a_fault_end_by_themselves(tmp_path: Path) -> None:
    assert list(Lanes(2, seed=1, atlas=tmp_path / "atlas.db", keep=tmp_path).rows([])) == []


def _nothing(name: str) -> Fault:
    return Fault(name, lambda _: None, missing=lambda: "a blow would need a system")


def test_a_lane_that_is_free_asks_for_the_next_fault_until_there_is_none(tmp_path: Path) -> None:
    over: list[str] = []

    def wanted() -> Iterator[str]:
        for number in range(5):
            assert number - len(over) <= 2, "no name is asked for ahead"
            yield str(number)

    for row in Lanes(2, seed=1, atlas=tmp_path / "atlas.db", keep=tmp_path).rows(wanted(), find=_nothing):
        over.append(row.fault)  # noqa: PERF401 - the names look at it meanwhile
    assert sorted(over) == ["0", "1", "2", "3", "4"]
