"""An XML document's type, entities and depth are of no use to whoever means harm."""

import pytest

from services.fetch.core.document import ReadDocument
from services.fetch.core.reading import read as whole
from services.fetch.formats import newsml1, newsml_g2, nitf
from tests.services.fetch.formats.reads import Reader, claimed, document, reason, source

BODY = "<nitf><body><body.content><p>{}</p></body.content></body></nitf>"
LAUGHS = "<!DOCTYPE nitf [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip
OWN = (
    """<!DOCTYPE nitf PUBLIC '-//IPTC//DTD NITF 3.2//EN' "nitf.dtd" [
    <!-- it's one: <!ENTITY co "Nobody"> -->
    <!ENTITY co "Acme Steel"> <!ENTITY co "Another"> <!ENTITY all '&co; &amp; &laquo; fils &#187;'>
    <!ENTITY ref "&eacute;t&#xe9; &lt;b>"> <!ENTITY q '"it&apos;s"'> <!ENTITY far SYSTEM "file:///etc/passwd">
    <!ENTITY long '"""
    + "x" * 70_000
    + """'> <!ENTITY p "<p>A ]> b</p>"> <!ENTITY r "&#60;b/>"> <!ENTITY me "&me;">
]>"""
)


@pytest.mark.parametrize(
    ("document_type", "inside", "told"),
    [
        (LAUGHS, "so &j; they said", "&"),
        (LAUGHS, "&c;" * 100, "&c; is too long, or stands too often"),
        (OWN, "a &far; b", "&far; lies outside of the document"),
        (OWN, "a &long; b", "&long; is too long"),
        (OWN, "a &p; b", "&p; has markup in it"),
        (OWN, "a &r; b", "&r; has markup in it"),
        (OWN, "a &me; b", "&me; has others in it"),
    ],
)
@pytest.mark.parametrize("read", [nitf.read, newsml_g2.read, newsml1.read])
def test_a_text_with_entities_that_are_no_words_is_refused_and_never_stored_without_them(
    read: Reader, document_type: str, inside: str, told: str
) -> None:
    why, detail = reason(read, document_type + BODY.format(inside))
    assert (why, "it uses entities of its own" in detail, told in detail) == ("unreadable", True, True), detail


@pytest.mark.parametrize(
    ("document_type", "inside", "text"),
    [
        (LAUGHS, "so they said", "so they said"),
        ("<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "plain", "plain"),
        ("<!DOCTYPE nitf SYSTEM 'http://127.0.0.1:1/nitf.dtd'>", "plain", "plain"),
        ("<!DOCTYPE nitf [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>", "plain", "plain"),
        ("", "un &eacute;t&eacute; &amp; un&nbsp;hiver &unknown;.", "un été & un\xa0hiver &unknown;."),
        ("", "un &LT; deux &AMP; trois", "un < deux & trois"),
        ("", "a &#0;&#5;&#x1F; b\x01\x02", "a b"),
        ("", "<![CDATA[a < b]]>", "a < b"),
        ("", "AT&T & R&D; a&b", "AT&T & R&D; a&b"),
        (OWN, "The firm &co; will open", "The firm Acme Steel will open"),
        (OWN, "&all;, &ref; &q; &amp;co;", 'Acme Steel & « fils », été <b> "it\'s" &co;'),
        (OWN, "<![CDATA[&co;]]><!-- &far; -->.", "&co;."),
        (OWN, "<em class='&q;'>&co;</em>", "Acme Steel"),
    ],
)
def test_small_entities_are_put_in_and_nothing_is_fetched(document_type: str, inside: str, text: str) -> None:
    assert document(nitf.read, document_type + BODY.format(inside)).text == text


@pytest.mark.parametrize("read", [nitf.read, newsml_g2.read, newsml1.read])
@pytest.mark.parametrize(
    "data",
    [
        "<nitf>" + "<p>" * 100_000,
        "<nitf><body><body.content>" + "<b>" * 5_000 + "x",
        "<newsItem>" * 10_000,
        "<NewsML><NewsItem>" + "<NewsComponent>" * 10_000,
        "<nitf " + " ".join(f"a{n}='x'" for n in range(50_000)) + "/>",
        "<a" * 50_000,
        "<!DOCTYPE " * 20_000,
        "<!DOCTYPE nitf [" + "<!ENTITY a 'b'>" * 20_000,
        "<nitf>&" + "a" * 500_000,
        "<?xml version='1.0' encoding='undefined'?><nitf/>",
        "<nitf xmlns:a='b'><a:p>x</b:p></nitf>",
        "<" + "n" * 1_000_000 + "/>",
    ],
    ids=range(12),
)
def test_depth_and_mass_come_to_an_end(read: Reader, data: str) -> None:
    found = read(source(data))
    assert not isinstance(found, ReadDocument) or len(found.text) <= len(data)


def test_of_bylines_without_end_the_first_hundred_are_authors_and_cost_no_other_claim() -> None:
    bylines = "".join(f"<byline>A{number}</byline>" for number in range(5_000))
    head = f"<body.head>{bylines}<dateline>LYON</dateline></body.head>"
    text = f"<nitf><body>{head}<body.content>It.</body.content></body></nitf>"
    found = whole(source(text, "a.xml"), max_text_bytes=1000)
    assert isinstance(found, ReadDocument)
    assert (len(claimed(found, "author")), claimed(found, "dateline")) == (100, ["LYON"])
