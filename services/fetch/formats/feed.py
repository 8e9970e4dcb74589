"""Feeds as files: RSS of all ages, RDF, Atom and CDF, however ill-formed; feedparser reads them."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.document import Read, Rejected, Source
from services.fetch.formats.entry import Entry, as_html, members

MOST = 20  # authors, and tags


def read(source: Source) -> Read:
    """The entries, in the feed's order; one that only links to its page has no text."""
    feed = parsed(source.data, url=source.url, charset=source.charset)
    if not feed.version and not feed.entries:
        return Rejected(RejectReason.UNREADABLE, "no feed is found in it")
    if not feed.entries:
        return Rejected(RejectReason.NO_TEXT, "the feed has no entries")
    return members(entries_of(feed))


def parsed(data: bytes, *, url: str | None = None, charset: str | None = None) -> Any:
    """The feed as feedparser has it; it is given a file, for a string it may take for an address and go there."""
    told = {"content-location": url or ""}
    if charset is not None:
        told["content-type"] = f"application/xml; charset={charset}"
    return feedparser.parse(BytesIO(data), response_headers=told, sanitize_html=False)


def entries_of(feed: Any) -> Iterator[Entry]:
    """Each entry with what the feed says of it."""
    channel = _plainly(feed.feed)
    for raw in feed.entries:
        entry = _plainly(raw)
        language = language_tag(_language(entry) or channel.get("language"))
        yield Entry(
            identifier=_text(entry.get("id")),
            link=_text(entry.get("link")),
            title=" ".join((_text(entry.get("title")) or "").split()),
            texts=tuple(_texts(entry)),
            language=language,
            claims=tuple(_claims(entry, channel, language, str(feed.version or ""))),
        )


def _plainly(found: Mapping[str, Any]) -> dict[str, Any]:
    """Only what is really there: asked for a date of change, the library would give that of publication."""
    return dict(found.items())


def _texts(entry: dict[str, Any]) -> Iterator[str]:
    for content in [*entry.get("content", []), entry.get("summary_detail") or {}]:
        value = _text(content.get("value")) or ""
        yield as_html(value) if content.get("type") == "text/plain" and "<" not in value else value


def _claims(
    entry: dict[str, Any], channel: dict[str, Any], language: str | None, version: str
) -> Iterator[Claim | None]:
    yield claim("title", entry.get("title"), "feed")
    for author in _authors(entry)[:MOST]:
        yield claim("author", author, "feed")
    published, updated = entry.get("published"), entry.get("updated")
    if published is None and not version.startswith("atom"):  # Dublin Core's date, the only one that an older feed has
        published, updated = updated, None
    yield claim("published", published, "feed")
    yield claim("modified", updated, "feed")
    origin = entry.get("source")
    of_origin = origin.get("title") if isinstance(origin, Mapping) else None
    yield claim("publisher", of_origin or channel.get("title"), "feed")
    yield claim("language", language, "feed")
    for tag in entry.get("tags", [])[:MOST]:
        yield claim("section", tag.get("label") or tag.get("term"), "feed")


def _authors(entry: dict[str, Any]) -> list[Any]:
    named = [author.get("name") for author in entry.get("authors", []) if author.get("name")]
    return named or [entry.get("author")]


def _language(entry: dict[str, Any]) -> str | None:
    details = [*entry.get("content", []), entry.get("summary_detail"), entry.get("title_detail")]
    return next((detail.get("language") for detail in details if detail and detail.get("language")), None)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value.strip() else None
