"""Every password is changed under the running services: the server reads it anew or is started anew, and so do they.

`up` too: what is deleted afterwards it lays again.
"""

import json
import signal
from pathlib import Path

from contracts.topology import SERVICES
from services.chassis.accounts import new_credentials
from services.chassis.private import write_private
from tests.e2e.running import SERVER, until
from tests.injuries.fault import Fault, Scene
from tests.injuries.moments import a_moment
from tests.injuries.operating import act, is_laid

REFUSED_SECONDS = 60.0
READY_SECONDS = 120.0
REASON = "authorization violation"


def injure(scene: Scene) -> None:
    """Change them on the server, see that every service says why it is not ready, and only then write them down."""
    home, fresh = scene.system.home, new_credentials()
    a_moment(scene.chance)
    _exchange(home / "nats" / "nats.conf", scene.system.credentials(), fresh)
    if scene.chance.random() < 0.5:
        scene.system.hit(SERVER, signal.SIGHUP)
    else:
        scene.system.end(SERVER)
    for service in SERVICES:
        until(lambda service=service: _is_refused(scene, service), seconds=REFUSED_SECONDS, what=f"{service} refused")  # type: ignore[misc]
    write_private(home / "credentials.json", json.dumps(fresh))
    scene.struck()
    until(scene.system.is_whole, seconds=READY_SECONDS, what="all ready under the new passwords")
    service = scene.chance.choice(SERVICES[1:])
    act(scene.system, lambda js: js.delete_consumer(service.upper(), service))
    until(lambda: is_laid(scene.system, service), seconds=READY_SECONDS, what=f"{service} laid again")


def _exchange(path: Path, old: dict[str, str], new: dict[str, str]) -> None:
    text = path.read_text()
    for user, password in old.items():
        text = text.replace(password, new[user])
    write_private(path, text)


def _is_refused(scene: Scene, service: str) -> bool:
    status, body = scene.system.get(service, "/readyz")
    return status == 503 and REASON in body.lower()


FAULT = Fault("credential_changed", injure, times=3)
