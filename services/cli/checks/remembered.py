"""What a service remembers, held against what others know, for as long as there is time."""

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from pydantic import AwareDatetime
from sqlmodel import Session

from services.chassis import beginnings
from services.chassis.legible import Unfit, forgiving
from services.chassis.settings import House
from services.cli import memory
from services.cli.checks import legible
from services.cli.checks.found import Check, Notes, Patience, notes
from services.cli.checks.legible import passed_over
from services.cli.errors import Told
from services.dedup.legible import unfit as unfit_of_dedup
from services.fetch.legible import unfit as unfit_of_fetch

UNFIT: dict[str, Callable[[Session], Iterator[list[Unfit]]]] = {"dedup": unfit_of_dedup, "fetch": unfit_of_fetch}


def hold(
    settings: House,
    service: str,
    looks: Callable[[Session, Notes], Iterator[None]],
    found: Check,
    patience: Patience,
) -> bool:
    """Look step by step, at each row by itself first; what is missing goes into `found`.

    So does why not all of it, or nothing, was looked at. Whether there was a memory to be looked at.
    """
    what = f"{service}'s memory"
    try:
        with memory.opened(settings, service) as session, notes() as missing:
            all_looks = chain(legible.look(UNFIT[service](session), missing, service=service), looks(session, missing))
            with forgiving(session.connection()), passed_over(found, f"the rest of {what}"):
                for _ in all_looks:
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
