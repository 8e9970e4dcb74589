"""The section that fetch writes: where a document came from, what it says of itself, and its text."""

from pydantic import AwareDatetime, Field

from contracts.identity import Sha256
from contracts.value import Offset, Value


class Claim(Value):
    """What a document says of itself; extract judges it, nobody believes it."""

    field: str = Field(description="title, author, published, modified, publisher, language, url, section, …")
    value: str
    origin: str = Field(description="jsonld, opengraph, meta, html, …")


class Part(Value):
    """Which of several articles in one original this is."""

    number: int = Field(ge=1)
    start: Offset
    end: Offset


class DocumentHead(Value):
    """A document without its text."""

    source_uri: str
    url: str | None = None
    sha256: Sha256 = Field(description="Of the original bytes: their name in the object store RAW.")
    media_type: str
    encoding: str | None = Field(default=None, description="How the original's bytes were read.")
    lossy: int = Field(default=0, ge=0, description="Characters that could not be decoded (U+FFFD in the text).")
    bytes: int = Field(ge=0)
    received_at: AwareDatetime
    part: Part | None = None
    claims: tuple[Claim, ...] = ()


class Document(DocumentHead):
    """A document as it was read. For plain text `text` is the decoded file without its BOM, nothing else changed."""

    text: str

    def head(self) -> DocumentHead:
        """The same document without its text."""
        return DocumentHead.model_construct(**{name: getattr(self, name) for name in DocumentHead.model_fields})
