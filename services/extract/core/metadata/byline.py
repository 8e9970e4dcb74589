"""Who wrote, credited and published an article, and where it stands: from claims first, then from its own lines."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from urllib.parse import urlsplit

from contracts.document import Claim, Document
from contracts.extraction import Name
from services.extract.core.metadata.agencies import agencies_in
from services.extract.core.metadata.claims import NAME_RANKS, URL_RANKS, ranked
from services.extract.core.metadata.closing_lines import reported_by, stamped_by
from services.extract.core.metadata.date_lines import FILED_UNDER, issue_of, posted_by
from services.extract.core.metadata.furniture import source_named
from services.extract.core.metadata.house_lines import ISSUED_BY
from services.extract.core.metadata.press_titles import titled, titled_in_brackets
from services.extract.core.metadata.shapes import is_name
from services.extract.core.metadata.sheet import Passage
from services.extract.core.metadata.signatures import is_byline, names_in
from services.extract.core.metadata.sites import signed_by
from services.extract.core.metadata.small_print import desk_of

_CREDIT_IN_OPENING = re.compile(r"\(([^()]{2,40})\)\s{0,2}[-\u2013\u2014:]")
_CREDIT_AT_END = re.compile(
    r"\((?:[^()]{0,20}\b(?:avec|with|mit|con|com|via|source)\s?:?\s)?([^()]{2,60})\)\W{0,3}\Z", re.IGNORECASE
)
# Where a byline begins or ends in a line that gives the date too.
_BESIDE_DATE = re.compile(r"\s*[|•·,]\s*|\s[\u2013\u2014-]\s|\s(?=(?:par|by|von|por)\s)", re.IGNORECASE)
# © 2019-2024 The Morning Paper. All rights reserved.
_OWNER = re.compile(
    r"\W{0,3}(?:(?:copyright|\([cC]\)|©)\W{0,3}){1,2}(?:\d{4}\s?[-\u2013]?\s?){0,2}[\s,]*(?:by\s)?"
    r"(?P<name>[^\W\d_][^.,;|\d\n©]{1,60}?)\s*(?=[.,;|\d\u2013]|\s-|tous droits|all rights|\Z)",
    re.IGNORECASE,
)
# © RIPRODUZIONE RISERVATA names nobody
_RESERVED = re.compile(
    r"(?:riproduzione|reproduction|reproducción|reprodução|derechos|diritti|droits|rechte)\b", re.IGNORECASE
)
# جميع الحقوق محفوظة © …: whose rights they are stands behind the sign
_RIGHTS_BEFORE = re.compile(r"[^\d.!?©]{3,60}(?=©)")
_OPENING = 120
_MOST_NAMES = 20


def byline(claims: Sequence[Claim], text: str, passages: Sequence[Passage]) -> tuple[Name, ...]:
    """Name the authors, from the best claims or else from bylines and signatures; agencies are no authors."""
    reported = (reported_by(line) or "" for line in _lines(text, passages, "label"))
    lines = [*_lines(text, passages, "byline"), *_beside_dates(text, passages), *filter(None, reported)]
    stamped = (stamped_by(line) or "" for line in _lines(text, passages, "source_line"))
    written = [name for line in [*lines, *filter(is_name, stamped)] for name in names_in(line)]
    claimed = _claimed_authors(claims)
    hosts = {_host(claim.value) for claim in claims if claim.field == "url"}
    if all(name.casefold() in hosts for name in claimed) and (
        written or any(map(agencies_in, _signed(text, passages)))
    ):
        claimed = []  # who signs is told, and it is not the site
    return _distinct(claimed or written)


def _signed(text: str, passages: Sequence[Passage]) -> Iterator[str]:
    yield from _lines(text, passages, "byline")
    yield from _lines(text, passages, "source_line")


def _claimed_authors(claims: Sequence[Claim]) -> list[str]:
    """Take the authors of the best origin that names somebody besides the publisher; the publisher where none does."""
    sites = {claim.value.casefold() for claim in claims if claim.field == "publisher"}
    sites.add((signed_by(claims) or "").casefold())
    by_origin: dict[str, list[str]] = {}
    for claim in ranked(claims, "author", NAME_RANKS):
        by_origin.setdefault(claim.origin, []).extend(names_in(claim.value, claimed=True))
    spelt = {_letters(name): name for names in by_origin.values() for name in names if " " in name}
    named = [[_spelt_out(name, spelt) for name in names] for names in by_origin.values()]
    persons = ([name for name in names if name.casefold() not in sites] for names in named)
    return next(filter(None, persons), next(filter(None, named), []))


def _host(address: str) -> str:
    """The host of an address, as sites sign with it where nobody does: zorb-news.example."""
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _letters(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold()))


def _spelt_out(name: str, spelt: Mapping[str, str]) -> str:
    """The name that another claim spells out, where one is an account's: jane.doe, and Jane Doe."""
    return spelt.get(_letters(name), name) if " " not in name else name


