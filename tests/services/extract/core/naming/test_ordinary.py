"""What has a capital and is no name, and names that are short for others."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER


def of(entities: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "told", "towns", "expected"),
    [
        ("Bouchons partout. Les bouchons durent.", {"Bouchons": PLACE}, [], {}),
        ("Au fond, rien. Ah bon ? Tranquillement.", {"Au": PLACE, "Ah": OTHER, "Tranquillement": PLACE}, [], {}),
        ("Zalmira dure. La zalmira aussi.", {"Zalmira": PLACE}, ["Zalmira"], {"Zalmira": PLACE}),
        ("Les bouchons de Bouchons", {"Bouchons": PLACE}, [], {"Bouchons": PLACE}),
        ("SPORTS - Il gagne", {"SPORTS": PLACE}, [], {}),
        ("Cyclisme : Zorb gagne", {"Cyclisme": BODY, "Zorb": PERSON}, [], {"Zorb": PERSON}),
        ("Zorb : je pars", {"Zorb": PERSON}, [], {"Zorb": PERSON}),
        ("Zalmira – Rien.", {"Zalmira": PLACE}, ["Zalmira"], {"Zalmira": PLACE}),
        ("Reportage.\nIl dort.", {"Reportage": OTHER}, [], {}),
        ("le chapitre VII finit", {"VII": BODY}, [], {}),
        ("l'édition EUROPE - La suite", {"EUROPE - La": BODY}, [], {"EUROPE": PLACE}),
        ("la Première ministre britannique", {"Première ministre britannique": BODY}, [], {}),
        ("Partez gagnant ! Ecoutons.", {"Partez": OTHER, "Ecoutons": PERSON}, [], {}),
        ("Laconiques, ces phrases.", {"Laconiques": PLACE}, [], {}),
        ("Bernard, 59 ans, est là.", {"Bernard": PLACE}, [], {"Bernard": PERSON}),
        (
            "Paul Marchand est là. Marchand part.",
            {"Paul Marchand": PERSON},
            [],
            {"Paul Marchand": PERSON, "Marchand": PERSON},
        ),
        ("le sens de l'Histoire", {"Histoire": OTHER}, [], {}),
        ("le jeu « Contagion »", {"Contagion": OTHER}, [], {"Contagion": OTHER}),
        ("dans Étoile, puis Étoile", {"Étoile": PLACE}, [], {"Étoile": PLACE}),
        ("avec le Procureur hier", {"Procureur": PERSON}, [], {}),
        ("chantant la Marseillaise hier", {}, [], {"Marseillaise": OTHER}),
        ("alors Tu viens", {"Tu": PLACE}, [], {}),
        ("son COO et sa VR, en Septembre 2015", {"COO": BODY, "VR": BODY, "Septembre 2015": OTHER}, [], {}),
        ('"We Won\'t Go", chanson', {"We Won": OTHER}, [], {}),
    ],
)
def test_a_capital_alone_makes_no_name(
    read: Read, text: str, told: dict[str, EntityType], towns: list[str], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, towns)) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("selon Nolan L., arrêté", {"Nolan L": BODY}, {"Nolan L.": PERSON}),
        ("Vainqueurs : 9. L. Zarbin (Fr)", {"L. Zarbin": PERSON}, {"L. Zarbin": PERSON}),
        ("hier D. Zarbin part", {"D. Zarbin": PLACE}, {"D. Zarbin": PERSON}),
        ("le représentant des Six", {"Six": BODY}, {}),
        ("par M. A. hier", {}, {}),
        ("il a suivi le Plan B. Puis rien", {"Plan B": OTHER}, {"Plan B": OTHER}),
        ("Zarbin Co's shares", {"Zarbin Co's": BODY}, {"Zarbin Co": BODY}),
        ("Zarbin Inc vend", {"Zarbin": PLACE}, {"Zarbin": BODY}),
        ("Zarbin <ZRB.O> to begin", {"Zarbin": PLACE}, {"Zarbin": BODY}),
        ("l'autre Suédois Bo Zarbin", {"Suédois Bo Zarbin": BODY}, {"Bo Zarbin": PERSON}),
        ("le tribunal de grande instance de Zalm", {"Zalm": PERSON}, {"Zalm": PLACE}),
        ("the town of Zalm", {"Zalm": BODY}, {"Zalm": PLACE}),
        ("la Bourse : " + "Zarbin 12.50 Zorb 13,75 " * 6, {"Zarbin": BODY, "Zorb": PERSON}, {}),
    ],
)
def test_what_stands_beside_a_name_is_heeded(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


def test_a_short_name_is_that_of_the_one_body_whose_name_is_longer(read: Read) -> None:
    text = "Zarbin Holdings Ltd achète. Zarbin paie. L'Institut zalm Observatoire de paix se tait, l'Observatoire dort."
    told = {
        "Zarbin Holdings Ltd": BODY,
        "Zarbin": PLACE,
        "Institut zalm Observatoire de paix": BODY,
        "Observatoire": PERSON,
    }
    named = {entity.name: [mention.surface for mention in entity.mentions] for entity in read(text, told)}
    assert named["Zarbin Holdings Ltd"] == ["Zarbin Holdings Ltd", "Zarbin"]
    assert named["Institut zalm Observatoire de paix"] == ["Institut zalm Observatoire de paix", "Observatoire"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Er lebt in Zalmstadt.", ["Zalmstadt"]),
        ("Vive en Ciudad Zalm hoy", ["Ciudad Zalm"]),
        ("Zalmstadt – Es regnet.", ["Zalmstadt"]),
        ("Zalmstadt (xyz) - Es regnet.", ["Zalmstadt"]),
        ("Die Zalmstadt war in Not.", []),
        ("in zalmstadt", []),
    ],
)
def test_in_a_language_without_a_recogniser_a_town_is_known_behind_a_preposition_or_in_a_dateline(
    read: Read, text: str, expected: list[str]
) -> None:
    found = read(text, None, ["Zalmstadt", "Ciudad Zalm"])
    assert [mention.surface for entity in found for mention in entity.mentions] == expected
    assert all(entity.evidence == ("words",) for entity in found)


def test_every_entity_says_what_it_rests_on_and_where_its_name_is_from(read: Read) -> None:
    text = "Daesh, l'armée syrienne et le colonel Zarbin. Le Syndicat zalm (SZ) part."
    found = {
        entity.name: entity for entity in read(text, {"Zarbin": PLACE, "Syndicat zalm": BODY, "colonel": OTHER}, [])
    }
    assert (found["Daech"].name_source, found["Daech"].evidence) == ("supplement", ("list:supplement",))
    assert (found["armée syrienne"].name_source, found["armée syrienne"].evidence) == ("article", ("form",))
    assert found["Zarbin"].evidence == ("model", "words")
    assert found["Syndicat zalm"].evidence == ("model", "acronym")
    assert all(entity.evidence for entity in found.values())


SENTENCES = (
    "Le président Omar Zarbin est à Zalmira.",
    "La Brigade Al-Zorb quitte le nord de Zalmira.",
    "Zarbin parle de la France au journal Zibeline.",
)
TOLD = {"Omar Zarbin": PERSON, "Zarbin": PLACE, "Zalmira": PERSON, "Zibeline": PERSON}


def test_who_is_named_does_not_hang_on_the_order_of_the_paragraphs(read: Read) -> None:
    def summed(text: str) -> set[tuple[str, str, int]]:
        return {(one.name, one.type, len(one.mentions)) for one in read(text, TOLD, ["Zalmira"])}

    assert summed("\n".join(SENTENCES)) == summed("\n".join(SENTENCES[::-1]))


@pytest.mark.parametrize(
    "others", [{"Zarbin": "Kolvek", "Zalmira": "Brenova"}, {"Zibeline": "Quorane", "Zorb": "Mirn"}]
)
def test_other_names_in_the_same_places_are_of_the_same_kinds(read: Read, others: dict[str, str]) -> None:
    def renamed(text: str) -> str:
        for name, other in others.items():
            text = text.replace(name, other)
        return text

    text = "\n".join(SENTENCES)
    before = read(text, TOLD, ["Zalmira"])
    after = read(renamed(text), {renamed(name): kind for name, kind in TOLD.items()}, [renamed("Zalmira")])
    assert [(renamed(one.name), one.type) for one in before] == [(one.name, one.type) for one in after]
