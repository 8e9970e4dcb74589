"""An input cannot be taken."""

from typing import ClassVar

from pydantic import AwareDatetime

from contracts.message import Message
from contracts.outcomes import Outcome, RejectReason
from contracts.value import OrNewer


class InputRejected(Message):
    """An input ended because it cannot be read as an article; `detail` says it for people."""

    subject: ClassVar[str] = "wireroom.input.rejected"
    outcome: ClassVar[Outcome] = Outcome.REJECTED

    source_uri: str
    received_at: AwareDatetime
    reason: OrNewer[RejectReason]
    detail: str
