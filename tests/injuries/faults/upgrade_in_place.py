"""New code on what a released Wireroom left: its tables with everything in them, its messages in the streams."""

import asyncio
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

from contracts.outcomes import State
from services.chassis.migrations import is_behind
from services.cli.local.system import server_binary
from tests.e2e.hearing import as_operator
from tests.e2e.running import until
from tests.injuries import released
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.server import listens

END_SECONDS = 60.0
# Of texts from before: where their shingles stand was not kept, nor what a version changed, which is told when asked.
UNTOLD = {("rejudged", "their_spans"), ("cluster_members", "similarity"), ("revisions", "it")}
EXPECTED = {"input_rejected": State.REJECTED, "input_expanded": State.EXPANDED, "duplicate_found": State.DUPLICATE}


def injure(scene: Scene) -> None:
    """Stop all under load, make of its home what each release would have left, and start the new code on it."""
    for release, revisions in released.TABLES.items():
        a_moment(scene.chance)
        scene.system.stop()
        for service, revision in revisions.items():
            database = scene.system.home / f"{service}.db"
            scene.special.anew |= released.take_back(database, service, revision)
        scene.special.anew |= UNTOLD
        said = released.messages(release)
        scene.special.inputs |= {one.input_id for one in said}
        with _server_alone(scene):
            asyncio.run(_publish(scene, release, said))
        behind = [service for service in revisions if is_behind(f"sqlite:///{scene.system.home / service}.db", service)]
        scene.system.start()
        scene.struck()
        scene.note(f"from {release}: {len(said)} messages in the streams, databases behind: {', '.join(behind)}")
        for one in said:
            _await_end(scene, one)


@contextmanager
def _server_alone(scene: Scene) -> Iterator[None]:
    """As it stands between the old code and the new."""
    server = subprocess.Popen(
        [server_binary(), "-c", str(scene.system.home / "nats" / "nats.conf")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        until(lambda: listens(scene.system.port), seconds=60, what="the server listens")
        yield
    finally:
        server.terminate()
        server.wait(60)


async def _publish(scene: Scene, release: str, said: list[released.Said]) -> None:
    async with as_operator(scene.system.url, scene.system.credentials()["operator"]) as operator:
        for one in said:
            await released.publish(operator, release, one)


def _await_end(scene: Scene, one: released.Said) -> None:
    wanted = {EXPECTED[one.name]} if one.name in EXPECTED else {State.STORED, State.DUPLICATE}

    def has_ended() -> bool:
        found = [row.state for row in scene.system.inputs(one.input_id) if row.input_id == one.input_id]
        return len(found) == 1 and found[0] in wanted

    until(
        has_ended,
        seconds=END_SECONDS,
        what=lambda: f"the end of {one.name}: {wanted}, but {scene.system.inputs(one.input_id)}",
    )


FAULT = Fault("upgrade_in_place", injure, long=True)
