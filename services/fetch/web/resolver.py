"""Asking the name server, in threads of its own: a slow one keeps nobody waiting but those who ask."""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import Future
from contextlib import suppress
from threading import Thread

from contracts.outcomes import RejectReason
from services.chassis.unavailable import Unavailable
from services.fetch.core.web.answer import Refused
from services.fetch.web.barred import Barred

Resolve = Callable[[str, int], Awaitable[list[str]]]
LookUp = Callable[[str, int], list[str]]

THREADS = 16
NO_ANSWER = {socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_SYSTEM, socket.EAI_MEMORY}
ELSEWHERE = ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1"))  # nobody; nothing is sent there
DISCARD_PORT = 9
KNOWN_TO_ALL = "a.root-servers.net"


class Resolver:
    """The addresses of a host, all of them, in the order in which the machine would try them."""

    def __init__(self, look_up: LookUp | None = None, *, reaches: Callable[[], bool] | None = None) -> None:
        self._look_up, self._reaches = look_up or _look_up, reaches or has_route
        self._seats = asyncio.Semaphore(THREADS)

    async def __call__(self, host: str, port: int) -> list[str]:
        """Raises Barred where there is no such name, Unavailable where the name server or the network is away."""
        try:
            return await self._asked(host, port)
        except socket.gaierror as error:
            if not self._reaches():
                raise Unavailable("network", f"no address of {host} can be had") from error
            if error.errno not in NO_ANSWER:
                raise Barred(Refused(RejectReason.UNREACHABLE, f"there is no host {host}")) from error
            if not await self._answers():
                raise Unavailable("name server", f"{host}: {error.strerror}") from error
            detail = f"the name server has no answer for {host}: {error.strerror}"
            raise Barred(Refused(RejectReason.UNREACHABLE, detail, passing=True)) from error
        except UnicodeError as error:
            raise Barred(Refused(RejectReason.BAD_URL, f"{host} is no name")) from error

    async def _answers(self) -> bool:
        """Whether the name server says anything of a name that all know, be it that it knows it not."""
        try:
            await self._asked(KNOWN_TO_ALL, DISCARD_PORT)
        except socket.gaierror as error:
            return error.errno not in NO_ANSWER
        return True

    async def _asked(self, host: str, port: int) -> list[str]:
        """A seat is taken until the thread has come back, whoever waits for it; at the end nobody waits for it."""
        await self._seats.acquire()
        loop = asyncio.get_running_loop()
        found: asyncio.Future[list[str]] = loop.create_future()

        def look() -> None:
            looked: Future[list[str]] = Future()
            try:
                looked.set_result(self._look_up(host, port))
            except (OSError, ValueError) as error:
                looked.set_exception(error)
            with suppress(RuntimeError):  # the loop is closed
                loop.call_soon_threadsafe(self._back, looked, found)

        try:
            Thread(target=look, name="resolve", daemon=True).start()
        except RuntimeError as error:  # no more of them may be begun here, for now
            self._seats.release()
            raise Unavailable("threads", str(error)) from error
        return await found

    def _back(self, looked: Future[list[str]], found: asyncio.Future[list[str]]) -> None:
        self._seats.release()
        if found.done():  # nobody waits any more
            return
        if (error := looked.exception()) is not None:
            found.set_exception(error)
        else:
            found.set_result(looked.result())


def has_route() -> bool:
    """Whether this machine has a way to anywhere but itself."""
    for family, address in ELSEWHERE:
        try:
            with socket.socket(family, socket.SOCK_DGRAM) as trying:
                trying.connect((address, DISCARD_PORT))  # asks the routing table alone
        except OSError:
            continue
        return True
    return False


def _look_up(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[4][0]) for address in found))
