"""What a feed says, in whichever of its formats: its entries, and how often it wants to be asked."""

from dataclasses import dataclass
from datetime import datetime

from contracts.document import Claim


@dataclass(frozen=True)
class Entry:
    """One thing that a feed announces; `identifier` is what the feed calls it, `at` when it says that it came.

    `content` is what the feed gives as the article's own text, `summary` what it says about the article. Both are as
    they stood: `content_type` tells whether there is markup in them. `full` says that what is here is the whole.
    `refused` is what it has for a link, where that leads to nothing of the web.
    """

    identifier: str = ""
    link: str | None = None
    refused: str = ""
    title: str = ""
    at: datetime | None = None
    content: str = ""
    content_type: str = "text/html"
    summary: str = ""
    summary_type: str = "text/html"
    claims: tuple[Claim, ...] = ()
    full: bool = False


@dataclass(frozen=True)
class Sitemap:
    """A sitemap that a sitemap index names, and when it last changed by the index's own word."""

    url: str
    changed: str = ""


@dataclass(frozen=True)
class Feed:
    """A feed as it stands; `home` is the page that it belongs to, `ttl_seconds` how long it asks to be left alone.

    `cut` says that the document ends before its end: its last entry may be half of one. `sitemaps` are those of an
    index, which has no entries of its own.
    """

    title: str = ""
    home: str | None = None
    entries: tuple[Entry, ...] = ()
    ttl_seconds: float | None = None
    cut: bool = False
    sitemaps: tuple[Sitemap, ...] = ()


@dataclass(frozen=True)
class NotAFeed:
    """Something else came than a feed; `detail` says what, for people."""

    detail: str
