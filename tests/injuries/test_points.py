"""Every fault point that stands in the code of the services is struck by some fault."""

from pathlib import Path

from tests.injuries.points import CHASSIS, POINT, RARE, ROOT, points

FAULTS = Path(__file__).parent / "faults"


def test_every_point_in_the_chassis_is_known_with_the_services_that_come_there() -> None:
    found = {path.name for path in (ROOT / "chassis").glob("*.py") if POINT.search(path.read_text())}

    assert found == CHASSIS.keys()


def test_what_an_ordinary_run_never_comes_to_is_armed_by_a_fault_of_its_own() -> None:
    armed = "".join(path.read_text() for path in FAULTS.glob("*.py"))

    assert {point for point in RARE if f'"{point}"' in armed} == RARE
    assert RARE.isdisjoint(point for _, point in points())
