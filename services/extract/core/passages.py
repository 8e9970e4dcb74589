"""The passages of a document that are read for names, each by the recogniser of its own language."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from contracts.language import Language
from contracts.value import Span
from services.extract.core.found import Recogniser
from services.extract.core.paragraphs import paragraphs


class Passage(NamedTuple):
    """A paragraph, and who reads it for names (nobody, where its language has no recogniser)."""

    start: int
    end: int
    recognise: Recogniser | None


def passages(
    text: str, spans: Iterable[Span], language: Language, recognisers: Mapping[str, Recogniser]
) -> tuple[Passage, ...]:
    """The paragraphs of these spans in reading order."""
    own = recognisers.get(language.primary())
    return tuple(
        Passage(start, end, recognisers.get(foreign) if (foreign := _foreign(start, end, language)) else own)
        for start, end in paragraphs(text, tuple(spans))
    )


def _foreign(start: int, end: int, language: Language) -> str | None:
    """The other language (primary subtag) in which most of a passage is written."""
    for span in language.spans:
        if 2 * (min(end, span.end) - max(start, span.start)) > end - start:
            tag = span.tag.partition("-")[0].lower()
            return tag if tag != language.primary() else None
    return None
