"""Store stands still: its queue fills to the limit, intake pauses, files wait, and it is told why and since when."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import psutil

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.operating import held, limit
from tests.injuries.system import Injured

LIMIT_BYTES = 100_000
FILES = 300
METRIC = "wireroom_waiting_since_timestamp_seconds"


def injure(scene: Scene) -> None:
    """Stop it (not for so long that `up` takes it for dead), look at what is told, and let it go on."""
    system, begun = scene.system, datetime.now(UTC)
    before = limit(system, "STORE", LIMIT_BYTES)
    scene.workload.pause()
    store = system.processes()["store"]
    store.send_signal(signal.SIGSTOP)
    try:
        scene.workload.give_many(FILES)
        until(lambda: _full_since(system) is not None, seconds=60, what=lambda: system.get("fetch", "/readyz"))
        _hold_what_is_told(scene, begun)
        scene.hold(held(system, "STORE")["STORE"][1] <= LIMIT_BYTES, "STORE held more than its limit")
        scene.note(f"STORE full at {LIMIT_BYTES} bytes, {len(system.waiting())} files waited")
    finally:
        with suppress(psutil.NoSuchProcess):  # stopped for half a minute it is dead to `up`, and another one runs
            store.send_signal(signal.SIGCONT)
    scene.struck()
    went_on = time.monotonic()
    until(lambda: not system.waiting() and _full_since(system) is None, seconds=120, what="all drains")
    scene.note(f"all drained {time.monotonic() - went_on:.1f} s after")
    limit(system, "STORE", before)
    scene.workload.start()


def _full_since(system: Injured) -> float | None:
    """Since when fetch says to Prometheus that it waits for room in STORE."""
    return system.samples("fetch", METRIC).get("full,STORE")


def _hold_what_is_told(scene: Scene, begun: datetime) -> None:
    with ThreadPoolExecutor() as both:  # each waits for the store's answer, and `up` does not wait for ever
        asked, shown = both.submit(scene.system.json_of, "status"), both.submit(scene.system.wireroom, "status")
        told, text = asked.result(), shown.result().stdout
    fetch = next(one for one in told["services"] if one["name"] == "fetch")
    waits = [one for one in fetch["waits"] if (one["what"], one["reason"]) == ("STORE", "full")]
    scene.hold(len(waits) == 1, f"status says of fetch {fetch['waits']}")
    for one in waits:
        since = datetime.fromisoformat(one["since"])
        late = since - begun
        scene.hold(timedelta() <= late < timedelta(seconds=20), f"status says since {since}, it began {begun}")
        scene.hold(
            abs((_full_since(scene.system) or 0) - since.timestamp()) < 1, "metric and status differ on since when"
        )
    scene.hold(told["inbox"]["waiting"] + told["inbox"]["claimed"] > 0, f"status says of the inbox {told['inbox']}")
    scene.hold((told["unheard"] or {}).get("messages", 0) > 0, "status does not say that the ledger is behind")
    scene.hold("fetch takes no more: STORE: maximum bytes exceeded" in text, "status has no word on why intake pauses")


FAULT = Fault("store_stopped", injure)
