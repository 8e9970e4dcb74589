"""Each entry of a feed is a document of its own with the feed's word for it."""

import json

import pytest

from contracts.outcomes import RejectReason
from services.fetch.core.document import BadMember
from services.fetch.formats import atom_entry, feed
from tests.services.fetch.formats.writing import claims, container, document, everything, members, rejected, source

ITEM = (
    "<item><title>Un convoi &amp;amp; l'autre</title><link>https://journal.example/1</link>"
    "<description>Un résumé.</description>"
    "<content:encoded><![CDATA[<p>Le convoi est <b>entré</b> dans la ville.</p>]]></content:encoded>"
    "<dc:creator>Ann Bee</dc:creator><pubDate>Mon, 15 Jan 2018 10:30:00 +0100</pubDate><category>Monde</category>"
    "</item>"
)
NAMESPACES = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def rss(items: str) -> bytes:
    channel = f"<title>Le Journal</title><language>fr-FR</language>{items}"
    return f'<rss version="2.0" {NAMESPACES}><channel>{channel}</channel></rss>'.encode()


RDF = (
    f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" {NAMESPACES}>'
    "<channel><title>Le Journal</title><dc:language>fr-FR</dc:language></channel>"
    f"{ITEM.replace('pubDate', 'dc:date').replace('category', 'dc:subject')}</rdf:RDF>"
).encode()
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr-FR"><title>Le Journal</title><entry><title>Un convoi '
    "&amp;amp; l'autre</title><link href='https://journal.example/1'/><id>urn:1</id>"
    "<author><name>Ann Bee</name></author>"
    "<published>Mon, 15 Jan 2018 10:30:00 +0100</published><category term='Monde'/><summary>Un résumé.</summary>"
    "<content type='html'>&lt;p&gt;Le convoi est &lt;b&gt;entré&lt;/b&gt; dans la ville.&lt;/p&gt;</content>"
    "</entry></feed>"
).encode()


@pytest.mark.parametrize("data", [rss(ITEM), RDF, ATOM])
def test_an_entry_has_its_whole_text_and_what_the_feed_says_of_it(data: bytes) -> None:
    [(member, page)] = members(feed.read(source(data)))
    assert (member.path, member.url, member.media_type) == (
        "https://journal.example/1",
        "https://journal.example/1",
        "application/atom+xml;type=entry",
    )
    assert {
        ("author", "Ann Bee"),
        ("published", "2018-01-15T10:30:00+01:00"),
        ("publisher", "Le Journal"),
        ("language", "fr-FR"),
        ("section", "Monde"),
        ("url", "https://journal.example/1"),
    } <= claims(member)
    assert document(atom_entry.read(source(page))).text == "Le convoi est entré dans la ville."
    assert "résumé" not in page.decode()


def test_a_json_feed_says_the_same() -> None:
    item = {
        "id": "1",
        "url": "https://journal.example/1",
        "title": "Un convoi",
        "summary": "Un résumé.",
        "content_html": "<p>Le convoi est entré dans la ville.</p>",
        "date_published": "2018-01-15T10:30:00+01:00",
        "date_modified": "2018-01-16T10:30:00+01:00",
        "authors": [{"name": "Ann Bee"}, "x"],
        "tags": ["Monde", 3],
    }
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "Le Journal", "language": "fr", "items": [item, 3]}
    found = everything(feed.read(source(json.dumps(data).encode())))
    assert found == ["https://journal.example/1", "2: no_text"]
    [(member, _)] = members(feed.read(source(json.dumps(data).encode())))
    assert claims(member) == {
        ("title", "Un convoi"),
        ("author", "Ann Bee"),
        ("published", "2018-01-15T10:30:00+01:00"),
        ("modified", "2018-01-16T10:30:00+01:00"),
        ("publisher", "Le Journal"),
        ("language", "fr"),
        ("section", "Monde"),
        ("url", "https://journal.example/1"),
    }


def test_plain_text_in_a_json_feed_keeps_its_paragraphs() -> None:
    item = {"content_text": "Un < deux.\n\nEt après, le convoi est entré."}
    data = {"version": "https://jsonfeed.org/version/1", "items": [item]}
    [(_, page)] = members(feed.read(source(json.dumps(data).encode())))
    assert document(atom_entry.read(source(page))).text == "Un < deux.\n\nEt après, le convoi est entré."


def test_markup_without_ends_is_that_of_each_item_of_a_json_feed() -> None:
    items = [{"id": str(number), "content_html": f"<div>Le convoi {number}"} for number in range(2500)]
    items.append({"id": "deep", "content_html": 5000 * "<b>" + "Un convoi"})
    data = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    pages = [page for _, page in members(feed.read(source(json.dumps(data).encode())))]
    assert [document(atom_entry.read(source(pages[at]))).text for at in (0, -1)] == ["Le convoi 0", "Un convoi"]


def test_an_entry_that_only_links_to_its_page_is_told_where_that_is() -> None:
    [found] = list(container(feed.read(source(rss("<item><title>a</title><link>https://a.example/1</link></item>")))))
    assert isinstance(found, BadMember)
    assert found.rejected.reason is RejectReason.NO_TEXT
    assert "https://a.example/1" in found.rejected.detail


