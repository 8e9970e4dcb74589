"""What was copied off a page with all that stood around the article: the article is found in it."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata
from services.extract.core.metadata.page_lines import aside, boxed

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


COMMENT = (
    "Je ne suis pas d'accord avec ce qui est dit ici du village, où il n'y a pas eu de combats du tout, loin de là."
)
COMMENTS = f"Anne\n\nLundi\n\nRépondre\n\n{COMMENT}\n\nPaul\n\nMardi\n\nRépondre\n\n{COMMENT}"


@pytest.mark.parametrize(
    "sign", ["Laisser un commentaire", "© 2024 Le Journal, tous droits réservés", "Top rated comments"]
)
def test_what_ends_a_page_has_everything_below_it_go_even_whole_paragraphs(read: Read, sign: str) -> None:
    text = f"{MENU}{HEADLINE}\n\n{SHARED}{PROSE}\n\n{sign}\n\n{COMMENTS}"
    assert body(read(text), text) == [PROSE]


def test_a_button_for_printing_ends_no_page(read: Read) -> None:
    text = f"{MENU}{HEADLINE}\n\n{SHARED}{PROSE}\n\nDeux pommes\n\nTrois poires\n\nImprimer\n\n{COMMENT}\n\n{COMMENT}"
    assert COMMENT in "\n".join(body(read(text), text))


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("First published on November 20, 2019 / 1:07 AM", "label"),
        ("2 days ago at 07:47 am", "label"),
        ("[ 167 comments ]", "label"),
        ("258 Shares", "label"),
        ("By Anne Petit", None),
        ("Follow us on Facebook", "share_bar"),
        ("FacebookTwitterPinterestEmail", "share_bar"),
        ("More World News", "related"),
        ("By signing up, you agree to our terms of use and to hearing from us now and then.", "subscription"),
        ("Sie können sich jederzeit wieder abmelden, wenn Sie das möchten.", "subscription"),
        ("By Monday three families had left the village, and two had come back.", None),
        ("Best of all were the three days before the village was taken", None),
        (PROSE, None),
    ],
)
def test_times_counts_and_what_is_said_to_the_reader_are_told_beside_an_article(line: str, kind: str | None) -> None:
    found = aside(line)
    assert (found.kind if found else None) == kind


def test_they_go_below_an_article_and_stay_within_it(read: Read) -> None:
    line = "258 Shares"
    text = f"{MENU}{HEADLINE}\n\n{SHARED}{PROSE}\n\n{line}\n\n{PROSE}\n\n{line}\n\n{BELOW}"
    assert "".join(body(read(text), text)).count(line) == 1


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("En vente partout Le Jeu du Journal https://jeux.example/2Bc", "link"),
        ('try{!function(e,t){var d=e.getElementsByTagName("script")[0];t.load(d)}(document,window)}', "navigation"),
    ],
)
def test_what_is_sold_at_an_address_and_scripts_go_from_any_text(read: Read, line: str, kind: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{line}"
    found = read(text)
    assert (body(found, text), [one.kind for one in found.removed]) == ([PROSE], [kind])


ARTICLE = f"{PROSE}\n\n{PROSE}\n\n{PROSE}"
TEASER = (
    "Monde\n\nUn chat est retrouvé\n\nIl avait disparu depuis dix ans, et personne ne savait où il était allé vivre."
)
COMMENT = "Alex\n\nIl y a des villages où personne ne revient, et dont personne ne parle plus dix ans après la fin.\n\n"


def test_teasers_that_are_as_dense_as_the_article_end_it_at_their_head(read: Read) -> None:
    teasers = "\n\n".join([TEASER] * 9)
    text = f"{HEADLINE}\n\n{SHARED}{ARTICLE}\n\nLes plus lus\n\n{teasers}\n\nNewsletter\n"
    assert body(read(text), text) == [ARTICLE]


def test_a_box_within_the_article_ends_nothing_where_more_than_a_teaser_follows(read: Read) -> None:
    text = f"{HEADLINE}\n\n{SHARED}{ARTICLE}\n\nÀ lire aussi\n\nUn chat est retrouvé\n\n{PROSE}\n\n{BELOW}"
    assert body(read(text), text) == [ARTICLE, PROSE]


@pytest.mark.parametrize("beside", ["19 novembre 2019, 14:32", "Répondre", "2 days ago"])
def test_comments_end_an_article_that_is_shorter_than_they_are(read: Read, beside: str) -> None:
    comments = f"{COMMENT}{COMMENT}{COMMENT}{beside}\n\n" * 8
    text = f"{HEADLINE}\n\n{SHARED}{ARTICLE}\n\n12 commentaires\n\n{comments}{BELOW}"
    assert body(read(text), text) == [ARTICLE]


@pytest.mark.parametrize(
    "head",
    [f"10 thoughts on “{HEADLINE}”", f"3 réflexions sur « {HEADLINE} »", f"Ein Gedanke zu „{HEADLINE}“"],
)
def test_the_head_that_a_blog_sets_above_comments_is_one(read: Read, head: str) -> None:
    assert [one.kind for one in read(f"{PROSE}\n\n{head}").removed] == ["comments"]


def test_thoughts_that_somebody_has_on_something_are_prose(read: Read) -> None:
    text = f"{PROSE}\n\nOne comment on the matter came from the mayor, who had seen it all from the hill above."
    assert body(read(text), text) == [text]


def test_a_headline_is_found_below_a_teaser_that_the_run_begins_with(read: Read) -> None:
    teaser = "Un chat est retrouvé après dix ans, et personne ne savait où il était allé vivre pendant tout ce temps."
    text = f"{MENU}{SHARED}{teaser}\n\nMonde\n\n{HEADLINE}\n\n{ARTICLE}\n\n{BELOW}"
    found = read(text)
    assert body(found, text) == [ARTICLE]
    assert found.title is not None
    assert found.title.text == HEADLINE


def test_what_a_menu_says_of_its_parts_goes_where_it_says_it_twice(read: Read) -> None:
    about = "Nos rédactions racontent, semaine après semaine, ce que vivent celles et ceux dont personne ne parle. " * 4
    menu = f"{MENU}{about}\n\n{MENU}"
    text = f"{menu}{menu}{HEADLINE}\n\n{SHARED}{ARTICLE}\n\n{BELOW}"
    assert body(read(text), text) == [ARTICLE]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("We apologize, but this video has failed to load.", "subscription"),
        ("A welcome email is on its way. If you don't see it, please check your junk folder.", "subscription"),
        ("There was an error, please provide a valid email address.", "subscription"),
        ("Exclusive articles and unlimited online access to the Daily Example.", "subscription"),
        ("Merci d'indiquer une adresse e-mail valide.", "subscription"),
        ("Legende: Anne Martin am Fenster ihres Hauses.", "caption"),
        ("The parcel was back in the folder where she had left it.", None),
        ("La légende veut que personne n'y soit jamais revenu.", None),
    ],
)
def test_what_a_box_within_an_article_says_is_told_by_its_words(line: str, kind: str | None) -> None:
    found = boxed(line)
    assert (found.kind if found else None) == kind
