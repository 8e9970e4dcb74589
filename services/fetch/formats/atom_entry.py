"""An Atom entry as a document of its own (RFC 4287): all of its words, and what it says of itself."""

from contracts.outcomes import RejectReason
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.feeds import Feed
from services.fetch.core.feeds.fullness import words_of
from services.fetch.core.feeds.news import MEDIA_TYPE
from services.fetch.core.feeds.parsing import parse
from services.fetch.formats.flow import plain_text

NAMESPACES = (b"http://www.w3.org/2005/Atom", b"http://purl.org/atom/ns#")


def read(source: Source) -> ReadDocument | Rejected:
    """The entry's text as a reader of feeds would show it; nothing of it is furniture, as there is on a page."""
    if not any(namespace in source.data for namespace in NAMESPACES):
        return Rejected(RejectReason.UNSUPPORTED, "it is XML of a kind that is not read: its root is entry")
    told = {"content-type": f"application/atom+xml; charset={source.charset}"} if source.charset else {}
    feed = parse(source.data, source.url or "", told)
    if not isinstance(feed, Feed) or len(feed.entries) != 1:
        return Rejected(RejectReason.UNREADABLE, "it is no entry of an Atom feed")
    [entry] = feed.entries
    written, kind = words_of(entry)
    text = written if kind == "text/plain" else plain_text(written)
    return ReadDocument(without_surrogates(text), MEDIA_TYPE, "utf-8", text.count("\ufffd"), entry.link, entry.claims)
