"""Columns of a PDF that its program wrote row by row are read one after the other; tables and all else stay."""

from itertools import zip_longest

import pytest

from services.fetch.formats.pdf import read
from tests.services.fetch.formats.writing import document, pdf_of, source

BREAD = [
    "Le convoi est entré dans la ville avec",
    "des vivres pour dix mille habitants, a",
    "déclaré le porte-parole du gouverne-",
    "ment lors d'une conférence de presse",
    "tenue lundi matin dans la capitale, et",
    "il repartira demain avec du carburant",
    "pour les hôpitaux, selon ceux qui l'ont",
    "organisé et qui attendent une réponse.",
]
HARVEST = [
    "La récolte de cette année dépasse celle",
    "de l'an dernier, ont annoncé hier les",
    "coopératives réunies à la foire. Après",
    "un printemps de pluie, les agriculteurs",
    "de la plaine craignaient le pire, mais",
    "l'été a permis de rattraper le retard et",
    "les prix sont restés stables partout.",
]
SCHOOL = [
    "Une école ouvre ses portes à la rentrée",
    "dans le quartier de la gare, où trois",
    "cents enfants attendaient une place et",
    "où les classes comptaient jusqu'à trente",
    "élèves, assure la mairie, qui promet de",
    "construire une cantine l'an prochain.",
]
LEADING = 14
PROSE = {
    name: " ".join(lines).replace("gouverne- ment", "gouvernement")
    for name, lines in {"bread": BREAD, "harvest": HARVEST, "school": SCHOOL}.items()
}

Placed = tuple[float, float, str]


def column(lines: list[str], left: float, top: float = 700) -> list[Placed]:
    return [(left, top - LEADING * number, line) for number, line in enumerate(lines)]


def row_by_row(*columns: list[Placed]) -> list[Placed]:
    return [words for row in zip_longest(*columns) for words in row if words is not None]


def text_of(*words: Placed, size: int = 11) -> str:
    return " ".join(document(read(source(pdf_of(*words, size=size)))).text.split())


@pytest.mark.parametrize("lower", [0.0, 3.0, -3.0, 6.0])
def test_two_columns_that_were_written_row_by_row_are_read_one_after_the_other(lower: float) -> None:
    words = row_by_row(column(BREAD, 50), column(HARVEST, 310, 700 - lower))
    assert text_of((50, 740, "Les nouvelles"), *words) == f"Les nouvelles {PROSE['bread']} {PROSE['harvest']}"


def test_columns_that_were_written_from_the_right_are_read_from_the_left() -> None:
    words = row_by_row(column(HARVEST, 310, 703), column(BREAD, 50))
    assert text_of(*words) == f"{PROSE['bread']} {PROSE['harvest']}"


def test_three_columns_are_read_one_after_the_other() -> None:
    words = row_by_row(column(BREAD, 20), column(HARVEST, 210), column(SCHOOL, 400))
    assert text_of(*words, size=9) == " ".join(PROSE[name] for name in ("bread", "harvest", "school"))


def test_what_stands_across_the_columns_parts_them() -> None:
    middle = (50.0, 560.0, "Un titre qui va d'un bord à l'autre de la page et que rien ne coupe")
    above = row_by_row(column(BREAD, 50), column(HARVEST, 310))
    below = row_by_row(column(SCHOOL, 50, 530), column(SCHOOL, 310, 530))
    expected = (PROSE["bread"], PROSE["harvest"], middle[2], PROSE["school"], PROSE["school"])
    assert text_of(*above, middle, *below) == " ".join(expected)


def test_the_foot_of_the_page_stands_behind_the_columns() -> None:
    words = row_by_row(column(BREAD, 50), column(HARVEST, 310))
    assert text_of(*words, (295, 40, "12")).endswith(f"{PROSE['harvest']} 12")


@pytest.mark.parametrize(
    "words",
    [
        column(BREAD + HARVEST + SCHOOL, 50),
        [*column(BREAD, 50), *column(HARVEST, 310)],
        row_by_row(*(column([f"{cell} {n}" for n in range(9)], 50 + 110 * at) for at, cell in enumerate("abcd"))),
        row_by_row(column([f"{n}. Une commune de la plaine" for n in range(9)], 50), column(HARVEST, 310)),
        row_by_row(column([line.capitalize() for line in BREAD], 50), column(HARVEST, 310)),
        row_by_row(column(BREAD, 50), column([f"{n * 7919} euros" for n in range(8)], 400)),
        row_by_row(column(BREAD[:4], 50), column(HARVEST[:4], 310)),
    ],
    ids=["one", "in order", "cells", "numbered", "capitals", "sums", "few"],
)
def test_a_page_stays_as_it_was_written_where_no_columns_of_prose_stand_side_by_side(words: list[Placed]) -> None:
    written = " ".join(text for *_, text in words)
    assert text_of(*words).replace("gouvernement", "gouverne- ment") == written
