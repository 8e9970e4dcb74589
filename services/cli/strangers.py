"""Variables that look like settings and are none: most are misspelt, and what was meant would silently not be so."""

import os
from collections.abc import Iterable
from difflib import SequenceMatcher, get_close_matches

import typer

from contracts.topology import SERVICES
from services.chassis.accounts import LOCAL_USERS, ROUTE_USER
from services.chassis.settings import House
from services.cli.options import settings_class
from services.cli.pages.settings import names

PRODUCT = "WIREROOM"
PREFIX = f"{PRODUCT}_"
# Read by the tests and benchmarks, and by the server's configuration in a container.
OTHERS = ("CORPUS", "FUZZ_EXAMPLES", "FUZZ_SECONDS", "INJURIES", "INJURIES_BACKOFF", "NATS_ROUTES", "NATS_SERVER_NAME")
LIKE = 0.6  # of 1: difflib's own
LIKE_OURS = 0.8  # a letter too many, too few or another


def known() -> set[str]:
    """All variables that mean something to a part of Wireroom."""
    settings = {*names(House)}.union(*(names(settings_class(service)) for service in SERVICES))
    passwords = {f"{PREFIX}{user.upper()}_NATS_PASSWORD" for user in (*LOCAL_USERS, ROUTE_USER)}
    return settings | passwords | {PREFIX + name for name in OTHERS}


def strangers(environment: Iterable[str] | None = None) -> list[str]:
    """A line for each variable that is none of them, with the one that is written most like it."""
    given = sorted(os.environ if environment is None else environment)
    ours = known()
    looks_alike = {name: _told(name, ours) for name in given if _is_ours(name) and name.upper() not in ours}
    looks_alike |= {name: _second(name) for name in given if not name.isupper() and {name.upper()} <= ours & {*given}}
    looks_alike |= {name: told for name in given if _is_nearly_ours(name) and (told := _meant(name, ours))}
    return [looks_alike[name] for name in sorted(looks_alike)]


def warn_of_strangers() -> None:
    """Name them to the person at the terminal; whatever else is set stands."""
    for line in strangers():
        typer.echo(f"wireroom: {line}", err=True)


def _is_ours(name: str) -> bool:
    return name.upper().startswith(PREFIX)


def _second(name: str) -> str:
    return f"{name} changes nothing: {name.upper()} is set too, and stands"


def _is_nearly_ours(name: str) -> bool:
    """Whether its beginning is written so much like ours that nothing else is meant."""
    head = name.upper().replace("_", "")[: len(PRODUCT)]
    return "_" in name and not _is_ours(name) and SequenceMatcher(None, head, PRODUCT).ratio() >= LIKE_OURS


def _meant(name: str, ours: Iterable[str]) -> str | None:
    """What to say where one of ours was meant; None where none is written like it."""
    like = get_close_matches(name.upper(), sorted(ours), n=1, cutoff=LIKE_OURS)
    return f"{name} is no setting, and changes nothing: did you mean {like[0]}?" if like else None


def _told(name: str, ours: Iterable[str]) -> str:
    endings = [known.removeprefix(PREFIX) for known in sorted(ours)]
    like = get_close_matches(name.upper().removeprefix(PREFIX), endings, n=1, cutoff=LIKE)
    meant = f"did you mean {PREFIX}{like[0]}?" if like else "docs/settings.md has all there are"
    return f"{name} is no setting, and changes nothing: {meant}"
