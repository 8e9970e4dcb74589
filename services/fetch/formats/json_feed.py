"""JSON Feeds as files (jsonfeed.org, versions 1 and 1.1)."""

import json
from collections.abc import Iterator
from typing import Any

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import decode
from services.fetch.core.document import Read, Rejected, Source
from services.fetch.formats.entry import Entry, as_html, members

MOST = 20  # authors, and tags
Item = dict[str, Any]


def read(source: Source) -> Read:
    """The items, in the feed's order."""
    try:
        feed = json.loads(decode(source.data).text)
    except (ValueError, RecursionError) as error:
        return Rejected(RejectReason.UNREADABLE, f"it is no well-formed JSON: {error}")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Rejected(RejectReason.UNREADABLE, "it is no JSON Feed: it has no list called items")
    if not items:
        return Rejected(RejectReason.NO_TEXT, "the feed has no entries")
    return members(_entry(item if isinstance(item, dict) else {}, feed) for item in items)


def _entry(item: Item, feed: Item) -> Entry:
    language = language_tag(item.get("language") or feed.get("language"))
    plain = [as_html(text) for text in (_text(item, "content_text"), _text(item, "summary")) if text]
    return Entry(
        identifier=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=" ".join((_text(item, "title") or "").split()),
        texts=(*([html] if (html := _text(item, "content_html")) else []), *plain),
        language=language,
        claims=tuple(_claims(item, feed, language)),
    )


def _claims(item: Item, feed: Item, language: str | None) -> Iterator[Claim | None]:
    yield claim("title", item.get("title"), "feed")
    for author in (_authors(item) or _authors(feed))[:MOST]:
        yield claim("author", author.get("name"), "feed")
    yield claim("published", item.get("date_published"), "feed")
    yield claim("modified", item.get("date_modified"), "feed")
    yield claim("publisher", feed.get("title"), "feed")
    yield claim("language", language, "feed")
    tags = item.get("tags")
    for tag in tags[:MOST] if isinstance(tags, list) else []:
        yield claim("section", tag, "feed")


def _authors(item: Item) -> list[Item]:
    """Of version 1.1, or the one of version 1."""
    several = item.get("authors")
    named = several if isinstance(several, list) else [item.get("author")]
    return [author for author in named if isinstance(author, dict)]


def _text(item: Item, key: str) -> str | None:
    value = item.get(key)
    return value if isinstance(value, str) and value.strip() else None
