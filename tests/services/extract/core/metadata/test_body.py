"""What is the article's own prose, and what stands around it."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata
from services.extract.core.metadata import body as sorting
from services.extract.core.metadata.furniture import only_networks

Read = Callable[..., Metadata]
PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."
MORE = "Plusieurs familles ont fui vers le nord, selon la même source, qui a demandé à ne pas être nommée."
HEADLINE = "Le village repris après trois jours de combats"


def removed(found: Metadata, text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in found.removed]


def body(found: Metadata, text: str) -> list[str]:
    return [text[span.start : span.end] for span in found.body]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Partager cet article", "share_bar"),
        ("Share this article on Facebook", "share_bar"),
        ("Facebook Twitter WhatsApp", "share_bar"),
        ("شارك هذا المقال", "share_bar"),
        ("SOURCE: LE JOURNAL", "source_line"),
        ("Source : Reuters.", "source_line"),
        ("المصدر: رويترز", "source_line"),
        ("[https://example.org/v/abc]", "link"),
        ("Vidéo : https://example.org/v/abc", "link"),
        ("**********", "separator"),
        ("* * *", "separator"),
        ("————", "separator"),
        ("Photo : Anne Martin", "caption"),
        ("Des habitants fuient le village, le 3 mars 2019. (AFP photo)", "caption"),
        ("Des habitants fuient le village © Anne Martin", "caption"),
        ("Le ministre : « Nous reviendrons », octobre 2019/TRT", "caption"),
        ("Des habitants fuient le village. Photo AFP", "caption"),
        ("© 2019 Le Journal. Tous droits réservés.", "copyright"),
        ("Lire aussi : Trois jours de combats", "related"),
        ("Read more: Three days of fighting", "related"),
        ("Mots-clés : guerre, village", "tags"),
        ("il y a 3 heures", "label"),
        ("(avec AFP)", "source_line"),
        ("Photo Thinkstock", "caption"),
        ("Illustration/Modèle : Thinkstock / Anne Martin", "caption"),
        ("LIRE AUSSI - Que reste-t-il du village ?", "related"),
        (">> Read also: What is left of the village?", "related"),
        ("Mehr zum Thema: Drei Tage Kampf", "related"),
        ("Lire la suite sur :", "related"),
        ("Get it on Amazon for $39.99", "link"),
        ("Three days of fighting in pictures »", "link"),
        (".", "separator"),
        ("AFP, Reuters", "source_line"),
        ("Articles similaires", "related"),
        ("Lire la suite…", "related"),
        ("Sur le même sujet", "related"),
        ("Commentaires (12)", "comments"),
        ("3 réactions", "comments"),
        ("Cet article vous a plu ? Abonnez-vous à notre newsletter", "subscription"),
        ("Suivez-nous sur Telegram.", "subscription"),
    ],
)
def test_what_stands_around_prose_is_taken_out_with_its_kind_and_the_sign(read: Read, line: str, kind: str) -> None:
    text = f"{PROSE}\n\n{MORE}\n\n{line}"
    found = read(text)
    assert removed(found, text) == [(kind, line)]
    assert found.removed[0].reason
    assert body(found, text) == [f"{PROSE}\n\n{MORE}"]


@pytest.mark.parametrize(
    "line",
    [
        "Il faut partager cet article avec ceux qui n'y croient pas.",
        "Source : le ministère, qui a confirmé hier que trois soldats étaient morts au combat.",
        "Le texte complet est sur https://example.org/v/abc, où chacun peut le lire.",
        "Les recettes pour 1986/87",
        "Quoi ?!",
        "Facebook",
        "— Un passant",
        "La photo a fait le tour du monde (voir la photo de 2015), ce que personne n'attendait.",
        "Le journaliste est venu. (La rédaction a vu la photo de son passeport.)",
        "Il est passé à la taille réelle avec une voiture en bois qui roule (les photos sont ci-après).",
        "The boat was rebuilt by hand in the old harbour (see the pictures below).",
        "Nous l'avons lu dans son livre (Anne Martin, Le photographe en guerre).",
        "Author Jane Smith, from the village, spoke about what she had seen.",
        "Par ailleurs, rien n'a changé.",
        "Photo de famille",
        "On peut lire : « Nous reviendrons ».",
        "Ils ont crié « Jamais »",
        "Article sur le même village",
    ],
)
def test_what_is_not_surely_furniture_stays_in_the_body(read: Read, line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{MORE}"
    found = read(text)
    assert removed(found, text) == []
    assert body(found, text) == [text]


def test_the_names_of_networks_below_a_share_bar_belong_to_it(read: Read) -> None:
    text = f"{PROSE}\n\nPartager :\n\nFacebook,\n\nTwitter"
    assert [kind for kind, _ in removed(read(text), text)] == ["share_bar"] * 3


def test_the_body_begins_below_the_headline_and_is_interrupted_only_by_what_is_taken_out(read: Read) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n*****\n\n{PROSE}"
    assert body(read(text), text) == [f"{PROSE}\n\n{MORE}", PROSE]


def test_a_short_line_within_the_prose_is_a_heading_and_stays_in_the_body(read: Read) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\nUn répit fragile\n\n{MORE}"
    found = read(text)
    assert [text[span.start : span.end] for span in found.headings] == ["Un répit fragile"]
    assert all(any(part.start <= span.start and span.end <= part.end for part in found.body) for span in found.headings)


@pytest.mark.parametrize(
    "line", ["Et pourtant, tout a changé !!", "Voici ce qu'il a écrit :", "- un premier point", "« Jamais »"]
)
def test_cries_announcements_items_and_quotations_are_no_headings(read: Read, line: str) -> None:
    assert read(f"{PROSE}\n\n{line}\n\n{MORE}").headings == ()


def test_a_saying_above_date_line_and_headline_is_a_motto_and_below_the_headline_a_lede(read: Read) -> None:
    saying = "La vérité n'a pas de prix. Elle se gagne chaque jour."
    motto = f"{saying}\n\n13 juillet 2016\n\n{HEADLINE}\n\n{PROSE}"
    lede = f"{HEADLINE}\n\n{saying}\n\n13 juillet 2016\n\n{PROSE}"
    assert removed(read(motto), motto)[0] == ("motto", saying)
    assert body(read(lede), lede)[0] == saying


@pytest.mark.parametrize("section", ["MONDE", "Proche-Orient", "Accueil > Monde > Syrie"])
def test_a_section_above_the_headline_is_a_label(read: Read, section: str) -> None:
    text = f"{section}\n\n{HEADLINE}\n\n{PROSE}"
    assert removed(read(text), text) == [("label", section)]


def test_headlines_below_an_invitation_to_read_them_are_gone_with_it(read: Read) -> None:
    links = "Sur le même sujet Le village\n\nLe village repris : une famille raconte\nLes civils fuient vers le nord"
    text = f"{HEADLINE}\n\n{links}\n\n4 juillet 2016\n\n{PROSE}\n\n{MORE}\n\nLIRE AUSSI:\n» BLOG - Trois ans...\n» Nord"
    found = read(text)
    assert [kind for kind, _ in removed(found, text)] == [*["related"] * 3, "date_line", *["related"] * 3]
    assert body(found, text) == [f"{PROSE}\n\n{MORE}"]


def test_an_invitation_that_names_its_article_takes_nothing_below_it_along(read: Read) -> None:
    text = f"{PROSE}\n\nLire aussi : Trois jours de combats\n\nUn répit fragile\n\n{MORE}"
    assert removed(read(text), text) == [("related", "Lire aussi : Trois jours de combats")]


@pytest.mark.parametrize("label", ["POLITIQUE - ", "PRÉSIDENTIELLE 2017 - ", "FAITS DIVERS - "])
def test_a_sections_name_in_capitals_before_the_first_sentence_is_a_label(read: Read, label: str) -> None:
    text = f"{HEADLINE}\n\n{label}{PROSE}\n\n{MORE}"
    found = read(text)
    assert removed(found, text) == [("label", label)]
    assert body(found, text) == [f"{PROSE}\n\n{MORE}"]


@pytest.mark.parametrize("opening", ["BEYROUTH – ", "BEIRUT (Reuters) - ", "L'ONU - qui l'a dit - ", "A - "])
def test_a_dispatchs_place_and_words_between_dashes_are_no_label(read: Read, opening: str) -> None:
    text = f"{HEADLINE}\n\n{opening}{PROSE}\n\n{MORE}"
    assert removed(read(text), text) == []


def test_the_newsroom_signs_below_a_note_and_above_a_credit(read: Read) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n* le prénom a été modifié\nLa Rédaction\nPhoto Thinkstock"
    found = read(text)
    assert removed(found, text) == [("byline", "La Rédaction"), ("caption", "Photo Thinkstock")]
    assert [name.name for name in found.byline] == ["La Rédaction"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Pour aller plus loin → Trois cartes du village", "related"),
        (">> A lire aussi : Trois cartes du village", "related"),
    ],
)
def test_an_arrow_or_a_capital_without_its_accent_invites_as_well(read: Read, line: str, kind: str) -> None:
    text = f"{PROSE}\n\n{MORE}\n\n{line}"
    assert removed(read(text), text) == [(kind, line)]


def test_an_address_in_a_bracket_behind_a_sentence_is_a_link(read: Read) -> None:
    address = "( https://zorb.example/monde/201710281033645910-une-longue-adresse-de-plus-de-quatre-vingts-lettres/ )"
    text = f"{PROSE} Le site titrait : « Le village est repris ». {address}\n\n{MORE}"
    assert removed(read(text), text) == [("link", address)]
    text = f"{PROSE} Le site (https://zorb.example/) le dit aussi, et d'autres encore avec lui.\n\n{MORE}"
    assert removed(read(text), text) == []


def test_a_motto_may_say_whose_it_is(read: Read) -> None:
    motto = "La vérité n'a pas de prix, mais elle se gagne un peu chaque jour. (Proverbe peul)"
    text = f"{motto}\n\n13 juillet 2016\n\n{HEADLINE}\n\n{PROSE}"
    found = read(text)
    assert found.title is not None
    assert (found.title.text, removed(found, text)[0]) == (HEADLINE, ("motto", motto))
    headline = "Les rebelles publient leur photo (Zorb)"
    assert read(f"{headline}\n\n13 juillet 2016\n\n{PROSE}").title.text == headline  # type: ignore[union-attr]


def test_the_last_line_of_a_table_is_no_heading(read: Read) -> None:
    rows = "Juillet : 47 tués\nAoût : 60 tués\nSeptembre : 35 tués"
    text = f"{HEADLINE}\n\n{PROSE}\n\n{rows}\n\n{MORE}"
    assert [text[span.start : span.end] for span in read(text).headings] == []
    text = f"{HEADLINE}\n\n{PROSE}\n\nSyrie : 13 morts dans un raid\n\n{MORE}"
    assert [text[span.start : span.end] for span in read(text).headings] == ["Syrie : 13 morts dans un raid"]


def test_a_share_bar_of_many_lines_is_read_once(read: Callable[..., Metadata], monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(line: str) -> bool:
        asked.append(line)
        return only_networks(line)

    monkeypatch.setattr(sorting, "only_networks", ask)
    lines = 300
    read(f"{HEADLINE}\n\n{PROSE}\n\n" + "Facebook Twitter\n\n" * lines)
    assert 0 < len(asked) <= 2 * lines


@pytest.mark.parametrize(
    "line",
    [
        "Cliquez ici pour voir la vidéo. Les trois hommes ont été conduits à Zalmira dans la nuit.",
        "Le ministre n'a pas répondu à nos questions. Abonnez-vous à notre newsletter.",
        "The palace has declined to comment. Sign up for our newsletter here.",
    ],
)
def test_a_sentence_beside_an_invitation_is_prose(read: Read, line: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n{line}"
    prose = " ".join(text[span.start : span.end] for span in read(text).body)
    assert max(line.split(". "), key=len).rstrip(".") in prose


@pytest.mark.parametrize(
    "line",
    [
        "Cliquez ici pour vous abonner. Vous recevrez nos articles chaque matin.",
        "Soutenez-nous. Abonnez-vous à notre newsletter.",
    ],
)
def test_sentences_to_readers_go_with_their_invitation(read: Read, line: str) -> None:
    text = f"{HEADLINE}\n\n{PROSE}\n\n{MORE}\n\n{line}"
    assert removed(read(text), text)[-1][1] == line
