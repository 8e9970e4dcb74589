"""Of several lines between the prose of two articles one is the headline: what closes and what opens is told apart."""

import pytest

from services.fetch.core.splitting import divide
from services.fetch.core.splitting.blocks import blocks
from services.fetch.core.splitting.sheet import Sheet
from tests.services.fetch.told import FERRY, MINE

MUSEUM = (
    "A sketchbook found in an attic in Utrecht will hang in the museum",
    (
        "A sketchbook that was found in an attic in Utrecht will hang beside the canvases it was drawn for. The museum "
        "paid 1.2 million euros, most of it from a lottery, and shows the drawings in May.\n\n"
        "Experts had doubted the signature until an X-ray showed the same paper as in two letters of the painter."
    ),
)
TABLE = "\n\n".join(f"{place} | {paid} million" for place, paid in zip("ABCDEF", range(6), strict=True))
FIRST, LAST = "\n\n".join(FERRY), "\n\n".join(MUSEUM)


def openings(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start:].partition("\n")[0] for start, _ in division.spans]


def sheet(text: str) -> Sheet:
    return Sheet.of(text, blocks(text))


def places(text: str) -> list[str]:
    found = sheet(text)
    return [found.blocks[at].text for run in found.runs() for at in run]


@pytest.mark.parametrize(
    "closing",
    [
        "Our correspondents in Perth and Albany reported",
        "Read also the letters of our readers",
        "The author teaches history in Utrecht",
        "Ullapool Harbour Office, Storms and Waves Desk",
    ],
)
def test_a_line_that_closes_the_article_above_is_not_the_headline_of_the_one_below(closing: str) -> None:
    mine = f"{MINE[0]}\n\n{MINE[1]}\n\n{closing}"
    last = f"{LAST}\n\nThe museum is open on Sundays"
    assert openings(f"{FIRST}\n\n{closing}\n\n{mine}\n\n{last}") == [FERRY[0], MINE[0], MUSEUM[0]]


@pytest.mark.parametrize(
    ("headline", "standfirst"),
    [
        ("A warning to quarries", "A mining company must pay nine farmers 4 million dollars."),
        ("Nine harvests, and no bread", "A mining company must pay nine farmers 4 million dollars."),
        ("Of dust and wheat", "Dust ruined the wheat of nine farmers in Perth"),
    ],
)
def test_what_says_more_of_the_article_than_the_headline_is_its_standfirst(headline: str, standfirst: str) -> None:
    mine = f"{headline}\n\n{standfirst}\n\n{MINE[1]}"
    assert openings(f"{FIRST}\n\n{mine}\n\n{LAST}") == [FERRY[0], headline, MUSEUM[0]]


@pytest.mark.parametrize("apart", ["\n\n\n\n", "\n\n***\n\n"], ids=["gaps", "rules"])
def test_a_line_that_looks_like_a_headline_only_as_it_is_set_apart_is_none_below_one_that_does(apart: str) -> None:
    headline, line = "A warning to quarries", "the farmers, the mine, and the judge of Perth,"
    mine = f"{headline}{apart}{line}\n\n{MINE[1]}"
    assert openings(f"{FIRST}{apart}{mine}{apart}{LAST}") == [FERRY[0], headline, MUSEUM[0]]


@pytest.mark.parametrize("headline", ["court orders mining firm to pay nine farmers", "eBay seller to pay farmers"])
def test_a_headline_may_open_with_a_small_letter(headline: str) -> None:
    assert openings(f"{FIRST}\n\n{headline}\n\n{MINE[1]}\n\n{LAST}") == [FERRY[0], headline, MUSEUM[0]]


@pytest.mark.parametrize(
    "text",
    [
        f"{FERRY[0]}\n\n{FERRY[1]}\n\nand lorries wait\n{MINE[1]}",
        f"{FERRY[0]}\n\n{FERRY[1]} It said\n\nthe boats sail again\n\n{MINE[1]}",
        f"{FERRY[0]}\n\n{FERRY[1]}\n\nthe boats sail again,\n\n{MINE[1]}",
        f"{FERRY[0]}\n\n{FERRY[1]}\n\n- the boats sail again\n\n{MINE[1]}",
    ],
    ids=["no empty line below", "no sentence ended above", "it goes on", "an item"],
)
def test_a_line_with_a_small_letter_within_prose_is_no_headline(text: str) -> None:
    assert places(text) == []


def test_a_headline_may_stand_above_a_table_that_has_its_words() -> None:
    table = f"Farmers | Dollars\n\n{TABLE}"
    assert openings(f"{FIRST}\n\n{MINE[0]}\n\n{table}\n\n{MINE[1]}\n\n{LAST}") == [FERRY[0], MINE[0], MUSEUM[0]]


@pytest.mark.parametrize(
    ("table", "below"), [(f"Ports | Ships\n\n{TABLE}", MINE[1]), (f"Farmers | Dollars\n\n{TABLE}", "G | 6")]
)
def test_a_line_above_a_table_of_something_else_or_without_prose_below_is_no_headline(table: str, below: str) -> None:
    assert MINE[0] not in places(f"{FIRST}\n\n{MINE[0]}\n\n{table}\n\n{below}")


@pytest.mark.parametrize(
    ("lines", "recurs"),
    [
        (("What comes next", FERRY[1], "What comes next", MINE[1]), [True, True]),
        (("What comes next", "What comes next", MINE[1]), [False, False]),
        (("What comes next", FERRY[1], "What has been", MINE[1]), [False]),
    ],
    ids=["again", "told twice above", "once"],
)
def test_the_same_line_with_prose_between_is_seen_to_come_again(lines: tuple[str, ...], recurs: list[bool]) -> None:
    found = sheet("\n\n".join(lines))
    at = [index for index, block in enumerate(found.blocks) if block.text == "What comes next"]
    assert [found.recurs(index) for index in at] == recurs


@pytest.mark.parametrize("mark", "^↑")
def test_a_line_above_footnotes_is_no_headline(mark: str) -> None:
    notes = f"Where these figures come from\n\n{mark} {MINE[1]}"
    assert places(f"{FIRST}\n\n{notes}") == []
