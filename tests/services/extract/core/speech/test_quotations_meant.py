"""Whom a quotation is given to where its own sentence does not say it, or names somebody else as well."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

Q = "Nous ne quitterons pas cette ville avant la fin du mois"
EN = "We will not leave this city before the end of the month"
DE = "Wir verlassen diese Stadt nicht vor dem Ende des Monats"
ES = "No dejaremos esta ciudad antes de que termine el mes"


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        # one right behind another
        ("« {} ». « Nous partirons demain », a dit Paul Durand.", "Paul Durand", "a dit"),
        ("« {} ». Mais cela « ne veut rien dire », a plaidé Paul Durand.", "Paul Durand", "a plaidé"),
        # further on in the sentence, or in the quotation
        (
            "« {} », ou PPE, la feuille de route de la ville, a déclaré lundi une porte-parole.",
            "une porte-parole",
            "a déclaré",
        ),
        ("« {} » comme a pu le dire Anne Petit, affirmait Paul Durand.", "Paul Durand", "affirmait"),
        ("La phrase « {} » lancée par le député a fait rire.", "le député", "lancée"),
        (
            "On les voit « partis de la ville » pour un mois selon le ministre, à dix heures de là.",
            "le ministre",
            "selon",
        ),
        (
            "Il est là. « Pour l'instant, rien ne change, rappelle Paul Durand. Nous ne partirons pas demain ».",
            "Paul Durand",
            "rappelle",
        ),
        # who is named before
        ("Paul Durand conteste ce « plan » : « {} », a-t-il répondu.", "Paul Durand", "a-t-il répondu"),
        (
            "Paul Durand, qui avait échangé avec lui lors de sa visite, s'est dit « attristé par ce départ ».",
            "Paul Durand",
            "s'est dit",
        ),
        (
            "Anne Petit est venue. Paul Durand, alors ministre, reprend l'idée en répondant : « {} ».",
            "Paul Durand",
            "répondant",
        ),
        ("Anne Petit ou Paul Durand le critiquent, ce dernier expliquant que « {} ».", "Paul Durand", "expliquant"),
        ("Paul Durand est venu quand un jeune homme a voulu le gifler en criant « {} ».", "un jeune homme", "criant"),
        ("Voici les recommandations de Paul Durand. « {} », explique-t-il.", "Paul Durand", "explique-t-il"),
        (
            "Il faut dire que le père d'Anne Petit, Paul Durand, est là. « {} », confiait-il.",
            "Paul Durand",
            "confiait-il",
        ),
        ("S'il assume ce choix, Paul Durand refuse d'en parler. « {} », assure-t-il.", "Paul Durand", "assure-t-il"),
        (
            "Contacté par Radio Sud, un soldat de l'armée reconnaît tout. « {} », répond-il.",
            "un soldat de l'armée",
            "répond-il",
        ),
        (
            "Dans une tribune, l'ancien ministre réfute les critiques d'Anne Petit et appelle à « quitter la ville ».",
            "l'ancien ministre",
            "appelle",
        ),
        (
            (
                "C'est ce que dit Paul Durand, contacté par Radio Sud. Paul "
                "Durand, contacté par Radio Sud explique : « {} »."
            ),
            "Paul Durand",
            "explique",
        ),
        # in whose view
        ("Paul Durand est là. Pour lui, « {} ».", "Paul Durand", "Pour"),
        ("Pour le chercheur, « {} ».", "le chercheur", "Pour"),
        ("Pour ces communes, « {} ».", "ces communes", "Pour"),
        (
            "Anne Petit est là.\nPour Paul Durand, c'est un problème. « {} », déplore-t-il.",
            "Paul Durand",
            "déplore-t-il",
        ),
        ("« {} », notent les auteurs. « Cela ne durera pas longtemps », selon eux.", "les auteurs", "selon"),
        (
            "Le parc municipal a fait un recours contre l'arrêté, qui condamne selon lui « toute vie ici ».",
            "Le parc municipal",
            "selon",
        ),
        # a title, a writing
        (
            (
                "Paul Durand est ministre. « {} », a dit le porte-parole du maire, Paul Durand.\nLe "
                "maire est venu, a-t-on su. « Tout va bien ici », a dit le porte-parole."
            ),
            "Paul Durand",
            "a dit",
        ),
        (
            "Le ministre Paul Durand lors de son discours de politique générale : « {} », avait-il affirmé.",
            "Paul Durand",
            "avait-il affirmé",
        ),
        # infinitives and a colon within what is told
        (
            "Paul Durand a affirmé n'avoir travaillé avec « aucune entreprise de cette ville ».",
            "Paul Durand",
            "a affirmé",
        ),
        (
            "Paul Durand a révélé ceci : Anne Petit n'avait « aucune autorisation de partir ».",
            "Paul Durand",
            "a révélé",
        ),
        ("Une voisine, qui ne lui parle plus, le décrit comme un « homme toujours triste ».", "Une voisine", "décrit"),
    ],
)
def test_the_last_quotation_of_a_french_text_is_somebodys(text: str, speaker: str, cue: str) -> None:
    found = told(text.format(Q))
    first = found[0] if text.startswith("« {} ».") else found[-1]
    assert (first.speaker, first.cue, first.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        ("Fellow protester, engineer Paul Durand, 60, from Petit, said: “{}.”", "en", "Paul Durand", "said"),
        ("“{},” one4all posted.", "en", "one4all", "posted"),
        ("When he was asked, “{}?” Paul Durand left.", "en", None, "was asked"),
        ("Das sagt Anne Petit. Gleichzeitig unterstreicht sie aber: „{}.“", "de", "Anne Petit", "unterstreicht"),
        ("Paul Durand fährt Bus. Dafür brauche er eine Stunde. „{}.“", "de", "Paul Durand", None),
        ("Omar reveló que partió tras una llamada del jefe, Paul Durand. “{}”, explicó.", "es", "Omar", "explicó"),
        ("La alta central, de buena estatura, reconoce que lo sabía. “{}”, afirmó.", "es", "La alta central", "afirmó"),
        ("“{}”, añaden desde el Ejecutivo local.", "es", "el Ejecutivo local", "añaden"),
    ],
)
def test_elsewhere_too(text: str, language: str, speaker: str | None, cue: str | None) -> None:
    quoted = {"en": EN, "de": DE, "es": ES}[language]
    found = told(text.format(quoted), language)[-1]
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    "text",
    [
        (
            "« Il le sait », a dit Paul Durand.\n« Le meilleur comme le pire pour la ville »\nAnne "
            "Petit souligne ceci sans rien ajouter de plus, et part."
        ),
        (
            "« Il le sait », a dit Paul Durand. Cette soirée, organisée « dans "
            "l'urgence », avait coûté « un million d'euros »."
        ),
        "Paul Durand, primé pour « Le Retour », donnera la réplique à Anne Petit.",
        "J'écris un livre, et constate tous les jours que l'image sur la « capitale des plaisirs » demeure.",
    ],
)
def test_nobody_is_said_to_have_said_a_heading_a_cost_a_title_or_ones_own_words(text: str) -> None:
    assert told(text)[-1].speaker is None


def test_a_heading_names_nobody_whom_a_pronoun_means() -> None:
    text = (
        "Paul Durand a longuement parlé à ses rivaux lundi soir.\nPetit et les autres préparent le terrain\n"
        f"« {Q} », a-t-il lancé devant ses amis réunis dans la grande salle, avant de quitter la ville pour de bon."
    )
    assert told(text)[-1].speaker == "Paul Durand"
