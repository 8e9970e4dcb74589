"""What the entries of a feed are on their way to inputs: what is to be asked for, and by what each is known again."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import quote

from services.fetch.core.feeds.document import entry_document
from services.fetch.core.feeds.entry import Entry, Feed, NotAFeed
from services.fetch.core.feeds.news import Announced, Reading
from services.fetch.core.feeds.parsing import parse
from services.fetch.core.feeds.polling import rhythm
from services.fetch.core.web.urls import Url
from services.fetch.core.web.urls import parse as parse_url

MARK_BYTES = 16
MAX_SHOWN_CHARACTERS = 500


def read(data: bytes, address: str, headers: Mapping[str, str]) -> Reading | NotAFeed:
    """What the feed at `address` has to say, or what else it is."""
    feed = parse(data, address, headers)
    if isinstance(feed, NotAFeed):
        return feed
    found = list(announced(feed, address))
    half = found.pop() if feed.cut and found else None
    times = [entry.at for entry in feed.entries if entry.at is not None]
    return Reading(
        title=feed.title,
        announced=tuple(found),
        sitemaps=feed.sitemaps,
        gap_seconds=rhythm(times),
        latest=max(times, default=None),
        ttl_seconds=feed.ttl_seconds,
        cut=feed.cut,
        half=half,
    )


def announced(feed: Feed, address: str) -> Iterator[Announced]:
    """What the feed at `address` announces, in its order; entries that lead nowhere and have no words are none.

    What a link is that leads to nothing of the web is asked for all the same: so it has an end, which says why.
    """
    shared = _shared(feed.entries)
    for entry in feed.entries:
        link = entry.link or (None if entry.full else entry.refused or None)
        if not entry.full and link is None:
            continue
        yield Announced(
            url=_place_of(link, whole=entry.full) if link is not None else _place_in(address, entry),
            marks=tuple(_marks(entry, feed.home, shared)),
            original=entry_document(entry) if entry.full else None,
            claims=entry.claims,
            at=entry.at,
        )


def _shared(entries: Collection[Entry]) -> frozenset[str]:
    """The names that several different entries bear: they tell none of them from another."""
    named = {(_name(entry), _print(entry)) for entry in entries}
    return frozenset(name for name, number in Counter(name for name, _ in named).items() if number > 1)


def _marks(entry: Entry, home: str | None, shared: Collection[str]) -> Iterator[bytes]:
    """By what it is known: its name, unless others bear it too; and what is to be seen of it, for names that change."""
    name = _name(entry)
    if name and name not in shared and (entry.identifier or entry.link != home):
        yield _mark("name", name)
    yield _mark("print", _print(entry))


def _name(entry: Entry) -> str:
    return entry.identifier or entry.link or ""


def _print(entry: Entry) -> str:
    at = entry.at.isoformat() if entry.at is not None else ""
    words = "" if entry.link is not None else entry.content or entry.summary
    return "\n".join((entry.link or entry.refused, entry.title, at, words))


def _mark(kind: str, text: str) -> bytes:
    return hashlib.sha256(f"{kind}\n{text}".encode("utf-8", "surrogatepass")).digest()[:MARK_BYTES]


def _place_of(link: str, *, whole: bool) -> str:
    """The link; in the form in which pages have their places, where its page is not asked for."""
    found = parse_url(link) if whole else None
    return str(found) if isinstance(found, Url) else link


def _place_in(address: str, entry: Entry) -> str:
    """Where an entry is that has no page of its own: in its feed, under its name or else its words' hash."""
    name = entry.identifier or hashlib.sha256(_print(entry).encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return f"{address.partition('#')[0]}#{quote(name, safe='')[:MAX_SHOWN_CHARACTERS]}"
