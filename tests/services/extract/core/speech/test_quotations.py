"""Quotations are found between all sorts of marks, and given to whoever said them."""

import pytest

from contracts.extraction import Entity, EntityType, Quotation
from contracts.value import Mention, Span
from services.extract.core.speech.quotations import quotations

PERSON, BODY = EntityType.PERSON, EntityType.ORGANISATION


def read(text: str, language: str = "fr", **names: EntityType) -> list[Quotation]:
    found = list(quotations(text, (Span(start=0, end=len(text)),), entities(text, **names), language))
    assert all(text[one.start : one.end] == one.text for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    return found


def entities(text: str, **names: EntityType) -> tuple[Entity, ...]:
    """Every occurrence of the names (an underscore for a blank)."""
    found = []
    for key, kind in names.items():
        name = key.replace("_", " ")
        starts = [at for at in range(len(text)) if text.startswith(name, at)]
        mentions = tuple(Mention(start=at, end=at + len(name), surface=name) for at in starts)
        found.append(Entity(name=name, type=kind, mentions=mentions))
    return tuple(found)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("« Nous ne partirons pas d’ici », a dit Paul.", "fr"),
        ("«Nous ne partirons pas d’ici», a dit Paul.", "fr"),
        ("«\u00a0Nous ne partirons pas d’ici\u00a0», a dit Paul.", "fr"),
        ("“Nous ne partirons pas d’ici”, a dit Paul.", "fr"),
        ('"Nous ne partirons pas d’ici", a dit Paul.', "fr"),
        ('" Nous ne partirons pas d’ici ", a dit Paul.', "fr"),
        ('Paul a dit : " Nous ne partirons pas d’ici ».', "fr"),
        ('Paul a dit : « Nous ne partirons pas d’ici".', "fr"),
        ("Paul a dit : « Nous ne partirons pas d’ici", "fr"),
        ("„Nous ne partirons pas d’ici“, sagte Paul.", "de"),
        ("»Nous ne partirons pas d’ici«, sagte Paul.", "de"),
        ("‘Nous ne partirons pas d’ici,’ said Paul.", "en"),
        ("'Nous ne partirons pas d’ici,' said Paul.", "en"),
    ],
)
def test_marks_of_every_kind_are_paired(text: str, language: str) -> None:
    (found,) = read(text, language, Paul=PERSON)
    assert found.text.rstrip(",") == "Nous ne partirons pas d’ici"
    assert (found.kind, found.direct, found.speaker) == ("direct", True, "Paul")


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("« Il faut partir tout de suite », a déclaré Paul Durand.", "Paul Durand", "a déclaré"),
        ("« Il faut partir tout de suite », a d’ailleurs déclaré Paul Durand.", "Paul Durand", "a d’ailleurs déclaré"),
        ("Paul Durand parle. « Il faut partir tout de suite », a-t-il indiqué.", "Paul Durand", "a-t-il indiqué"),
        ("Paul Durand parle. « Il faut partir tout de suite », sourit-il.", "Paul Durand", "sourit-il"),
        ("« Il faut partir tout de suite », s’est exclamé Paul Durand.", "Paul Durand", "s’est exclamé"),
        ("« Il faut partir tout de suite », a fait savoir Paul Durand.", "Paul Durand", "a fait savoir"),
        ("« Il faut partir tout de suite », selon Paul Durand.", "Paul Durand", "selon"),
        ("« Il faut partir tout de suite », a confié à Anne Petit le maire Paul Durand.", "Paul Durand", "a confié"),
        (
            "« Il faut partir tout de suite », aurait dit au Monde, un proche d’Anne Petit.",
            "un proche d’Anne Petit",
            "aurait dit",
        ),
        ("Paul Durand a déclaré : « Il faut partir tout de suite ».", "Paul Durand", "a déclaré"),
        ("Reçu par Anne Petit, Paul Durand a dit hier : « Il faut partir tout de suite ».", "Paul Durand", "a dit"),
        ("Paul Durand a réagi en affirmant : « Il faut partir tout de suite ».", "Paul Durand", "affirmant"),
        ("Paul Durand : « Il faut partir tout de suite »", "Paul Durand", None),
        ("Pour Paul Durand, « il faut partir tout de suite ».", "Paul Durand", "Pour"),
        ("Les hommes, dit Paul Durand, « partent tous demain matin ».", "Paul Durand", "dit"),
        ("« Il faut partir, a dit Paul Durand, et tout de suite ».", "Paul Durand", "a dit"),
        (
            "« Il faut partir tout de suite », lit-on dans le communiqué de Paul Durand.",
            "Paul Durand",
            "lit-on dans le communiqué",
        ),
        ("Le communiqué de Paul Durand :\n« Il faut partir tout de suite »", "Paul Durand", "communiqué"),
    ],
)
def test_the_speaker_is_the_subject_of_the_verb_beside_the_quotation(text: str, speaker: str, cue: str | None) -> None:
    (found,) = read(text, Paul_Durand=PERSON, Anne_Petit=PERSON, Monde=BODY)
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    ("text", "language", "cue"),
    [
        ("“We will leave at once,” said Paul Durand.", "en", "said"),
        ("“We will leave at once,” Paul Durand told Anne Petit.", "en", "told"),
        ("“We will leave at once,” the mayor, Paul Durand, said on Monday.", "en", "said"),
        ("Paul Durand has said: “We will leave at once.”", "en", "has said"),
        ("According to Paul Durand, “they leave at once”.", "en", "According to"),
        ("„Wir gehen jetzt alle nach Hause“, sagte Paul Durand.", "de", "sagte"),
        ("Paul Durand erklärte: „Wir gehen jetzt alle.“", "de", "erklärte"),
        ("«Nos vamos todos ahora mismo», dijo Paul Durand.", "es", "dijo"),
        ("Paul Durand afirmó: «Nos vamos todos ahora».", "es", "afirmó"),
        ("«Ce ne andiamo tutti adesso», ha detto Paul Durand.", "it", "ha detto"),
        ("وقال Paul Durand: «سنغادر جميعا هذه المدينة الآن».", "ar", "وقال"),
    ],
)
def test_other_languages_have_their_own_verbs(text: str, language: str, cue: str) -> None:
    (found,) = read(text, language, Paul_Durand=PERSON, Anne_Petit=PERSON)
    assert (found.speaker, found.cue) == ("Paul Durand", cue)


