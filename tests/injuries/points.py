"""The fault points that stand in the code, and which services come to them."""

import re
from pathlib import Path

from contracts.topology import SERVICES

ROOT = Path(__file__).parents[2] / "services"
POINT = re.compile(r"faults\.point\(\"(\w+)\"")
ANSWERING = ("language", "dedup", "extract", "store")  # those that hear something
REMEMBERING = ("dedup", "store")  # those that commit on their way
CHASSIS = {
    "ends.py": ANSWERING,
    "database.py": REMEMBERING,
    "child.py": ("fetch", "extract"),
    "raw.py": ("fetch",),
}
RARE = {"buried", "chunks_removed", "original_removed"}  # no ordinary run comes there: faults of their own arm them


def points() -> list[tuple[str, str]]:
    """Service and point, as far as an ordinary run comes there; what kills a child kills the child alone."""
    found = [
        (service, point)
        for service in SERVICES
        for path in sorted((ROOT / service).rglob("*.py"))
        for point in POINT.findall(path.read_text())
    ]
    for name, services in CHASSIS.items():
        for point in POINT.findall((ROOT / "chassis" / name).read_text()):
            found += [(service, point) for service in services]
    found = [(service, point) for service, point in found if point not in RARE]
    return sorted(dict.fromkeys(found), key=lambda one: SERVICES.index(one[0]))
