"""A whole entry as a document of its own says what the feed said."""

import json

from services.fetch.core.feeds import Entry, Feed
from services.fetch.core.feeds.document import entry_document
from services.fetch.core.feeds.parsing import parse
from tests.services.fetch.core.feeds.test_parsing import ATOM, JSON_FEED, RDF, URL, read, rss


def again(entry: Entry) -> Entry:
    found = parse(entry_document(entry), URL)
    assert isinstance(found, Feed)
    [one] = found.entries
    return one


def test_it_says_the_same_of_itself_as_in_its_feed() -> None:
    for data in (rss(), ATOM, RDF, json.dumps(JSON_FEED).encode()):
        for entry in read(data).entries:
            one = again(entry)
            assert set(one.claims) == set(entry.claims)
            assert (one.link, one.title, one.at) == (entry.link, entry.title, entry.at)


def test_its_words_stand_as_they_stood() -> None:
    for kind in ("text/html", "text/plain"):
        for words in (
            "<p>A &amp; <b>B</b></p><script>x</script>",
            "A & B < C &lt; D ]]> \U0001f600",
            "  Two\n\n  lines\n",
        ):
            one = again(Entry(content=words, content_type=kind))
            assert one.content == words.strip()
            assert one.content_type == kind


def test_what_no_xml_can_hold_is_replaced() -> None:
    assert again(Entry(content="a\x00b\x1fc\ud800d")).content == "a\ufffdb\ufffdc\ufffdd"


def test_the_same_entry_is_the_same_bytes() -> None:
    [entry] = read(ATOM).entries

    assert entry_document(entry) == entry_document(entry)
