"""The lone starts of messages that may kill their worker, in a key-value bucket that survives the worker."""

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.topology import STARTS_BUCKET
from services.chassis import atomic
from services.chassis.delivery import Delivery
from services.chassis.unavailable import Unavailable

TIMEOUT_SECONDS = 5.0


class Starts:
    """Counts of one service's lone starts; plain publishes and direct gets need no right to create anything."""

    def __init__(self, client: Client, service: str) -> None:
        self._client, self._service = client, service

    async def begin(self, delivery: Delivery) -> int:
        """The number of starts without an end before this one, which is now recorded; raises Unavailable."""
        before = await self._count(delivery)
        await self._put(delivery, str(before + 1).encode())
        return before

    async def end(self, delivery: Delivery) -> None:
        """Forget the starts of a delivery that ended; raises Unavailable."""
        await self._put(delivery, b"", {"KV-Operation": "DEL"})

    def _subject(self, delivery: Delivery) -> str:
        return f"$KV.{STARTS_BUCKET}.{self._service}.{delivery.stream}-{delivery.sequence}"

    async def _count(self, delivery: Delivery) -> int:
        subject = f"$JS.API.DIRECT.GET.KV_{STARTS_BUCKET}.{self._subject(delivery)}"
        try:
            reply = await self._client.request(subject, timeout=TIMEOUT_SECONDS)
        except (NatsError, TimeoutError) as error:
            raise Unavailable("NATS", str(error)) from error
        return int(reply.data) if reply.data.isdigit() else 0  # a 404, a deletion or a purge has no digits

    async def _put(self, delivery: Delivery, value: bytes, headers: dict[str, str] | None = None) -> None:
        try:
            reply = await self._client.request(self._subject(delivery), value, timeout=TIMEOUT_SECONDS, headers=headers)
            atomic.check(reply.data)
        except (NatsError, TimeoutError, atomic.ApiError) as error:
            raise Unavailable("STARTS", str(error)) from error