def test_a_title_is_resolved_to_the_person_who_bore_it() -> None:
    text = "Le ministre Paul Durand a vu Anne Petit. « Il faut partir tout de suite », a déclaré le ministre."
    (found,) = read(text, Paul_Durand=PERSON, Anne_Petit=PERSON)
    assert found.speaker == "Paul Durand"


def test_a_pronoun_passes_over_those_of_the_other_gender() -> None:
    text = "Mme Anne Petit arrive. M. Paul Durand part. « Il faut partir tout de suite », a-t-elle dit."
    (found,) = read(text, Paul_Durand=PERSON, Anne_Petit=PERSON)
    assert found.speaker == "Anne Petit"


def test_a_quotation_that_goes_on_keeps_its_speaker_without_a_cue() -> None:
    text = "« Il faut partir tout de suite », a dit Paul Durand. « Nous ne pouvons plus rester ici. »"
    assert [(one.speaker, one.cue) for one in read(text, Paul_Durand=PERSON)] == [
        ("Paul Durand", "a dit"),
        ("Paul Durand", None),
    ]


def test_a_gerund_has_the_subject_of_its_sentence() -> None:
    text = "« Il faut partir tout de suite », a dit Paul Durand, ajoutant que « rien ne presse »."
    assert [one.speaker for one in read(text, Paul_Durand=PERSON)] == ["Paul Durand", "Paul Durand"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Paul Durand a qualifié ces gens de « voyous ».", "partial"),
        ("Selon Paul Durand, des « milliers de gens » sont là.", "partial"),
        ("Paul Durand affirme que l’affaire est « un grand succès ».", "partial"),
        ("Paul Durand a dit que « la ville est calme ».", "partial"),
    ],
)
def test_words_woven_into_a_sentence_are_partial(text: str, kind: str) -> None:
    (found,) = read(text, Paul_Durand=PERSON)
    assert (found.kind, found.speaker, found.direct) == (kind, "Paul Durand", True)


