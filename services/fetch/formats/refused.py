"""How a reader's inner parts say that a document cannot be taken, and how its claims are put together."""

from collections.abc import Iterable

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.document import Rejected


class Refused(Exception):
    """The document cannot be taken; the reader returns `rejected`."""

    def __init__(self, reason: RejectReason, detail: str) -> None:
        super().__init__(detail)
        self.rejected = Rejected(reason, detail)


def said(claims: Iterable[Claim | None]) -> tuple[Claim, ...]:
    """The claims that say something, each once."""
    return tuple(dict.fromkeys(each for each in claims if each is not None))
