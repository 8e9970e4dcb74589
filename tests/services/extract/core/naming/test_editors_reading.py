"""What an editor stumbled over in French articles: offices, laws, classes, papers, and whose a short name is."""

from collections.abc import Callable

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.geography.atlas import NoAtlas
from services.extract.core.geography.places import places
from services.extract.core.naming.common_bodies import in_the_countries_told
from services.extract.lists import names

Read = Callable[..., tuple[Entity, ...]]
PERSON, PLACE, BODY, OTHER = EntityType.PERSON, EntityType.PLACE, EntityType.ORGANISATION, EntityType.OTHER
PEOPLE, GROUP = EntityType.PEOPLE_GROUP, EntityType.ARMED_GROUP


def of(entities: tuple[Entity, ...]) -> dict[str, str]:
    return {mention.surface: entity.type for entity in entities for mention in entity.mentions}


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Au T.D.C.D.M. tout va, là.", {}, {}),  # no district of Columbia
        ("Vers D.C. on roule, là.", {}, {"D.C.": PLACE}),
        ("À l'O.N.U. on vote.", {}, {"O.N.U.": BODY}),
        ("Le Chef d'Etat part.", {"Chef d'Etat": OTHER}, {}),
        ("Les Chefs d'Etat européens partent.", {"Chefs d'Etat": BODY}, {}),
        ("Un Secrétaire à la Défense américain part.", {"Secrétaire": PLACE}, {}),
        ("La Défense russe part.", {}, {"Défense russe": BODY}),
        ("La Chancelière allemande part.", {"Chancelière allemande": BODY}, {}),
        ("Elle vise la Présidence de la République.", {"Présidence de la République": PLACE}, {}),
        ("Il voit « Directeur Zarb » hier.", {"Directeur Zarb": OTHER}, {"Directeur Zarb": OTHER}),
        ("Il voit Maire Zarbin hier.", {"Maire Zarbin": PERSON}, {"Maire Zarbin": PERSON}),
        ("Les Commissaires-Zarb jouent.", {"Commissaires-Zarb": BODY}, {"Commissaires-Zarb": BODY}),
        ("Son IMC et le CM2, aux EHPAD.", {"IMC": BODY, "CM2": BODY, "EHPAD": BODY}, {}),
        ("La MGZN et le ZMC.", {"MGZN": BODY, "ZMC": BODY}, {"MGZN": BODY, "ZMC": BODY}),
        ("Il voit Ter et Tnt Zarb.", {"Ter": PERSON, "Tnt Zarb": PERSON}, {"Ter": PERSON, "Tnt Zarb": PERSON}),
        ("Sous la Ve République, hier.", {"République": BODY}, {"Ve République": OTHER}),
        ("À la COP 22, le CAC 40 dort.", {"CAC": BODY}, {"COP 22": OTHER, "CAC 40": OTHER}),
        ("Le Traité de Zarbinat dure.", {"Traité de Zarbinat": BODY}, {"Traité de Zarbinat": OTHER}),
        ("Le Traité Zarb dort.", {"Traité Zarb": PERSON}, {"Traité Zarb": PERSON}),
        ("Un rapport de l'Assemblée nationale de juillet.", {}, {"Assemblée nationale": BODY}),
        ("Le Conseil national de Juillet-Zarb vote.", {}, {"Conseil national de Juillet-Zarb": BODY}),
        ("Le président de l'Assemblée Paul Zarbin.", {"Paul Zarbin": PERSON}, {"Paul Zarbin": PERSON}),
        ("Le président de la Fondation Paul Zarbin.", {}, {"Fondation Paul Zarbin": BODY}),
        ("Affaire Zarbin : il part", {"Affaire Zarbin": PERSON}, {"Zarbin": PERSON}),
        ("Il voit Affaire Zarbin hier", {"Affaire Zarbin": PERSON}, {"Affaire Zarbin": PERSON}),
    ],
)  # fmt: skip
def test_capitals_of_respect_and_of_headlines_are_no_part_of_names(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


@pytest.mark.parametrize(
    ("text", "told", "towns", "expected"),
    [
        ("Le Maire de Zalmira part.", {"Maire de Zalmira": BODY}, ["Zalmira"], {"Zalmira": PLACE}),
        ("Le Maire du Zalm part.", {"Maire du Zalm": PLACE}, ["Le Zalm"], {"Zalm": PLACE}),
        ("Le Maire de demain part.", {"Maire de demain": BODY}, ["demain"], {}),
        ("Le Président de l'ZARB part.", {"Président de l'ZARB": BODY}, [], {"ZARB": BODY}),
        ("Le Président de la République part.", {"Président de la République": BODY}, [], {}),
        ("La Présidente de l'association part.", {"Présidente de l'association": BODY}, [], {}),
        ("La Présidente de Zalmira part.", {"Présidente de Zalmira": BODY}, ["Zalmira"], {}),  # of a club of hers
    ],
)
def test_of_an_office_the_town_is_named_that_it_is_held_in(
    read: Read, text: str, told: dict[str, EntityType], towns: list[str], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, towns)) == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Il parle au Monde.", {"Monde": BODY}, {"Monde": "Le Monde"}),
        ("Il cite l'Express hier.", {"Express": BODY}, {"l'Express": "L'Express"}),
        ("Lu dans Le Figaro et au Figaro.", {"Figaro": BODY}, {"Le Figaro": "Le Figaro", "Figaro": "Le Figaro"}),
        ("Le nouveau Monde d'hier.", {"Monde": BODY}, {"Monde": "Monde"}),  # no article stands right before it
        ("Il parle au Monde.", {"Monde": PLACE}, {"Monde": "Monde"}),
        ("Il a tout dit au Zarb.", {"Zarb": BODY}, {"Zarb": "Zarb"}),
        ("Elle a confié au Parisien qu'elle part.", {}, {"Parisien": "Le Parisien"}),
        ("Elle a accordé un entretien au Parisien.", {}, {"Parisien": "Le Parisien"}),
        ("Elle a confié au Parisien moyen sa peine.", {}, {"Parisien": "Parisiens"}),
        ("Elle a loué au Parisien qui passait.", {}, {"Parisien": "Parisiens"}),
        ("Le Canard enchaîné parle. Deux plumes du Canard enchaîné partent.", {},
         {"Le Canard enchaîné": "Le Canard enchaîné", "Canard enchaîné": "Le Canard enchaîné"}),
        ("Lu dans The Zorber. Une plume du Zorber part, un Zorber aussi.", {"The Zorber": BODY, "Zorber": PLACE},
         {"The Zorber": "The Zorber", "Zorber": "Zorber"}),
    ],
)  # fmt: skip
def test_a_paper_is_known_by_its_name_without_the_article(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, str]
) -> None:
    found = {mention.surface: entity.name for entity in read(text, told) for mention in entity.mentions}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("L'État islamique (EI) recule. L'EI part.", {"EI": BODY}, GROUP),
        ("Le Traité de Zorbie (TZ) dure. Le TZ est mort.", {"Traité de Zorbie": BODY, "TZ": BODY}, OTHER),
        ("L'État islamique (ZK) recule. Le ZK part.", {"ZK": BODY}, BODY),  # not spelt by it
    ],
)
def test_what_brackets_say_to_be_short_for_a_name_is_of_its_kind(
    read: Read, text: str, told: dict[str, EntityType], expected: EntityType
) -> None:
    short = text.rpartition("(")[2].partition(")")[0]
    assert of(read(text, told))[short] == expected


