"""Dispatches of the old wires: what is framed, what is set in lines, what is said in the heading and at the end."""

import pytest

from services.fetch.formats import reuters_sgml, wire
from tests.services.fetch.formats.reads import bytes_of, claimed, document, members, reason

IPTC = (
    "\x01abc123 4 i 211 ccccb   agc 061\r\n\nCity-politics/\r\n\x02URGENT\r\nCouncil votes\r\n  on the bridge =\r\n\n"
    "   Lyon (agc) - The council voted on\r\nTuesday.\r\n\n   It was close.\r\n- first\r\n- second\r\n\x03\r\n"
    "021015 gmt mar 18\r\n\x04"
)  # fmt: skip
ANPA = (
    "\x16\x16\x01a1234\x1f-----\r\nr a\x13\x11 BC-XX--Bridge-Vote 1stLd-Writethru   03-02 0211\r\n"
    "\x02^BC-XX--Bridge-Vote, 1st Ld-Writethru,211<\r\n^Council votes on the bridge<\r\n^AP Photo XX101<\r\n"
    "^Eds: Updates.<\r\n^By ANNE MARTIN=\r\n^Staff Writer=\r\n\t   LYON (AP) _ The council voted.\r\n\t   ___\r\n"
    "^WHAT NOW=\r\n\t   It was close.\r\n\x03AP-XX-03-02-18 1015GMT<\r\n\r\n\x0c\r\n\x04"
)
TABLE = (
    "\x16\x16\x01s1234\x1f-----\r\nr s\x13\x12 BC-Standings   03-02 0211\r\n\x02^BC-Standings<\r\n^Standings=\r\n"
    "^By The Associated Press=\r\n\x08^;W;L\x10\r\n\x08Lyon;3;1{\x10\r\n\x03AP-XX-03-02-18 1015GMT<\r\n"
)


def test_iptc_7901_is_read_in_paragraphs() -> None:
    found = document(wire.read, IPTC)
    assert found.text == "Lyon (agc) - The council voted on Tuesday.\n\nIt was close.\n\n- first\n\n- second"
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "Council votes on the bridge"),
        ("publisher", "agc"),
        ("slugline", "City-politics"),
        ("published", "2018-03-02T10:15:00+00:00"),
    ]


@pytest.mark.parametrize(
    ("head", "title", "authors"),
    [
        ("Council votes =", "Council votes", []),
        ("1ST LEAD\r\nCouncil votes\r\nBy Anne Martin, agc =", "Council votes", ["By Anne Martin, agc"]),
        ("Rat stimmt ab\r\nVon Anne Martin, agc =", "Rat stimmt ab", ["Von Anne Martin, agc"]),
        ("By-elections are held =", "By-elections are held", []),
        ("No sign ends this headline\r\n", "No sign ends this headline", []),
    ],
)
def test_the_headline_of_iptc_7901_ends_with_its_sign(head: str, title: str, authors: list[str]) -> None:
    found = document(wire.read, f"\x01abc1 4 i 2 agc 1\r\n\x02{head}\r\n\r\nText here.\r\n\x03")
    assert (claimed(found, "title"), claimed(found, "author"), found.text) == ([title], authors, "Text here.")


def test_anpa_is_read_without_its_marks() -> None:
    found = document(wire.read, ANPA)
    assert found.text == "LYON (AP) _ The council voted.\n\n___\n\nWHAT NOW\n\nIt was close."
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("slugline", "BC-XX--Bridge-Vote, 1st Ld-Writethru"),
        ("title", "Council votes on the bridge"),
        ("note", "AP Photo XX101"),
        ("note", "Eds: Updates."),
        ("author", "By ANNE MARTIN"),
        ("published", "2018-03-02T10:15:00+00:00"),
        ("publisher", "The Associated Press"),
    ]


