"""Faults side by side: what a lane takes with it is told, and no lane outlives its programme."""

from pathlib import Path

import pytest

from tests.injuries.lanes import side_by_side

pytestmark = pytest.mark.slow


def test_a_lane_that_dies_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="a lane has died"):
        list(side_by_side(["no such fault"], 2, seed=1, atlas=tmp_path / "atlas.db", keep=tmp_path))


def test_lanes_without_a_fault_end_by_themselves(tmp_path: Path) -> None:
    assert list(side_by_side([], 2, seed=1, atlas=tmp_path / "atlas.db", keep=tmp_path)) == []
