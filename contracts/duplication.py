"""The section that dedup writes: whether this text was here before, and how that is known."""

from enum import StrEnum
from typing import Literal

from pydantic import Field

from contracts.identity import ArticleId
from contracts.value import Confidence, OrNewer, Span, Value


class Method(StrEnum):
    """How two articles were found to be the same, strictest first."""

    SAME_ARTICLE = "same_article"  # the same bytes at the same place
    SAME_BYTES = "same_bytes"
    SAME_TEXT = "same_text"  # after folding white space and typography
    NEAR_DUPLICATE = "near_duplicate"


class Shared(Value):
    """Another article that holds some of the same text."""

    article_id: ArticleId
    method: OrNewer[Method]
    similarity: Confidence
    spans: tuple[Span, ...] = ()


class Duplication(Value):
    """The verdict on an article that goes on: it is new, or a new version."""

    verdict: Literal["original", "revision"]
    revision_of: ArticleId | None = None
    method: OrNewer[Method] | None = Field(default=None, description="How the earlier version was recognised.")
    similarity: Confidence | None = None
    threshold: Confidence | None = Field(default=None, description="The least similarity that counts.")
    shared: tuple[Shared, ...] = ()
    version: str = Field(default="1", description="Of the method; fingerprints of different versions do not compare.")


class Duplicate(Value):
    """The verdict on an article that was here before: of which, and how that is known."""

    verdict: Literal["duplicate"] = "duplicate"
    of: ArticleId
    method: OrNewer[Method]
    similarity: Confidence
    threshold: Confidence | None = None
    spans: tuple[Span, ...] = ()
    version: str = "1"
