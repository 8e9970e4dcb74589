"""JSON Feed, versions 1 and 1.1, which feedparser does not read."""

import json
from collections.abc import Iterator
from typing import Any

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.feeds.dates import as_written, moment
from services.fetch.core.feeds.entry import Entry, Feed, NotAFeed
from services.fetch.core.feeds.links import absolute, refused
from services.fetch.core.feeds.syndication import MAX_AUTHORS, MAX_ENTRIES, MAX_SECTIONS, ORIGIN


def parse(data: bytes, url: str) -> Feed | NotAFeed:
    """The feed that `data` is, or what else it is."""
    try:
        found = json.loads(data.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        return NotAFeed("it begins like JSON and is none")
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list):
        return NotAFeed("it is JSON, but no JSON Feed: there is no list of items in it")
    of_all = [each for each in _of_all(found) if each is not None]
    home = absolute(found.get("home_page_url"), url)
    objects = (item if isinstance(item, dict) else {} for item in items[:MAX_ENTRIES])
    entries = (_entry(item, home or url, found, of_all) for item in objects)
    return Feed(title=_line(found.get("title")), home=home, entries=tuple(entries))


def _entry(item: dict[str, Any], base: str, feed: dict[str, Any], of_all: list[Claim]) -> Entry:
    identifier = item.get("id")
    link = absolute(item.get("url"), base) or absolute(item.get("external_url"), base)
    if link is None and isinstance(identifier, str):  # ids are meant to be addresses
        link = absolute(identifier)
    other = refused(base, item.get("url"), item.get("external_url")) if link is None else ""
    markup, plain = _text(item.get("content_html")), _text(item.get("content_text"))
    published, modified = _text(item.get("date_published")), _text(item.get("date_modified"))
    found = [
        claim("title", _line(item.get("title")), ORIGIN),
        *(claim("author", name, ORIGIN) for name in _authors(item) or _authors(feed)),
        claim("published", as_written(published), ORIGIN),
        claim("modified", as_written(modified), ORIGIN),
        claim("url", link, ORIGIN),
        claim("refused_link", other, ORIGIN),
        claim("language", language_tag(item.get("language")), ORIGIN),
        *(claim("section", _line(tag), ORIGIN) for tag in _list(item.get("tags"))[:MAX_SECTIONS]),
    ]
    claims = [each for each in found if each is not None]
    own = {each.field for each in claims}
    return Entry(
        identifier=str(identifier) if isinstance(identifier, str | int | float) else "",
        link=link,
        refused=other,
        title=_line(item.get("title")),
        at=moment(published) or moment(modified),
        content=markup or plain,
        content_type="text/html" if markup else "text/plain",
        summary=_text(item.get("summary")),
        summary_type="text/plain",
        claims=tuple(dict.fromkeys([*claims, *(each for each in of_all if each.field not in own)])),
    )


def _of_all(feed: dict[str, Any]) -> Iterator[Claim | None]:
    yield claim("publisher", _line(feed.get("title")), ORIGIN)
    yield claim("language", language_tag(feed.get("language")), ORIGIN)


def _authors(holder: dict[str, Any]) -> list[str]:
    """Names, as 1.1 writes them, or the one that version 1 has."""
    listed = _list(holder.get("authors")) or [holder.get("author")]
    names = [_line(one.get("name")) for one in listed[:MAX_AUTHORS] if isinstance(one, dict)]
    return [name for name in names if name]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _line(value: Any) -> str:
    return " ".join(_text(value).split())