@pytest.mark.parametrize(
    ("text", "told", "persons"),
    [
        ("Jean-Luc Zarbin part. Jean-Luc dort.", ("Jean-Luc Zarbin", "Jean-Luc"), 1),
        ("Anne Zarb-Durand part. Zarb-Durand dort.", ("Anne Zarb-Durand", "Zarb-Durand"), 1),
        ("Jean-Luc Zarbin part. Jean dort.", ("Jean-Luc Zarbin", "Jean dort"), 2),
        ("Jean-Luc Zarbin et Jean-Luc Roux. Jean-Luc dort.", ("Jean-Luc Zarbin", "Jean-Luc Roux", "Jean-Luc"), 3),
    ],
)  # fmt: skip
def test_a_double_name_alone_is_that_of_the_only_one_who_has_it(
    read: Read, text: str, told: tuple[str, ...], persons: int
) -> None:
    found = read(text, dict.fromkeys(told, PERSON))
    assert len({entity.name for entity in found}) == persons


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        ("Les SDF ont froid.", {"SDF": BODY}, {}),
        ("En Syrie, les SDF avancent.", {"SDF": BODY}, {"Syrie": PLACE, "SDF": GROUP}),
        ("Il touche les APL.", {"APL": BODY}, {}),
    ],
)
def test_capitals_of_a_common_noun_are_a_bodys_where_its_country_is_named(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told)) == expected


