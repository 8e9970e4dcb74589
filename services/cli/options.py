"""Options that several commands share, and the settings that they make with the environment."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from services.chassis.explain import explain
from services.chassis.settings import House, ServiceSettings
from services.cli.errors import Misused
from services.cli.local.home import addresses
from services.cli.typed import path, wrong

Home = Annotated[Path | None, path("--home", "Folder where everything is kept.  [WIREROOM_HOME]")]
NatsUrl = Annotated[
    str | None,
    typer.Option("--nats-url", help="NATS elsewhere: a server, or several with commas.  [WIREROOM_NATS_URL]"),
]
Since = Annotated[
    str | None,
    typer.Option("--since", help="From so long ago on (90s, 30m, 1h, 2d) or from a time (2024-05-01T12:00Z)."),
]

FORMS_OF_TIME = "give a length of time (90s, 30m, 1h, 2d) or a time (2024-05-01T12:00Z)"
UNIT_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def house(**options: Any) -> House:
    """The settings: the command line first, then the environment, then the defaults."""
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return House(**given)
    except ValidationError as error:
        raise Misused(explain(error, given) or str(error)) from error


def settings_class(service: str) -> type[ServiceSettings]:
    """What is set for a service: `<Service>Settings` in its room's settings.py."""
    found: type[ServiceSettings] = getattr(import_module(f"services.{service}.settings"), f"{service.title()}Settings")
    return found


def server_of(settings: House) -> str:
    """The NATS server: as set, else that of the `up` which runs on this home, else the port of the settings."""
    running = None if settings.nats_url else addresses(settings.home)
    return running.nats_url if running else settings.server()


def moment(since: str, now: datetime, *, option: str = "--since") -> datetime:
    """The time that `since` means, with a zone; raises Misused where it means none."""
    amount, unit = since[:-1], since[-1:]
    try:
        if unit in UNIT_SECONDS and amount.replace(".", "", 1).isdecimal():
            return now - timedelta(seconds=float(amount) * UNIT_SECONDS[unit])
        time = datetime.fromisoformat(since)
    except OverflowError:  # before all time: everything
        return datetime.min.replace(tzinfo=UTC)
    except ValueError:
        raise wrong(option, since, FORMS_OF_TIME) from None
    return time if time.tzinfo else time.replace(tzinfo=UTC)
