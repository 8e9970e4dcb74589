"""The one door to the network: a connection goes to an address that was looked at, whatever its name says later.

Names are resolved here and nowhere else. Whoever asks for a connection asks by name, for that is what certificates and
`Host` speak of, and gets one to an address from the answer that was checked: there is no second answer.
"""

import asyncio
from collections.abc import Iterable
from typing import Any

import httpcore

from contracts.outcomes import RejectReason
from services.fetch.core.web.addresses import Allowed, wrong_with_addresses
from services.fetch.core.web.answer import Refused
from services.fetch.web.barred import Barred
from services.fetch.web.resolver import Resolve

MAX_ADDRESSES = 6  # tried one after the other
LEAST_SECONDS = 2.0  # for each


class Guard(httpcore.AsyncNetworkBackend):
    """What httpcore opens the connections of one errand with."""

    def __init__(self, resolve: Resolve, allowed: Allowed, network: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._resolve, self._allowed = resolve, allowed
        self._network = network or httpcore.AnyIOBackend()
        self._opened: list[httpcore.AsyncNetworkStream] = []

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's own signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Raises Barred where any of its addresses may not be contacted."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"no address of {host} within {timeout:g} s") from error
        if not addresses:
            raise Barred(Refused(RejectReason.UNREACHABLE, f"{host} has no address"))
        refused = wrong_with_addresses(host, addresses, self._allowed)
        if refused is not None:
            raise Barred(refused)
        stream = await self._connect(addresses[:MAX_ADDRESSES], port, timeout, local_address, socket_options)
        self._opened.append(stream)
        return stream

    async def aclose(self) -> None:
        """Close what is open still: a handshake that was cut off is nobody's in httpcore."""
        for stream in self._opened:
            await stream.aclose()

    async def _connect(
        self,
        addresses: list[str],
        port: int,
        seconds: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore.AsyncNetworkStream:
        share = max(LEAST_SECONDS, seconds / len(addresses)) if seconds is not None else None
        *others, last = addresses
        for address in others:
            try:
                return await self._network.connect_tcp(address, port, share, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._network.connect_tcp(last, port, share, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - httpcore's own signature
        socket_options: Iterable[Any] | None = None,  # noqa: ARG002 - as above
    ) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise Barred(Refused(RejectReason.FORBIDDEN_ADDRESS, f"{path} is a socket of this machine"))

    async def sleep(self, seconds: float) -> None:
        """As httpcore wants it."""
        await asyncio.sleep(seconds)
