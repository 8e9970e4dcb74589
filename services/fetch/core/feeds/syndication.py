"""RSS, Atom, RDF and CDF, read by feedparser: what it makes of a feed, in our words."""

import html
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import feedparser
from lxml import etree

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.feeds.dates import as_written, moment
from services.fetch.core.feeds.entry import Entry, Feed, NotAFeed
from services.fetch.core.feeds.links import absolute, refused
from services.fetch.core.packing import FAULTS

ORIGIN = "feed"
MAX_ENTRIES = 50_000  # as many as a sitemap may have
MAX_AUTHORS = 20
MAX_SECTIONS = 5
TAG = re.compile(r"<[^<>]*>")
# How RSS writes authors; feedparser knows no top-level domain of more than four letters.
MAIL_AND_NAME = re.compile(r"\s*[^\s@]{1,100}@[^\s@()]{1,200}\s*(?:\((?P<name>[^()]{1,200})\))?\s*\Z")
# RSS 1.0's Syndication module: how often a channel is made anew.
PERIOD_SECONDS = {"hourly": 3600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 30 * 86_400, "yearly": 365 * 86_400}


def parse(data: bytes, url: str, headers: Mapping[str, str], *, cut: bool) -> Feed | NotAFeed | None:
    """The feed that `data` is, without entries perhaps; None where feedparser finds nothing of one in it."""
    told = {name: headers[name] for name in ("content-type", "content-language") if name in headers}
    told["content-location"] = url
    try:
        found = _parsed(data, told)
    except FAULTS:  # of feedparser, with what is far from well-formed
        try:
            found = _parsed(_mended(data), told)
        except (*FAULTS, etree.XMLSyntaxError) as error:
            return NotAFeed(f"it is too broken to be read ({type(error).__name__})")
    if not found.feed and not found.entries and not found.version:
        return None
    channel = dict(found.feed)
    atom = (found.version or "").startswith("atom")
    of_all = [each for each in _of_the_channel(channel) if each is not None]
    return Feed(
        title=_plain(channel.get("title")),
        home=absolute(channel.get("link"), url),
        entries=tuple(_entry(dict(one), url, of_all, atom=atom) for one in found.entries[:MAX_ENTRIES]),
        ttl_seconds=_ttl_seconds(channel),
        cut=cut and bool(found.bozo),
    )


def _parsed(data: bytes, told: Mapping[str, str]) -> Any:
    """What feedparser makes of it; it is given a stream, for what is none it may take for an address or a name."""
    return feedparser.parse(
        BytesIO(data),
        response_headers=told,
        sanitize_html=False,  # it is kept as it stood, and read by those who read pages
        resolve_relative_uris=False,
    )


def _mended(data: bytes) -> bytes:
    """The document as well-formed XML, with whatever cannot be had left out."""
    root = etree.fromstring(data, etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(raw: dict[str, Any], url: str, of_all: list[Claim], *, atom: bool) -> Entry:
    content, content_type = _content(raw)
    summary = _text(raw.get("summary"))
    published, updated = _text(raw.get("published") or raw.get("created")), _text(raw.get("updated"))
    if not published and not atom:  # Dublin Core's date is the only one that RSS 1.0 has
        published, updated = updated, ""
    link = absolute(raw.get("feedburner_origlink"), url) or absolute(raw.get("link"), url)
    link = None if link == url else link  # what cannot be resolved leads to the feed
    own = raw.get("link") if raw.get("link") not in (url, raw.get("id")) else None
    other = refused(url, raw.get("feedburner_origlink"), own) if link is None else ""
    found = [
        claim("title", _plain(raw.get("title")), ORIGIN),
        *(claim("author", name, ORIGIN) for name in _authors(raw)),
        claim("published", as_written(published), ORIGIN),
        claim("modified", as_written(updated), ORIGIN),
        claim("url", link, ORIGIN),
        claim("refused_link", other, ORIGIN),
        *(claim("section", _plain(term), ORIGIN) for term in _sections(raw)),
        claim("publisher", _plain((raw.get("source") or {}).get("title")), ORIGIN),
        claim("language", language_tag(_language(raw)), ORIGIN),
    ]
    claims = [each for each in found if each is not None]
    own = {each.field for each in claims}
    return Entry(
        identifier=_text(raw.get("id")),
        link=link,
        refused=other,
        title=_plain(raw.get("title")),
        at=moment(published) or moment(updated),
        content=content,
        content_type=content_type,
        summary="" if summary == content else summary,  # feedparser makes the one of the other
        summary_type=_type(raw.get("summary_detail")),
        claims=tuple(dict.fromkeys([*claims, *(each for each in of_all if each.field not in own)])),
    )


def _of_the_channel(channel: dict[str, Any]) -> Iterator[Claim | None]:
    yield claim("publisher", _plain(channel.get("title")), ORIGIN)
    yield claim("language", language_tag(channel.get("language")), ORIGIN)


def _content(raw: dict[str, Any]) -> tuple[str, str]:
    """The longest of an entry's contents that is text."""
    texts = [
        (_text(one.get("value")), _type(one))
        for one in raw.get("content") or []
        if not (one.get("type") or "").startswith(("image/", "audio/", "video/", "application/octet"))
    ]
    return max(texts, key=lambda each: len(each[0]), default=("", "text/html"))


def _language(raw: dict[str, Any]) -> Any:
    """What `xml:lang` says where the words stand."""
    details = [*(raw.get("content") or []), raw.get("summary_detail"), raw.get("title_detail")]
    return next((one["language"] for one in details if isinstance(one, dict) and one.get("language")), None)


def _type(detail: Any) -> str:
    kind = (detail.get("type") or "") if isinstance(detail, dict) else ""
    return "text/plain" if kind == "text/plain" else "text/html"


def _authors(raw: dict[str, Any]) -> Iterator[str]:
    """Names; an address for mail is none."""
    whole = _plain(raw.get("author"))
    if (mail := MAIL_AND_NAME.match(whole)) is not None:
        names = [mail["name"] or ""]
    else:
        named = [_plain(one.get("name")) for one in raw.get("authors") or [] if isinstance(one, dict)]
        names = [name for name in named if name] or [whole]
    yield from (name for name in names[:MAX_AUTHORS] if "@" not in name)


def _sections(raw: dict[str, Any]) -> list[str]:
    terms = [one.get("label") or one.get("term") for one in raw.get("tags") or [] if isinstance(one, dict)]
    return [term for term in terms if isinstance(term, str)][:MAX_SECTIONS]


def _ttl_seconds(channel: dict[str, Any]) -> float | None:
    """What RSS calls time to live, in minutes, or how often the Syndication module says that it is made anew."""
    ttl = _text(channel.get("ttl")).strip()
    if ttl.isascii() and ttl.isdecimal() and 0 < len(ttl) < 10:
        return int(ttl) * 60.0
    period = PERIOD_SECONDS.get(_text(channel.get("sy_updateperiod")).strip().lower())
    often = _text(channel.get("sy_updatefrequency")).strip()
    if period is None:
        return None
    times = int(often) if often.isascii() and often.isdecimal() and len(often) < 10 else 1
    return period / max(1, times)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _plain(value: Any) -> str:
    """What may have markup in it, as a line of plain text."""
    text = _text(value)
    if "<" in text or "&" in text:
        text = html.unescape(TAG.sub("", text))
    return " ".join(text.split())
