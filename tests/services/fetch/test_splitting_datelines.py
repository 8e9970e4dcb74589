"""Dispatches in one file are told apart by how each opens, where no headline does it."""

import pytest

from services.fetch.core.splitting import divide
from services.fetch.core.splitting.datelines import dateline

DAM = (
    "A jammed gate at the upper dam sent water over the banks of the river on Tuesday night and flooded three streets "
    "in the old town, forcing forty families to leave their homes.\n\nFirefighters pumped cellars until noon. The "
    "water level fell by half a metre after engineers freed the gate with a crane, the county said."
)
CUP = (
    "A header in the ninety-third minute sent the town's club into the semi-final of the cup on Saturday, two "
    "divisions above its own.\n\nThe goalkeeper had kept the visitors alive with two saves before the break, and "
    "the hosts hit the post twice. The draw takes place on Monday."
)
WHEAT = (
    "Farmers on the plain expect the poorest wheat harvest in thirty years after a wet spring and a scorching July.\n\n"
    "Yields fell by a quarter on trial fields, the union reported. Some growers ploughed their fields under and sowed "
    "maize."
)
STORIES = (DAM, CUP, WHEAT)


def starts(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start : start + 12] for start, _ in division.spans]


@pytest.mark.parametrize(
    "heads",
    [
        ("LONDON, May 17 (Reuters) - ", "PARIS, May 17 (AP) — ", "BERLIN, May 17 (dpa) - "),
        ("Paris (AFP) – ", "Le Caire, 17 mai 2024 (AFP) – ", "Buenos Aires (AFP) – "),
        ("(ANSA) - ROMA, 17 MAG - ", "(ANSA) - MILANO, 17 MAG - ", "(ANSA) - TORINO, 18 MAG - "),
        ("(Reuters) - ", "(Reuters) - ", "(Reuters) - "),
        ("London (Reuters) - ", "Paris (AFP) - ", "Berlin (dpa) - "),
        ("Madrid, 17 may (EFE).- ", "Sevilla, 17 may (EFE).- ", "Bilbao, 18 may (EFE).- "),
        ("ASHFORD, March 26 - ", "CARROW, March 26 - ", "KINGSMERE, March 26 - "),
    ],
)
@pytest.mark.parametrize("between", ["\n\n", "\n\n\n"])
@pytest.mark.parametrize("end", ["", "\n\n(Reporting by Nora Vance; Editing by Simon Yates)"])
def test_each_dispatch_of_a_file_is_an_article(heads: tuple[str, ...], between: str, end: str) -> None:
    dispatches = [head + story + end for head, story in zip(heads, STORIES, strict=True)]
    assert starts(between.join(dispatches)) == [dispatch[:12] for dispatch in dispatches]


def test_a_headline_belongs_to_the_dispatch_below_it_where_the_first_has_one() -> None:
    text = "\n\n".join(
        f"{headline}\n\nASHFORD, May 17 (VPA) - {story}"
        for headline, story in zip(("Dam gate jams", "Rovers win late", "Poor harvest ahead"), STORIES, strict=True)
    )
    assert starts(text) == ["Dam gate jam", "Rovers win l", "Poor harvest"]


@pytest.mark.parametrize(
    "text",
    [
        f"LONDON, May 17 (Reuters) - {DAM}\n\n{CUP}",
        f"{WHEAT}\n\nLONDON, May 17 (Reuters) - {DAM}\n\nPARIS, May 17 (AP) - {CUP}",
        f"LONDON, May 17 (Reuters) - {DAM}\n\nLONDON, May 17 (Reuters) - {DAM}",
        f"MONDAY, May 17 - {DAM}\n\nTUESDAY, May 18 - {CUP}\n\nWEDNESDAY, May 19 - {WHEAT}",
        f"The market today (continued) - {DAM}\n\nThe rest of it (continued) - {CUP}",
        f"PARIS (AFP) - {DAM}\n\nLONDON (AFP) - No more was known.",
        f"Nora Vance (Labour) - {DAM}\n\nSimon Yates (Conservative) - {CUP}\n\nJane Miller (Green) - {WHEAT}",
    ],
    ids=[
        "one dateline",
        "an article that quotes two",
        "one and the same twice",
        "a week",
        "remarks",
        "a line alone",
        "candidates",
    ],
)
def test_an_article_with_the_like_stays_whole(text: str) -> None:
    assert starts(text) == []


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("NEW YORK, 17 mai 2024 (AFP) - Le", True),
        ("بيروت (أ ف ب) - قال", True),
        ("BERLIN (dpa/tmn) - Wer", True),
        ("ROME (AP) _ The", True),
        ("He said (laughing) - and", False),
        ("Unemployment (in per cent) - Since", False),
        ("LONDON (Reuters) said", False),
        ("London, a city - and", False),
        ("", False),
    ],
)
def test_what_opens_as_a_dispatch_does(text: str, is_one: bool) -> None:
    assert (dateline(text) is not None) == is_one