@pytest.mark.parametrize(
    "text",
    [
        "L’opposition « modérée » s’en va.",
        "Ces « rebelles » sont partis, a dit Paul Durand.",
        "Les sources indiquent que la branche du nord se serait vengée des « Lions du Nord » hier.",
        'On ne parle plus de "possibles départs en masse" ici.',
        "Un groupe qualifié de « terroriste » est là.",
        "Le film « Le Grand Bleu des mers du Sud » est sorti.",
        "Les « marées noires », souvent observées, reviennent.",
        "Le groupe « Paul Durand » chante.",
        "L’attaque, revendiquée hier, a été appelée « tempête » ici.",
    ],
)
def test_words_that_nobody_said_are_scare_quotes(text: str) -> None:
    (found,) = read(text, Paul_Durand=PERSON)
    assert (found.kind, found.direct, found.speaker, found.cue) == ("scare", False, None, None)


def test_a_quotation_over_several_paragraphs_is_a_block_with_its_inner_quotations() -> None:
    text = (
        "La dépêche de Paul Durand :\n\n« Les forces avancent vers le nord.\n\n"
        "« Nous serons là demain matin », a dit Anne Petit.\n\nLa ville attend. »"
    )
    block, inner = read(text, Paul_Durand=PERSON, Anne_Petit=PERSON)
    assert (block.kind, block.speaker) == ("block", "Paul Durand")
    assert block.text.startswith("Les forces")
    assert block.text.endswith("attend.")
    assert (inner.kind, inner.speaker) == ("direct", "Anne Petit")


def test_each_paragraph_of_a_block_may_open_anew() -> None:
    text = "“We came at dawn and left.\n\n“Nobody saw us go.\n\n“We shall be back,” said Paul Durand."
    (found,) = read(text, "en", Paul_Durand=PERSON)
    assert (found.kind, found.speaker) == ("block", "Paul Durand")


def test_a_quotation_never_closed_ends_with_the_sentence_before_the_next() -> None:
    text = 'Ils, dit Paul Durand, "sont tous partis hier soir. Le reste attend, " les gens ont tout vu ici."'
    assert [one.text for one in read(text, Paul_Durand=PERSON)] == [
        "sont tous partis hier soir.",
        "les gens ont tout vu ici.",
    ]


def test_a_closing_mark_alone_ends_what_a_verb_reports() -> None:
    text = "Paul Durand a ajouté que les dommages sont bien plus grands que prévu ». La suite demain."
    (found,) = read(text, Paul_Durand=PERSON)
    assert (found.kind, found.direct, found.speaker) == ("indirect", False, "Paul Durand")
    assert found.text == "les dommages sont bien plus grands que prévu"


@pytest.mark.parametrize(
    "text", ['Un écran de 12" est là.', "Rien » ici.", "« ", "«»", '""', "L’homme d’ici n’a rien."]
)
def test_stray_marks_quote_nothing(text: str) -> None:
    assert read(text) == []


def test_the_next_sentence_does_not_introduce_the_quotation_before_it() -> None:
    text = "« Il faut partir tout de suite. » Paul Durand a ajouté une chose."
    (found,) = read(text, Paul_Durand=PERSON)
    assert (found.speaker, found.cue) == (None, None)


def test_nothing_outside_the_body_is_read() -> None:
    text = "Le « camp »\n\n« Il faut partir tout de suite », dit-on."
    found = quotations(text, (Span(start=13, end=len(text)),), (), "fr")
    assert [one.text for one in found] == ["Il faut partir tout de suite"]


