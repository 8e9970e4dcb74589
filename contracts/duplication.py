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
    CONTAINED = "contained"  # all of it stands in the other one; a duplicate where that is at most three times as long
    CONTAINS = "contains"  # all of the other one stands in it, and it has much of its own
    SHARED_PASSAGE = "shared_passage"  # each has much of its own


class Shared(Value):
    """An earlier article that holds some of the same text; a share of 1 says that one text stands in the other."""

    article_id: ArticleId
    method: OrNewer[Method]
    similarity: Confidence = Field(description="The larger of the two shares.")
    spans: tuple[Span, ...] = Field(default=(), description="Where that stands in this text.")
    their_spans: tuple[Span, ...] = Field(
        default=(), description="Where it stands in the other; empty where not known."
    )
    share: Confidence | None = Field(default=None, description="Of this text, what stands in the other.")
    their_share: Confidence | None = Field(default=None, description="Of the other, what stands in this one.")


class Duplication(Value):
    """The verdict on an article that goes on: it is new, or a new version."""

    verdict: Literal["original", "revision"]
    revision_of: ArticleId | None = Field(
        default=None,
        description="The version before: what stood at the same `source_uri` (and part) and is similar by `threshold`.",
    )
    method: OrNewer[Method] | None = Field(default=None, description="How the earlier version was recognised.")
    similarity: Confidence | None = None
    threshold: Confidence | None = Field(default=None, description="The least similarity that counts.")
    shared: tuple[Shared, ...] = ()
    original: ArticleId | None = Field(
        default=None, description="The first seen of its versions and of their copies; itself where it is the first."
    )
    version: str = Field(default="1", description="Of the method: of its fingerprints, and after a dot of its rules.")


class Duplicate(Value):
    """The verdict on an article that was here before: of which, and how that is known."""

    verdict: Literal["duplicate"] = "duplicate"
    of: ArticleId
    method: OrNewer[Method]
    similarity: Confidence = Field(
        description="Of the shingles of both texts what they have in common; where that is less than a half, of the "
        "words of each what the other keeps (`near_duplicate`) or of this text what stands in the other (`contained`)."
    )
    threshold: Confidence | None = Field(default=None, description="The least of that which counts.")
    spans: tuple[Span, ...] = Field(default=(), description="What this text has in common with that article.")
    their_spans: tuple[Span, ...] = Field(default=(), description="Where it stands there; empty where not known.")
    original: ArticleId | None = Field(
        default=None, description="The first seen of that article's versions; `of` itself where it is the first."
    )
    version: str = "1"
