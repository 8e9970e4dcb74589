"""What each field of an article's metadata rests on: the claims that say it, or the line that does."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from contracts.document import Document
from services.extract.core.metadata.sheet import Passage
from services.extract.core.metadata.sites import squeezed

_CLAIMED_AS: Mapping[str, str] = MappingProxyType({"byline": "author", "credits": "author"})
_LONGEST_LINE = 160  # characters
_PROSE = "prose"


def grounds(
    document: Document, passages: Iterable[Passage], found: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, ...]]:
    """By field, for the values that were found: origin and name of each claim that holds one, else the lines."""
    lines = [passage for passage in passages if passage.kind != _PROSE]
    return {
        name: _claims(document, _CLAIMED_AS.get(name, name), values) or _lines(document, lines, values) or ("text",)
        for name, values in found.items()
        if values
    }


def _claims(document: Document, name: str, values: Sequence[str]) -> tuple[str, ...]:
    wanted = [squeezed(value) for value in values]
    told = (claim for claim in document.claims if claim.field == name)
    said = (f"{claim.origin} {name}" for claim in told if any(value in squeezed(claim.value) for value in wanted))
    fetched = ("fetched url",) if name == "url" and document.url in values else ()
    return tuple(dict.fromkeys((*said, *fetched)))


def _lines(document: Document, passages: Iterable[Passage], values: Sequence[str]) -> tuple[str, ...]:
    """The lines that name them, each once."""
    said = (document.text[passage.start : passage.end].strip() for passage in passages)
    return tuple(dict.fromkeys(line[:_LONGEST_LINE] for line in said if any(value in line for value in values)))
