"""An article's headline: what the document claims, without the site's name, or the line above the prose."""

import html
import re
from collections.abc import Iterable, Sequence

from contracts.document import Claim
from contracts.extraction import Title
from services.extract.core.metadata.body import Passage
from services.extract.core.metadata.claims import TITLE_RANKS, ranked

_SEPARATED = re.compile(r"\s+(?:[|\u2013\u2014·•»:-]|::|//)\s+|\s+[|»]\s*|\s*[|]\s+")
_QUOTED = re.compile(r"«([^«»]*)»")
_CLOSING = "\x00"  # holds the place of a mark that closes a quotation: such a one separates nothing
_DOMAIN = re.compile(r"(?:https?://)?(?:[\w-]{1,60}\.){1,4}[a-z]{2,12}/?", re.IGNORECASE)
_LONGEST = 500
_KICKER_ENDS = frozenset(":-\u2013\u2014|/")


def claimed_title(claims: Sequence[Claim]) -> str | None:
    """Find the headline that a document claims for itself, without its publisher's name; None where it claims none."""
    titles = ranked(claims, "title", TITLE_RANKS)
    sites = [claim for claim in titles if _is_site(claim, claims)]
    candidates = [claim for claim in titles if claim not in sites]
    claims = [*claims, *(Claim(field="publisher", value=site.value, origin=site.origin) for site in sites)]
    # A page's first heading may be its section's or its site's: it is the article's where another claim agrees.
    sure = [claim for claim in candidates if not _is_heading(claim) or _agreed(claim, candidates)]
    found = [
        title
        for claim in sure or candidates
        if (title := _without_site(_plain(claim.value), claims, _others(claim, candidates)))
    ]
    return _without_kicker(_shown(claims, candidates) or found[0], found) if found else None


def _shown(claims: Sequence[Claim], candidates: Sequence[Claim]) -> str | None:
    """The visible heading where networks are given the same: what is written for search engines may differ."""
    titles = {
        origin: _without_site(_plain(claim.value), claims, _others(claim, candidates))
        for origin in ("opengraph", "html-h1")
        for claim in candidates
        if claim.origin == origin
    }
    heading = titles.get("html-h1")
    return heading if heading and _squeezed(heading) == _squeezed(titles.get("opengraph", "")) else None


def _without_kicker(title: str, found: Iterable[str]) -> str:
    """The headline alone, where it has a word or two above it that another claim leaves away."""
    for other in found:
        before = title.removesuffix(other)
        if before != title and before.strip() and len(other) >= len(before) and before.rstrip()[-1] in _KICKER_ENDS:
            return other
    return title


def _is_site(claim: Claim, claims: Iterable[Claim]) -> bool:
    """Whether a heading is the site's: the last of several pieces of the page's title, as sites sign them."""
    if not _is_heading(claim):
        return False
    heading = _squeezed(claim.value)
    titles = [_plain(other.value) for other in claims if other.field == "title" and other.origin == "html-title"]
    tails = [title[pieces[-1].end() :] for title in titles if (pieces := _separators(title))]
    return any(heading == _squeezed(tail) for tail in tails)


def _others(claim: Claim, candidates: Iterable[Claim]) -> list[str]:
    return [_plain(other.value) for other in candidates if other is not claim]


def title(text: str, passages: Iterable[Passage], claimed: str | None) -> Title | None:
    """Give the headline, with its place in `text` where it stands there; None where there is none."""
    for passage in passages:
        if passage.kind == "title":
            return Title(text=text[passage.start : passage.end], start=passage.start, end=passage.end)
    return Title(text=claimed) if claimed else None


def _plain(value: str) -> str:
    return " ".join(html.unescape(value).split())[:_LONGEST]


def _is_heading(claim: Claim) -> bool:
    return claim.origin in {"html-h1", "html"}


def _agreed(heading: Claim, candidates: Iterable[Claim]) -> bool:
    wanted = _squeezed(heading.value)
    others = [_squeezed(claim.value) for claim in candidates if not _is_heading(claim)]
    return not others or any(wanted in other or (other and other in wanted) for other in others)


def _without_site(title: str, claims: Iterable[Claim], others: Iterable[str]) -> str:
    pieces = _separators(title)
    if not pieces:
        return title
    sites = {_squeezed(claim.value) for claim in claims if claim.field == "publisher"}
    hosts = [_squeezed(claim.value.partition("//")[2].partition("/")[0]) for claim in claims if claim.field == "url"]
    for piece in pieces:
        # The same headline without the tail in another claim tells that the tail is none of it.
        if any(_squeezed(title[: piece.start()]) == _squeezed(other) for other in others):
            return title[: piece.start()]
    first, last = title[: pieces[0].start()], title[pieces[-1].end() :]
    if _names_site(last, sites, hosts):
        return _without_site(title[: pieces[-1].start()], claims, ())
    return title[pieces[0].end() :] if _names_site(first, sites, hosts) else title


def _separators(title: str) -> list[re.Match[str]]:
    """What stands between the pieces of a title; a guillemet that closes what another has opened is none."""
    return list(_SEPARATED.finditer(_QUOTED.sub(rf"«\1{_CLOSING}", title)))


def _names_site(piece: str, sites: Iterable[str], hosts: Iterable[str]) -> bool:
    squeezed = _squeezed(piece)
    if not squeezed or _DOMAIN.fullmatch(piece):
        return True
    return squeezed in sites or (len(squeezed) >= 4 and any(squeezed in host for host in hosts))


def _squeezed(name: str) -> str:
    return "".join(filter(str.isalnum, name.casefold())).removeprefix("www")
