"""Headlines of other articles within the prose that nothing announces."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
PROSE = "The council met on Tuesday and decided nothing, as its members had expected for several weeks."
ONE = "Why Nobody Wants to Buy the Old Mill"
TWO = "The Best Places to See the Northern Lights This Year"
THREE = "Mayor Says His Party Will Not Yield"


def kept(found: Metadata, text: str) -> str:
    return "\n".join(text[span.start : span.end] for span in found.body)


@pytest.mark.parametrize(
    "links",
    [
        f"{ONE}\n\n{TWO}\n\n{THREE}",
        f"Trending\n\n{ONE}\n\n{TWO}\n\n{THREE}",
        f"{ONE} {TWO} {THREE}",
    ],
)
def test_several_headlines_in_a_row_are_links_and_the_prose_around_them_stays(read: Read, links: str) -> None:
    text = f"{PROSE}\n\n{links}\n\n{PROSE}"
    found = read(text, "en")
    assert kept(found, text) == f"{PROSE}\n{PROSE}"
    assert {one.kind for one in found.removed} == {"related"}


@pytest.mark.parametrize(
    "lines",
    [
        ONE,
        f"{ONE}\n\n{TWO}",  # the second may head what follows
        "Ceres Robotics, Palo Alto, California\n\nSierra Group, Aurora, Colorado\n\nTyvak Systems, Irvine, Ohio",
        "Why nobody wants to buy the mill\n\nThe best places to see them\n\nMayor says his party is done",
    ],
)
def test_one_headline_lists_of_names_and_lines_of_a_sentences_case_stay(read: Read, lines: str) -> None:
    text = f"{PROSE}\n\n{lines}\n\n{PROSE}"
    assert read(text, "en").removed == ()


def test_a_list_that_the_prose_announces_stays(read: Read) -> None:
    text = f"{PROSE[:-1]}:\n\n{ONE}\n\n{TWO}\n\n{THREE}\n\n{PROSE}"
    assert read(text, "en").removed == ()
