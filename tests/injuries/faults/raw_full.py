"""RAW is full of originals: store makes room among those that have ended, and where it does not, intake waits.

The operator sets its limit low, and originals are old after twelve seconds, so that a minute is enough for it.
"""

import asyncio
import signal

from services.chassis.raw import STREAM
from tests.e2e.hearing import as_operator
from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.system import Injured

LIMIT_BYTES = 500_000
FILES = 300  # of about 600 bytes each, and as many again for what describes them
SETTINGS = {"WIREROOM_RAW_FRESH_SECONDS": "6", "WIREROOM_STORE_ROOM_SECONDS": "0.5"}


def injure(scene: Scene) -> None:
    """Give in more than it holds: while store removes, and is killed in the middle of it; and while it stands still."""
    system = scene.system
    asyncio.run(_limit(system))
    scene.special.makes_room = True
    scene.workload.pause()  # what it adds would be waited for without end on a slow machine
    scene.workload.give_many(FILES)
    for point in ("chunks_removed", "original_removed"):
        armed = system.arm("store", point, "kill")
        until(lambda armed=armed: not armed.exists(), seconds=120, what=f"store comes to {point}")  # type: ignore[misc]
        scene.struck()
    until(lambda: _removed(system) > 0, seconds=120, what="originals are removed")
    system.await_ready()
    store = system.victims()["store"]
    store.send_signal(signal.SIGSTOP)
    try:
        scene.workload.give_many(FILES)
        until(lambda: STREAM in system.get("fetch", "/readyz")[1], seconds=60, what="fetch says that RAW is full")
        scene.note(f"fetch waited: {system.get('fetch', '/readyz')[1].strip()}")
        scene.hold(len(system.waiting()) > 0, "no file waited in the inbox")
    finally:
        store.send_signal(signal.SIGCONT)
    scene.struck()
    until(lambda: not system.waiting(), seconds=240, what="all files are taken")
    scene.workload.start()
    scene.note(f"{_removed(system):.0f} originals were removed")


def _removed(system: Injured) -> float:
    return sum(system.samples("store", "wireroom_originals_removed_total").values())


async def _limit(system: Injured) -> None:
    async with as_operator(system.url, system.credentials()["operator"]) as operator:
        config = (await operator.jetstream().stream_info(STREAM)).config
        config.max_bytes = LIMIT_BYTES
        await operator.jetstream().update_stream(config)


FAULT = Fault("raw_full", injure, settings=SETTINGS)
