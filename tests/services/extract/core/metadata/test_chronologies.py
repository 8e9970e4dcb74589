"""Days that head the parts of an article, or its comments, and not the article."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata
from tests.services.extract.core.metadata.test_published import LATER, PROSE, value

Read = Callable[..., Metadata]


def chronology(*heads: str) -> str:
    return "\n\n".join(["Dix ans de travaux au port", *(f"{head}\n\n{PROSE}" for head in heads)])


@pytest.mark.parametrize(
    "heads",
    [
        ("Mars 2016", "Septembre 2019", "Juin 2023"),
        ("Juin 2023", "Septembre 2019", "Mars 2016"),
        ("3 mars 2016", "9 septembre 2019", "1er juin 2023", "2 juin 2023"),
    ],
)
def test_dates_that_head_one_part_after_another_tell_no_publication(read: Read, heads: tuple[str, ...]) -> None:
    text = chronology(*heads)
    found = read(text, at=LATER)
    assert found.published is None
    assert [text[span.start : span.end] for span in found.headings] == list(heads)


@pytest.mark.parametrize(
    ("heads", "told"),
    [
        (("2 avril 2024", "Mars 2016", "Septembre 2019", "Juin 2023"), "2024-04-02"),
        (("2 avril 2024", "3 mars 2016", "9 septembre 2019", "1er juin 2023"), "2024-04-02"),
        (("Publié le 2 avril 2024", "3 mars 2016", "9 septembre 2019", "1er juin 2023"), "2024-04-02"),
        (("2 avril 2024",), "2024-04-02"),
        (("2 avril 2024", "3 mars 2016"), "2024-04-02"),
    ],
)
def test_a_date_above_a_chronology_that_is_none_of_its_headings_tells_it(
    read: Read, heads: tuple[str, ...], told: str
) -> None:
    assert value(read(chronology(*heads), at=LATER)) == told


def test_the_days_of_comments_below_an_article_make_no_chronology(read: Read) -> None:
    comments = "\n\n".join(f"Anne Martin\n\n{day} avril 2024\n\n{PROSE}" for day in (3, 4, 5))
    assert value(read(f"Le port fermé\n\n2 avril 2024\n\n{PROSE}\n\n{comments}", at=LATER)) == "2024-04-02"
