"""What an article says of itself: headline, byline, publisher, date, and which of its text is its own prose."""

from dataclasses import dataclass, field

from contracts.document import Document
from contracts.extraction import MadeBy, Name, Published, Removed, Title
from contracts.language import Language
from contracts.value import Span


@dataclass(frozen=True)
class Metadata:
    """The fields of `Extraction` that are read from claims and layout; `vars(metadata)` spreads into it."""

    title: Title | None = None
    byline: tuple[Name, ...] = ()
    publisher: Name | None = None
    credits: tuple[Name, ...] = ()
    url: str | None = None
    published: Published | None = None
    body: tuple[Span, ...] = ()
    removed: tuple[Removed, ...] = ()
    headings: tuple[Span, ...] = ()
    made_by: dict[str, MadeBy] = field(default_factory=dict)


def read_metadata(document: Document, language: Language) -> Metadata:  # noqa: ARG001
    """Metadata of a document; what neither its claims nor its text say stays empty."""
    text = document.text
    whole = Span(start=len(text) - len(text.lstrip()), end=len(text.rstrip()))
    return Metadata(url=document.url, body=(whole,) if whole.end > whole.start else ())
