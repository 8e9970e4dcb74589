"""What an article says of itself: headline, byline, publisher, date, and which of its text is its own prose."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from contracts.document import Document
from contracts.extraction import MadeBy, Name, Published, Removed, Title
from contracts.language import Language
from contracts.value import Span
from services.extract.core.calendar_names import calendar_names
from services.extract.core.metadata import byline as people
from services.extract.core.metadata.body import sort_out
from services.extract.core.metadata.grounds import grounds
from services.extract.core.metadata.published import published
from services.extract.core.metadata.sheet import Passage, body_spans, removed_spans
from services.extract.core.metadata.title import claimed_title, title
from services.extract.core.versions import VERSIONS


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


def read_metadata(document: Document, language: Language, quoted: Sequence[Span] = ()) -> Metadata:
    """Metadata of a document; what neither its claims nor its text say stays empty.

    Who wrote one of the `quoted` works within it, which are in order, did not write it.
    The headline stands neither in the body nor among what was removed: it is a field of its own.
    """
    text, claims = document.text, document.claims
    names = calendar_names(language.tag)
    claimed = claimed_title(claims)
    sheet = sort_out(text, names, claimed)
    found = Metadata(
        title=title(text, sheet.passages, claimed),
        byline=people.byline(claims, text, _outside(sheet.passages, quoted)),
        publisher=people.publisher(claims, text, sheet.passages),
        credits=people.credits_of(claims, text, sheet.passages),
        url=(address := people.url(document)),
        published=published(claims, text, sheet.date_lines, names, received_at=document.received_at, address=address),
        body=body_spans(sheet.passages),
        removed=removed_spans(sheet.passages),
        headings=tuple(Span(start=passage.start, end=passage.end) for passage in sheet.of_kind("heading")),
    )
    return replace(found, made_by=_made_by(document, found, _grounds(document, found, sheet.passages)))


def _outside(passages: Sequence[Passage], spans: Sequence[Span]) -> list[Passage]:
    """The passages that lie in none of the spans, which are in order."""
    starts = [span.start for span in spans]
    before = (bisect_right(starts, passage.start) for passage in passages)
    return [each for each, at in zip(passages, before, strict=True) if not at or each.end > spans[at - 1].end]


def _grounds(document: Document, found: Metadata, passages: Sequence[Passage]) -> dict[str, tuple[str, ...]]:
    """What the fields rest on whose items have no place of their own to say it."""
    values = {
        "title": [found.title.text] if found.title else [],
        "byline": [name.name for name in found.byline],
        "publisher": [found.publisher.name] if found.publisher else [],
        "credits": [name.name for name in found.credits],
        "url": [found.url] if found.url else [],
    }
    return grounds(document, passages, values)


def _made_by(document: Document, found: Metadata, rests_on: Mapping[str, tuple[str, ...]]) -> dict[str, MadeBy]:
    """Tell which extractor made each field: claims where the document makes any of it, else the text's layout."""
    claimed = {claim.field for claim in document.claims}
    made = {
        "title": ("title" in claimed, 0.9 if found.title else 1.0),
        "byline": ("author" in claimed, 0.85),
        "publisher": ("publisher" in claimed, 0.9),
        "credits": (False, 0.8),
        "url": ("url" in claimed, 0.95),
        "published": ("published" in claimed, found.published.confidence if found.published else 1.0),
        "body": (False, 0.9),
        "removed": (False, 0.9),
        "headings": (False, 0.8),
    }
    return {
        name: MadeBy(
            extractor="claims" if by_claim else "layout",
            version=VERSIONS[name],
            confidence=confidence,
            evidence=rests_on.get(name, ()),
        )
        for name, (by_claim, confidence) in made.items()
    }
