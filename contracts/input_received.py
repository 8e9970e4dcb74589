"""An input was accepted."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from contracts.identity import Sha256
from contracts.message import Message
from contracts.outcomes import Outcome


class InputReceived(Message):
    """An input arrived and will end in exactly one state: the acknowledgement of this message is the acceptance."""

    subject: ClassVar[str] = "wireroom.input.received"
    outcome: ClassVar[Outcome] = Outcome.RECORDED

    source_uri: str
    received_at: AwareDatetime
    sha256: Sha256 | None = Field(
        default=None, description="Of the original bytes: their name in the object store RAW; none if none were kept."
    )
