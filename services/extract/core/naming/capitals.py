"""Names in the capitals of headings and signatures: PAUL DURAND, G. DURAND; a town above a table."""

import re
from collections.abc import Container, Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found, IsPlace
from services.extract.core.words import fold

_CAPITALS = r"[^\W\d_a-zà-ÿ]"
_SIGNED = re.compile(
    rf"(?<![\w'’.-])(?<!{_CAPITALS}{{2}}\s)(?P<given>{_CAPITALS}{{3,}}(?:-{_CAPITALS}{{3,}})?)\s"
    rf"(?:(?:DE|DU|VON|VAN)\s)?(?P<last>{_CAPITALS}{{3,}}(?:-{_CAPITALS}{{3,}})?)(?![\w'’-])(?!\s{_CAPITALS}{{2}})"
)
_HEADING = re.compile(rf"(?<![\w'’-]){_CAPITALS}{{4,}}(?:-{_CAPITALS}{{3,}})?(?![\w'’-])")
# What closes an article, or opens a dispatch, and is nobody's but whose who wrote it: … sans lendemain. Z. B.
_INITIALS = rf"{_CAPITALS}\.\s?(?:-?{_CAPITALS}\.\s?)?{_CAPITALS}\."
_INITIALLED = re.compile(
    rf"(?:(?<=[.!?»]\s)|(?<=[.!?»]\s\()|(?<=\n)|(?<=\n\())({_INITIALS})(?=\)?[.\s]*(?:\n|$))|[–—]\s\(({_INITIALS})\)\s?[-–—]"
)
_JOINED = re.compile(rf"(?<![\w'’-]){_CAPITALS}{{4,}}(?:-{_CAPITALS}{{4,}}){{2,4}}(?![\w'’-])")
_CITY = 20_000  # inhabitants: of a name in capitals


def in_capitals(text: str, start: int, end: int, given: Container[str], is_place: IsPlace) -> Iterator[Found]:
    """The persons in `text[start:end]` whose given and last names alone are in capitals there."""
    for signed in _SIGNED.finditer(text, start, end):
        if fold(signed["given"]).split()[0] in given and not is_place(signed.group()):
            yield Found(*signed.span(), EntityType.PERSON)


def joined_in_capitals(text: str, start: int, end: int, is_place: IsPlace) -> Iterator[Found]:
    """The places in capitals that hyphens join in `text[start:end]`: the ends of a way, ZARBIN-ZALMIRA-ZORB."""
    for chain in _JOINED.finditer(text, start, end):
        parts = list(re.finditer(r"[^-]+", chain.group()))
        known = [part for part in parts if is_place(part.group(), 0)]
        if 1 < len(known) >= len(parts) - 1 and not is_place(chain.group(), 0):
            yield from (
                Found(chain.start() + one.start(), chain.start() + one.end(), EntityType.PLACE) for one in known
            )


def signatures(text: str, start: int, end: int) -> Iterator[Found]:
    """Who has signed by initials what ends or is told in `text[start:end]`, with the full stops of these."""
    for signed in _INITIALLED.finditer(text, start, end):
        yield Found(*signed.span(signed.lastindex or 1), EntityType.PERSON)


def is_signature(text: str, start: int, end: int) -> bool:
    """Whether these initials sign what stands before them."""
    signed = _INITIALLED.search(text, max(0, start - 3), min(len(text), end + 8))
    return signed is not None and signed.span(signed.lastindex or 1) == (start, end)


def above_tables(text: str, start: int, end: int, is_place: IsPlace) -> Iterator[Found]:
    """The cities in capitals among the figures of a table: where these are from."""
    for heading in _HEADING.finditer(text, start, end):
        if is_place(heading.group(), _CITY):
            yield Found(*heading.span(), EntityType.PLACE)
