"""What weblogs and papers set above and below an article by habit: bars of buttons, stamps, mottos, sections, desks."""

import pytest

from services.extract.core.metadata import Metadata
from services.extract.core.metadata.unrelated import headline_of
from tests.services.extract.core.metadata.conftest import Read

PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."
MORE = "Plusieurs familles ont fui vers le nord, selon la même source, qui a demandé à ne pas être nommée."
HEADLINE = "Le village repris après trois jours de combats"


def removed(found: Metadata, text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in found.removed]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Tweeter  Partager  +1  A+ A-", "share_bar"),
        ("Partager cet article  Repost 0  S'inscrire à la newsletter", "share_bar"),
        ("J'aime ça :  J'aime  chargement…", "share_bar"),
        ("Like this: Like Loading...", "share_bar"),
        ("Permalien | Rétroliens (0) | Commentaires (3)", "navigation"),
        ("Réagir (7)  Imprimer  Envoyer à un ami", "share_bar"),
        ("« Précédent  Suivant »", "navigation"),
        ("Recevoir la newsletter", "subscription"),
        ("> Suivez-nous sur Facebook et Twitter", "subscription"),
        ("Photo d'archives : Anne Martin", "caption"),
        ("Traduit de l'anglais par Anne Martin", "label"),
        ("Traduction : Anne Martin", "label"),
        ("Translated by Jane Holloway", "label"),
        ("(Rédaction de Beyrouth, traduction bureau de Paris)", "label"),
        ("(Anne Martin et Paul Henry, pour le service français)", "label"),
        ("(Le Courrier du fleuve)", "source_line"),
        ("Publié par Carnets du fleuve à 22:14    3 commentaires", "source_line"),
    ],
)
def test_bars_of_buttons_stamps_and_desks_below_the_prose_are_taken_out(read: Read, line: str, kind: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n{line}"
    assert removed(read(text), text) == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Accueil des familles | Le village compte ses morts",
        "Le maire a dit : « Nous ne traduirons personne »",
        "(Le courrier est arrivé avec deux jours de retard)",
        "La traduction du livre par Anne Martin a paru en mai.",
        "Selon lui, dix-sept soldats ont été faits prisonniers. »",
        "Publié par le ministère à 22 reprises, le chiffre est contesté.",
        "Suivant les cas",
    ],
)
def test_sentences_that_have_such_words_stay(read: Read, line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{MORE}"
    assert removed(read(text), text) == []


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("Anne Martin, envoyée spéciale à Beyrouth", ["Anne Martin"]),
        ("Paul Henry (correspondant à Rio de Janeiro)", ["Paul Henry"]),
        ("Jane Holloway, special correspondent in New York", ["Jane Holloway"]),
        ("Publié par Paul Henry à 22:14", ["Paul Henry"]),
        ("[https://example.org/v/abc]\n\nPaul Henry", ["Paul Henry"]),
    ],
)
def test_whoever_signs_with_a_role_or_below_a_video_is_the_author(read: Read, end: str, names: list[str]) -> None:
    found = read(f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n{end}")
    assert [name.name for name in found.byline] == names
    assert len(found.body) == 1


@pytest.mark.parametrize(
    ("line", "day", "name"),
    [
        ("Mis en ligne le 22 juillet 2011, par Anne Martin", "2011-07-22", "Anne Martin"),
        ("30 Août 2021 , Rédigé par Paul Henry Publié dans #Asie, #Guerre", "2021-08-30", "Paul Henry"),
        ("Publié le 3 mai 2012 par Paul Henry", "2012-05-03", "Paul Henry"),
        ("12 mars 2014 - Publié dans : Monde", "2014-03-12", None),
    ],
)
def test_a_weblogs_stamp_tells_day_and_author(read: Read, line: str, day: str, name: str | None) -> None:
    found = read(f"{line}\n\n{HEADLINE}\n\n{PROSE}\n\n{MORE}")
    assert found.published is not None
    assert found.published.value == day
    assert [one.name for one in found.byline] == ([name] if name else [])
    assert found.title is not None
    assert found.title.text == HEADLINE


@pytest.mark.parametrize(
    ("line", "publisher"),
    [
        ("(Le Courrier du fleuve)", "Le Courrier du fleuve"),
        ("(Gazette hebdo)", "Gazette hebdo"),
        ("Publié par Carnets du fleuve à 22:14", "Carnets du fleuve"),
        ("(Anne Martin)", None),
    ],
)
def test_a_paper_named_in_brackets_or_by_a_stamp_is_the_publisher(read: Read, line: str, publisher: str | None) -> None:
    found = read(f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n{line}")
    assert (found.publisher.name if found.publisher else None) == publisher


@pytest.mark.parametrize(
    "above",
    [
        "REVUE DE PRESSE",
        "Le cahier de ceux qui marchent — « Qui voyage loin ménage sa monture »",
        "SPORT  [+] Agrandir  [-] Réduire",
        "« Qui veut aller loin ménage sa monture, et son jugement. »\n\nAccueil | Archives | Contact\n\n18 mars 2013",
    ],
)
def test_sections_mottos_and_tools_above_are_not_the_headline(read: Read, above: str) -> None:
    found = read(f"{above}\n\n{HEADLINE}\n\n{PROSE}\n\n{MORE}")
    assert found.title is not None
    assert found.title.text == HEADLINE
    assert len(found.body) == 1
    assert found.headings == ()


def test_a_sections_name_with_a_full_stop_is_no_part_of_the_headline(read: Read) -> None:
    text = f"FAITS DIVERS - JUSTICE. {HEADLINE}\n\n{PROSE}"
    found = read(text)
    assert found.title is not None
    assert (found.title.text, found.title.start) == (HEADLINE, 24)
    assert removed(found, text) == [("label", "FAITS DIVERS - JUSTICE. ")]


@pytest.mark.parametrize(
    ("lines", "which"),
    [
        (["Un répit fragile", "Le village repris"], 0),  # a short headline may have no word of the prose
        (["TROIS JOURS DE COMBATS", "Le village repris"], 0),
        (["REVUE DE PRESSE", "Ce qu'il en reste"], 0),
        (["REVUE DE PRESSE", "Ce qu'il reste du village"], 1),
    ],
)
def test_the_first_line_is_the_headline_where_nothing_speaks_against_it(lines: list[str], which: int) -> None:
    assert headline_of(lines, PROSE) == which


def test_a_day_above_a_headline_below_a_pages_menu_is_its_day(read: Read) -> None:
    menu = "Accueil\nRecherche\nContact\nNewsletter\nPartager"
    found = read(f"{menu}\n\nlundi 18 mars 2013\n\n{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\nLire aussi\n\nFacebook Twitter")
    assert found.published is not None
    assert found.published.value == "2013-03-18"
