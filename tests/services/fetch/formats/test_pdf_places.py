"""Where the lines of a PDF stand tells which go on, whichever way they are written and whatever they begin with."""

import pytest

from services.fetch.formats.lines import unwrapped
from services.fetch.formats.pdf import read
from services.fetch.formats.set_line import Line
from tests.services.fetch.formats.writing import document, pdf_of, source

ENCODING = b"/Encoding/WinAnsiEncoding"
NARROW, WIDE = 300, 1300  # thousandths of the letters' size
WIDE_LETTERS = "ac"
HEBREW = ["abdefg hijbakcd klmn opqr stuv", "bd cdef ghijkl mnopq rstuv abcd", "cbd efgh ijklm nopqr"]


def widths(letters: str = "") -> bytes:
    """What says how wide each letter is: all are narrow but for these."""
    each = (WIDE if chr(code) in letters else NARROW for code in range(32, 256))
    return b"/FirstChar 32/LastChar 255/Widths[%s]" % " ".join(map(str, each)).encode()


def hebrew(lines: list[str]) -> bytes:
    """A PDF of these lines, a letter of Hebrew for each of theirs, set to the right margin."""
    words = list[tuple[float, float, str]]()
    for number, line in enumerate(lines):
        left = 500.0
        for word in line.split():
            left -= sum(WIDE if letter in WIDE_LETTERS else NARROW for letter in word) * 11 / 1000
            words.append((left, 700.0 - 14 * number, word[::-1]))
            left -= 4
    letters = "".join(f"/uni{0x5D0 + number:04X}" for number in range(26)).encode()
    encoded = b"/Encoding<</Differences[97%s]>>%s" % (letters, widths(WIDE_LETTERS))
    return pdf_of(*words).replace(ENCODING, encoded)


def test_a_paragraph_from_the_right_goes_on_however_wide_its_lines_begin() -> None:
    expected = " ".join(HEBREW).translate({97 + number: 0x5D0 + number for number in range(26)})
    assert document(read(source(hebrew(HEBREW)))).text == expected


def test_what_is_set_in_from_the_right_is_a_paragraph_of_its_own() -> None:
    lines = ["אבגדה וזחטי כלמנס עפצקר שתאבג דהוזח", "טיכלמ נסעפצ קרשתא בגדהו זחטיכ למנסע"]
    for set_in, together in ((0, True), (20, False)):
        placed = [Line(lines[0], 150, 714, 12, 500), Line(lines[1], 150, 700, 12, 500 - set_in)]
        assert ("\n" not in unwrapped([placed])) is together


def test_a_word_divided_between_lines_that_stand_close_is_seen_to_lead_to_the_second() -> None:
    lines = [
        "Le convoi est entré dans la ville avec",
        "déclaré le porte-parole du gouverne-",
        "ment lors d'une conférence de presse",
        "tenue lundi matin dans la capitale.",
    ]
    words = [(50.0, 700.0 - 12.2 * number, text) for number, text in enumerate(lines)]
    assert "\n" not in document(read(source(pdf_of(*words, size=12)))).text


def test_an_accent_on_the_first_capital_makes_no_line_larger() -> None:
    lines = ["Le convoi est entré dans la ville avec", "À la mairie on parlait du gouvernement", "Écoles et rues."]
    low = b"/Flags 32/Ascent 750/Descent -200/FontBBox[0 -200 999 750]"
    described = b"/FontDescriptor<</Type/FontDescriptor/FontName/Helvetica%s>>" % low
    written = pdf_of(*((50.0, 700.0 - 13 * number, text) for number, text in enumerate(lines)))
    assert document(read(source(written.replace(ENCODING, ENCODING + described + widths())))).text == " ".join(lines)


@pytest.mark.parametrize(
    ("fonts", "together"),
    [
        (("Times-Roman", "Times-Bold"), False),
        (("Times-Bold", "Times-Roman"), False),
        (("Times-Bold", ""), True),
        (("Times-Roman", "Times-Italic"), True),
    ],
)
def test_a_line_in_bold_letters_is_no_part_of_prose(fonts: tuple[str, str], *, together: bool) -> None:
    first = Line("The mills have grain for six weeks.", 50, 714, 12, 300, fonts[0])
    second = Line("The state bans exports of grain now", 50, 700, 12, 300, fonts[1])
    assert ("\n" not in unwrapped([[first, second]])) is together
