"""A message that no service could deal with: the original bytes, and the facts in headers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Self

from pydantic import AwareDatetime, Field

from contracts.outcomes import DeadReason
from contracts.value import OrNewer, Value

MAX_DETAIL_CHARACTERS = 500  # a header is no place for a document: Unicode errors carry the whole body
PREFIX = "dead."


class DeadLetter(Value):
    """The facts about a buried message; the body beside them is the original, byte for byte."""

    service: str
    reason: OrNewer[DeadReason]
    detail: str
    attempts: int = Field(ge=0, description="Failures or lone starts that the service counted.")
    buried_at: AwareDatetime
    first_heard_at: AwareDatetime
    subject: str = Field(description="The original subject.")
    stream: str
    sequence: int = Field(ge=0)
    headers: dict[str, str] = Field(default_factory=dict)

    @property
    def address(self) -> str:
        """The subject that a dead letter is published on."""
        return PREFIX + self.subject

    def message_id(self) -> str:
        """Stable over retries of the burial: the buried message's id and where it lay."""
        return f"dead:{self.headers.get('Nats-Msg-Id', self.stream)}:{self.sequence}"

    def to_headers(self) -> dict[str, str]:
        """The facts as NATS headers: ASCII, one line each."""
        return {
            "Wireroom-Service": self.service,
            "Wireroom-Reason": self.reason,
            "Wireroom-Detail": json.dumps(self.detail[:MAX_DETAIL_CHARACTERS]),
            "Wireroom-Attempts": str(self.attempts),
            "Wireroom-Buried-At": self.buried_at.isoformat(),
            "Wireroom-First-Heard-At": self.first_heard_at.isoformat(),
            "Wireroom-Original-Subject": self.subject,
            "Wireroom-Original-Stream": self.stream,
            "Wireroom-Original-Sequence": str(self.sequence),
            "Wireroom-Original-Headers": json.dumps(self.headers),
        }

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> Self:
        """The facts that `to_headers` wrote; raises KeyError or ValueError where they are not there."""
        return cls(
            service=headers["Wireroom-Service"],
            reason=headers["Wireroom-Reason"],
            detail=json.loads(headers["Wireroom-Detail"]),
            attempts=int(headers["Wireroom-Attempts"]),
            buried_at=datetime.fromisoformat(headers["Wireroom-Buried-At"]),
            first_heard_at=datetime.fromisoformat(headers["Wireroom-First-Heard-At"]),
            subject=headers["Wireroom-Original-Subject"],
            stream=headers["Wireroom-Original-Stream"],
            sequence=int(headers["Wireroom-Original-Sequence"]),
            headers=json.loads(headers["Wireroom-Original-Headers"]),
        )
