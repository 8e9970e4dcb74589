"""A client of nats-py as we need it, of services and commands alike: what it falls over, and where it leads to."""

import asyncio
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from nats.aio.client import PING_PROTO, Client, Srv
from nats.errors import Error as NatsError

from services.chassis.asking import ConnectionLost, give_up_with_the_connection

INBOX_ROOT = "_SVC"
NO_SUCH_NAME = {socket.EAI_NONAME, socket.EAI_NODATA}


def harden(client: Client) -> Client:
    """The same client: it reads on whatever a header holds, waits for nothing in vain, pings in turn, and says its end.

    nats-py 2.16 falls over one that is shorter than its own first line, and reads nothing more on that connection.
    """
    read = client._process_headers  # noqa: SLF001 - there is no other place between the wire and the fall

    async def read_what_can_be_read(block: bytes) -> dict[str, str] | None:
        try:
            return await read(block)
        except (IndexError, ValueError):
            return None

    client._process_headers = read_what_can_be_read  # type: ignore[method-assign, assignment]  # noqa: SLF001 - as above
    give_up_with_the_connection(client)
    _ping_in_turn(client)
    _end_when_told(client)
    _say_that_it_is_closed(client)
    return client


def _ping_in_turn(client: Client) -> None:
    """Its pings go behind what was said before, so that their answer says that the server has read it.

    nats-py writes them past what still waits to be written: a subscription could come after the answer to its flush.
    What it had not written when the connection was lost goes to the next one, and the pings in it would be answered
    there to those that come after them. So they are taken out, and whoever waited for one learns that it is lost.
    """
    connect = client._process_connect_init  # noqa: SLF001 - what nats-py forgets the old pings in, and no others

    async def ping_in_turn(answer: asyncio.Future[bool] | None = None) -> None:
        answer = answer or asyncio.get_running_loop().create_future()
        if not client.is_connected:  # nothing that is written now is answered in its turn
            _lose([answer])
            return
        client._pongs.append(answer)  # noqa: SLF001 - as it does itself
        await client._send_command(PING_PROTO)  # noqa: SLF001 - as it says all else
        await client._flush_pending()  # noqa: SLF001 - the same

    async def connect_without_old_pings() -> None:
        lost = client._pongs  # noqa: SLF001 - there is no other place to hear of it
        await connect()
        _lose(lost)
        pending = [said for said in client._pending if said != PING_PROTO]  # noqa: SLF001 - the same
        client._pending, client._pending_data_size = pending, sum(map(len, pending))  # noqa: SLF001 - the same

    client._send_ping = ping_in_turn  # type: ignore[method-assign, assignment]  # noqa: SLF001 - flush and nats-py's own timer go through it
    client._process_connect_init = connect_without_old_pings  # type: ignore[method-assign]  # noqa: SLF001 - the same


def _lose(answers: Iterable[asyncio.Future[bool]]) -> None:
    for answer in answers:
        if not answer.done():
            answer.set_exception(ConnectionLost())
            answer.exception()  # nats-py's timer looks at none


def _end_when_told(client: Client) -> None:
    """A client that is closed while it connects again stops doing so.

    Python 3.11's wait_for gives a refusal that comes in the moment of a cancellation in its place: nats-py would try
    for ever, and whoever waits for its task with it.
    """
    connect = client._connect_to_server  # noqa: SLF001 - the one step that each of its tries takes

    async def connect_unless_told(server: Srv) -> None:
        try:
            await connect(server)
        finally:
            task = asyncio.current_task()
            if task is not None and task.cancelling():
                raise asyncio.CancelledError

    client._connect_to_server = connect_unless_told  # type: ignore[method-assign, assignment]  # noqa: SLF001 - the same


def _say_that_it_is_closed(client: Client) -> None:
    """A client that the server throws out says so, also where it had something left to write and can write no more.

    nats-py's farewell ends there, without a word to anybody: the service would be deaf for good, and nobody start it
    again. What could not be written it has let go of by then, so that a second farewell comes to its end.
    """
    farewell = client._close  # noqa: SLF001 - what nats-py closes itself with

    async def close_and_say_so(status: int, do_cbs: bool = True) -> None:
        try:
            await farewell(status, do_cbs)
        except OSError:
            client._status = Client.DISCONNECTED  # noqa: SLF001 - one that is closed says no farewell
            await farewell(status, do_cbs)

    client._close = close_and_say_so  # type: ignore[method-assign]  # noqa: SLF001 - as above


async def close(client: Client) -> None:
    """Close it, whatever it is doing."""
    try:
        await client.close()
    except (NatsError, OSError, TypeError):  # the last two: nats-py 2.16, closed while it connects again
        for subscription in client._subs.values():  # noqa: SLF001 - it lets go of them last, and did not come to it
            subscription._stop_processing()  # noqa: SLF001 - the same


def nameless(error: Exception, servers: Iterable[str]) -> str | None:
    """In words, that a server's name leads to no address now; None where that is not what is wrong.

    Which of several servers it was nats-py does not say.
    """
    if not isinstance(error, socket.gaierror):
        return None
    names = sorted({urlsplit(one if "//" in one else f"//{one}").hostname or one for one in servers})
    if error.errno in NO_SUCH_NAME:
        return f"no such name is known here ({' or '.join(names)})"
    return f"the address of {' or '.join(names)} cannot be looked up ({(error.strerror or str(error)).lower()})"


def bare(server: str) -> str:
    """The server's URL, or those of several with commas between them, without the users and passwords in it."""
    return ",".join(_bare(one) for one in server.split(","))


def _bare(server: str) -> str:
    scheme, mark, rest = server.rpartition("://")
    return scheme + mark + rest.rpartition("@")[2]
