"""The ground every section of a message stands on: a frozen value that later versions may only add to."""

from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A frozen value; fields it does not know (of a newer contract) are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


K = TypeVar("K", bound=str)

# A member of a closed list, or a word that a newer Wireroom added to it: what we hear must never be lost over it.
OrNewer = Annotated[K | str, Field(union_mode="left_to_right")]

Offset = Annotated[int, Field(ge=0, description="Unicode code points into `document.text`.")]
Confidence = Annotated[float, Field(ge=0, le=1, description="0 (a guess) to 1 (certain).")]


class Span(Value):
    """A passage of `document.text`, end exclusive."""

    start: Offset
    end: Offset


class Mention(Span):
    """A passage and what stands there: `text[start:end] == surface`, always."""

    surface: str
