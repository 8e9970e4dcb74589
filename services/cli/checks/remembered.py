"""What a service remembers, held against what others know, for as long as there is time."""

from collections.abc import Callable, Iterator
from pathlib import Path

from pydantic import AwareDatetime
from sqlmodel import Session

from services.chassis import beginnings
from services.chassis.settings import House
from services.cli import memory
from services.cli.checks.found import Check, Notes, Patience, notes
from services.cli.errors import Told


def hold(
    settings: House,
    service: str,
    looks: Callable[[Session, Notes], Iterator[None]],
    found: Check,
    patience: Patience,
) -> bool:
    """Look step by step; what is missing goes into `found`, and so does why not all of it, or nothing, was looked at.

    Whether there was a memory to be looked at.
    """
    what = f"{service}'s memory"
    try:
        with memory.opened(settings, service) as session, notes() as missing:
            for _ in looks(session, missing):
                if patience.is_over():
                    found.unseen.append(f"the rest of {what}: {patience.seconds:g} s were over (see --within)")
                    break
            found.findings += missing.findings()
    except memory.NoMemory:
        found.looked_at.append(f"{what}: there is none in this HOME to be held against")
        return False
    except Told as error:
        found.unseen.append(f"{what}: {error}")
        return False
    return True


def begun_anew(home: Path, *services: str) -> dict[str, AwareDatetime | None]:
    """When each of the services' databases was begun anew, of those that were: what was before they do not know."""
    known = {service: beginnings.of(home, service) for service in services}
    return {service: begun.begun_at for service, begun in known.items() if begun is not None and begun.anew}
