"""Publishing with an acknowledgement, one message or an atomic batch (ADR-50), which nats-py 2.16 has no call for."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from nats.aio.client import Client
from nats.nuid import NUID

from services.chassis.letters import Letter

_nuid = NUID()

# A full stream, no room on the server, no leader, a stream moving, the same message under way: it will pass.
OUTAGE_ERROR_CODES = frozenset({10077, 10047, 10023, 10008, 10009, 10074, 10060, 10059, 10076, 10158})
FULL_ERROR_CODES = frozenset({10077, 10047, 10023})  # the stream, the server's store, its other resources
WRONG_LAST_ERROR_CODES = frozenset({10071, 10164})  # another sequence than expected; one that it does not tell


class Taken(NamedTuple):
    """What a stream has acknowledged: the number under which it has the letter, and whether it had it already."""

    sequence: int
    is_repeated: bool


class ApiError(Exception):
    """JetStream answered with an error; `code` is its err_code."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(f"{error.get('description', 'error')} ({error.get('err_code', error.get('code'))})")
        self.code = int(error.get("err_code", 0))
        self.status = int(error.get("code", 0))

    def is_an_outage(self) -> bool:
        """Whether another message would have fared the same: nobody's fault."""
        return self.status >= 500 or self.status == 429 or self.code in OUTAGE_ERROR_CODES

    def is_about_what_went_before(self) -> bool:
        """Whether the message that was to be the last on a subject is not that there."""
        return self.code in WRONG_LAST_ERROR_CODES

    def is_full(self) -> bool:
        """Whether there is no room for it."""
        return self.code in FULL_ERROR_CODES


async def publish_one(client: Client, letter: Letter, *, timeout_seconds: float) -> Taken:
    """Wait for the acknowledgement of one letter; raises ApiError, TimeoutError, or nats errors.

    Where the stream had this id already it took no other.
    """
    reply = await client.request(letter.subject, letter.body, timeout=timeout_seconds, headers=letter.headers)
    told = check(reply.data)
    return Taken(int(told["seq"]), bool(told.get("duplicate", False)))


async def publish(client: Client, letters: Sequence[Letter], *, timeout_seconds: float) -> int:
    """Store all `letters` (of one stream) or none, with one fsync, in one round trip; raises as `publish_one`.

    What is returned is the number under which the stream has the first; the others follow it.
    Only the commit is waited for: where an earlier letter is turned away, the commit is too.
    """
    batch = _nuid.next().decode()
    last = len(letters)
    for number, letter in enumerate(letters[:-1], 1):
        await client.publish(letter.subject, letter.body, headers=_numbered(letter, batch, number))
    commit = {**_numbered(letters[-1], batch, last), "Nats-Batch-Commit": "1"}
    reply = await client.request(letters[-1].subject, letters[-1].body, timeout=timeout_seconds, headers=commit)
    return int(check(reply.data)["seq"]) - last + 1


def _numbered(letter: Letter, batch: str, number: int) -> dict[str, str]:
    return {**letter.headers, "Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}


def check(data: bytes) -> dict[str, Any]:
    """JetStream's answer; raises ApiError where it is an error."""
    reply: dict[str, Any] = json.loads(data) if data else {}
    if "error" in reply:
        raise ApiError(reply["error"])
    return reply