LETTER = "Mon cher maire,\n\nJe vous écris pour dire que tout va bien ici et que la ville dort.\n\nBien à vous.\n\n"


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        (f"{LETTER}PS : Je joins la carte.", []),
        (f"{LETTER}PS : le vote a lieu.\n\nLR : rien.", ["PS"]),
        (f"Les élus du PS votent.\n\n{LETTER}PS : le vote a lieu.", ["PS", "PS"]),
        ("PS : la fronde\n\nLes élus votent, et rien ne se passe.", ["PS"]),
    ],
)
def test_a_postscript_is_no_party(read: Read, text: str, bodies: list[str]) -> None:
    found = read(text, {"PS": BODY})
    assert [mention.surface for entity in found if entity.type == BODY for mention in entity.mentions] == bodies


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Gaëlle a 27 ans.", PERSON),
        ("Hier, Gaëlle, 27 ans, part.", PERSON),
        ("Hier, Gaëlle, une voisine, part.", PERSON),
        ("« Bien », raconte Gaëlle.", PERSON),
        ("Hier, Gaëlle, une petite ville, dort.", PLACE),
        ("On roule vers Gaëlle.", PLACE),
        ("Zalmira a 27 ans.", PLACE),  # no given name
        ("Gaëlle a 27 ans d'avance.", PLACE),
    ],
)
def test_a_given_name_is_somebodys_where_the_words_beside_it_are_said_of_people(
    read: Read, text: str, expected: EntityType
) -> None:
    name = "Zalmira" if "Zalmira" in text else "Gaëlle"
    assert of(read(text, {name: PLACE})) == {name: expected}


SIGNS = "Bélier: Non.\n\nTaureau: Tout va.\n\nLion: Rien.\n\nCancer: Rien.\n\nVierge: Oui.\n\nBalance: Non."


@pytest.mark.parametrize(
    ("text", "told", "expected"),
    [
        (SIGNS, {"Lion": PLACE}, {}),
        (f"{SIGNS}\n\nIl vit à Lion.", {"Lion": PLACE}, {"Lion": PLACE}),
        (SIGNS, {"Lion": PERSON}, {"Lion": PERSON}),  # who speaks
        ("Lion: Rien.\n\nZalmbourg: Rien.\n\nZorbourg: Rien.", {"Lion": PLACE}, {"Lion": PLACE}),
        (SIGNS.replace("Cancer", "Zarb").replace("Vierge", "Zorb"), {"Lion": PLACE}, {"Lion": PLACE}),
    ],
)
def test_words_that_head_the_lines_of_a_list_are_no_places(
    read: Read, text: str, told: dict[str, EntityType], expected: dict[str, EntityType]
) -> None:
    assert of(read(text, told, ["Lion"])) == expected


@pytest.mark.parametrize(
    ("text", "told", "towns", "things"),
    [
        ("On dort à Zalmbois-Perrin. Zalmbois est loin.", ("Zalmbois-Perrin", "Zalmbois"), ["Zalmbois-Perrin"], 1),
        ("Le match Zalmbois-Zorb. Zalmbois est loin.", ("Zalmbois-Zorb", "Zalmbois"), ["Zalmbois", "Zorb"], 2),
        (
            "On dort à Zalm-sur-Mer et à Zalm-en-Bois. Zalm est loin.",
            ("Zalm-sur-Mer", "Zalm-en-Bois", "Zalm"),
            ["Zalm-sur-Mer", "Zalm-en-Bois"],
            3,
        ),
        (
            "On dort à Zalm-Plage. Zalm est loin.",
            ("Zalm-Plage", "Zalm"),
            ["Zalm", "Zalm-Plage"],
            2,
        ),  # a city of its own
        ("On dort à Port-Zalm, et à Port aussi.", ("Port-Zalm", "Port"), ["Port-Zalm"], 2),
    ],
)
def test_a_town_goes_by_the_first_part_of_its_double_name(
    read: Read, text: str, told: tuple[str, ...], towns: list[str], things: int
) -> None:
    found = read(text, dict.fromkeys(told, PLACE), towns)
    assert len({entity.name for entity in found}) == things


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Le Sénat vote.", "FR"),
        ("La France attend. Le Sénat vote.", "FR"),
        ("La France attend, l'Italie aussi. L'Italie dort. Le Sénat vote.", "FR"),
        ("L'Italie attend. Le Sénat vote.", None),
        ("L'Italie attend. L'Italie dort. L'Italie vote. L'Italie part. La France dort. Le Sénat vote.", None),
        ("Vladimir Poutine attend. Le Sénat vote.", None),
        ("L'Italie attend. La Cour des comptes et la SNCF partent.", "FR"),
    ],
)
def test_a_body_that_many_countries_have_is_of_one_that_the_article_tells(
    read: Read, text: str, country: str | None
) -> None:
    found = in_the_countries_told(read(text), places(read(text), names("fr").gazetteer, NoAtlas()))
    assert {one.country for one in found if one.name in {"Sénat", "Cour des comptes"}} == {country}
