"""The section that language writes: the document's language, and the passages in others."""

from pydantic import Field

from contracts.value import Confidence, Span, Value


class LanguageSpan(Span):
    """A passage in another language than the document's."""

    tag: str
    confidence: Confidence


class Language(Value):
    """The language of a document."""

    tag: str = Field(description="BCP 47; `und` where there is too little to tell.")
    script: str | None = Field(description="ISO 15924, of most letters; null where there are none.")
    confidence: Confidence
    spans: tuple[LanguageSpan, ...] = ()
    made_by: str | None = Field(
        default=None, description="Who told it from the letters of the text, with versions: eldc and whom it may ask."
    )

    def primary(self) -> str:
        """The primary subtag in lower case, as it stands in public subjects."""
        return self.tag.partition("-")[0].lower()
