"""How tests are spread over processes: a file as a whole, for its tests share what it sets up, or a group of files."""

from collections import Counter

import pytest
from xdist.scheduler import LoadScopeScheduling

LONG = ("nats", "slow")
_E2E, _INJURIES = "tests/e2e/test_{}.py", "tests/injuries/test_{}.py"
_PEACEFUL = (
    *("adds_up", "commands", "containers", "demo", "feeds", "kills", "reading", "readme", "replay", "security"),
    *("seeds", "typist", "urls"),
)
# The whole systems. Of each group one process runs one after the other: two at a time, on two cores.
_GROUPS = {
    **{_E2E.format(name): "systems" for name in _PEACEFUL},
    **{_E2E.format(name): "injuries" for name in ("deadletters", "restore")},
    **{_INJURIES.format(name): "injuries" for name in ("damage", "damage_outside", "short")},
}


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
