"""Invented sentences, read by the whole extractor with its atlas: where each name lies, and nowhere if unsure."""

import hashlib
from collections.abc import Callable

import pytest

from contracts.document import Document
from contracts.extraction import EntityType, Extraction
from contracts.language import Language
from services.extract import lists
from services.extract.atlas import SqliteAtlas
from services.extract.core import Knowledge, extract
from services.extract.model import load_recognisers
from tests.eval.extracted import RECEIVED

Read = Callable[[str, str], Extraction]


@pytest.fixture(scope="module")
def read(world: SqliteAtlas) -> Read:
    recognisers = load_recognisers()
    if "fr" not in recognisers:
        pytest.skip("no French model is installed")

    def reading(text: str, language: str) -> Extraction:
        data = text.encode()
        document = Document(
            source_uri="inbox:where.txt",
            sha256=hashlib.sha256(data).hexdigest(),
            media_type="text/plain",
            bytes=len(data),
            received_at=RECEIVED,
            text=text,
        )
        knowledge = Knowledge(lists.names(language), recognisers, world)
        return extract(document, Language(tag=language, script=None, confidence=1.0), knowledge)

    return reading


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("Tripoli est bombardée. En Libye, les milices de Misrata avancent vers Tripoli.", {"Tripoli": "LY"}),
        ("Des heurts ont éclaté à Tripoli, dans le nord du Liban. L'armée libanaise est là.", {"Tripoli": "LB"}),
        ("La mairie de Valence, dans la Drôme, a voté le budget.", {"Valence": "FR"}),
        ("Les inondations de Valence ont fait deux morts. L'Espagne est en deuil.", {"Valence": "ES"}),
        ("Un tireur a ouvert le feu à Alexandria, en Virginie.", {"Alexandria": "US"}),
        ("À Athens, en Géorgie, une étudiante a été tuée.", {"Athens": "US", "Géorgie": "US"}),
        ("La Géorgie a voté dimanche. À Tbilissi, l'opposition manifeste.", {"Géorgie": "GE", "Tbilissi": "GE"}),
        ("À Rome, dans l'État de New York, une base ferme.", {"Rome": "US"}),
        ("À Barcelone, au Venezuela, une prison s'est soulevée.", {"Barcelone": None}),
        ("Un jeune homme de Saint-Étienne, dans la Loire, est mort.", {"Saint-Étienne": "FR"}),
        ("À Saint-Denis, à La Réunion, le cyclone a fait deux morts.", {"Saint-Denis": "RE"}),
        ("À Saint-Louis, dans le Missouri, la police a tué un homme.", {"Saint-Louis": "US"}),
        ("À Saint-Louis, au Sénégal, des pirogues sont parties.", {"Saint-Louis": "SN"}),
        ("Washington et Pékin ont signé un accord commercial.", {"Pékin": "CN", "Washington": "US"}),
        ("Washington accuse Bagdad. Les États-Unis retirent leurs troupes de Bagdad.", {"Bagdad": "IQ"}),
        ("Les États-Unis soutiennent Odessa.", {"Odessa": None}),
        ("Un corps flottait au large de Brest.", {"Brest": None}),
        ("Les électeurs de la Vienne et de la Haute-Vienne votent.", {"Vienne": None, "Haute-Vienne": "FR"}),
        ("Le département de la Vienne manque de médecins.", {"Vienne": None}),
        ("Le festival Jazz à Vienne, en Isère, fête ses quarante ans.", {"Vienne": "FR"}),
        ("Un séisme a frappé la région de Grenade, en Espagne.", {"Grenade": "ES"}),
        ("À Liège, la Meuse est sortie de son lit. La Belgique demande de l'aide.", {"Meuse": "BE"}),
        ("Deux chasseurs ont été tués dans la Meuse, près de Verdun.", {"Meuse": "FR"}),
        ("La Moselle a débordé à Trèves, en Allemagne.", {"Moselle": "DE", "Trèves": "DE"}),
        ("Les Ardennes belges attirent les touristes.", {"Ardennes": "BE"}),
        ("Le Pendjab pakistanais et Lahore sont sous l'eau.", {"Pendjab": "PK", "Lahore": "PK"}),
        ("Au Congo, l'armée a repris Goma. Kinshasa accuse le Rwanda.", {"Congo": "CD"}),
        ("Le maire du Havre et celui du Mans ont dîné.", {"Havre": "FR"}),
        ("Nancy Pelosi a quitté Nancy.", {"Nancy": None}),
    ],
)
def test_a_name_lies_where_the_text_says(read: Read, text: str, countries: dict[str, str | None]) -> None:
    found = {mention.surface: place.country for place in read(text, "fr").places for mention in place.mentions}
    assert {name: found.get(name) for name in countries} == countries


@pytest.mark.parametrize(
    ("text", "countries"),
    [
        ("A train derailed in Lebanon, Pennsylvania, on Monday.", {"Lebanon": "US"}),
        ("Police in Cuba, New York, found the body.", {"Cuba": "US"}),
        ("Trade with Cuba, Mexico and Peru grew.", {"Cuba": "CU", "Mexico": "MX", "Peru": "PE"}),
        ("Georgia accused Russia of shelling, and recalled its ambassador from Moscow.", {"Georgia": "GE"}),
        ("Georgia voted for Joe Biden, as did Arizona. Officials in Atlanta recounted.", {"Georgia": "US"}),
        ("In London, Ontario, four members of a family were killed.", {"London": "CA"}),
        ("A man was killed in Paris, Texas, on Sunday.", {"Paris": "US"}),
        ("He lives in Panama City, Florida.", {"Panama City": "US"}),
        ("Punjab police in Lahore arrested Imran Khan. Pakistan was tense.", {"Punjab": "PK"}),
    ],
)
def test_a_name_lies_where_an_english_text_says(read: Read, text: str, countries: dict[str, str | None]) -> None:
    found = {mention.surface: place.country for place in read(text, "en").places for mention in place.mentions}
    assert {name: found.get(name) for name in countries} == countries


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("La frégate Aquitaine a appareillé.", "Aquitaine"),
        ("Le croiseur Moskva a coulé en mer Noire.", "Moskva"),
        ("L'université Columbia a expulsé les étudiants.", "Columbia"),
        ("Le syndrome de Stockholm est mal compris.", "Stockholm"),
        ("La convention de Genève a été citée.", "Genève"),
        ("L'arbitre a consulté la VAR. La VAR a tranché.", "VAR"),
        ("La chanteuse Cher a annulé son concert.", "Cher"),
        ("Le navigateur Jean Castres a félicité son rival. Castres est en forme.", "Castres"),
    ],
)
def test_what_is_called_after_a_place_lies_nowhere(read: Read, text: str, name: str) -> None:
    assert all(
        mention.surface != name
        for entity in read(text, "fr").entities
        if entity.type is EntityType.PLACE
        for mention in entity.mentions
    )
