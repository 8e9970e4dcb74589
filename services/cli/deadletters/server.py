"""Dead letters on the NATS server, as its operator meets them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from nats.aio.client import Client
from nats.js.errors import NotFoundError

from contracts.topology import DEAD
from services.chassis.credentials import read_credentials
from services.chassis.settings import House
from services.cli import bus
from services.cli.options import server_of


@asynccontextmanager
async def connected(settings: House) -> AsyncIterator[Client]:
    """A connection as the operator."""
    async with bus.connected(
        server_of(settings), "operator", read_credentials(settings.home).get("operator")
    ) as client:
        yield client


async def unheard(client: Client) -> int:
    """How many dead letters lie in DEAD that store has not taken in yet."""
    try:
        info = await client.jetstream().consumer_info(DEAD.name, "store")
    except NotFoundError:
        return 0
    return (info.num_pending or 0) + (info.num_ack_pending or 0)


def say_unheard(number: int) -> None:
    """Tell people of dead letters that the store does not know yet."""
    if number:
        typer.echo(f"{number} more lie in {DEAD.name}, and store has not taken them in yet: is it running?", err=True)
