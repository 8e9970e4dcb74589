"""Variables that look like settings and are none: most are misspelt, and what was meant would silently not be so."""

import os
from collections.abc import Iterable
from difflib import get_close_matches

import typer

from contracts.topology import SERVICES
from services.chassis.accounts import LOCAL_USERS, ROUTE_USER
from services.chassis.settings import House
from services.cli.pages.settings import names, settings_of

PREFIX = "WIREROOM_"
# Read by the tests and benchmarks, and by the server's configuration in a container.
OTHERS = ("CORPUS", "FUZZ_EXAMPLES", "FUZZ_SECONDS", "INJURIES", "INJURIES_BACKOFF", "NATS_ROUTES", "NATS_SERVER_NAME")
LIKE = 0.6  # of 1: difflib's own


def known() -> set[str]:
    """All variables that mean something to a part of Wireroom."""
    settings = {*names(House)}.union(*(names(settings_of(service)) for service in SERVICES))
    passwords = {f"{PREFIX}{user.upper()}_NATS_PASSWORD" for user in (*LOCAL_USERS, ROUTE_USER)}
    return settings | passwords | {PREFIX + name for name in OTHERS}


def strangers(environment: Iterable[str] | None = None) -> list[str]:
    """A line for each variable that is none of them, with the one that is written most like it."""
    given = sorted(name for name in (os.environ if environment is None else environment) if _is_ours(name))
    ours = known()
    return [_told(name, ours) for name in given if name.upper() not in ours]


def warn_of_strangers() -> None:
    """Name them to the person at the terminal; whatever else is set stands."""
    for line in strangers():
        typer.echo(f"wireroom: {line}", err=True)


def _is_ours(name: str) -> bool:
    return name.upper().startswith(PREFIX)


def _told(name: str, ours: Iterable[str]) -> str:
    endings = [known.removeprefix(PREFIX) for known in sorted(ours)]
    like = get_close_matches(name.upper().removeprefix(PREFIX), endings, n=1, cutoff=LIKE)
    meant = f"did you mean {PREFIX}{like[0]}?" if like else "docs/settings.md has all there are"
    return f"{name} is no setting, and changes nothing: {meant}"
