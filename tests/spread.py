"""How tests are spread over processes: a file as a whole, for its tests share what it sets up, or a group of files."""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

LONG = ("nats", "slow")
_E2E, _INJURIES = "tests/e2e/test_{}.py", "tests/injuries/test_{}.py"
# The whole systems. Of each line one process runs one after the other: three at a time, which wait for much of theirs.
_SYSTEMS = (
    (*map(_E2E.format, ("restore", "deadletters")), *map(_INJURIES.format, ("damage", "damage_outside"))),
    (*map(_E2E.format, ("commands", "demo", "kills", "readme", "adds_up", "seeds", "urls")),),
    (*map(_E2E.format, ("feeds", "reading", "containers", "security", "replay", "alone")), _INJURIES.format("short")),
)
_GROUPS = {file: f"systems {number}" for number, files in enumerate(_SYSTEMS) for file in files}


def longest_first(items: list[pytest.Item]) -> None:
    """Sort: whole systems as they are, files with tests that take seconds, the most of them first, then all others.

    What is short comes last, so that all processes end together.
    """
    long = Counter(_file(item.nodeid) for item in items if any(map(item.get_closest_marker, LONG)))
    systems = Counter(dict.fromkeys(_GROUPS, len(items)))
    places = {file: -number for file, number in (long | systems).items()}
    items.sort(key=lambda item: places.get(_file(item.nodeid), 0))


class Spread(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """What a process is given is what is told of together here, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return _GROUPS.get(_file(nodeid), _file(nodeid))


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
