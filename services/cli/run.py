"""`wireroom run SERVICE`: becomes that service."""

import os
import sys
from typing import Annotated

import typer

from contracts.topology import SERVICES
from services.cli.errors import Misused
from services.cli.options import Home, NatsUrl, house
from services.cli.strangers import warn_of_strangers

app = typer.Typer()


@app.command()
def run(
    service: Annotated[str, typer.Argument(help=", ".join(SERVICES))],
    home: Home = None,
    nats_url: NatsUrl = None,
) -> None:
    """Run one service against a given NATS: the same as `python -m services.SERVICE`.

    Its settings are WIREROOM_* and WIREROOM_<SERVICE>_* in the environment.
    Streams and tables must be there: `wireroom up` lays them.
    """
    if service not in SERVICES:
        raise Misused(f"there is no service {service!r}: choose one of {', '.join(SERVICES)}")
    settings = house(home=home, nats_url=nats_url)
    warn_of_strangers()
    told = {
        "WIREROOM_HOME": str(settings.home),
        **({"WIREROOM_NATS_URL": settings.nats_url} if settings.nats_url else {}),
    }
    command = (sys.executable, "-m", f"services.{service}")
    os.execve(sys.executable, command, {**os.environ, **told})  # noqa: S606  # become it: signals and exit code are its own
