"""What every message carries, whatever it says: the input it is about, and the way it came."""

import re
from functools import cache
from typing import ClassVar, Literal

from pydantic import AwareDatetime, Field

from contracts.identity import InputId
from contracts.outcomes import Outcome
from contracts.value import OrNewer, Value


class Step(Value):
    """One service's part in the way of an input."""

    service: str
    version: str
    at: AwareDatetime = Field(description="When the service began, UTC.")
    seconds: float = Field(ge=0)
    attempts: int = Field(default=1, ge=1, description="This start included.")
    outcome: OrNewer[Outcome]
    reason: str | None = None


class Message(Value):
    """A fact about one input, in the past tense."""

    subject: ClassVar[str]
    outcome: ClassVar[Outcome]
    content_type: ClassVar[Literal["application/json"]] = "application/json"

    input_id: InputId
    trail: tuple[Step, ...] = ()

    @classmethod
    @cache
    def name(cls) -> str:
        """The class name in snake case: the second half of a message id, and the `ce-type`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def address(self) -> str:
        """The concrete subject to publish this message on."""
        return self.subject

    def ended(self) -> Outcome:
        """What saying this message makes of the delivery that led to it."""
        return self.outcome
