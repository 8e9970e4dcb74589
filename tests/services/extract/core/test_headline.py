from datetime import UTC, datetime

from contracts.document import Claim, Document
from contracts.extraction import EntityType, Extraction
from contracts.language import Language
from services.extract.core import Knowledge, extract
from services.extract.lists import names


def of_a_page(headline: str, text: str) -> Extraction:
    """What is read of a page whose headline its text does not hold; lists alone tell names."""
    document = Document(
        source_uri="https://example.org/a",
        sha256="0" * 64,
        media_type="text/html",
        bytes=len(text.encode()),
        received_at=datetime(2026, 1, 1, tzinfo=UTC),
        text=text,
        claims=(Claim(field="title", value=headline, origin="html-h1"),),
    )
    return extract(document, Language(tag="fr", script="Latn", confidence=1.0), Knowledge(names("fr")))


def test_a_headline_outside_the_text_speaks_for_the_country_and_the_keywords() -> None:
    read = of_a_page("Haïti : la grève continue", "La grève a commencé lundi, et les écoles sont fermées.")
    assert (read.country, read.keywords) == ("HT", ("Haïti",))
    assert (read.entities, read.places) == ((), ())


def test_what_the_text_names_too_stands_where_the_text_names_it() -> None:
    text = "Les Nations unies ont salué la trêve. Haïti attend."
    read = of_a_page("Haïti : l'ONU salue la trêve", text)
    assert [(one.type, [mention.surface for mention in one.mentions]) for one in read.entities] == [
        (EntityType.ORGANISATION, ["Nations unies"]),
        (EntityType.PLACE, ["Haïti"]),
    ]
    mentions = [mention for one in read.entities for mention in one.mentions]
    assert mentions[1:] == [mention for one in read.places for mention in one.mentions]
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)


def test_captions_quote_too() -> None:
    text = (
        "Le président Emmanuel Macron est rentré lundi à Paris pour un conseil des ministres.\n\n"
        "Macron : « Nous ne céderons pas », octobre 2019/TRT\n\n"
        "Le conseil durera deux heures, a fait savoir le palais, et rien ne sera dit avant mardi.\n"
    )
    read = of_a_page("La rentrée du président", text)
    assert [part.kind for part in read.removed] == ["caption"]
    assert [(one.text, one.speaker) for one in read.quotations] == [("Nous ne céderons pas", "Emmanuel Macron")]
