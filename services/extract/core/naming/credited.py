"""News agencies that a credit names: photo Zorbstone; the end of what is told, / zts-zorbter."""

import re
from collections.abc import Iterator

from contracts.extraction import EntityType
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.naming.found import Found

_NAME = r"[^\W\d_]+(?:\s[A-ZÀ-Ý]\w+)?"
_OF_A_PICTURE = re.compile(rf"\b[Pp]hotos?\s?:?\s({_NAME})")
_AT_THE_END = re.compile(
    r"(?:(?<=/)|(?<=/\s)|(?<=\()|(?<=[.!?»]\s))([^\W\d_]{2,12})(?:\.?[-–—/]{1,2}([^\W\d_]{2,12}))?\.?\)?\.?\s*(?=\n|$)"
)


def credited_agencies(text: str, start: int, end: int) -> Iterator[Found]:
    """The agencies that are credited in `text[start:end]` for a picture, or for what ends there."""
    for credit in _OF_A_PICTURE.finditer(text, start, end):
        word = credit[1].split()[0]
        if agencies_in(credit[1]):
            yield Found(*credit.span(1), EntityType.ORGANISATION)
        elif agencies_in(word):
            yield Found(credit.start(1), credit.start(1) + len(word), EntityType.ORGANISATION)
    for credit in _AT_THE_END.finditer(text, start, end):
        groups = [group for group in (1, 2) if credit[group]]
        if all(agencies_in(credit[group].upper()) or agencies_in(credit[group]) for group in groups):
            for group in groups:
                yield Found(*credit.span(group), EntityType.ORGANISATION)
