"""What an article of several is called is claimed for it where its first line is a motto, or has a number before it."""

import pytest

from contracts.document import Claim
from services.fetch.core.document import Parts, ReadDocument
from services.fetch.core.splitting import split
from tests.services.fetch.test_splitting_layouts import ENGLISH, SPANISH, Item

ROMAN = ("I", "II", "III")


def titles_of(text: str) -> list[str | None]:
    found = split(ReadDocument(text, "text/plain", "utf-8"))
    assert isinstance(found, Parts)
    return [next((one.value for one in part.claims if one.field == "title"), None) for part in found.documents]


def laid_out(items: list[Item], *marks: str) -> str:
    return "\n\n".join(
        f"{mark}{title}\n\n{prose}" for mark, (title, prose) in zip(marks or ("",) * 3, items, strict=True)
    )


@pytest.mark.parametrize("items", [ENGLISH, SPANISH])
@pytest.mark.parametrize("motto", ["Press review of the week", "What you should have read, and why"])
def test_the_first_article_is_called_by_its_headline_and_not_by_the_line_above_all(
    items: list[Item], motto: str
) -> None:
    assert titles_of(f"{motto}\n\n{laid_out(items)}") == [items[0][0], None, None]


@pytest.mark.parametrize("items", [ENGLISH, SPANISH])
@pytest.mark.parametrize("sign", ["{}. ", "{}) "])
def test_a_headline_is_claimed_without_its_number(items: list[Item], sign: str) -> None:
    for numbers in (range(1, 4), ROMAN):
        marks = [sign.format(number) for number in numbers]
        assert titles_of(laid_out(items, *marks)) == [title for title, _ in items]
        assert titles_of(f"Press review of the week\n\n{laid_out(items, *marks)}") == [title for title, _ in items]


def test_a_line_below_the_first_headline_is_not_taken_for_one() -> None:
    standfirst = "Winter has been harder than anybody expected"
    first, *others = laid_out(ENGLISH).split("\n\n", 1)
    text = "\n\n".join((first, standfirst, *others))
    assert set(titles_of(text)) == {None}


def test_what_somebody_claims_of_the_whole_is_claimed_of_no_article() -> None:
    document = ReadDocument(
        laid_out(ENGLISH), "text/plain", "utf-8", claims=(Claim(field="title", value="All", origin="docx"),)
    )
    found = split(document)
    assert isinstance(found, Parts)
    assert not any(one.field == "title" for part in found.documents for one in part.claims)
