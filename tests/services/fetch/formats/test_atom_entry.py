"""An Atom entry is read with all of its words, short ones too: nothing of it is furniture."""

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core import ReadDocument, Rejected
from services.fetch.core.document import Source
from services.fetch.core.feeds import Entry
from services.fetch.core.feeds.document import entry_document
from services.fetch.core.feeds.parsing import parse
from services.fetch.core.reading import read
from tests.services.fetch.core.feeds.test_parsing import ATOM, URL

LINK = "https://news.example/a"


def text_of(content: str, kind: str = "text/html") -> str:
    found = read(Source(entry_document(Entry(link=LINK, content=content, content_type=kind))), max_text_bytes=10_000)
    assert isinstance(found, ReadDocument), found
    return found.text


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>Short.</p>", "Short."),
        ("<p>One <b>bold</b> word.</p><p>Two.</p>", "One bold word.\n\nTwo."),
        ("Lines<br>that break &amp; go on", "Lines\nthat break & go on"),
        (
            "<div>First, outside of any paragraph.</div><blockquote>Quoted</blockquote>",
            "First, outside of any paragraph.\n\nQuoted",
        ),
        ("<p>Text</p><script>alert(1)</script><img src=x>", "Text"),
    ],
)
def test_all_the_words_are_there_in_their_order(content: str, text: str) -> None:
    assert text_of(content) == text


def test_plain_text_stays_as_it_is() -> None:
    assert text_of("One < two\n\n  & three", "text/plain") == "One < two\n\n  & three"


def test_what_it_says_of_itself_are_its_claims() -> None:
    feed = parse(ATOM, URL)
    assert not isinstance(feed, Rejected)
    [entry] = feed.entries  # type: ignore[union-attr]
    found = read(Source(entry_document(entry), "entry.atom"), max_text_bytes=10_000)

    assert isinstance(found, ReadDocument)
    assert (found.media_type, found.url) == ("application/atom+xml;type=entry", "https://news.example/blog/un.html")
    assert set(found.claims) == set(entry.claims)
    assert found.text == "Tout."


def test_the_root_of_another_kind_with_that_name_is_no_entry() -> None:
    found = read(Source(b"<?xml version='1.0'?><entry><word>Hund</word></entry>"), max_text_bytes=10_000)

    assert isinstance(found, Rejected)
    assert found.reason is RejectReason.UNSUPPORTED
