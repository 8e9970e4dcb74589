"""The five sample documents, read with the real models: what must hold for any text, and what is plain to see."""

import textwrap
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from contracts.document import Document
from contracts.extraction import EntityType, Extraction
from contracts.language import Language
from services.extract import lists, reader

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
FRENCH = Language(tag="fr", script="Latn", confidence=1.0)


def document(text: str) -> Document:
    return Document(
        source_uri="inbox:x.txt",
        sha256="0" * 64,
        media_type="text/plain",
        bytes=len(text.encode()),
        received_at=datetime(2024, 1, 1, tzinfo=UTC),
        text=text,
    )


@pytest.fixture(scope="module", params=SEEDS, ids=lambda path: path.stem[:3])
def text(request: pytest.FixtureRequest) -> str:
    return request.param.read_bytes().decode("utf-8-sig")  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def extraction(text: str, home: Path) -> Extraction:
    return reader.read(document(text), FRENCH, home)


def test_the_lists_that_the_server_has_read_no_child_reads_again(home: Path) -> None:
    reader.load()
    read = lists.names.cache_info().misses
    reader.prepare(home)
    for tag in ("fr", "en"):
        reader.read(document("Un article."), FRENCH.model_copy(update={"tag": tag}), home)
    assert lists.names.cache_info().misses == read


def test_every_offset_is_true(text: str, extraction: Extraction) -> None:
    mentions = [mention for entity in extraction.entities for mention in entity.mentions]
    mentions += [mention for place in extraction.places for mention in place.mentions]
    for mention in (*mentions, *extraction.dates, *extraction.quantities):
        assert text[mention.start : mention.end] == mention.surface
    for quotation in extraction.quotations:
        assert text[quotation.start : quotation.end] == quotation.text
    if extraction.title and extraction.title.start is not None:
        assert text[extraction.title.start : extraction.title.end] == extraction.title.text


def test_names_do_not_overlap_and_carry_no_blanks_or_marks(extraction: Extraction) -> None:
    mentions = sorted(
        mention for entity in extraction.entities for mention in ((m.start, m.end) for m in entity.mentions)
    )
    assert all(before[1] <= after[0] for before, after in pairwise(mentions))
    surfaces = [mention.surface for entity in extraction.entities for mention in entity.mentions]
    assert not [surface for surface in surfaces if surface.strip(" \n«»\"'’.,;:!?()") != surface]
    assert not [
        surface for surface in surfaces if surface.startswith(("la ", "le ", "les ", "l'", "l’", "d'", "d’", "http"))
    ]


def test_no_place_is_a_person(extraction: Extraction) -> None:
    persons = {m.start for entity in extraction.entities if entity.type is EntityType.PERSON for m in entity.mentions}
    assert not [place.name for place in extraction.places for m in place.mentions if m.start in persons]


def test_coordinates_come_with_a_source_and_a_country_lies_where_its_places_do(extraction: Extraction) -> None:
    for place in extraction.places:
        assert (place.latitude is None) == (place.longitude is None)
        if place.latitude is not None:
            assert place.source in {"cldr", "geonames", "supplement"}


def test_the_war_in_syria_is_about_syria(extraction: Extraction) -> None:
    (syria,) = [place for place in extraction.places if place.name == "Syrie"]
    assert (syria.country, syria.source) == ("SY", "cldr")
    assert extraction.country in {"SY", "KZ"}


def test_every_field_says_who_made_it(extraction: Extraction) -> None:
    assert set(extraction.made_by) == set(Extraction.model_fields) - {"made_by"}
    assert extraction.made_by["entities"].extractor == "fr_core_news_md+gazetteer"


def test_the_same_text_reads_the_same(text: str, extraction: Extraction, home: Path) -> None:
    assert reader.read(document(text), FRENCH, home) == extraction


def test_a_language_without_a_recogniser_says_so(home: Path) -> None:
    german = Language(tag="de", script="Latn", confidence=1.0)
    read = reader.read(document("Der Hamas-Sprecher lobte Deutschland und die NATO in Hamburg."), german, home)
    assert read.made_by["entities"].extractor == "gazetteer only"
    assert {entity.name for entity in read.entities} >= {"Deutschland", "NATO"}


def test_a_text_in_one_endless_line_is_read_whole(home: Path) -> None:
    text = "Le président Vladimir Poutine arrive à Moscou. " * 2000
    read = reader.read(document(text), FRENCH, home)
    putin = next(entity for entity in read.entities if entity.type is EntityType.PERSON)
    assert len(putin.mentions) == 2000


def _surfaces(extraction: Extraction) -> list[tuple[str, str]]:
    return [
        (" ".join(unicodedata.normalize("NFC", mention.surface).split()), entity.type)
        for entity in extraction.entities
        for mention in entity.mentions
    ]


@pytest.mark.parametrize(
    "altered",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: "\n\n".join(textwrap.fill(line, 72, break_on_hyphens=False) for line in text.splitlines() if line),
    ],
    ids=["decomposed accents", "carriage returns", "blanks that do not break", "lines of 72"],
)
def test_how_a_text_is_written_down_changes_no_name_in_it(
    text: str, extraction: Extraction, home: Path, altered: Callable[[str], str]
) -> None:
    other = altered(text)
    read = reader.read(document(other), FRENCH, home)
    assert sorted(_surfaces(read)) == sorted(_surfaces(extraction))
    assert all(other[m.start : m.end] == m.surface for entity in read.entities for m in entity.mentions)
    assert all(other[q.start : q.end] == q.text for q in read.quotations)
