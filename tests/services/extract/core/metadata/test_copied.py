"""What was copied off a page with all that stood around the article: the article is found in it."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
HEADLINE = "Le village repris après trois jours de combats"
PROSE = (
    "Les forces du gouvernement ont repris le village mardi, après trois jours de combats qui ont fait deux morts.\n\n"
    "Plusieurs familles ont fui vers le nord, selon la même source, qui a demandé à ne pas être nommée.\n\n"
    "Le maire du village a demandé de l'aide à la région, dont les secours sont attendus depuis le début des combats."
)
MENU = "Accueil\n\nMonde\n\nSport\n\nSe connecter\n\n"
SHARED = "Partager\n\nFacebook\n\n"
BELOW = "Les plus lus\n\nUn chat est retrouvé après dix ans\n\nNewsletter\n\n"


def body(found: Metadata, text: str) -> list[str]:
    return [text[span.start : span.end] for span in found.body]


def test_a_menu_above_and_a_list_of_other_articles_below_go_and_the_headline_is_found_between_them(read: Read) -> None:
    text = f"{MENU}{HEADLINE}\n\n{SHARED}{PROSE}\n\n{BELOW}"
    found = read(text)
    assert body(found, text) == [PROSE]
    assert found.title is not None
    assert found.title.text == HEADLINE
    assert {(one.kind, one.reason is None) for one in found.removed} == {
        ("navigation", False),
        ("share_bar", False),
        ("related", False),
        ("subscription", False),
    }


def test_the_same_lines_stay_where_only_one_of_them_could_be_a_pages(read: Read) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\nNewsletter\n\n{PROSE}\n\nUn chat est retrouvé après dix ans"
    assert "Newsletter" in "".join(body(read(text), text))


@pytest.mark.parametrize("line", ["PUBLICITÉ", "Anzeige", "ADVERTISEMENT", "Publicidad", "Laisser un commentaire"])
def test_a_label_of_advertising_or_comments_needs_no_other_sign(read: Read, line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{PROSE}"
    assert body(read(text), text) == [PROSE, PROSE]


def test_headings_right_above_prose_are_kept_behind_a_sign(read: Read) -> None:
    within = "À lire aussi\n\nUn chat est retrouvé\n\nUn répit fragile"
    text = f"{HEADLINE}\n\n{SHARED}{PROSE}\n\n{within}\n\n{PROSE}\n\n{BELOW}"
    found = read(text)
    assert [text[span.start : span.end] for span in found.headings] == ["Un répit fragile"]
    assert body(found, text) == [PROSE, f"Un répit fragile\n\n{PROSE}"]


def test_nothing_is_a_margin_that_has_a_good_part_of_the_prose(read: Read) -> None:
    text = f"{SHARED}{PROSE}\n\n{MENU}{HEADLINE}\n\n{PROSE}\n\n{BELOW}{PROSE}"
    assert sum(one.count("Plusieurs familles") for one in body(read(text), text)) == 3


def test_a_name_and_a_time_between_headline_and_prose_are_no_prose(read: Read) -> None:
    text = f"{MENU}{HEADLINE}\n\nAnne Martin\n\n14:32 – 2 min\n\n{PROSE}\n\n{BELOW}"
    found = read(text)
    assert body(found, text) == [PROSE]
    assert [one.name for one in found.byline] == ["Anne Martin"]


@pytest.mark.parametrize(
    ("prose", "others", "tag"),
    [
        ("عاد الأهالي إلى قريتهم أمس بعد ثلاثة أيام من القتال. ", "مقالات أخرى للكاتبأيام القتالعودة الأهالي", "ar"),
        ("Les habitants sont revenus hier. ", "Autres articles du même auteurTrois jours de combatsLe retour", "fr"),
    ],
)
def test_an_authors_other_articles_that_are_glued_to_the_prose_are_cut_off(
    read: Read, prose: str, others: str, tag: str
) -> None:
    text = f"{prose}\n\n{prose}{others}"
    found = read(text, tag)
    assert body(found, text) == [f"{prose}\n\n{prose.strip()}"]
    assert [(one.kind, text[one.start : one.end]) for one in found.removed] == [("related", others)]


def test_a_sentence_about_other_articles_is_prose(read: Read) -> None:
    text = f"{PROSE}\n\nIl existe d'autres articles du même auteur, que nous avons lus."
    assert body(read(text), text) == [text]


def test_a_share_bar_that_is_glued_to_the_first_sentence_is_cut_off(read: Read) -> None:
    bar, prose = (
        "شارك من خلال تويتر فيسبوك جوجل بلس اكتب رأيك ",
        "قال الوزير أمس إن الأهالي عادوا إلى قريتهم بعد القتال.",
    )
    text = f"{bar}{prose}\n\n{prose}"
    assert body(read(text, "ar"), text) == [f"{prose}\n\n{prose}"]


def test_teasers_below_go_however_many_they_are_where_none_of_them_is_as_dense_as_the_article(read: Read) -> None:
    prose = "Il avait disparu depuis dix ans, et personne ne l'attendait plus."
    teaser = f"Un chat est retrouvé\n\nSport\n\n{prose}\n\nMonde\n\n"
    text = f"{MENU}{HEADLINE}\n\n{SHARED}{PROSE}\n\n{PROSE}\n\n{BELOW}{teaser * 5}"
    assert body(read(text), text) == [f"{PROSE}\n\n{PROSE}"]