def test_hostile_text_is_read_once() -> None:
    for filler in ('"', "«", "»", '«"”', '« a "b" “c” » dit ', "'a ", "a dit que » ", "\n«", ", a dit ", "l'"):
        text = filler * (10_000 // len(filler))
        assert len(quotations(text, (Span(start=0, end=len(text)),), (), "en")) < len(text)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "La ministre du Travail, Anne Petit, part. « Il faut partir tout de suite », a dit la ministre.",
            "Anne Petit",
        ),
        (
            (
                "Le porte-parole du groupe, le général Paul Durand, part. Anne Petit reste. "
                "« Il faut partir tout de suite », a dit le porte-parole."
            ),
            "Paul Durand",
        ),
        (
            "Anne Petit, porte-parole du parti, part. Paul Durand reste. « Il faut partir », a dit la porte-parole.",
            "Anne Petit",
        ),
        (
            (
                "Le président russe Paul Durand part. Le président Jean Roy reste. "
                "« Il faut partir tout de suite », a dit le président russe."
            ),
            "Paul Durand",
        ),
        (
            (
                "Le président russe Paul Durand part. Le président Jean Roy reste. "
                "« Il faut partir tout de suite », a dit le président azéri."
            ),
            "Jean Roy",
        ),
        (
            (
                "Le président Jean Roy a parlé avec le président de région Paul Durand. "
                "« Il faut partir tout de suite », a dit le président."
            ),
            "Jean Roy",
        ),
        (
            "L'ancien président Paul Durand part. « Il faut partir tout de suite », a dit le président.",
            "le président",
        ),
        ("Son entraîneur, Paul Durand, part. « Il faut partir », a dit l'entraîneur niçois.", "l'entraîneur niçois"),
        ("Le président Paul Durand part. « Il faut partir tout de suite », a dit le chef de l'État.", "Paul Durand"),
        ("Anne Petit et Paul Durand partent. « Il faut partir tout de suite », a dit ce dernier.", "Paul Durand"),
        ("Paul Durand a vu le maire avec Jean Roy. Il a ajouté : « Il faut partir tout de suite ».", "Paul Durand"),
        ("Paul Durand, venu de loin, a été plus sévère : « Il faut partir tout de suite. »", "Paul Durand"),
        ("Paul Durand, député (ABC) du Nord, y voit « une réforme à trois milliards ».", "Paul Durand"),
        ("Le contenu de la dépêche du journal sur Paul Durand : « Il faut partir tout de suite. »", "journal"),
    ],
)
def test_a_title_means_whoever_it_was_given_to(text: str, speaker: str) -> None:
    names = {"Anne_Petit": PERSON, "Paul_Durand": PERSON, "Jean_Roy": PERSON, "ABC": BODY}
    found = read(text, **names)[-1]
    assert (found.direct, found.speaker) == (True, speaker)


