"""The lone starts of messages that may kill their worker, in a key-value bucket that survives the worker."""

import base64
import json
from contextlib import suppress

from nats.aio.client import Client
from nats.errors import Error as NatsError

from contracts.topology import STARTS_BUCKET
from services.chassis import asking, atomic
from services.chassis.delivery import Delivery
from services.chassis.unavailable import Unavailable

TIMEOUT_SECONDS = 5.0
EXPECTED = "Nats-Expected-Last-Subject-Sequence"
# Not by direct get, whose answer can be turned into a deed (see permissions.py).
LAST = f"$JS.API.STREAM.MSG.GET.KV_{STARTS_BUCKET}"
NO_MESSAGE_FOUND = 10037
BUCKET_FULL = 10077


class _Full(Unavailable):
    """The bucket has as many counts as it may have."""


class Starts:
    """Counts of one service's lone starts; plain publishes and gets need no right to create anything.

    A value is the count and the delivery that was counted last (`3:7`), so that a start whose acknowledgement got
    lost is not counted twice. Whoever else may have written meanwhile: each start is written only over the value that
    was read.
    """

    def __init__(self, client: Client, service: str) -> None:
        self._client, self._service = client, service

    async def begin(self, delivery: Delivery) -> int:
        """The number of starts without an end before this one, which is now recorded; raises Unavailable.

        A bucket that takes nothing more, as one that an older Wireroom laid, costs the record and not the hearing.
        """
        count, last, revision = await self._read(delivery)
        if last == delivery.number:  # recorded by a try that did not hear so
            return count - 1
        with suppress(_Full):
            await self._put(delivery, f"{count + 1}:{delivery.number}".encode(), {EXPECTED: revision})
        return count

    async def end(self, delivery: Delivery) -> None:
        """Forget the starts of a delivery that ended; raises Unavailable."""
        await self._put(delivery, b"", {"KV-Operation": "DEL"})

    def _subject(self, delivery: Delivery) -> str:
        return f"$KV.{STARTS_BUCKET}.{self._service}.{delivery.stream}-{delivery.sequence}"

    async def _read(self, delivery: Delivery) -> tuple[int, int | None, str]:
        """The count, the delivery counted last, and the revision of both."""
        wanted = json.dumps({"last_by_subj": self._subject(delivery)}).encode()
        try:
            reply = await asking.ask(self._client, LAST, wanted, timeout_seconds=TIMEOUT_SECONDS)
            atomic.check(reply.data)
        except atomic.ApiError as error:
            if error.code == NO_MESSAGE_FOUND:
                return 0, None, "0"
            raise Unavailable("STARTS", str(error)) from error
        except (NatsError, TimeoutError) as error:
            raise Unavailable("NATS", str(error)) from error
        found = json.loads(reply.data)["message"]
        count, _, last = base64.b64decode(found.get("data") or "").partition(b":")  # a deletion has no digits
        return int(count) if count.isdigit() else 0, int(last) if last.isdigit() else None, str(found["seq"])

    async def _put(self, delivery: Delivery, value: bytes, headers: dict[str, str]) -> None:
        try:
            reply = await asking.ask(
                self._client, self._subject(delivery), value, timeout_seconds=TIMEOUT_SECONDS, headers=headers
            )
            atomic.check(reply.data)
        except atomic.ApiError as error:
            raise (_Full if error.code == BUCKET_FULL else Unavailable)("STARTS", str(error)) from error
        except (NatsError, TimeoutError) as error:
            raise Unavailable("STARTS", str(error)) from error
