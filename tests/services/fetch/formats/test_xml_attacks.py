"""An XML document's type, entities and depth are of no use to whoever means harm."""

import pytest

from services.fetch.core.document import ReadDocument
from services.fetch.formats import newsml1, newsml_g2, nitf
from tests.services.fetch.formats.reads import Reader, document, source

BODY = "<nitf><body><body.content><p>{}</p></body.content></body></nitf>"
LAUGHS = "<!DOCTYPE nitf [<!ENTITY a '" + "ha" * 50 + "'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
) + "]>"  # fmt: skip


@pytest.mark.parametrize(
    ("document_type", "inside", "text"),
    [
        (LAUGHS, "so &j; they said", "so they said"),
        ("<!DOCTYPE nitf [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>", "a &x; b", "a b"),
        ("<!DOCTYPE nitf SYSTEM 'http://127.0.0.1:1/nitf.dtd'>", "plain", "plain"),
        ("<!DOCTYPE nitf [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]>", "plain", "plain"),
        ("", "un &eacute;t&eacute; &amp; un&nbsp;hiver &unknown;.", "un été & un\xa0hiver ."),
        ("", "un &LT; deux &AMP; trois", "un < deux & trois"),
        ("", "a &#0;&#5;&#x1F; b\x01\x02", "a b"),
        ("", "<![CDATA[a < b]]>", "a < b"),
    ],
)
def test_entities_are_never_expanded_and_nothing_is_fetched(document_type: str, inside: str, text: str) -> None:
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
