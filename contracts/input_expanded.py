"""An input was a container."""

from typing import ClassVar

from pydantic import AwareDatetime, Field

from contracts.message import Message
from contracts.outcomes import Outcome


class InputExpanded(Message):
    """An input ended as `children` inputs, `<input_id>#1` to `<input_id>#<children>`, each with its own end."""

    subject: ClassVar[str] = "wireroom.input.expanded"
    outcome: ClassVar[Outcome] = Outcome.EXPANDED

    source_uri: str
    received_at: AwareDatetime
    children: int = Field(ge=0)