def test_the_only_headline_of_anpa_may_stand_first_and_its_number_in_a_line_of_its_own() -> None:
    head = "^Why the bridge at Ely still waits for its rails<\r\n^By ANNE MARTIN=\r\n^Associated Writer=\r\n"
    found = document(wire.read, f"\x16\x16\x01a0001\r\x1fru czc\r\x02{head}    The port opened.\r\n\x03")
    assert found.text == "The port opened."
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "Why the bridge at Ely still waits for its rails"),
        ("author", "By ANNE MARTIN"),
    ]


def test_paragraphs_of_anpa_may_be_set_in_lines() -> None:
    body = "\t   LYON (AP) _ The council approved a\r\nnew bridge.\r\n\t   It was close.\r\n^WHAT NOW=\r\nNo word.\r\n"
    found = document(wire.read, f"\x01a1234\x1f-----\r\nr a BC-XX 01-02 0100\r\n\x02^BC-XX<\r\n{body}\x03")
    assert found.text == "LYON (AP) _ The council approved a new bridge.\n\nIt was close.\n\nWHAT NOW\n\nNo word."


@pytest.mark.parametrize(
    ("first", "opens"),
    [("^BC-XX,100<\r\n", "^"), ("^BC-XX,100<\r\n", ""), ("BC-XX,100<\r\n", "^"), ("", "^"), ("", "")],
)
def test_a_headline_of_anpa_may_end_with_its_mark(first: str, opens: str) -> None:
    head = f"{first}{opens}Port opens after strike^\r\n^By IDA ROUX=\r\n"
    text = f"\x01a1234\x1f-----\r\nr a BC-XX 01-02 0100\r\n\x02{head}\t   LYON (AP) _ The port opened.\r\n\x03"
    found = document(wire.read, text)
    assert [(claim.field, claim.value) for claim in found.claims if claim.field != "slugline"] == [
        ("title", "Port opens after strike"),
        ("author", "By IDA ROUX"),
    ]
    assert found.text == "LYON (AP) _ The port opened."


@pytest.mark.parametrize(
    ("told", "titles", "text"),
    [
        (
            "Port opens\r\nLYON, March 2 (agc) - It opened\r\nagain.",
            ["Port opens"],
            "LYON, March 2 (agc) - It opened again.",
        ),
        (
            "\r\nPort opens\r\n   Lyon (agc) - It opened.\r\n\r\n   More.",
            ["Port opens"],
            "Lyon (agc) - It opened.\n\nMore.",
        ),
        ("Port opens\r\n   It opened.", ["Port opens"], "It opened."),
        ("LYON (agc) - It opened and\r\n   closed\r\na\r\nb", [], "LYON (agc) - It opened and\n\nclosed a b"),
    ],
)
def test_a_headline_of_iptc_7901_may_be_the_first_line(told: str, titles: list[str], text: str) -> None:
    found = document(wire.read, f"\x01abc1 4 i 2 agc 1\r\n\x02{told}\r\n\x03")
    assert (claimed(found, "title"), found.text) == (titles, text)


def test_tabular_matter_has_its_cells_apart() -> None:
    assert document(wire.read, TABLE).text == "Standings\n\nBy The Associated Press\n | W | L\nLyon | 3 | 1½"


@pytest.mark.parametrize("lead", ["", "\r\n", "\x00\x00", "\x16\x16\x16\x16"])
def test_what_stands_idle_on_the_line_is_passed_over(lead: str) -> None:
    assert document(wire.read, lead + IPTC).text.startswith("Lyon")


def test_a_file_of_dispatches_is_a_container() -> None:
    found = members(wire.read, IPTC + ANPA + IPTC)
    assert [member.path for member in found] == ["dispatch-1.txt", "dispatch-2.txt", "dispatch-3.txt"]
    assert [document(wire.read, bytes_of(member)).media_type for member in found] == [
        "text/vnd.iptc.7901",
        "text/vnd.iptc.anpa",
        "text/vnd.iptc.7901",
    ]


@pytest.mark.parametrize("data", ["\x01", "\x01 words without a text", "no heading \x02 text", ""])
def test_what_has_no_heading_or_no_text_is_refused(data: str) -> None:
    assert "no dispatch begins" in reason(wire.read, data)[1]


