"""What bears the name of a place or a person and is neither, and what only stands beside such a thing."""

import pytest

from contracts.extraction import EntityType
from tests.services.extract.core.naming.conftest import Read

PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER
GROUP, FORCE = EntityType.ARMED_GROUP, EntityType.ARMED_FORCE


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        # a ship by the noun right before it
        ("la frégate Bretagne quitte Zalm", {}, {"Bretagne": OTHER}),
        ("le paquebot France fut vendu", {}, {"France": OTHER}),
        ("le destroyer Zalmir coule", {"Zalmir": PLACE}, {"Zalmir": OTHER}),
        ("la frégate a quitté la Bretagne", {}, {"Bretagne": PLACE}),
        ("une frégate de France", {}, {"France": PLACE}),
        ("le ferry France-Italie part", {}, {}),
        ("la mission Syrie de la Bretagne", {}, {"Syrie": PLACE, "Bretagne": PLACE}),
        ("cette frégate, Bretagne oblige, part", {}, {"Bretagne": PLACE}),
        # what hyphens call after a listed person
        ("le navire Charles-de-Gaulle part", {}, {"Charles-de-Gaulle": OTHER}),
        ("l'aéroport Charles-de-Gaulle ferme", {}, {"Charles-de-Gaulle": PLACE}),
        ("le lycée Charles-de-Gaulle ferme", {}, {"Charles-de-Gaulle": BODY}),
        ("le général Charles de Gaulle part", {}, {"Charles de Gaulle": PERSON}),
        ("hier, Jean-Luc Mélenchon et Ban Ki-moon partent", {}, {"Jean-Luc Mélenchon": PERSON, "Ban Ki-moon": PERSON}),
        ("hier, Bachar al-Assad part", {}, {"Bachar al-Assad": PERSON}),
        # a school, and its town
        (
            "le lycée Zorb-Zarbin de Zalmir ferme",
            {"Zorb-Zarbin de Zalmir": PERSON},
            {"Zorb-Zarbin": BODY, "Zalmir": PLACE},
        ),
        ("l'université Zalmir proteste", {"Zalmir": PLACE}, {"Zalmir": BODY}),
        ("l'université de Zalmir proteste", {"Zalmir": PLACE}, {"Zalmir": PLACE}),
        ("Zorb-Zarbin de Zalmir parle", {"Zorb-Zarbin de Zalmir": PERSON}, {"Zorb-Zarbin de Zalmir": PERSON}),
        # a treaty
        ("le protocole de Zalmir engage", {"Zalmir": PLACE}, {"protocole de Zalmir": OTHER}),
        (
            "le traité de Zalmir et le pacte de Zalmir",
            {"Zalmir": PLACE},
            {"traité de Zalmir": OTHER, "pacte de Zalmir": OTHER},
        ),
        ("les accords de Zalmir engagent", {"Zalmir": PLACE}, {"accords de Zalmir": OTHER}),
        ("l'accord de Zalmir manque", {"Zalmir": PLACE}, {"Zalmir": PLACE}),
        ("le traité de Zarbin paraît", {"Zarbin": PERSON}, {"Zarbin": PERSON}),
        ("le traité signé à Zalmir", {"Zalmir": PLACE}, {"Zalmir": PLACE}),
        ("la conférence de Zalmir", {"Zalmir": PLACE}, {"Zalmir": PLACE}),
        # a storm has a given name, and goes on by it
        ("la tempête Paul passe. Paul a tué.", {"Paul": PERSON}, {"Paul": OTHER}),
        ("l'ouragan Odile passe", {"Odile": PERSON}, {"Odile": OTHER}),
        (
            "Paul Zarbin a vu la tempête Paul",
            {"Paul Zarbin": PERSON, "Paul": PERSON},
            {"Paul Zarbin": PERSON, "Paul": PERSON},
        ),
        ("après la tempête, Paul part", {"Paul": PERSON}, {"Paul": PERSON}),
        ("la tempête de Paul Zarbin", {"Paul Zarbin": PERSON}, {"Paul Zarbin": PERSON}),
        # an artist called like a département, a referee's machine
        ("la chanteuse Cher chante", {"Cher": PLACE}, {"Cher": PERSON}),
        ("le préfet du Cher parle", {"Cher": PLACE}, {"Cher": PLACE}),
        ("la VAR tranche", {"VAR": BODY}, {"VAR": BODY}),
        ("à Zalmir (VAR), on vote", {"VAR": PLACE}, {"VAR": PLACE}),
        ("les SDF ont froid", {"SDF": BODY}, {}),
        # fronts and forces: those of parties, of states, of fighters
        ("Hier, le Front de gauche vote", {}, {"Front de gauche": BODY}),
        ("Hier, le Front de libération du Nord attaque", {}, {"Front de libération du Nord": GROUP}),
        (
            "Hier, le Front socialiste de libération du Nord attaque",
            {},
            {"Front socialiste de libération du Nord": GROUP},
        ),
        ("Hier, les Forces armées de Zalmirie avancent", {}, {"Forces armées de Zalmirie": FORCE}),
        (
            "Hier, les Forces armées révolutionnaires de Zalmirie avancent",
            {},
            {"Forces armées révolutionnaires de Zalmirie": GROUP},
        ),
        ("Hier, les Forces démocratiques de Zalmirie avancent", {}, {"Forces démocratiques de Zalmirie": GROUP}),
    ],
)
def test_what_is_called_after_a_place_or_a_person_is_neither(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    found = read(text, told, towns={"Zalmir"})
    assert {mention.surface: entity.type for entity in found for mention in entity.mentions} == expected
