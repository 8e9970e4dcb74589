"""How tests are spread over processes: a file as a whole, for its tests share what it sets up, or a group of files."""

from xdist.scheduler import LoadScopeScheduling

_E2E, _INJURIES = "tests/e2e/test_{}.py", "tests/injuries/test_{}.py"
_PEACEFUL = (
    *("adds_up", "commands", "containers", "demo", "feeds", "kills", "reading", "readme", "replay", "security"),
    *("seeds", "urls"),
)
# The whole systems. Of each group one process runs one after the other: two at a time, on two cores.
_GROUPS = {
    **{_E2E.format(name): "systems" for name in _PEACEFUL},
    **{_E2E.format(name): "injuries" for name in ("deadletters", "restore")},
    **{_INJURIES.format(name): "injuries" for name in ("damage", "damage_outside", "short")},
}


def is_grouped(nodeid: str) -> bool:
    """Whether it is a test of a whole system: those take longest, and have to begin first."""
    return _file(nodeid) in _GROUPS


class Spread(LoadScopeScheduling):  # type: ignore[misc]  # it has no types
    """What a process is given is what is told of together here, in the order of the collection."""

    def _split_scope(self, nodeid: str) -> str:
        return _GROUPS.get(_file(nodeid), _file(nodeid))


def _file(nodeid: str) -> str:
    return nodeid.partition("::")[0]