def test_a_dispatch_of_anpa_in_which_no_line_is_written_says_nothing() -> None:
    assert document(wire.read, "\x01a1234\x1f-----\r\nr a BC-XX 01-02 0100\r\n\x02\r\n \r\n\x03").text == ""


@pytest.mark.parametrize(
    ("dispatch", "words"),
    [
        ("\x01abc1 4 i 2 agc 1\r\n\x02lead" + 200_000 * " " + "x =\r\n\r\nIt opened.\r\n\x03", "It opened."),
        ("\x01abc1 4 i 2 agc 1\r\n\x02Port opens =\r\n\r\nIt opened.\r\n\x03" + 200_000 * "000000mar", "It opened."),
        ("\x01a1234\x1f-----\r\nr a\r\n\x02\tIt opened" + 400_000 * "\r\na" + "\r\n\x03", "It opened a a a a"),
    ],
    ids=["a line of blanks", "days behind it without end", "a paragraph of lines without end"],
)
def test_what_has_no_end_is_read_in_one_pass(dispatch: str, words: str) -> None:
    assert document(wire.read, dispatch).text.startswith(words)


def test_an_impossible_date_is_no_claim() -> None:
    assert claimed(document(wire.read, IPTC.replace("021015", "322599")), "published") == []


RECORD = """<REUTERS TOPICS="YES" OLDID="1" NEWID="{0}">
<DATE> 5-MAR-1987 10:36:46.25</DATE>
<TOPICS><D>grain</D><D>wheat</D></TOPICS><PLACES><D>france</D></PLACES>
<UNKNOWN>&#5;&#5;C G</UNKNOWN>
<TEXT>&#2;
<TITLE>WHEAT &lt;WHT> UP {0}</TITLE>
<AUTHOR>    By Anne Martin, Reuters</AUTHOR>
<DATELINE>    PARIS, March 5 - </DATELINE><BODY>Prices rose
on Thursday.
    Traders &amp; farmers agreed.
 Reuter
&#3;</BODY></TEXT>
</REUTERS>
"""


def test_a_record_of_reuters_is_read() -> None:
    found = document(reuters_sgml.read, '<!DOCTYPE lewis SYSTEM "lewis.dtd">\n' + RECORD.format(7))
    assert found.text == "PARIS, March 5 - Prices rose on Thursday.\n\nTraders & farmers agreed."
    assert [(claim.field, claim.value) for claim in found.claims] == [
        ("title", "WHEAT <WHT> UP 7"),
        ("author", "By Anne Martin, Reuters"),
        ("published", "1987-03-05T10:36:46"),
        ("dateline", "PARIS, March 5"),
        ("publisher", "Reuters"),
        ("section", "grain"),
        ("section", "wheat"),
        ("place", "france"),
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<TEXT TYPE='UNPROC'>&#2;\nWords as they came.\n</TEXT>", "Words as they came."),
        ("<TEXT TYPE='BRIEF'>&#2;\n<TITLE>ONLY A HEADLINE</TITLE></TEXT>", "ONLY A HEADLINE"),
        ("<TEXT><TITLE>A</TITLE><BODY>It was cut", "It was cut"),
    ],
)
def test_a_record_without_all_its_parts_is_read_as_far_as_it_goes(text: str, read: str) -> None:
    assert document(reuters_sgml.read, f"<REUTERS>{text}").text == read


def test_a_file_of_records_is_a_container() -> None:
    found = members(reuters_sgml.read, "<!DOCTYPE lewis>\n" + "".join(RECORD.format(number) for number in range(3)))
    inner = [document(reuters_sgml.read, bytes_of(member)) for member in found]
    assert [claimed(each, "title") for each in inner] == [[f"WHEAT <WHT> UP {number}"] for number in range(3)]


def test_what_has_no_record_is_refused() -> None:
    assert "no <REUTERS> record" in reason(reuters_sgml.read, "<!DOCTYPE lewis>")[1]