@pytest.mark.parametrize(
    "text",
    [
        'Des " Soldats du Nord ". Des bruits courent.',
        'Il y a les " Soldats du Nord " !',
        'Voilà le groupe " Soldats du Nord "',
    ],
)
def test_a_straight_mark_with_blanks_on_both_sides_closes_before_the_end_of_its_sentence(text: str) -> None:
    (found,) = read(text)
    assert (found.text, found.kind) == ("Soldats du Nord", "scare")


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        ("« La ville » serait « en ruine » hier soir, a dit Paul Durand.", "Paul Durand", "a dit"),
        ("La mairie promet « cent emplois » ici, a détaillé Paul Durand.", "Paul Durand", "a détaillé"),
        ("En dénonçant « une grave erreur », Paul Durand a quitté Anne Petit.", "Paul Durand", "dénonçant"),
        ("Les voisins sont décrits comme « des gens réservés » par Paul Durand.", "Paul Durand", "décrits"),
        ("Le maire est absent, selon Paul Durand, qui précise que « rien ne change ».", "Paul Durand", "précise"),
        ("Comme le souligne Paul Durand, la mesure est « inutile ».", "Paul Durand", "souligne"),
        ("Selon ce qu’a confié à Anne Petit Paul Durand, « rien ne presse vraiment ».", "Paul Durand", "Selon"),
        ("Paul Durand a tweeté. « Il faut partir tout de suite. »", "Paul Durand", None),
        ("Paul Durand, maire du village, n’est pas surpris. « Il faut partir tout de suite. »", "Paul Durand", None),
        ("« Il faut partir tout de suite », s’enthousiasme Paul Durand.", "Paul Durand", "s’enthousiasme"),
        ("« Il faut partir tout de suite », glousse Paul Durand.", "Paul Durand", "glousse"),
        ("« Il faut partir tout de suite », explique Paul D. Martin.", "Paul D. Martin", "explique"),
        ("Paul Durand trouve que « tout va très bien ».", "Paul Durand", "trouve"),
        ("Paul Durand s’est rendu sur place et a qualifié la fête d’« énorme ».", "Paul Durand", "a qualifié"),
        ("« Il faut partir », a dit le ministre en ouvrant la porte.", "le ministre", "a dit"),
    ],
)
def test_the_speaker_is_found_around_the_quotation(text: str, speaker: str, cue: str | None) -> None:
    found = read(text, **{"Paul_Durand": PERSON, "Anne_Petit": PERSON, "Paul_D._Martin": PERSON})[-1]
    assert (found.direct, found.speaker, found.cue) == (True, speaker, cue)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Anne Petit arrive avec Paul Durand. « Il faut partir tout de suite », a-t-elle dit.", "Anne Petit"),
        ("Paul Durand parle d’Anne Petit. « Il faut partir tout de suite », a-t-il dit.", "Paul Durand"),
        ("Selon Paul Durand, Anne Petit doit partir. Il ajoute : « Il faut partir tout de suite ».", "Paul Durand"),
        ("« Paul Durand, il faut partir », a dit Jean Roy. « Tout de suite », a-t-il ajouté.", "Jean Roy"),
        ("« Il faut partir », dit un voisin. Il ajoute : « Il faut partir tout de suite ».", "un voisin"),
        ("« Il faut partir », dit Paul Durand. Il a vu Jean Roy. « Tout de suite ! », a-t-il ajouté.", "Paul Durand"),
    ],
)
def test_a_pronoun_means_whoever_its_sentence_is_about(text: str, speaker: str) -> None:
    assert read(text, Anne_Petit=PERSON, Paul_Durand=PERSON, Jean_Roy=PERSON)[-1].speaker == speaker


@pytest.mark.parametrize(
    "text",
    [
        "« Un grand succès », film de Paul Durand, sort demain.",
        "L’enquête pour « homicide volontaire », a révélé des traces.",
        "Cela veut dire « tout va bien ».",
        "On parle de « départs », disent-ils.",
    ],
)
def test_what_is_no_verb_or_no_subject_tells_nobody(text: str) -> None:
    assert read(text, Paul_Durand=PERSON)[-1].speaker is None


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("«Nos vamos todos ahora», dijo Ana Ruiz. «No hay nada que hacer», añadió.", "es"),
        ("Ana Ruiz tomó la palabra para recordar que «no hay nada que hacer».", "es"),
        ("Am Montag sagte Ana Ruiz: „Wir gehen jetzt alle nach Hause.“", "de"),
        ("„Wir gehen jetzt alle“, freut sich Ana Ruiz. „Das ist ein guter Tag.“", "de"),
        ("Ana Ruiz said the plan was “a very bad idea for everyone”.", "en"),
        ("“We leave at once,” she said. “Nobody stays,” Ana Ruiz, a nurse from Leeds, said.", "en"),
    ],
)
def test_subjects_stand_where_each_language_has_them(text: str, language: str) -> None:
    assert read(text, language, Ana_Ruiz=PERSON)[-1].speaker == "Ana Ruiz"


def test_whoever_says_i_in_a_quotation_is_its_speaker() -> None:
    text = "« Je me suis dit : “Il faut partir tout de suite.” Et je suis parti », a raconté Paul Durand."
    assert [one.speaker for one in read(text, Paul_Durand=PERSON)] == ["Paul Durand", "Paul Durand"]
