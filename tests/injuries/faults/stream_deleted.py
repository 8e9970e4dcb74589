"""An operator deletes queues with messages in them; they are laid again, and what was lost is sent again from RAW."""

import json
import signal
import time
from contextlib import suppress

import psutil

from tests.e2e.running import until
from tests.injuries.fault import Fault, Scene
from tests.injuries.operating import act, held

QUEUES = ("LANGUAGE", "DEDUP", "EXTRACT")  # STORE holds receipts too: who is lost there is in no ledger
FILES = 40  # most of them come as far as EXTRACT
HELD = 8  # messages that a service has in hand: it finishes them although their queue is gone
TRIES, PAUSE_SECONDS = 30, 3.0


def injure(scene: Scene) -> None:
    """Delete each while something is in it, then find what is in progress and nowhere, and send it again."""
    system = scene.system
    for name in scene.chance.sample(QUEUES, len(QUEUES)):
        hearer = system.processes()[name.lower()]
        hearer.send_signal(signal.SIGSTOP)  # so that there is something in it
        try:
            scene.workload.give_many(FILES)
            until(lambda name=name: held(system, name)[name][0] > HELD, seconds=60, what=f"more in {name} than is held")  # type: ignore[misc]
            messages = held(system, name)[name][0]
            act(system, lambda js, name=name: js.delete_stream(name))  # type: ignore[misc]
        finally:
            with suppress(psutil.NoSuchProcess):  # stopped for half a minute it is dead to `up`, and another one runs
                hearer.send_signal(signal.SIGCONT)
        begun = time.monotonic()
        scene.struck()
        until(system.is_whole, seconds=120, what="all ready again")
        scene.note(f"{name} with {messages} messages: all ready after {time.monotonic() - begun:.1f} s")
    scene.workload.pause()
    _send_again(scene)
    scene.workload.start()


def _send_again(scene: Scene) -> None:
    """Until nothing is in progress and nowhere: what is on its way is not lost, and is waited for."""
    system, sent = scene.system, 0
    until(lambda: not system.waiting(), seconds=120, what="all that was given in is taken")
    for _ in range(TRIES):
        told = system.wireroom("replay", "--lost")
        if told.stdout.startswith("nothing is lost"):
            break
        sent += int(told.stdout.split()[0]) if told.returncode == 0 else 0
        time.sleep(PAUSE_SECONDS)  # services may still work on what was deleted: then nothing is called lost yet
    else:
        scene.hold(False, f"replay said at last {told.stdout}{told.stderr}")
    scene.hold(sent > 0, "nothing was lost with the queues")
    scene.note(f"{sent} were lost with the queues, and sent again")
    # What ends just now keeps the check from seeing all, which is no success of it, and no finding either.
    findings = json.loads(system.wireroom("status", "--check", "--json").stdout)["check"]["findings"]
    scene.hold(findings == [], f"status --check says {findings}")


# With more in hand the services would have taken all there is.
FAULT = Fault("stream_deleted", injure, settings={f"WIREROOM_{name}_HOLD_MESSAGES": str(HELD) for name in QUEUES})
