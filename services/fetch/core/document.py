"""What reading comes to: a document's text with what it says of itself, or the reason why there is none."""

from dataclasses import dataclass

from contracts.document import Claim
from contracts.outcomes import RejectReason


@dataclass(frozen=True)
class ReadDocument:
    """A document as plain text; `lossy` counts the U+FFFD that stand for what could not be decoded."""

    text: str
    media_type: str
    encoding: str
    lossy: int = 0
    url: str | None = None
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A document that cannot be taken: the bounded reason, and `detail` for people."""

    reason: RejectReason
    detail: str
