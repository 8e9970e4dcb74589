"""Words that tell what somebody feels, holds or attacks, so that they are theirs: each line is one way of saying so."""

import pytest

from tests.services.extract.core.speech.test_quotations_told import told

FR = "Nous ne quitterons pas cette ville avant la fin du mois"
DE = "Wir verlassen diese Stadt nicht vor dem Ende des Monats"
ES = "No dejaremos esta ciudad antes de que termine el mes"
IT = "Non lasceremo questa città prima della fine del mese"


@pytest.mark.parametrize(
    ("text", "language", "speaker", "cue"),
    [
        # a verb that reports only with its second word
        ("Paul Durand s'en est pris à « ceux qui ferment les écoles ».", "fr", "Paul Durand", "s'en est pris"),
        ("Le maire s'en prend à « une bande d'incapables ».", "fr", "Le maire", "s'en prend"),
        ("Paul Durand s'est élevé contre « un projet inutile et ruineux ».", "fr", "Paul Durand", "s'est élevé"),
        ("Le ministre parle d'un « accident tragique et rare ».", "fr", "Le ministre", "parle"),
        ("Paul Durand spoke of “a black day for the village”.", "en", "Paul Durand", "spoke"),
        ("The mayor lashed out at “those who close our schools”.", "en", "The mayor", "lashed out"),
        ("Anne Petit railed against “the faceless people in town”.", "en", "Anne Petit", "railed"),
        ("As Paul Durand put it: “We will not leave this city.”", "en", "Paul Durand", "put it"),
        ("Paul Durand sprach von einem „schwarzen Tag für das Dorf“.", "de", "Paul Durand", "sprach"),
        ("Anne Petit habló de “un día negro para el pueblo”.", "es", "Anne Petit", "habló"),
        ("El alcalde cargó contra “una decisión vergonzosa y cobarde”.", "es", "El alcalde", "cargó"),
        ("Paul Durand si è scagliato contro «una decisione vile».", "it", "Paul Durand", "si è scagliato"),
        ("L'ancien ministre étrille Paul Durand, qui n'a « pas de boussole ».", "fr", "L'ancien ministre", "étrille"),
        # what somebody is sure of, right behind the words
        (f"« {FR} », est convaincu Paul Durand.", "fr", "Paul Durand", "est convaincu"),
        (f"„{DE}“, ist Paul Durand überzeugt.", "de", "Paul Durand", "überzeugt"),
        (f"„{DE}“, ist sich Anne Petit sicher.", "de", "Anne Petit", "sicher"),
        (f"„{DE}“, zeigt sich die Ministerin enttäuscht.", "de", "die Ministerin", "enttäuscht"),
        (f"“{ES}”, está convencido Paul Durand.", "es", "Paul Durand", "está convencido"),
        (f"«{IT}», è convinto Paul Durand.", "it", "Paul Durand", "è convinto"),
        # what only whoever feels it can say
        ("Paul Durand, ministre, est « agréablement surpris » du succès.", "fr", "Paul Durand", None),
        ("Paul Durand was “deeply shocked by the news”.", "en", "Paul Durand", None),
        ("Paul Durand zeigte sich „sehr froh über die Entscheidung“.", "de", "Paul Durand", "zeigte sich"),
        ("Paul Durand se mostró “muy contento con la decisión”.", "es", "Paul Durand", "se mostró"),
        ("Paul Durand si è detto «molto felice della decisione».", "it", "Paul Durand", "si è detto"),
        # what somebody finds a thing to be
        ("Anne Petit a jugé son passage à Paris « extraordinaire mais dur ».", "fr", "Anne Petit", "a jugé"),
        ("Paul Durand trouve la mesure « honteuse ».", "fr", "Paul Durand", "trouve"),
        ("Paul Durand nannte den Bürgermeister einen „Terroristen“.", "de", "Paul Durand", "nannte"),
        ("The move was described as “a waste of time” by Anne Petit.", "en", "Anne Petit", "described"),
        # German verbs at the end of their clause
        ("Alle lachten, nachdem Paul Durand „Kämpft, kämpft“ gerufen hatte.", "de", "Paul Durand", "gerufen hatte"),
        ("Es war ein Plan, den Paul Durand als „dumme Idee“ bezeichnete.", "de", "Paul Durand", "bezeichnete"),
        ("Paul Durand hat das als „eine Schande“ bezeichnet.", "de", "Paul Durand", "bezeichnet"),
        (f"Wie Paul Durand am Montag in Köln sagte: „{DE}.“", "de", "Paul Durand", "sagte"),
    ],
)
def test_a_stance_is_told(text: str, language: str, speaker: str, cue: str | None) -> None:
    found = told(text, language)[-1]
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Paul Durand est « un parfait imbécile et un menteur ».", "fr"),
        ("The street is “angry” red in the evening, and Paul Durand left.", "en"),
        ("Die Gruppe, die sich „Freie Bürger“ nennt, ist klein.", "de"),
        ("Der Film, den Paul Durand „Die große Stadt“ nannte, läuft.", "de"),
        ("Das als „großer Wurf“ bezeichnete Abkommen ist da. Paul Durand geht.", "de"),
        ("Paul Durand s'en est pris à un homme devant « Le Café du Port ».", "fr"),
        ("Paul Durand spoke of “Hamlet”.", "en"),
        ("La facture s'élève à « cent euros ».", "fr"),
        ("Anne Petit considère la ville comme la « capitale du vin ».", "fr"),
        ("Paul Durand habla “español y francés” con sus hijos.", "es"),
    ],
)
def test_what_is_named_or_said_of_somebody_is_not_theirs(text: str, language: str) -> None:
    (found,) = told(text, language)
    assert (found.speaker, found.direct) == (None, False)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (f"« {FR} », est certaine d'être lue cette année Anne Petit.", "fr"),
        (f"„{DE}“, ist Paul Durand sicher nicht der Titel.", "de"),
    ],
)
def test_whoever_is_sure_of_something_else_has_not_said_it(text: str, language: str) -> None:
    assert told(text, language)[-1].speaker is None


@pytest.mark.parametrize("so", ["fierce and loud for an hour", "contentious as a candidate", "surprising to many"])
def test_what_somebody_is_to_others_is_no_feeling_of_theirs(so: str) -> None:
    assert [one.speaker for one in told(f"Paul Durand was “{so}”.", "en")] == [None]
