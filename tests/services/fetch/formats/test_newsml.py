"""An item of NewsML is an article, several are several, and a package of references is none."""

from base64 import encodebytes

import pytest

from contracts.outcomes import RejectReason
from services.fetch.formats import newsml1, newsml_g2
from tests.services.fetch.formats.reads import bytes_of, claimed, document, members, reason

XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>t</title></head><body>{}</body></html></inlineXML>"""
META = """
<itemMeta><itemClass qcode="ninat:text"/><provider literal="agency.example"/>
<versionCreated>2018-03-02T12:00:00Z</versionCreated><firstCreated>2018-03-02T10:00:00Z</firstCreated></itemMeta>
<contentMeta><headline>A headline</headline><by>By Anne Martin</by><creditline>The Agency</creditline>
<language tag="fr-CA"/><slugline>A-B</slugline><dateline>PARIS, March 2</dateline>
<subject qcode="medtop:1"><name>politics</name></subject><subject qcode="medtop:2"/><keyword>vote</keyword>
<description role="caption">A caption.</description></contentMeta>
"""


def item_of(content: str, meta: str = META) -> str:
    root = "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' xml:lang='en'>"
    return f"{root}{meta}<contentSet>{content}</contentSet></newsItem>"


def message_of(*items: str) -> str:
    return f"<newsMessage xmlns='http://iptc.org/std/nar/2006-10-01/'><itemSet>{''.join(items)}</itemSet></newsMessage>"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (XHTML.format("<p>One.</p><p>Two.</p>"), "One.\n\nTwo."),
        ("<inlineXML><nitf><body><body.content><p>Inside.</p></body.content></body></nitf></inlineXML>", "Inside."),
        ("<inlineData contenttype='text/plain'>Plain words.</inlineData>", "Plain words."),
        ("<inlineData contenttype='text/html'>&lt;p&gt;One.&lt;/p&gt; &lt;p&gt;2.</inlineData>", "One.\n\n2."),
        ("<inlineData contenttype='text/plain' encoding='encd:base64'>w6l0w6kgw6AgTm/Dq2w=</inlineData>", "été à Noël"),
        ("<inlineData encoding='base64'>***</inlineData><inlineData>Then this.</inlineData>", "Then this."),
        ("<remoteContent href='picture.jpg' contenttype='image/jpeg'/>", "A caption."),
    ],
)  # fmt: skip
def test_the_content_of_an_item_is_its_text(content: str, text: str) -> None:
    assert document(newsml_g2.read, item_of(content)).text == text
    assert document(newsml_g2.read, message_of(item_of(content))).text == text


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", ["A headline"]),
        ("author", ["By Anne Martin"]),
        ("published", ["2018-03-02T10:00:00+00:00"]),
        ("modified", ["2018-03-02T12:00:00+00:00"]),
        ("publisher", ["The Agency", "agency.example"]),
        ("language", ["fr-CA"]),
        ("dateline", ["PARIS, March 2"]),
        ("section", ["politics"]),
        ("keyword", ["vote"]),
        ("kind", ["text"]),
    ],
)
def test_an_item_says_of_itself(field: str, values: list[str]) -> None:
    found = document(newsml_g2.read, item_of(XHTML.format("<p>x</p>")))
    assert claimed(found, field) == values
    assert {claim.origin for claim in found.claims} == {"newsml"}


def test_a_message_of_several_items_is_a_container_of_readable_ones() -> None:
    found = members(newsml_g2.read, message_of(*(item_of(XHTML.format(f"<p>Text {n}.</p>")) for n in (1, 2, 3))))
    assert [member.path for member in found] == ["newsItem-1.xml", "newsItem-2.xml", "newsItem-3.xml"]
    inner = [document(newsml_g2.read, bytes_of(member)) for member in found]
    assert [each.text for each in inner] == ["Text 1.", "Text 2.", "Text 3."]
    assert claimed(inner[2], "title") == ["A headline"]


@pytest.mark.parametrize("root", ["packageItem", "conceptItem", "knowledgeItem"])
def test_what_only_points_elsewhere_is_refused_by_its_name(root: str) -> None:
    refused, detail = reason(
        newsml_g2.read, f"<{root} xmlns='http://iptc.org/std/nar/2006-10-01/'><groupSet/></{root}>"
    )
    assert (refused, root in detail) == (RejectReason.NO_TEXT, True)


COMPONENT = """<NewsComponent><NewsLines><HeadLine>{0}</HeadLine><ByLine>By Anne Martin</ByLine>
<DateLine>PARIS, March 2</DateLine></NewsLines><AdministrativeMetadata><Provider><Party FormalName="The Agency"/>
</Provider></AdministrativeMetadata><DescriptiveMetadata><Language FormalName="fr"/></DescriptiveMetadata>
<ContentItem><DataContent>{1}</DataContent></ContentItem></NewsComponent>"""
ENCODED = '<Encoding Notation="IANA:Base64"><DataContent>{1}</DataContent></Encoding>'
NEWSML = """<?xml version="1.0"?><!DOCTYPE NewsML PUBLIC "urn:newsml:iptc.org:20021018:NewsMLv1.1:1" "NewsMLv1.1.dtd">
<NewsML><NewsEnvelope><NewsService FormalName="World"/></NewsEnvelope><NewsItem><Identification><NewsIdentifier>
<ProviderId>agency.example</ProviderId><DateId>20180302</DateId></NewsIdentifier></Identification><NewsManagement>
<FirstCreated>20180302T100000Z</FirstCreated><ThisRevisionCreated>20180302T110000Z</ThisRevisionCreated>
</NewsManagement>{}</NewsItem></NewsML>"""


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),
        ("<nitf><body><body.content><p>One.</p></body.content></body></nitf>", "One."),
        ("<html><head><title>t</title></head><body><p>One.</p></body></html>", "One."),
        ("Plain words.", "Plain words."),
        ("", "A headline"),
    ],
)
def test_the_content_of_the_older_newsml_is_its_text(content: str, text: str) -> None:
    assert document(newsml1.read, NEWSML.format(COMPONENT.format("A headline", content))).text == text


@pytest.mark.parametrize(
    ("written", "text"),
    [(b"Une ville.\n\nDes \xc3\xa9coles.", "Une ville.\n\nDes écoles."), (b"\x89PNG\r\n\x1a\n\x00", "A headline")],
)
def test_content_of_the_older_newsml_in_base64_is_read_if_it_is_a_text(written: bytes, text: str) -> None:
    component = COMPONENT.replace("<DataContent>{1}</DataContent>", ENCODED).format(
        "A headline", encodebytes(written).decode()
    )
    assert document(newsml1.read, NEWSML.format(component)).text == text


def test_the_older_newsml_says_of_itself() -> None:
    found = document(newsml1.read, NEWSML.format(COMPONENT.format("A headline", "<p>x</p>")))
    assert {
        field: claimed(found, field)
        for field in ("title", "author", "dateline", "published", "modified", "publisher", "language", "section")
    } == {
        "title": ["A headline"],
        "author": ["By Anne Martin"],
        "dateline": ["PARIS, March 2"],
        "published": ["2018-03-02T10:00:00+00:00"],
        "modified": ["2018-03-02T11:00:00+00:00"],
        "publisher": ["The Agency", "agency.example"],
        "language": ["fr"],
        "section": ["World"],
    }


def test_components_with_headlines_and_texts_of_their_own_are_articles_of_their_own() -> None:
    both = COMPONENT.format("First", "<p>Text 1.</p>") + COMPONENT.format("Second", "<p>Text 2.</p>")
    found = members(newsml1.read, NEWSML.format(f"<NewsComponent>{both}</NewsComponent>"))
    inner = [document(newsml1.read, bytes_of(member)) for member in found]
    assert [(claimed(each, "title"), each.text) for each in inner] == [(["First"], "Text 1."), (["Second"], "Text 2.")]
    assert [claimed(each, "published") for each in inner] == [["2018-03-02T10:00:00+00:00"]] * 2


def test_an_envelope_that_nobody_closed_brings_no_article_with_it() -> None:
    both = COMPONENT.format("First", "<p>Text 1.</p>") + COMPONENT.format("Second", "<p>Text 2.</p>")
    found = members(newsml1.read, NEWSML.replace("</NewsEnvelope>", "").format(both))
    assert [document(newsml1.read, bytes_of(member)).text for member in found] == ["Text 1.", "Text 2."]


def test_a_caption_beside_the_article_is_no_article() -> None:
    picture = "<NewsComponent><ContentItem Href='a.jpg'/></NewsComponent>"
    found = document(
        newsml1.read, NEWSML.format(f"<NewsComponent>{COMPONENT.format('A', '<p>x</p>')}{picture}</NewsComponent>")
    )
    assert (found.text, claimed(found, "title")) == ("x", ["A"])


@pytest.mark.parametrize("around", ["<NewsComponent>{}</NewsComponent>", "{}", "<x><DataContent>{}</DataContent></x>"])
def test_an_item_in_another_is_an_article_once_and_says_so_itself(around: str) -> None:
    inner = NEWSML.partition("<NewsItem>")[2].replace("20180302T100000Z", "20180303T100000Z").removesuffix("</NewsML>")
    outer = COMPONENT.format("First", "<p>Text 1.</p>") + around.format(f"<NewsItem>{inner}")
    found = members(newsml1.read, NEWSML.format(outer.replace("{}", COMPONENT.format("Second", "<p>Text 2.</p>"))))
    read = [document(newsml1.read, bytes_of(member)) for member in found]
    assert [(each.text, claimed(each, "published")) for each in read] == [
        ("Text 1.", ["2018-03-02T10:00:00+00:00"]),
        ("Text 2.", ["2018-03-03T10:00:00+00:00"]),
    ]


def test_contents_in_each_other_are_read_once_and_what_lies_deeper_than_anybody_writes_is_refused() -> None:
    def of(depth: int) -> str:
        content = depth * "<DataContent>" + "<p>One.</p><p>Two.</p>" + depth * "</DataContent>"
        return NEWSML.format(content)

    assert document(newsml1.read, of(3)).text == "One.\n\nTwo."
    assert reason(newsml1.read, of(25)) == (
        RejectReason.UNREADABLE,
        "its items and components lie more than 20 deep",
    )


def test_an_item_in_an_item_is_part_of_it() -> None:
    inner = item_of(XHTML.format("<p>Two.</p>"))
    [member, _] = members(newsml_g2.read, message_of(item_of(XHTML.format(f"<p>One.</p>{inner}")), inner))
    assert document(newsml_g2.read, bytes_of(member)).text.startswith("One.")


def test_newsml_without_an_item_is_refused() -> None:
    assert reason(newsml1.read, "<NewsML><NewsEnvelope/></NewsML>")[0] is RejectReason.NO_TEXT
