"""Feeds as files, RSS, RDF, Atom, CDF or JSON, however ill-formed: each entry a member with the text that it gives.

They are read as those are that are followed.
"""

from collections.abc import Iterator, Sequence

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.feeds import Entry, NotAFeed
from services.fetch.core.feeds.document import entry_document
from services.fetch.core.feeds.ending import ends_between_entries
from services.fetch.core.feeds.fullness import has_own_words
from services.fetch.core.feeds.news import MEDIA_TYPE
from services.fetch.core.feeds.parsing import parse

MAX_ADDRESS_CHARACTERS = 2000


def read(source: Source) -> Read:
    """The entries, in the feed's order; one that only links to its page has no text."""
    told = {"content-type": f"application/xml; charset={source.charset}"} if source.charset else {}
    feed = parse(source.data, source.url or "", told)
    if isinstance(feed, NotAFeed):
        return Rejected(RejectReason.UNREADABLE, f"no feed is found in it: {feed.detail}")
    if not feed.entries:
        return Rejected(RejectReason.NO_TEXT, "the feed has no entries")
    return members(feed.entries, half=feed.cut and not ends_between_entries(source.data))


def members(entries: Sequence[Entry], *, half: bool = False) -> Iterator[Member | BadMember]:
    """The entries by their addresses, which stay when the feed moves on; by their numbers where they have none.

    The last one is no article where the feed ends in the middle of it (`half`).
    """
    for number, entry in enumerate(entries, 1):
        path = next((each for each in (entry.link, entry.identifier) if each and _is_short(each)), str(number))
        if half and number == len(entries):
            yield BadMember(path, Rejected(RejectReason.UNREADABLE, "the feed ends in the middle of this entry"))
            continue
        if not has_own_words(entry):
            yield BadMember(path, Rejected(RejectReason.NO_TEXT, _textless(entry)))
            continue
        yield Member(path, [entry_document(entry)], MEDIA_TYPE, "utf-8", entry.link, entry.claims)


def _is_short(address: str) -> bool:
    return len(address) <= MAX_ADDRESS_CHARACTERS and address.isprintable()


def _textless(entry: Entry) -> str:
    if entry.link is not None:
        return f"the feed gives no text of it, only its address: {entry.link}"
    if entry.refused:
        return f"the feed gives no text of it, and its link leads to nothing of the web: {entry.refused}"
    return "the feed gives neither a text nor an address of it"
