"""The ground every section of a message stands on: a frozen value that later versions may only add to."""

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class Value(BaseModel):
    """A frozen value; fields it does not know (of a newer contract) are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore")


Offset = Annotated[int, Field(ge=0, description="Unicode code points into `document.text`.")]
Confidence = Annotated[float, Field(ge=0, le=1, description="0 (a guess) to 1 (certain).")]


class Span(Value):
    """A passage of `document.text`, end exclusive."""

    start: Offset
    end: Offset


class Mention(Span):
    """A passage and what stands there: `text[start:end] == surface`, always."""

    surface: str
