"""An article's headline: what the document claims, without the site's name, or the line above the prose."""

import html
from collections.abc import Iterable, Sequence

from contracts.document import Claim
from contracts.extraction import Title
from services.extract.core.metadata.claims import TITLE_RANKS, ranked
from services.extract.core.metadata.sheet import Passage
from services.extract.core.metadata.sites import (
    HEADINGS,
    MOST_NAME_WORDS,
    is_site,
    says_nothing,
    squeezed,
    without_site,
)

_LONGEST = 500
# What a page shows for its headline.
_SHOWN = frozenset(("html-h1", "html", "html-emphasis"))
_KICKER_ENDS = frozenset(":-\u2013\u2014|/")
_MOST_KICKER_WORDS = 4


def claimed_title(claims: Sequence[Claim]) -> str | None:
    """Find the headline that a document claims for itself, without its publisher's name; None where it claims none."""
    titles = ranked(claims, "title", TITLE_RANKS)
    sites = [claim for claim in titles if is_site(claim, claims)]
    told = [claim for claim in titles if claim not in sites and not says_nothing(claim.value)]
    candidates = [claim for claim in told if claim.origin != "html-heading" or _echoed(claim, told)] or titles
    claims = [*claims, *(Claim(field="publisher", value=site.value, origin=site.origin) for site in sites)]
    # A page's first heading may be its section's or its site's: it is the article's where another claim agrees.
    sure = [claim for claim in candidates if not _is_heading(claim) or _agreed(claim, candidates)]
    found = [title for claim in sure or candidates if (title := _bare(claim, claims, candidates))]
    return _without_kicker(_shown(claims, candidates) or found[0], found) if found else None


def _bare(claim: Claim, claims: Sequence[Claim], candidates: Sequence[Claim]) -> str:
    """The title of a claim, without the site's name."""
    of_page = claim.origin == "html-title"
    return without_site(_plain(claim.value), claims, _others(claim, candidates), of_page=of_page)


def _echoed(heading: Claim, told: Sequence[Claim]) -> bool:
    """Whether a lower heading is the headline: it stands in what else is claimed, or nothing else is."""
    others = [squeezed(claim.value) for claim in told if claim.origin != "html-heading"]
    return not others or any(squeezed(heading.value) in other for other in others)


def _shown(claims: Sequence[Claim], candidates: Sequence[Claim]) -> str | None:
    """The visible heading where networks are given the same: what is written for search engines may differ."""
    titles = {
        origin: _bare(claim, claims, candidates)
        for origin in ("opengraph", "html-h1")
        for claim in candidates
        if claim.origin == origin
    }
    heading = titles.get("html-h1")
    return heading if heading and squeezed(heading) == squeezed(titles.get("opengraph", "")) else None


def _without_kicker(title: str, found: Iterable[str]) -> str:
    """The headline alone, where it has a word or two above it that another claim leaves away."""
    for other in found:
        before = title.removesuffix(other)
        if before != title and len(other) >= len(before) and _is_kicker(before):
            return other
    return title


def _is_kicker(before: str) -> bool:
    """Whether a label of a few words ends there, and no clause that the headline goes on from."""
    label = before.rstrip()
    return label[-1:] in _KICKER_ENDS and len(label.split()) <= _MOST_KICKER_WORDS


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
    return claim.origin in HEADINGS


def _agreed(heading: Claim, candidates: Sequence[Claim]) -> bool:
    wanted = squeezed(heading.value)
    alone = sum(claim.origin in _SHOWN for claim in candidates) == 1
    told = [claim for claim in candidates if not _is_heading(claim) and not (alone and _may_be_site(claim, heading))]
    others = [squeezed(claim.value) for claim in told]
    return not others or any(wanted in other or (other and other in wanted) for other in others)


def _may_be_site(claim: Claim, heading: Claim) -> bool:
    """Whether a page's title may be its site's alone: a few words, beside the longer ones of its only heading."""
    words = len(claim.value.split())
    return claim.origin in {"html-title", "meta"} and words <= MOST_NAME_WORDS and words < len(heading.value.split())
