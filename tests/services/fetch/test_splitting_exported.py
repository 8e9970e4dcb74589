"""Files that a press database has exported: several articles, and what its own lines tell of each."""

import pytest

from services.fetch.core.document import Parts, ReadDocument
from services.fetch.core.splitting import divide, split
from services.fetch.core.splitting.exported import exported

PROSE = (
    "The council voted on Tuesday to close the old swimming baths after engineers found cracks in the roof. The "
    "baths had served the town for ninety years.\n\nA petition to keep them open was signed by four thousand people."
)


def nexis(number: int, of: int) -> str:
    return (
        f"{number} of {of} DOCUMENTS\n\nThe Relay\n\n{number} March 2024\n\nHeadline number {number}\n\n"
        f"BYLINE: Nora Vance\n\nSECTION: NEWS; Pg. 2\n\nLENGTH: 179 words\n\n{PROSE}\n\nLOAD-DATE: March 3, 2024\n\n"
    )


def factiva(number: int, prose: str = PROSE) -> str:
    head = f"Headline number {number}\n\nNora Vance\n153 words\n3 March 2024\nThe Relay\n\n"
    return f"{head}{prose}\n\nDocument RELAY00020240303ek330000{number}\n\n"


def europresse(number: int) -> str:
    head = f"Le Relais\nSciences, mardi {number} mars 2024, p. 7\n\nHeadline number {number}\n\nNora Vance\n\n"
    right = f"© 2024 Le Relais. Tous droits réservés.\n\nnews·2024030{number}·LR·761234{number}"
    return f"{head}{PROSE}\n\n{right}\n\n"


def labelled(number: int, *, names: str = "Title Author Date", prose: str = PROSE) -> str:
    title, author, day = names.split()
    head = f"{title}: Headline number {number}\n{author}: Nora Vance\n{day}: {number} March 2024\n\n"
    return f"{head}{prose}\n\n"


@pytest.mark.parametrize(
    "text",
    [
        "".join(nexis(number, 3) for number in (1, 2, 3)),
        "".join(map(europresse, (1, 2, 3))),
        "".join(map(labelled, (1, 2, 3))),
        "".join(labelled(number).replace("\n", "\n\n") for number in (1, 2, 3)),
        "".join(labelled(number, names="Titre Auteur Date") for number in (1, 2, 3)),
        "".join(labelled(number, names="Заголовок Автор Дата") for number in (1, 2, 3)),
        "".join(
            nexis(number, 3).replace(" DOCUMENTS", "").replace(f"{number} of", f"Document {number} of", 1)
            for number in (1, 2, 3)
        ),
        "".join(nexis(number, 3).replace("of 3 DOCUMENTS", "sur 3 documents") for number in (1, 2, 3)),
        "".join(map(factiva, (1, 2, 3))),
        "".join(map(factiva, (1, 2, 3))) + "Search Summary\nText: baths\n",
    ],
)
def test_each_article_of_an_export_is_one_and_they_tile_the_file(text: str) -> None:
    division = divide(text)

    assert division is not None
    parts = [text[start:end] for start, end in division.spans]
    assert "".join(parts) == text
    assert [f"Headline number {number}" in part for number, part in enumerate(parts, 1)] == [True] * 3


@pytest.mark.parametrize(
    "text",
    [
        nexis(1, 1),
        nexis(1, 3) + nexis(3, 3),
        f"{PROSE}\n\n{nexis(1, 2)}{nexis(2, 2)}",
        factiva(1),
        labelled(1),
        europresse(1),
        f"{PROSE}\n\n{labelled(1)}{labelled(2)}",
        labelled(1) + labelled(2, names="Headline Author Date"),
        "".join(labelled(number, prose="See the catalogue.") for number in (1, 2, 3)),
        "".join(labelled(number, names="Title Reviewer Verdict") for number in (1, 2, 3)),
        f"{factiva(1)}{factiva(2)}{PROSE * 3}",
        f"{PROSE}\n\nDocument RELAY000202403031\nDocument RELAY000202403032\nDocument RELAY000202403033\n",
        f"2 of 3 people\n\n{PROSE}\n\n3 of 3 people\n\n{PROSE}",
    ],
)
def test_what_is_not_counted_through_is_no_export(text: str) -> None:
    assert exported(text) == ()


def test_what_stands_above_an_article_is_claimed_for_it() -> None:
    parts = split(ReadDocument("".join(nexis(number, 2) for number in (1, 2)), "text/plain", "utf-8"))

    assert isinstance(parts, Parts)
    assert [{one.field: one.value for one in part.claims} for part in parts.documents] == [
        {
            "publisher": "The Relay",
            "published": f"{number} March 2024",
            "title": f"Headline number {number}",
            "author": "Nora Vance",
        }
        for number in (1, 2)
    ]


def test_what_labelled_lines_above_an_article_tell_is_claimed_for_it() -> None:
    text = "".join(labelled(number, names="Titre Auteur Date") for number in (1, 2))
    parts = split(ReadDocument(text, "text/plain", "utf-8"))

    assert isinstance(parts, Parts)
    assert [{one.field: one.value for one in part.claims} for part in parts.documents] == [
        {"title": f"Headline number {number}", "author": "Nora Vance", "published": f"{number} March 2024"}
        for number in (1, 2)
    ]
