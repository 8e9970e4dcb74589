"""How French articles tell who speaks beside the common ways: predicates in marks, answers, asides."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

FR = "Nous ne quitterons pas cette ville avant la fin du mois"


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        # a set phrase as a cue
        (f"« {FR} », a mis en garde Paul Durand.", "Paul Durand", "a mis en garde"),
        (f"L'élu n'avait pourtant pas caché, samedi, qu'il partait : « {FR}. »", "L'élu", "avait pourtant pas caché"),
        ("Paul Durand a fait part de sa « déception ».", "Paul Durand", "a fait part"),
        ("« Ni loi ni roi », pouvait-on lire sur une banderole.", "une banderole", "pouvait-on lire"),
        # the day between a verb and its object, what somebody does so as to say it
        ("Paul Durand a promis, samedi 1er février, un texte « sans concessions ».", "Paul Durand", "a promis"),
        ("Paul Durand a réuni la presse lundi pour dénoncer des « conclusions hâtives ».", "Paul Durand", "dénoncer"),
        ("« Oui », dit Paul Durand, pour qui la hausse est « trop faible pour convaincre ».", "Paul Durand", "pour"),
        # bodies without names
        ("Pour le parquet, les faits sont « établis et reconnus ».", "le parquet", "Pour"),
        ("Les syndicats y voient « la goutte de trop ».", "Les syndicats", "voient"),
        # whose "on" is
        ("À Radio Sud, on indique que le dossier sera prêt « avant la fin du mois ».", "Radio Sud", "indique"),
        (
            f"« {FR} », martèle-t-on dans l'entourage de son président, Paul Durand.",
            "l'entourage de son président",
            None,
        ),
        # what stands between a verb and its subject, and what a noun is
        (f"« {FR} », lance, goguenard, un cheminot de la ville.", "un cheminot de la ville", "lance"),
        (f"Un jeune contrôleur prend le micro : « {FR}. »", "Un jeune contrôleur", None),
        (f"Un jeune contrôleur rit. Un autre : « {FR} ! »", "Un autre", None),
        (f"« {FR} », a raconté une habitante jointe par Radio Sud.", "une habitante", "a raconté"),
    ],
)
def test_it_is_told_who_speaks(text: str, speaker: str, cue: str | None) -> None:
    found = told(text)[-1]
    assert (found.speaker, found.direct) == (speaker, True)
    assert cue is None or found.cue == cue


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a pronoun that sets the subject before it apart means nobody else
        (f"Paul Durand a parlé. Son voisin, lui, est ravi : « {FR}. »", "Son voisin"),
        (
            "« Courage à tous », écrit Paul Durand sur X. Le président du club, lui, réclame qu'on « agisse enfin ».",
            "Le président du club",
        ),
        # a new clause, a new sentence
        (f"Le gouvernement s'est dit « inquiet »; Paul Durand a fait plus. « {FR} », a-t-il lancé.", "Paul Durand"),
        (f"Il a 67 ans depuis 2019. Le chef et Paul Durand sont là. « {FR} », a-t-il dit.", "Paul Durand"),
        # views and voices
        (f"Pour l'ancien juge Paul Durand, c'est une erreur. « {FR} », dit-il.", "Paul Durand"),
        (f"Même son de cloche chez son confrère Paul Durand. « {FR} », note-t-il.", "Paul Durand"),
        # a chain of pronouns leads back to a noun
        (
            f"La mère de Paul Durand n'écoute plus. Elle avait promis d'attendre. « {FR} », dit-elle.",
            "La mère de Paul Durand",
        ),
        (
            f"La pilote annonce : « {FR}. » Son collègue répond que tout « va très bien ». « {FR} », crie-t-elle.",
            "La pilote",
        ),
        (f"Anne Petit a été rappelée à l'ordre par le président. « {FR} », a crié ce dernier.", "le président"),
    ],
)
def test_a_pronoun_means_whom_the_article_speaks_of(text: str, speaker: str) -> None:
    assert told(text)[-1].speaker == speaker


def test_several_predicates_in_marks_are_their_subjects_words() -> None:
    found = told(
        "Radio Sud « déplore », « regrette » et « appelle à la retenue ». Anne Petit « ne peut pas répondre »."
    )
    assert [(one.speaker, one.kind) for one in found] == [*[("Radio Sud", "partial")] * 3, ("Anne Petit", "partial")]


def test_a_charge_in_the_words_of_the_law_is_nobodys_speech() -> None:
    assert [one.kind for one in told("Paul Durand annonce une plainte pour « homicides involontaires ».")] == ["scare"]


def test_a_word_may_answer_the_question_of_whoever_writes() -> None:
    found = told("Paul Durand annonce une plainte. Y aura-t-il un procès ? « Oui. » Quand ? « Pas avant un an. »")
    assert [(one.speaker, one.kind) for one in found] == [("Paul Durand", "direct")] * 2
