"""What a feed announces, in the form in which it is remembered and asked for; and what of it is new."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from contracts.document import Claim
from services.fetch.core.feeds.entry import Sitemap

MEDIA_TYPE = "application/atom+xml;type=entry"  # of an original: see `document`


@dataclass(frozen=True)
class Announced:
    """An entry on its way to become an input: the page at `url` is to be asked for, or `original` is it, whole.

    It was seen before if one of its `marks` was; all of them are remembered.
    """

    url: str
    marks: tuple[bytes, ...]
    original: bytes | None = None
    claims: tuple[Claim, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class Reading:
    """What one reading of a feed comes to: what it announces, and what is to be remembered of its rhythm.

    A feed that was `cut` may have ended in the middle of an entry, its last: that is `half`, until it comes again.
    """

    title: str = ""
    announced: tuple[Announced, ...] = ()
    sitemaps: tuple[Sitemap, ...] = ()
    gap_seconds: float | None = None
    latest: datetime | None = None
    ttl_seconds: float | None = None
    cut: bool = False
    half: Announced | None = None


def new_entries(found: Iterable[Announced], seen: Collection[bytes]) -> list[Announced]:
    """Those of which no mark is in `seen`, nor was in one before them: each once, the oldest first.

    Where not all of them say when they came, they come in the order that feeds have, which is the latest first.
    """
    known: set[bytes] = set()
    new = []
    for one in found:
        if not any(mark in seen or mark in known for mark in one.marks):
            new.append(one)
        known.update(one.marks)
    new.reverse()
    dated = [(one.at, number) for number, one in enumerate(new) if one.at is not None]
    return [new[number] for _, number in sorted(dated)] if len(dated) == len(new) else new
