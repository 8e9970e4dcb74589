"""Reading in a child process: a document may take it down, and then it is the document that is rejected."""

import logging

from contracts.outcomes import RejectReason
from services.chassis.children import Children
from services.chassis.failures import ChildKilled
from services.fetch.core import ReadDocument, Rejected

ATTEMPTS = 2  # a child may have died of something else, and the time is up too where the machine slept or was stopped


def load() -> None:
    """Load the parsers, for all children to share; what they grumble about is not for our logs."""
    read(b"", "", 1)
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def read(data: bytes, name: str, max_text_bytes: int) -> ReadDocument | Rejected:
    """The core's reading, for a child to call."""
    from services.fetch.core import reading  # noqa: PLC0415 - 27 MB of parsers, which stay in the child

    return reading.read(data, name, max_text_bytes=max_text_bytes)


class Killed(Rejected):
    """Rejected because the child did not live to say anything of it: the machine may have had its part in that."""


class Reader:
    """Reads documents into text, each with limits of time and memory."""

    def __init__(self, children: Children, *, max_text_bytes: int, timeout_seconds: float) -> None:
        self._children = children
        self._max_text_bytes, self._timeout_seconds = max_text_bytes, timeout_seconds

    async def read(self, data: bytes, name: str) -> ReadDocument | Rejected:
        """The document; rejected as unreadable where reading it kills the child time and again."""
        killed = ""
        for _ in range(ATTEMPTS):
            try:
                return await self._children.call(
                    read, data, name, self._max_text_bytes, timeout_seconds=self._timeout_seconds
                )
            except ChildKilled as error:
                killed = str(error)
        return Killed(RejectReason.UNREADABLE, f"reading it did not end well: {killed}")
