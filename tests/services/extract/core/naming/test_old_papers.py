"""Names as papers in print set them, and machines read them: heads of dispatches, capitals, glued sentences."""

import pytest

from contracts.extraction import EntityType
from tests.services.extract.core.naming.conftest import Read

PERSON, PLACE, BODY, OTHER = (EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER)
TOWNS = frozenset(("Zalmira", "ZALMIRA", "Zorbville", "ZORBVILLE", "ZARBAN", "ZALM"))


def found(read: Read, text: str, told: dict[str, EntityType] | None = None) -> set[tuple[str, str]]:
    return {(m.surface, one.type) for one in read(text, told or {}, TOWNS) for m in one.mentions}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Grave accident Zalmira, 28 août.\nUne automobile a versé.", {("Zalmira", PLACE)}),
        ("Zalmira, 7 (ZTS). — Il a plu.", {("Zalmira", PLACE), ("ZTS", BODY)}),
        ("Zalmira, 12 mars (Zorter) La neige fond.", {("Zalmira", PLACE), ("Zorter", BODY)}),
        ("Zalmira, 12 mars (De notre correspondant) La neige fond.", {("Zalmira", PLACE)}),
        ("Réunis le 12 mars, ils ont voté.", set()),
        ("Zorbine, 28 août.\nUne automobile a versé.", set()),
    ],
)
def test_a_dispatch_is_headed_by_its_town_and_whoever_sent_it(
    read: Read, text: str, expected: set[tuple[str, str]]
) -> None:
    assert found(read, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Le sommet sous la neige. photo Keystone", {("Keystone", BODY)}),
        ("Rien ne bouge sur le front, / afp-reuter", {("afp", BODY), ("reuter", BODY)}),
        ("La photo Martine est floue, / voir-plus", set()),
    ],
)
def test_credits_name_agencies(read: Read, text: str, expected: set[tuple[str, str]]) -> None:
    assert found(read, text) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("PASCAL ZARBIN Il pleut.", {"ZARBIN": BODY}, {("PASCAL ZARBIN", PERSON)}),
        ("LE RETOUR DE PASCAL ZARBIN EST SÛR ou non.", {}, set()),
        ("Tout est à refaire. Z. B.", {}, {("Z. B.", PERSON)}),
        ("La fête fut belle. — (C. Z.) — Une foule est venue.", {}, {("C. Z.", PERSON)}),
        ("Il vote au C. Z. demain.", {"C. Z": BODY}, {("C. Z.", BODY)}),
        ("FER ZALMIRA-ZORBVILLE-ZARBIN — Le conseil", {}, {("ZALMIRA", PLACE), ("ZORBVILLE", PLACE)}),
        ("FER ZALMIRA-ZARBINE-ZARBIN — Le conseil", {}, set()),
        ("Il dit : ZALMIRA Mercredi a eu lieu.", {"ZALMIRA Mercredi": BODY}, {("ZALMIRA", PLACE)}),
        ("Ce fut ZALM, encore.", {"ZALM": PLACE}, {("ZALM", PLACE)}),
    ],
)
def test_capitals_name_persons_and_towns_and_no_words(
    read: Read, text: str, told: dict[str, EntityType], expected: set[tuple[str, str]]
) -> None:
    assert found(read, text, told) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Ainsi parle Zarbin.Le conseil suit.", {"Zarbin.Le": PERSON}, {("Zarbin", PERSON)}),
        ("Ils sont partis.R. Zarbon a signé.", {}, {("R. Zarbon", PERSON)}),
        ("Voir Mlle.Zarbin demain.", {"Mlle.Zarbin": PERSON}, {("Zarbin", PERSON)}),
        ("avec le Col EMG G. de Zarbin.", {"Col EMG G. de Zarbin": PLACE}, {("G. de Zarbin", PERSON)}),
        ("Cyclisme Zarbin gagne.", {"Cyclisme Zarbin": PERSON}, {("Zarbin", PERSON)}),
        ("(Photo R. Zarbin)", {"Photo R. Zarbin": PERSON}, {("R. Zarbin", PERSON)}),
        ("MM. Zarbin et Zorb sont élus.", {"Zorb": PLACE}, {("Zarbin", PERSON), ("Zorb", PERSON)}),
        ("On mande de Zarbine que tout va bien.", {"Zarbine": PERSON}, {("Zarbine", PLACE)}),
        ("logé à Zarbin (Zorbavie) depuis", {"Zarbin": PERSON}, {("Zarbin", PLACE)}),
        ("vu Zarbin (Zorbavie) hier", {"Zarbin": PERSON}, {("Zarbin", PERSON)}),
        ("le coureur belge Zarbin gagne", {"Zarbin": PLACE}, {("Zarbin", PERSON)}),
        ("le conseiller fédéral Zarbin a dit", {"Zarbin": PLACE}, {("Zarbin", PERSON)}),
        ("l'étape, Zarb-Zorb (131 km.) fut longue", {"Zarb-Zorb": PERSON}, {("Zarb", PLACE), ("Zorb", PLACE)}),
    ],
)  # fmt: skip
def test_names_are_cut_as_print_sets_them(
    read: Read, text: str, told: dict[str, EntityType], expected: set[tuple[str, str]]
) -> None:
    assert found(read, text, told) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("La Société est décidée.", {"Société": BODY}, set()),
        ("Le Conseil communal a voté.", {"Conseil": BODY}, set()),
        ("Le Conseil de Zarbane vote. Le Conseil suit.", {"Conseil": BODY}, {("Conseil de Zarbane", BODY)}),
        ("Le Conseil général a voté.", {}, set()),
        ("Le Conseil général de Zarbane a voté.", {}, {("Conseil général de Zarbane", BODY)}),
        ("au Tribunal correctionnel de Zarbane, hier", {}, {("Tribunal correctionnel de Zarbane", BODY)}),
        ("par ordre de S. M. le roi", {"S. M": PERSON}, set()),
        ("dans le Groupe B du tournoi", {"Groupe B": PLACE}, set()),
        ("tirés à l'EAU froide, dit-on", {}, set()),
        ("L'Eau de Zarbine est froide.", {}, set()),
        ("Elle est Suisse, dit-on.", {}, set()),
        ("au Conseil des sages les lois", {"Conseil des sages les lois": BODY}, {("Conseil des sages", BODY)}),
        ("200.000 Zarbinois ont voté", {"Zarbinois": PLACE}, {("Zarbinois", EntityType.PEOPLE_GROUP)}),
    ],
)  # fmt: skip
def test_common_nouns_and_letters_of_respect_name_nothing(
    read: Read, text: str, told: dict[str, EntityType], expected: set[tuple[str, str]]
) -> None:
    assert found(read, text, told) == expected


def test_towns_in_capitals_stand_above_the_figures_of_a_table(read: Read) -> None:
    prices = " ".join(f"Zarb {number}.50 {number}.75" for number in range(30, 50))

    assert found(read, f"ZALMIRA {prices} Zorb {prices}", {"Zarb": BODY}) == {("ZALMIRA", PLACE)}


def test_states_that_are_no_more_are_places(read: Read) -> None:
    assert found(read, "de la Yougoslavie à la Rhodésie, et en Alsace-Lorraine") == {
        ("Yougoslavie", PLACE),
        ("Rhodésie", PLACE),
        ("Alsace-Lorraine", PLACE),
    }
