"""A list of headlines above the articles that they open is no hindrance to telling those apart."""

import pytest

from services.fetch.core.splitting import divide
from services.fetch.core.splitting.blocks import blocks
from services.fetch.core.splitting.contents import below_contents
from tests.services.fetch.told import FERRY, MINE

HEADLINES = (FERRY[0], MINE[0])
LISTS = (
    "In this issue:\n\n- {}\n- {}",
    "CONTENTS\n\n1. {}\n2. {}",
    "The Marsh Weekly, issue 12\n\nTop stories:\n  {}\n  {}",
    "AU SOMMAIRE\n\n• {} ....... 2\n• {} ....... 14",
    "Contents\n\n{}\n\n{}",
)


def body(between: str) -> str:
    return between.join(f"{headline}\n\n{prose}" for headline, prose in (FERRY, MINE))


@pytest.mark.parametrize("above", LISTS)
@pytest.mark.parametrize("between", ["\n\n\n", "\n\n***\n\n", "\n\n--------\n\n"])
def test_a_table_of_contents_belongs_to_the_first_of_the_articles_it_lists(above: str, between: str) -> None:
    text = above.format(*HEADLINES) + between + body(between)
    division = divide(text)
    assert division is not None
    second = text.rindex(MINE[0])
    assert division.spans == ((0, second), (second, len(text)))


def test_the_date_above_a_table_of_contents_is_that_of_the_articles() -> None:
    division = divide("12 May 2024\n\n" + LISTS[0].format(*HEADLINES) + "\n\n\n" + body("\n\n\n"))
    assert division is not None
    assert division.date == "12 May 2024"


def test_a_table_of_contents_of_one_article_divides_it_no_more_than_its_sections_do() -> None:
    sections = (
        ("Ferry service to the islands resumes", FERRY[1]),
        ("Ferries to sail from Ullapool until Friday", "The operator of the ferries said on Tuesday that " + FERRY[1]),
    )
    told = "\n\n".join(f"{heading}\n\n{prose}" for heading, prose in sections)
    assert divide(told) is None
    assert divide("In this article:\n\n- {}\n- {}\n\n".format(*(heading for heading, _ in sections)) + told) is None


@pytest.mark.parametrize(
    "text",
    [
        "- {0}\n- {1}\n\n{2}\n\n{0}\n\n{2}\n\n{1}\n\n{3}",  # prose above the first headline
        "- {1}\n- {0}\n\n{0}\n\n{2}\n\n{1}\n\n{3}",  # another order
        "- {0}\n\n{0}\n\n{2}\n\n{1}\n\n{3}",  # one alone
        "- {0}\n- {1}\n\n{0}\n\n{1}\n\n{2}\n\n{3}",  # no prose below the first
        "- {0}\n- {1}\n\n{2}\n\n{3}",  # that do not come again
        "",
    ],
)
def test_other_lists_are_no_table_of_contents(text: str) -> None:
    assert below_contents(blocks(text.format(*HEADLINES, FERRY[1], MINE[1]))) == 0