def test_an_entry_keeps_its_path_when_the_feed_moves_on() -> None:
    newer = ITEM.replace("journal.example/1", "journal.example/2")
    assert everything(feed.read(source(rss(newer + ITEM))))[1:] == everything(feed.read(source(rss(ITEM))))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16"])
def test_a_feed_is_decoded_as_it_declares(encoding: str) -> None:
    data = f'<?xml version="1.0" encoding="{encoding}"?>{rss(ITEM).decode()}'.encode(encoding)
    [(_, page)] = members(feed.read(source(data)))
    assert "entré" in page.decode()


@pytest.mark.parametrize("data", [rss(ITEM)[:-60], rss(ITEM).replace(b"</description>", b""), b"\n\n" + rss(ITEM)])
def test_an_ill_formed_feed_gives_what_can_be_had(data: bytes) -> None:
    assert len(everything(feed.read(source(data)))) == 1


def test_a_feed_without_entries_or_none_at_all_says_so() -> None:
    assert rejected(feed.read(source(rss("")))) is RejectReason.NO_TEXT
    assert rejected(feed.read(source(b"<a/>"))) is RejectReason.UNREADABLE
    assert rejected(feed.read(source(b"{"))) is RejectReason.UNREADABLE
    assert rejected(feed.read(source(b"[" * 100_000))) is RejectReason.UNREADABLE
    assert rejected(feed.read(source(b'{"items": 3}'))) is RejectReason.UNREADABLE


@pytest.mark.parametrize("text", [b"http://127.0.0.1:9/feed", b"/etc/hostname", b"file:///etc/hostname"])
def test_bytes_that_read_like_an_address_lead_nowhere(text: bytes) -> None:
    assert rejected(feed.read(source(text))) is RejectReason.UNREADABLE


def test_a_bomb_of_entities_is_refused_and_nothing_outside_is_read() -> None:
    bomb = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 20}">' for n in range(1, 12))
    attack = f'<!DOCTYPE rss [<!ENTITY e0 "aaaaaaaaaa">{bomb}<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    item = ITEM.replace("Le convoi", "&e11; &x; Le convoi").replace("Un résumé", "&e11; &x;")
    assert rejected(feed.read(source(attack.encode() + rss(item)))) is RejectReason.UNREADABLE
    [(_, page)] = members(feed.read(source(attack.encode() + rss(item.replace("&e11;", "")))))
    assert (len(page) < 10_000, b"root:" in page) == (True, False)


@pytest.mark.parametrize(
    "before", ["<!-- " + "a licence " * 900 + "-->\n", '<!DOCTYPE rss [<!ENTITY a "' + "x" * 9000 + '">]>']
)
@pytest.mark.parametrize("data", [rss(ITEM), RDF, ATOM], ids=["rss", "rdf", "atom"])
def test_a_feed_is_read_however_much_stands_before_its_root(before: str, data: bytes) -> None:
    [(member, page)] = members(feed.read(source(b'<?xml version="1.0"?>\n' + before.encode() + data)))
    assert (member.path, b"ville" in page) == ("https://journal.example/1", True)


OWN = "<!DOCTYPE rss [<!ENTITY co 'Acme Steel'><!ENTITY x SYSTEM 'file:///etc/passwd'>]>"


def test_small_entities_of_a_feed_are_put_in() -> None:
    [(_, page)] = members(
        feed.read(source(OWN.encode() + rss(ITEM.replace("<![CDATA[<p>Le", "&co; &eacute;<![CDATA[<p>Le"))))
    )
    assert document(atom_entry.read(source(page))).text == "Acme Steel é\n\nLe convoi est entré dans la ville."


@pytest.mark.parametrize("data", [rss(ITEM), RDF, ATOM], ids=["rss", "rdf", "atom"])
def test_a_reference_to_what_lies_outside_of_a_feed_stays_to_be_seen(data: bytes) -> None:
    [(member, _)] = members(feed.read(source(OWN.encode() + data.replace(b"Un convoi", b"Here follows &x; and"))))
    assert next(value for field, value in claims(member) if field == "title").startswith("Here follows &x; and")


@pytest.mark.parametrize("data", [rss(ITEM * 2), RDF.replace(b"</rdf", ITEM.encode() + b"</rdf"), ATOM])
def test_an_entry_in_the_middle_of_which_the_feed_ends_is_none(data: bytes) -> None:
    found = list(container(feed.read(source(data[: data.rindex(b"dans la")]))))
    assert [isinstance(each, BadMember) for each in found] == [False] * (len(found) - 1) + [True]
    assert isinstance(found[-1], BadMember)
    assert found[-1].rejected.detail == "the feed ends in the middle of this entry"


@pytest.mark.parametrize(("data", "end"), [(rss(ITEM * 2), b"</item>"), (ATOM, b"</entry>")])
def test_of_a_feed_that_ends_behind_an_entry_all_are_whole(data: bytes, end: bytes) -> None:
    cut = data[: data.rindex(end) + len(end)]
    assert not any(isinstance(each, BadMember) for each in container(feed.read(source(cut))))
