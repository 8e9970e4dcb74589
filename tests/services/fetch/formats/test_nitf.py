"""NITF becomes prose in reading order, and its head becomes claims."""

import pytest

from services.fetch.formats import nitf
from tests.services.fetch.formats.reads import claimed, document, reason

HEAD = """
<docdata><date.issue norm="20180302T101500+0100"/><doc.copyright holder="The Agency"/>
<key-list><keyword key="floods"/></key-list></docdata>
<tobject><tobject.subject tobject.subject.type="Weather" tobject.subject.matter="Floods"/></tobject>
"""
BODY_HEAD = """
<hedline><hl1>River over its banks</hl1><hl2>Second line</hl2></hedline>
<byline>By <person>Anne Martin</person><byttl>Staff writer</byttl></byline>
<distributor>The Agency Wire</distributor>
<dateline><location>LYON</location><story.date norm="20180302">March 2</story.date></dateline>
<abstract><p>In short.</p></abstract>
"""


def nitf_of(
    content: str, *, head: str = HEAD, body_head: str = BODY_HEAD, root: str = "<nitf baselang='en-GB'>"
) -> str:
    return (
        f"<?xml version='1.0' encoding='utf-8'?>{root}<head><title>Window title</title>{head}</head>"
        f"<body><body.head>{body_head}</body.head><body.content>{content}</body.content></body></nitf>"
    )


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>One\n   line.</p><p>Two.</p>", "One line.\n\nTwo."),
        ("<block><hl2>Below</hl2><p>A <em>b</em> <person>C</person>.</p></block>", "Below\n\nA b C."),
        ("<p>set<br/>in<br/>lines</p>", "set\nin\nlines"),
        ("<ul><li>one</li><li>two</li></ul><p>after</p>", "- one\n- two\n\nafter"),
        ("<table><tr><th>Team</th><th>Won</th></tr><tr><td>A</td><td>3</td></tr></table>", "Team | Won\nA | 3"),
        ("<p>kept</p><media><media-caption>of a picture</media-caption></media>", "kept"),
        ("loose words <p>and a paragraph</p> and a tail", "loose words\n\nand a paragraph\n\nand a tail"),
        ("<p>l’été à Noël</p>", "l’été à Noël"),
        ("", "In short."),
    ],
)  # fmt: skip
def test_the_body_is_read_in_its_order(content: str, text: str) -> None:
    assert document(nitf.read, nitf_of(content)).text == text


def test_paragraphs_in_what_stands_in_the_line_are_paragraphs_however_deep_they_lie() -> None:
    deep = 140 * "<b>" + 5_000 * "<i/>" + "<p>One.</p>" + 140 * "</b>"
    assert (
        document(nitf.read, nitf_of(f"<p>Before</p>{deep}<p>After <b>it</b>.</p>")).text
        == "Before\n\nOne.\n\nAfter it."
    )


def test_an_alert_of_one_line_is_its_headline() -> None:
    alert = nitf_of("", body_head="<hedline><hl1>Minister resigns</hl1></hedline>")
    assert document(nitf.read, alert).text == "Minister resigns"


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("title", ["River over its banks"]),
        ("author", ["Anne Martin"]),
        ("published", ["2018-03-02T10:15:00+01:00"]),
        ("publisher", ["The Agency Wire", "The Agency"]),
        ("dateline", ["LYON"]),
        ("language", ["en-GB"]),
        ("section", ["Weather"]),
        ("keyword", ["Floods", "floods"]),
        ("description", ["In short."]),
    ],
)
def test_the_head_is_what_it_says_of_itself(field: str, values: list[str]) -> None:
    found = document(nitf.read, nitf_of("<p>x</p>"))
    assert claimed(found, field) == values
    assert {claim.origin for claim in found.claims} == {"nitf"}


def test_a_namespace_changes_nothing() -> None:
    plain, named = nitf_of("<p>x</p>"), nitf_of("<p>x</p>", root="<nitf xmlns='http://iptc.org/std/NITF/2006-10-18/'>")
    assert document(nitf.read, named).text == document(nitf.read, plain).text == "x"


@pytest.mark.parametrize(
    ("declared", "encoded"),
    [("iso-8859-1", "cp1252"), ("utf-8", "cp1252"), ("windows-1251", "utf-8"), ("utf-16", "utf-8")],
)
def test_a_lie_about_the_encoding_costs_no_letter(declared: str, encoded: str) -> None:
    text = "Le maire a été blessé près de l'hôpital, dit la préfecture à la presse."
    written = nitf_of(f"<p>{text}</p>").replace("encoding='utf-8'", f"encoding='{declared}'")
    assert document(nitf.read, written.encode(encoded)).text == text


def test_what_was_told_of_the_charset_is_believed_where_it_fits() -> None:
    data = nitf_of("<p>Žluťoučký kůň</p>").replace(" encoding='utf-8'", "").encode("iso8859-2")
    assert document(nitf.read, data, charset="ISO-8859-2").text == "Žluťoučký kůň"


def test_what_is_cut_off_passes_for_no_whole() -> None:
    cut = nitf_of("<p>One.</p><p>Two")[: -len("</body.content></body></nitf>")]

    assert reason(nitf.read, cut) == (
        "unreadable",
        "the XML ends before its outermost element does: it was cut short",
    )


def test_an_element_that_nobody_closed_is_mended_where_the_document_has_its_end() -> None:
    assert document(nitf.read, nitf_of("<p>One.</p><p>Two")).text == "One.\n\nTwo"


def test_what_has_no_element_is_refused() -> None:
    assert "no element can be read" in reason(nitf.read, "<?xml version='1.0'?>")[1]
