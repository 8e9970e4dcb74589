"""Lines around headlines: whose they are, and what they say of where another article begins."""

import pytest

from services.fetch.core.splitting import divide, shapes
from tests.services.fetch.told import FERRY, MINE

MUSEUM = (
    "Museum buys lost sketchbook of a Dutch painter",
    (
        "A sketchbook that was found in an attic in Utrecht will hang beside the canvases it was drawn for. The museum "
        "paid 1.2 million euros, most of it from a lottery, and shows the drawings in May.\n\n"
        "Experts had doubted the signature until an X-ray showed the same paper as in two letters of the painter."
    ),
)
ARTICLES = [FERRY, MINE, MUSEUM]


def openings(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start:].partition("\n")[0] for start, _ in division.spans]


@pytest.mark.parametrize(
    "labels",
    [
        ("Travel", "Courts", "Arts"),
        ("HOME NEWS", "WORLD NEWS", "ARTS AND LETTERS"),
        ("12 March 2024", "13 March 2024", "13 March 2024"),
    ],
    ids=["words", "several words", "days"],
)
def test_a_label_belongs_to_the_headline_below_it_where_the_first_has_one(labels: tuple[str, ...]) -> None:
    items = [f"{label}\n\n{headline}\n\n{prose}" for label, (headline, prose) in zip(labels, ARTICLES, strict=True)]
    assert openings("\n\n".join(items)) == list(labels)


def test_a_day_above_each_headline_is_that_of_no_other() -> None:
    days = ("12 March 2024", "13 March 2024", "14 March 2024")
    items = [f"{day}\n\n{headline}\n\n{prose}" for day, (headline, prose) in zip(days, ARTICLES, strict=True)]
    division = divide("\n\n".join(items))
    assert division is not None
    assert division.date is None


def test_a_word_that_ends_each_article_is_its_last() -> None:
    items = [f"{headline}\n\n{prose}\n\nENDS" for headline, prose in ARTICLES]
    assert openings("\n\n".join(items)) == [headline for headline, _ in ARTICLES]


@pytest.mark.parametrize(
    "signatures",
    [
        ("Anna Martin", "Paul Durand", "Maria Schmidt"),
        ("ANNA MARTIN", "PAUL DURAND", "MARIA SCHMIDT"),
        ("(am)", "(pd)", "(ms)"),
        ("© A. Martin", "© P. Durand", "© M. Schmidt"),
        ("anna@example.org", "paul@example.org", "maria@example.org"),
    ],
    ids=["names", "capitals", "initials", "rights", "addresses"],
)
def test_a_signature_belongs_to_the_article_above_it(signatures: tuple[str, ...]) -> None:
    items = [f"{headline}\n\n{prose}\n\n{name}" for (headline, prose), name in zip(ARTICLES, signatures, strict=True)]
    assert openings("\n\n".join(items)) == [headline for headline, _ in ARTICLES]


@pytest.mark.parametrize("between", ["\n\n", "\n\n***\n\n"])
def test_what_is_told_once_more_under_another_headline_is_another_article(between: str) -> None:
    update = f"Ferries sail again, lorries wait\n\n{FERRY[1]}\n\nThe council has opened a school for stranded drivers."
    assert len(openings(f"{FERRY[0]}\n\n{FERRY[1]}{between}{update}")) == 2


def test_a_rule_within_one_article_of_many_keeps_the_others_apart() -> None:
    ruled = (FERRY[0], FERRY[1] + "\n\n***\n\nPassengers can ask for their money until the end of the month.")
    items = [f"{headline}\n\n{prose}" for headline, prose in (ruled, MINE, MUSEUM)]
    assert {MINE[0], MUSEUM[0]} <= set(openings("\n\n".join(items)))


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("Anna Martin", True),
        ("Anna van der Berg", True),
        ("anna@example.org", True),
        ("(dpa)", True),
        ("© Example Press", True),
        ("Ferries sail again", False),
        ("4 Things", False),
        ("Travel", False),
        ("The Ferry Sails Again In A Storm", False),
    ],
)
def test_a_signature_is_told_by_its_looks(line: str, is_one: bool) -> None:
    assert shapes.is_signature(line) is is_one


@pytest.mark.parametrize(
    ("line", "is_one"),
    [
        ("(Photo: Example Press)", True),
        ("[Read more]", True),
        ("（编译/记者）", True),
        ("^ A note, with its source", True),
        ("(AFP) Ferries sail (again)", False),
        ("Ferries sail again (AFP)", False),
    ],
)
def test_a_note_beside_the_text_is_no_headline(line: str, is_one: bool) -> None:
    assert shapes.is_aside(line) is is_one
    assert not (is_one and shapes.is_headline(line, 1))


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("Die Fähre fährt wieder. (dpa)", True),
        ("La toile sera exposée en mai. [A.H.]", True),
        ("He called it “a warning.” (AP)", True),
        ("Die Fähre fährt wieder (dpa)", False),
        ("The ferry sails (at nine.)", True),
    ],
)
def test_initials_in_brackets_do_not_keep_a_sentence_from_ending(text: str, ends: bool) -> None:
    assert shapes.ends_a_sentence(text) is ends


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("The boats sail. Lorries wait", True),
        ("船が出る。トラックは待つ", True),
        ("The boats sail.", False),
        ("Prices at Smith and Co. in the U.S. rise 1.5 per cent", False),
    ],
)
def test_a_line_of_several_sentences_is_told(text: str, goes_on: bool) -> None:
    assert shapes.has_sentences(text) is goes_on
