"""What pages print small around an article, and how papers say by whom and when beside the common ways."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]

HEADLINE = "Trois jours de combats dans le nord de Zalmira"
PROSE = (
    "Les combats ont repris mardi dans le nord de Zalmira, où des milliers d'habitants ont quitté leurs maisons.\n\n"
    "Selon la mairie, les habitants du nord ne pourront pas rentrer avant la fin des combats, qui durent depuis mardi."
)


def gone(found: Metadata, text: str) -> list[str]:
    return [text[one.start : one.end] for one in found.removed]


@pytest.mark.parametrize(
    "line",
    [
        "1. Martin A et al. Zalmiral in chronic fever. J Fever Trials 2021;12:118-29",
        "Liens d'intérêts : l'auteure déclare ne pas avoir de liens d'intérêts.",
        "— Real Zalmira (@RealZalmira) July 29, 2019",
        "¡Bienvenida a casa, Zarna! pic.twitter.com/Zk19zalmi",
        "Cours fournis avec un délai de 15 minutes",
        "Lecteurs de Zalmira : écrivez-nous ! Abonnement de soutien : 30 € l'an",
        "Cette entrée a été publiée dans Accidents. Vous pouvez la mettre en favoris avec ce permalien.",
        "– Avec La Presse unie",
        "Libellés : Zalmirie, Europe",
        "Envoyer par e-mail BlogThis! Partager sur Twitter Partager sur Facebook",
        "Temps de lecture : 3 min   Écouter   Offrir   Sauvegarder",
        "Partager  Recommander 214  Tweet  Imprimer  Signaler une erreur",
        "→ À (re)lire : Zalmirie, deux ans après l'accord de paix",
        "Il vous reste 72,4% de cet article à lire. La suite est réservée aux abonnés.",
        "Déjà abonné ? Connectez-vous",
        "Already a member? Log in here",
        "Bereits registriert? Hier anmelden",
        "An error occurred while loading comments.",
        "Already a subscriber? Log in here",
        "Subscribe to continue reading.",
        "An error has occurred, please try again later.",
        "This copy is for your personal, non-commercial use only. To order copies, visit our site.",
        "Sie haben bereits ein Abo? Hier anmelden",
        "¿Ya eres suscriptor? Inicia sesión",
    ],
)
def test_small_print_below_an_article_is_no_part_of_it(read: Read, line: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{line}"
    assert line in gone(read(text), text)


@pytest.mark.parametrize(
    "line",
    [
        "Abonnements et billets ont rapporté au club 30 millions d'euros en 2018, selon ses comptes publiés lundi.",
        "Le cours de l'action a été différé, mais il reste à 30 euros.",
        "Cette entrée a été fermée par la police dans la nuit.",
        "Déjà inscrite au patrimoine mondial, la ville espère plus.",
        "Already a member of the union, Zalmiria voted no.",
        "An error occurred during the landing, officials said.",
        "Bereits registriert sind 4000 Läufer aus 20 Ländern.",
        "Il vous reste à lire le roman que la famille a tiré de cette histoire, et qui paraît ce mardi à Zalmira.",
        "To continue the talks, both sides will meet again on Friday, the ministry said in a statement on Monday.",
    ],
)
def test_prose_that_has_words_of_small_print_stays(read: Read, line: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{line}"
    assert line not in gone(read(text), text)


@pytest.mark.parametrize(
    ("line", "day", "names"),
    [
        ("Posté par J.-M. Castan dans Accidents le 2 février 2017", "2017-02-02", ["J.-M. Castan"]),
        ("samedi 29 juillet 2023 / 11h20 / par Anne Martin", "2023-07-29", ["Anne Martin"]),
        ("Par Anne Martin, le 21 avril 2019 - 7 commentaires", "2019-04-21", ["Anne Martin"]),
        ("Première publication : 09/09/2018 - 22:14 TU", "2018-09-09", []),
    ],
)
def test_a_line_tells_the_day_and_whoever_posted_it(read: Read, line: str, day: str, names: list[str]) -> None:
    found = read(f"{HEADLINE}\n\n{line}\n\n{PROSE}")
    assert found.published is not None
    assert (found.published.value, [name.name for name in found.byline]) == (day, names)


def test_an_issue_names_its_paper_and_its_last_day(read: Read) -> None:
    found = read(f"LA GAZETTE DE ZALMIRA N° 1184 – semaine du 2 au 8 avril 2018\n{HEADLINE}\n\n{PROSE}")
    assert found.published is not None
    assert found.publisher is not None
    assert found.title is not None
    assert (found.published.value, found.publisher.name) == ("2018-04-08", "LA GAZETTE DE ZALMIRA")
    assert found.title.text == HEADLINE


@pytest.mark.parametrize(
    ("line", "names", "publisher"),
    [
        ("R. D.", ["R. D."], None),
        ("Dr Corinne Martin", ["Corinne Martin"], None),
        ("Zalmira Matin", [], "Zalmira Matin"),
        ("Rédaction Zalmira Info (avec AFP)", [], "Zalmira Info"),
        ("(Reportage Anne Martin, rédigé par Paul Petit, édité par Jean Moulin)", ["Anne Martin"], None),
        ("Avec notre correspondante à Zalmira, Anne Martin", ["Anne Martin"], None),
    ],
)
def test_who_signs_below_the_prose(read: Read, line: str, names: list[str], publisher: str | None) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{line}"
    found = read(text)
    assert [name.name for name in found.byline] == names
    assert (found.publisher.name if found.publisher else None) == publisher
    assert line in gone(found, text)


def test_a_name_above_the_papers_own_is_the_authors(read: Read) -> None:
    found = read(f"{HEADLINE}\nAnne Martin\nLa Tribune du Fleuve\n\n{PROSE}")
    assert [name.name for name in found.byline] == ["Anne Martin"]
    assert found.publisher is not None
    assert found.publisher.name == "La Tribune du Fleuve"


def test_a_headline_in_capitals_stands_below_a_weblogs_name(read: Read) -> None:
    found = read(f"Chroniques d'un pays\n\nZALMIRA : LA BATAILLE DU NORD RECOMMENCE\n\nlundi 2 mai 2016\n\n{PROSE}")
    assert found.title is not None
    assert found.title.text == "ZALMIRA : LA BATAILLE DU NORD RECOMMENCE"


def test_the_way_to_a_page_is_no_headline(read: Read) -> None:
    text = (
        f"Accueil > Zalmira > Combats\n\n{HEADLINE}\n\nsamedi 29 juillet 2023\n\n{PROSE}\n\nAccueil\nImprimer\nPartager"
    )
    found = read(text)
    assert found.title is not None
    assert found.title.text == HEADLINE