def credits_of(claims: Iterable[Claim], text: str, passages: Sequence[Passage]) -> tuple[Name, ...]:
    """Agencies that a byline, a caption, a source line, or the opening or end of the prose names."""
    lines = [claim.value for claim in claims if claim.field == "author"]
    for kind in ("byline", "source_line", "caption"):
        lines += (
            (line.partition(":")[2] or line.strip("()[] .")) if kind == "source_line" else line[-160:]
            for line in _lines(text, passages, kind)
        )
    prose = [passage for passage in passages if passage.kind == "prose"]
    if prose:
        lines += _CREDIT_IN_OPENING.findall(text, prose[0].start, min(prose[0].end, prose[0].start + _OPENING))
        lines += _CREDIT_AT_END.findall(text[max(prose[-1].start, prose[-1].end - _OPENING) : prose[-1].end])
    return _distinct(agency for line in lines for agency in agencies_in(line))


def publisher(claims: Sequence[Claim], text: str, passages: Sequence[Passage]) -> Name | None:
    """Who published the article, as claimed, or as its page's title, source line or copyright notice says."""
    if name := _agreed([" ".join(claim.value.split()) for claim in ranked(claims, "publisher", NAME_RANKS)]):
        return Name(name=name)
    if name := signed_by(claims):
        return Name(name=name)
    for kind, named in _NAMING.items():
        for line in _lines(text, passages, kind):
            if name := named(line):
                return Name(name=name)
    return None


def _source(line: str) -> str | None:
    named = source_named(line) or _site_stamped(line) or titled_in_brackets(line) or desk_of(line) or titled(line)
    return named if named and "://" not in named else None


def _issuer(line: str) -> str | None:
    issued = ISSUED_BY.fullmatch(line)
    return issued["name"].strip() if issued else None


def _owner(line: str) -> str | None:
    """Whose the rights are, where that is no agency."""
    before = _RIGHTS_BEFORE.match(line)
    owner = _OWNER.match(line, before.end() if before else 0)
    named = owner is not None and not agencies_in(owner["name"]) and not _RESERVED.match(owner["name"])
    return owner["name"].strip() if owner and named else None


# What names the publisher in a line of each kind; the first of them that does is believed.
_NAMING = MappingProxyType({"source_line": _source, "date_line": issue_of, "contact": _issuer, "copyright": _owner})


def _site_stamped(line: str) -> str | None:
    """Whoever published a weblog's entry, where that is no person."""
    name = stamped_by(line)
    return None if name and is_name(name) else name


def _agreed(names: Sequence[str]) -> str | None:
    """The first name claimed, or another one that two claims have against it; of an account its name without the @."""
    several = (name for name in names if sum(name == other for other in names) > 1)
    best = next(several, names[0]) if names else ""
    return best.removeprefix("@") or None


def url(document: Document) -> str | None:
    """Give the address that the document claims as its own, or that it was fetched from."""
    for claim in ranked(document.claims, "url", URL_RANKS):
        if claim.value.startswith(("http://", "https://")):
            return claim.value
    return document.url


def _beside_dates(text: str, passages: Iterable[Passage]) -> Iterator[str]:
    for line in _lines(text, passages, "date_line"):
        if name := posted_by(line):
            yield name
            continue
        for piece in _BESIDE_DATE.split(FILED_UNDER.sub("", line)):
            if is_byline(piece):
                yield piece


def _lines(text: str, passages: Iterable[Passage], kind: str) -> Iterator[str]:
    return (text[passage.start : passage.end] for passage in passages if passage.kind == kind)


def _distinct(names: Iterable[str]) -> tuple[Name, ...]:
    return tuple(Name(name=name) for name in list(dict.fromkeys(names))[:_MOST_NAMES])
