"""Killing at random for hours: whoever is there, with load on, and a look at everything now and then."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import count

from tests.injuries.fault import Fault, Scene
from tests.injuries.lanes import Lanes
from tests.injuries.moments import some_seconds
from tests.injuries.programme import Row
from tests.injuries.system import CHILD

KILLS_A_ROUND = 100  # between two looks at everything
GAP_SECONDS = (0.05, 0.8)
CHILDREN = 0.5  # share of the kills that hit a child, where there is one


def run(lanes: Lanes, *, hours: float, kills: int, say: Callable[[str], None]) -> Iterator[Row]:
    """
    Rounds of kills until it is enough, side by side: a system that is hurt waits most of the time for `up`.

    A row each as it comes; where one has a finding, those that are under way are the last.
    """
    rows: list[Row] = []
    last = time.monotonic() + 3600 * hours if hours else float("inf")

    def wanted() -> Iterator[str]:
        for number in count():
            if (kills and number * KILLS_A_ROUND >= kills) or time.monotonic() > last or any(r.findings for r in rows):
                return
            yield f"round {number + 1:02}"

    for row in lanes.rows(wanted(), find=a_round):
        rows.append(row)
        killed, given = sum(one.times for one in rows), sum(one.given for one in rows)
        say(f"{row.fault}: {killed} kills, {given} given, {'; '.join(row.notes + row.findings)}")
        yield row


def a_round(name: str) -> Fault:
    """A storm of kills under this name."""
    return Fault(name, _storm)


def _storm(scene: Scene) -> None:
    killed: Counter[str] = Counter()
    while scene.events < KILLS_A_ROUND:
        some_seconds(scene.chance, *GAP_SECONDS)
        name = _chosen(sorted(scene.system.victims()), scene.chance)
        if name and scene.system.hit(name):
            killed[name] += 1
            scene.struck()
    scene.note(", ".join(f"{name} {number}" for name, number in sorted(killed.items())))


def _chosen(names: list[str], chance: random.Random) -> str:
    """Every other time a child, if one is there: it is back long before `up` starts a service again."""
    children = [name for name in names if name.endswith(CHILD)]
    if children and chance.random() < CHILDREN:
        return chance.choice(children)
    return chance.choice(names) if names else ""
