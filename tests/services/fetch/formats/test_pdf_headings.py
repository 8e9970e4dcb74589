"""A heading that is set over several lines is one paragraph; what only stands below another stays a paragraph."""

from dataclasses import replace

import pytest

from services.fetch.formats.lines import unwrapped
from services.fetch.formats.pdf import read
from services.fetch.formats.set_line import Line
from tests.services.fetch.formats.writing import document, pdf, pdf_of, source

PROSE = [
    "The price of a bag of maize meal in the town has risen by a third in two weeks,",
    "after the driest growing season in four decades, traders at the market said now.",
    "Millers say that the warehouses hold supplies for six weeks at the most, and the",
    "government has banned exports and lifted the duty on all grain that is imported.",
]
BODY, BOLD, LARGE = 12.0, "Times-Bold", 24.0
LEFT, WIDTH = 50.0, 480.0
Set = tuple[str, float, str]


def set_line(text: str, size: float, top: float, *, font: str = "Times-Roman", left: float = LEFT) -> Line:
    return Line(text, left, top, size, left + len(text) * size / 2, font)


def paragraphs(*heading: Line) -> list[str]:
    """The paragraphs that the lines of a heading give above prose."""
    below = heading[-1].top - 60
    body = [set_line(text, BODY, below - 14 * number) for number, text in enumerate(PROSE)]
    return unwrapped([[*heading, *body]]).split("\n")[:-1]


def stacked(*lines: Set, distance: float = 1.1) -> list[Line]:
    top, found = 760.0, []
    for text, size, font in lines:
        found.append(set_line(text, size, top, font=font))
        top -= distance * size
    return found


@pytest.mark.parametrize(
    ("lines", "size", "font"),
    [
        (["Maize prices jump by a third after", "the driest growing season"], LARGE, BOLD),
        (["Chess prodigy of", "twelve beats former", "champion"], 40.0, BOLD),
        (["Maize Prices Jump by a Third in", "Lusaka After Driest Season"], LARGE, BOLD),
        (["PREMIER RESIGNS AFTER THE VOTE", "OF NO CONFIDENCE"], LARGE, BOLD),
        (["PREMIER TO RESIGN IN JANUARY", "2027"], LARGE, BOLD),
        (["Was the vote bought? asks", "the mayor's opponent"], LARGE, "Times-Roman"),
        (["Traders at the market say that meal costs a third more", "than two weeks ago"], 14.0, "Times-Roman"),
        (["A bag of maize meal costs a third more than two weeks", "ago, traders say"], BODY, BOLD),
    ],
)
def test_lines_of_one_heading_are_one_paragraph(lines: list[str], size: float, font: str) -> None:
    placed = stacked(*((text, size, font) for text in lines))
    assert paragraphs(*placed) == [" ".join(lines)]


def test_a_heading_may_be_set_to_the_middle_or_to_the_right() -> None:
    lines = stacked(("Judges halt merger of three", LARGE, BOLD), ("hospitals", LARGE, BOLD))
    for left in (LEFT + 9 * LARGE / 2, LEFT + 18 * LARGE / 2):
        placed = set_line("hospitals", LARGE, lines[1].top, font=BOLD, left=left)
        assert paragraphs(lines[0], placed) == ["Judges halt merger of three hospitals"]


