"""Families of ways to say who speaks: before a colon, pointing back, in two parts, as somebody presents a thing."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

FR = "Nous ne quitterons pas cette ville avant la fin du mois"
EN = "We will not leave this city before the end of the month"
DE = "Wir verlassen diese Stadt nicht vor dem Ende des Monats"
ES = "No dejaremos esta ciudad antes de que termine el mes"


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        # before a colon
        (f"Paul Durand l'affirme : « {FR} »", "fr", "Paul Durand", "affirme"),
        (f"Anne Petit est sociologue. Son verdict : « {FR} »", "fr", "Anne Petit", None),
        (f"Commentaire d'un élu : « {FR} »", "fr", "un élu", None),
        (f"La consigne du préfet : « {FR} »", "fr", "préfet", None),
        (f"Même son de cloche du côté de Radio Sud : « {FR} »", "fr", "Radio Sud", None),
        (f"Paul Durand s'est montré très direct : « {FR} »", "fr", "Paul Durand", "s'est montré"),
        (f"De son côté, l'entourage du maire est formel : « {FR} »", "fr", "l'entourage du maire", None),
        # pointing back
        (f"« {FR} » : le message du ministre se veut rassurant.", "fr", "ministre", None),
        (f"« {FR} », telle est la conviction d'Anne Petit.", "fr", "Anne Petit", None),
        (f"« {FR} ». C'est par ces mots que le maire a ouvert la séance.", "fr", "le maire", None),
        (f"« {FR}. » Ce cri du cœur a été lancé par Paul Durand.", "fr", "Paul Durand", "a été lancé"),
        (f"« {FR} ». Ainsi parle Paul Durand, 34 ans, docker.", "fr", "Paul Durand", "parle"),
        (f"« {FR} » — Paul Durand, maire de Lyon", "fr", "Paul Durand", None),
        # asides between the verb and its subject
        (f"« {FR} », lâche, un brin gêné, le directeur du club.", "fr", "le directeur du club", "lâche"),
        (f"« {FR} », confie, la voix nouée, Anne Petit.", "fr", "Anne Petit", "confie"),
        (f"« {FR} », titre en une Radio Sud.", "fr", "Radio Sud", "titre"),
        # verbs that lead to others
        (f"« {FR} », n'hésite pas à affirmer Paul Durand.", "fr", "Paul Durand", "n'hésite pas à affirmer"),
        (f"« {FR} », devait déclarer plus tard Paul Durand.", "fr", "Paul Durand", "devait déclarer"),
        # relative clauses end before the main verb
        (
            "Anne Petit, qui avait parlé d'une « chasse aux sorcières », s'est excusée.",
            "fr",
            "Anne Petit",
            "avait parlé",
        ),
        ("La ministre, pour qui « rien n'est décidé », a reporté le vote.", "fr", "La ministre", "pour"),
        ("Le maire, selon lequel « tout va bien », a quitté la salle.", "fr", "Le maire", "selon"),
        # as somebody presents it
        (
            "Le projet a été présenté comme « la dernière chance » par le gouvernement.",
            "fr",
            "le gouvernement",
            "présenté",
        ),
        ("Le projet, que ses promoteurs présentent comme « vertueux », divise.", "fr", "ses promoteurs", "présentent"),
        ("Qualifié de « traître » par ses anciens amis, Paul Durand se tait.", "fr", "ses anciens amis", "Qualifié"),
        ("C'est « une honte », pour Paul Durand.", "fr", "Paul Durand", "pour"),
        ("Le texte prévoit que « nul ne peut être expulsé sans décision ».", "fr", "Le texte", "prévoit"),
        ("Dans l'entourage du président, on évoque « un malentendu ».", "fr", "l'entourage du président", "évoque"),
        ("Paul Durand, accusé par Radio Sud, a annoncé avoir « démissionné ».", "fr", "Paul Durand", "a annoncé"),
        (
            "Après avoir déclaré que « rien ne changerait », Paul Durand est parti.",
            "fr",
            "Paul Durand",
            "avoir déclaré",
        ),
        # whom a pronoun means
        (f"L'entreprise a fermé deux sites. « {FR} », justifie-t-elle.", "fr", "L'entreprise", "justifie-t-elle"),
        (f"Selon la préfecture, rien n'a changé. « {FR} », a-t-elle dit.", "fr", "la préfecture", "a-t-elle dit"),
        (f"Son père est inquiet. « {FR} », confie-t-il.", "fr", "Son père", "confie-t-il"),
        (f"Paul Durand a parlé. « {FR} », dit-elle.", "fr", None, "dit-elle"),
        (f"The minister arrived late. “{EN},” she told reporters.", "en", "The minister", "told"),
        (f"The charity published its report. “{EN},” it said.", "en", "The charity", "said"),
        (f"Der Minister ist enttäuscht. „{DE}“, sagt er.", "de", "Der Minister", "sagt"),
        (f"Elvira Montoro habló ayer. Dijo que “{ES}”.", "es", "Elvira Montoro", "Dijo"),
        # German verbs in two parts, and where a source ends
        ("Paul Durand kündigte an, „mit aller Härte“ vorzugehen.", "de", "Paul Durand", "kündigte"),
        ("Nach Angaben der Polizei handelte es sich um „einen bösen Streich“.", "de", "der Polizei", "Nach Angaben"),
        ("Laut Paul Durand ist das „ein Skandal“.", "de", "Paul Durand", "Laut"),
        # others
        ("Protesters held a sign that read “no more fossil fuels for us”.", "en", "a sign", "read"),
        ("El candidato abogó por “un cambio profundo y real”.", "es", "El candidato", "abogó"),
        ("Ana le responde que hay “un enfoque muy prometedor”.", "es", "Ana", "responde"),
        (
            f"« {FR} », a expliqué le président de l'Union des maires et des élus.",
            "fr",
            "le président de l'Union des maires et des élus",
            "a expliqué",
        ),
    ],
)
def test_a_sentence_of_each_family_tells_who_says_it(
    text: str, language: str, speaker: str | None, cue: str | None
) -> None:
    found = told(text, language)[-1]
    assert (found.speaker and found.speaker.lower(), found.cue) == (speaker and speaker.lower(), cue)
    assert found.direct


@pytest.mark.parametrize(
    "text",
    [
        "C'est ce qu'on appelle un « effet d'aubaine ».",
        "Le projet de loi dit « sécurité globale » a été adopté.",
        "Paul Durand cite l'idée selon laquelle « tout est permis ».",
        "Interrogé lors de l'« Emission politique », Paul Durand a déclaré vouloir partir.",
    ],
)
def test_nobody_says_what_a_thing_is_called(text: str) -> None:
    (found,) = told(text)
    assert (found.speaker, found.direct) == (None, False)


def test_a_block_opens_behind_a_colon_where_the_next_paragraph_repeats_its_mark() -> None:
    (found,) = told(f"Paul Durand said: “{EN}.\n\n“We are tired.\n\n“We stay.”", "en")
    assert (found.kind, found.speaker) == ("block", "Paul Durand")


def test_who_said_i_goes_on_behind_a_sentence_that_names_nobody() -> None:
    found = told(f"« J'ai peur », dit Paul Durand.\nLe soir tombe sur la ville. « Je ne dors plus, je veille. {FR}. »")
    assert [one.speaker for one in found] == ["Paul Durand", "Paul Durand"]


def test_what_a_verb_behind_and_says_is_whose_the_first_one_is() -> None:
    found = told(f"« {FR} », dit le maire, et ajoute : « {FR} »")
    assert [one.speaker for one in found] == ["le maire", "le maire"]


def test_a_spanish_verb_in_the_plural_is_of_the_several_who_were_told_of_last() -> None:
    found = told(
        f"Los firmantes presentaron ayer su carta. “{ES}”, señalan. Las medidas siguen. “{ES}”, agregan.", "es"
    )
    assert [one.speaker for one in found] == ["Los firmantes", "Los firmantes"]


def test_a_source_before_a_colon_and_a_body_itself_are_named_alone() -> None:
    (found,) = told(f"This is how it went, in the words of Anne Petit: “{EN}.”", "en")
    assert (found.speaker, found.cue) == ("Anne Petit", "in the words of")
    (found,) = told("C'était « la plus grosse manifestation de son histoire », selon la préfecture même.")
    assert found.speaker == "la préfecture"
