"""Killing at random for hours: whoever is there, with load on, and a look at everything now and then."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator

from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import some_seconds
from tests.injuries.programme import Programme, Row
from tests.injuries.system import CHILD

KILLS_A_ROUND = 100  # between two looks at everything
ROUNDS_A_SYSTEM = 5  # what is announced may be forgotten after 300 MB, and what is looked at is held in memory
GAP_SECONDS = (0.05, 0.8)
CHILDREN = 0.5  # share of the kills that hit a child, where there is one


def run(programme: Programme, *, hours: float, kills: int, seed: int, say: Callable[[str], None]) -> Iterator[Row]:
    """Rounds of kills until it is enough; a row each as it comes, and they end where one has a finding."""
    given = 0
    chance = random.Random(seed)
    last = time.monotonic() + 3600 * hours if hours else float("inf")
    done = 0
    for number in _rounds():
        fault = Fault(f"round {number}", lambda scene: _storm(scene, chance))
        row = programme.run(fault)
        done += row.times
        given += row.given
        say(f"{row.fault}: {done} kills, {given} given, {'; '.join(row.notes + row.findings)}")
        yield row
        if row.findings or time.monotonic() > last or (kills and done >= kills):
            break
        if number % ROUNDS_A_SYSTEM == 0:
            programme.renew()


def _rounds() -> Iterator[int]:
    number = 0
    while True:
        number += 1
        yield number


def _storm(scene: Scene, chance: random.Random) -> None:
    killed: Counter[str] = Counter()
    while scene.events < KILLS_A_ROUND:
        some_seconds(chance, *GAP_SECONDS)
        name = _chosen(sorted(scene.system.victims()), chance)
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
