"""What a command says in the place of a service: with that service's rights, and acknowledged as its own words are."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from services.chassis.connection import INBOX_ROOT
from services.chassis.credentials import FILE, read_credentials
from services.chassis.metrics import Measures
from services.chassis.publisher import Publisher
from services.chassis.settings import House
from services.chassis.shell import Shell
from services.cli import bus
from services.cli.errors import Told
from services.cli.options import server_of


@asynccontextmanager
async def speaking(settings: House, user: str, *, name: str | None = None, way: str = "") -> AsyncIterator[Shell]:
    """The shell of the service that is `user`, which signs with `name`, where that is another.

    `way` is the suffix of all ids, or a stream that remembers ids would drop what was said before. Raises Told where
    there is no server, or the home has no password for its own.
    """
    password = read_credentials(settings.home).get(user)
    if password is None and settings.nats_url is None:  # it would let us in as a reader, whose words go nowhere
        raise Told(f"{settings.home / FILE} has no password for {user}: start with `wireroom up`, or set WIREROOM_HOME")
    given = user if password else None
    async with bus.connected(server_of(settings), given, password, inbox=f"{INBOX_ROOT}.{user}") as client:
        publisher = Publisher(client)
        try:
            yield Shell(name or user, client, publisher, Measures(name or user), asyncio.Event(), way=way)
        finally:
            await publisher.close()
