"""A message that no service could deal with: the original bytes, and the facts in headers."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from pydantic import AwareDatetime, Field

from contracts.identity import is_message_id
from contracts.outcomes import DeadReason
from contracts.topology import MESSAGES
from contracts.value import OrNewer, Value

MAX_DETAIL_CHARACTERS = 500  # a header is no place for a document: Unicode errors carry the whole body
PREFIX = "dead."
UNKNOWN_SERVICE = "unknown"  # of what somebody else wrote into DEAD
SAID_ON = {message.subject: name for name, message in MESSAGES.items()}


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
    body_kept: bool = Field(default=True, description="False where it was too large to lie beside these facts.")

    @property
    def address(self) -> str:
        """The subject that a dead letter is published on."""
        return PREFIX + self.subject

    def message_id(self) -> str:
        """Stable over retries of the burial: the buried message's id and where it lay.

        What a stranger calls its message names nothing, for others may bear the same name: then when it came tells.
        """
        return f"dead:{self.original_id() or f'{self.stream}-{self.first_heard_at:%Y%m%dT%H%M%S.%fZ}'}:{self.sequence}"

    def original_id(self) -> str | None:
        """The buried message's id; None where it has none, or one that no message on its subject can have."""
        identifier = self.headers.get("Nats-Msg-Id", "")
        return identifier if is_message_id(identifier, SAID_ON.get(self.subject, "")) else None

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
            "Wireroom-Body-Kept": json.dumps(self.body_kept),
        }

    @classmethod
    def from_headers(cls, headers: Mapping[str, str]) -> Self:
        """The facts that `to_headers` wrote; raises KeyError or ValueError where they are not there."""
        return cls(
            service=headers["Wireroom-Service"],
            reason=headers["Wireroom-Reason"],
            detail=_loads(headers["Wireroom-Detail"]),
            attempts=int(headers["Wireroom-Attempts"]),
            buried_at=datetime.fromisoformat(headers["Wireroom-Buried-At"]),
            first_heard_at=datetime.fromisoformat(headers["Wireroom-First-Heard-At"]),
            subject=headers["Wireroom-Original-Subject"],
            stream=headers["Wireroom-Original-Stream"],
            sequence=int(headers["Wireroom-Original-Sequence"]),
            headers=_loads(headers["Wireroom-Original-Headers"]),
            body_kept=_loads(headers.get("Wireroom-Body-Kept", "true")),  # facts of 0.1.0 do not say it
        )


def _loads(text: str) -> Any:
    """What was written as JSON; raises ValueError, also where a stranger wrote more brackets than can be read."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("brackets within brackets without end") from error