@pytest.mark.parametrize(
    "lines",
    [
        [("POLITICS", LARGE, BOLD), ("Premier resigns after losing the vote", LARGE, BOLD)],
        [("Premier resigns after the vote", LARGE, BOLD), ("he had lost on Monday night", 16.0, BOLD)],
        [("Premier resigns after the vote", LARGE, BOLD), ("he had lost on Monday night", LARGE, "Times-Italic")],
        [("The premier has resigned today.", LARGE, BOLD), ("Storm hits the northern coast", LARGE, BOLD)],
        [("“We do not know when he resigned.”", LARGE, BOLD), ("Ann Bee, member of parliament", LARGE, BOLD)],
        [("Premier resigns", LARGE, BOLD), ("Storm hits the northern coast", LARGE, BOLD)],
        [("The premier resigns after the vote", LARGE, BOLD), ("1. What comes now", LARGE, BOLD)],
        [("Ann Bee", BODY, BOLD), ("Carl Dee", BODY, BOLD), ("Eve van Eff", BODY, BOLD)],
        [("Ann Bee", LARGE, BOLD), ("Carl Dee", LARGE, BOLD), ("Eve van Eff", LARGE, BOLD)],
        [("Ministry of Agriculture", 14.0, BOLD), ("12 Harbour Street", 14.0, BOLD), ("Lusaka", 14.0, BOLD)],
        [("Bags of maize", BODY, BOLD), ("in tons", BODY, BOLD)],
        [("A field near the town. Photo: Bee", 9.0, "Times-Italic"), ("and a mill", 9.0, "Times-Italic")],
    ],
)
def test_what_is_no_heading_of_several_lines_stays_apart(lines: list[Set]) -> None:
    assert paragraphs(*stacked(*lines)) == [text for text, *_ in lines]


def test_a_gap_parts_headings() -> None:
    first = set_line("Premier resigns after", LARGE, 760, font=BOLD)
    second = set_line("losing the vote", LARGE, 734, font=BOLD)
    near, far = (set_line("eBay sells its shares", LARGE, top, font=BOLD) for top in (704, 690))
    assert paragraphs(first, second, near) == ["Premier resigns after losing the vote", near.text]
    assert paragraphs(first, far) == [first.text, far.text]


@pytest.mark.parametrize("left", [150.0, 400.0])
def test_lines_that_are_not_set_to_one_edge_stay_apart(left: float) -> None:
    first = set_line("Premier resigns", LARGE, 760, font=BOLD)
    second = set_line("after the vote", LARGE, 734, font=BOLD, left=left)
    assert paragraphs(first, second) == [first.text, second.text]


def test_cells_of_a_row_in_large_letters_stay_a_line() -> None:
    first, second = stacked(("Exports of maize in", LARGE, BOLD), ("tons of meal", LARGE, BOLD))
    cells = Line(first.text, first.left, first.top, LARGE, first.right, BOLD, is_whole=False)
    assert paragraphs(cells, second) == [first.text, second.text]


def test_a_heading_in_letters_that_know_no_capitals_goes_on_where_its_line_is_full() -> None:
    words = ["中国の首相が新しい経済対策を発表し", "市場は大きく上昇した", "天気"]
    lines = [Line(text, LEFT, 760 - 26 * at, LARGE, LEFT + LARGE * len(text), BOLD) for at, text in enumerate(words)]
    assert paragraphs(*lines) == [f"{words[0]} {words[1]}", words[2]]


def test_a_divided_word_of_a_heading_is_whole() -> None:
    first, second, third = stacked(*((text, LARGE, BOLD) for text in ("Der neue Wirtschafts-", "minister tritt", "ab")))
    line = replace(first, text="Der neue Wirtschafts\ufffeminister tritt", last=second)
    assert paragraphs(line, third) == ["Der neue Wirtschaftsminister tritt ab"]


def test_a_pdf_gives_its_heading_as_a_paragraph() -> None:
    lines = ["#Chess prodigy of twelve", "#beats former champion", "By Ann Bee", *PROSE]
    found = document(read(source(pdf([lines])))).text.split("\n")
    assert found[:2] == ["Chess prodigy of twelve beats former champion", "By Ann Bee"]


def test_a_paragraph_goes_on_below_a_divided_word() -> None:
    lines = [
        "Le convoi est entré dans la ville avec",
        "déclaré le porte-parole du gouverne-",
        "ment lors d'une conférence de presse",
        "tenue lundi matin dans la capitale.",
    ]
    words = [(50.0, 700.0 - 14 * number, text) for number, text in enumerate(lines)]
    found = document(read(source(pdf_of(*words)))).text
    assert found == " ".join(lines).replace("gouverne- ment", "gouvernement")
