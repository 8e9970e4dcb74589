"""Words that run through a text: they go on across a section's heading, and end where an article does."""

import pytest

from services.fetch.core.splitting.blocks import blocks
from services.fetch.core.splitting.evidence import Before, weighed
from services.fetch.core.splitting.sheet import Sheet
from services.fetch.core.splitting.story import Story
from services.fetch.core.splitting.threads import Threads
from tests.services.fetch.told import FERRY, MINE

SHIP, DUST = {"ferry", "harbour", "waves", "pier"}, {"dust", "quarry", "wheat", "judge"}


def threads(*words: set[str]) -> Threads:
    return Threads(words, [900] * len(words))


@pytest.mark.parametrize(
    ("below", "least", "most"),
    [([SHIP, SHIP], 0.4, 1.0), ([DUST, DUST], 0.0, 0.2), ([SHIP, DUST], 0.2, 0.6)],
    ids=["the same", "others", "some"],
)
def test_words_on_both_sides_are_held_against_those_of_one(below: list[set[str]], least: float, most: float) -> None:
    found = threads(SHIP, SHIP, set(), *below, {"bread"}, {"milk"}).across(0, 2)
    assert least <= found <= most


def test_less_is_asked_of_the_side_that_has_fewer_words_of_its_own() -> None:
    short = threads(SHIP, set(), DUST | SHIP, DUST, DUST, {"bread"}).across(0, 1)
    assert short > threads({"mast", *SHIP}, {"mast"}, set(), DUST, DUST, {"bread"}).across(0, 2)


def test_a_word_of_every_passage_is_no_thread_and_none_at_all_tells_nothing() -> None:
    nothing = threads(set(), set(), set()).across(0, 1)
    assert threads({"that"}, {"that"}, {"that"}).across(0, 1) == nothing
    assert 0 < nothing < 1


def test_what_was_told_before_the_article_began_is_not_looked_at() -> None:
    found = threads(SHIP, SHIP, DUST, set(), SHIP, SHIP, {"bread"})
    assert found.across(2, 3) < found.across(0, 3)


def test_a_line_that_comes_again_and_again_is_no_thread() -> None:
    closing = "Ullapool Harbour Office, Storms and Waves Desk"
    articles = [f"{headline}\n\n{prose}\n\n{closing}" for headline, prose in (FERRY, MINE)]
    plain = [f"{headline}\n\n{prose}\n\nENDS" for headline, prose in (FERRY, MINE)]
    found = [Sheet.of(text, blocks(text)) for text in ("\n\n".join(articles), "\n\n".join(plain))]
    at = [[block.text for block in sheet.blocks].index(MINE[0]) for sheet in found]
    assert found[0].threads.across(0, at[0]) == found[1].threads.across(0, at[1])


@pytest.mark.parametrize(
    ("lines", "is_one"),
    [
        (("Farmers win in court", "Perth", "Farmers win in court"), True),
        (("Farmers win in court", "Perth", "Farmers win"), False),
        (("Anna Martin", "Perth", "Anna Martin"), False),
    ],
    ids=["the same", "a part of it", "a name"],
)
def test_a_headline_may_be_told_twice_above_its_text(lines: tuple[str, ...], is_one: bool) -> None:
    text = "\n\n".join((*FERRY, *lines, MINE[1]))
    sheet = Sheet.of(text, blocks(text))
    at = [block.text for block in sheet.blocks].index(lines[0])
    found = weighed(sheet, at, Before(sheet.opener, 0, Story()), until=len(text))
    assert found.signs.echoed == is_one


@pytest.mark.parametrize(
    ("heading", "is_another"), [("What comes next", False), ("What was said", True)], ids=["comes again", "once"]
)
def test_a_heading_that_comes_again_tells_no_second_article_though_the_same_is_told_below(
    heading: str, is_another: bool
) -> None:
    text = "\n\n".join((*FERRY, "What comes next", FERRY[1], heading, MINE[1]))
    sheet = Sheet.of(text, blocks(text))
    at = [block.text for block in sheet.blocks].index("What comes next")
    before = Before(sheet.opener, 0, Story())
    for above in range(at):
        before.story.tell(sheet.titles[above], sheet.words[above], prose=sheet.proses[above])
    assert weighed(sheet, at, before, until=len(text)).signs.again == is_another
