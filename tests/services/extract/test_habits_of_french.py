"""How French papers say who speaks, when and how many without saying it outright: each line is one way."""

import pytest

from contracts.extraction import Published
from contracts.value import Span
from services.extract.core.counting.quantities import quantities
from services.extract.core.temporal.dates import dates
from tests.services.extract.core.speech.test_quotations_told import told

Q = "les travaux se poursuivent dans tout le nord de la ville"


@pytest.mark.parametrize(
    ("text", "speaker", "cue"),
    [
        # one verb leads to another, and a day stands between it and its clause
        (f"Paul Durand s'est contenté de rappeler vendredi que « {Q} ».", "Paul Durand", "s'est contenté de rappeler"),
        (f"Anne Petit s'est bornée à répéter que « {Q} ».", "Anne Petit", "s'est bornée à répéter"),
        (f"Le maire se contente de dire lundi que « {Q} ».", "Le maire", "se contente de dire"),
        # the mark stands between auxiliary and participle
        ("Paul Durand a « fermement condamné » ces tirs.", "Paul Durand", "condamné"),
        ("Le ministre livre des armes, ce que Paul Durand a « totalement démenti » lundi.", "Paul Durand", "démenti"),
        ("Anne Petit avait « regretté l'absence de dialogue ».", "Anne Petit", "regretté"),
        # calls for a thing, and cries
        ("Anne Petit a appelé à une « trêve immédiate et durable ».", "Anne Petit", "a appelé"),
        ("Paul Durand criait à la « trahison ».", "Paul Durand", "criait"),
        ("L'opposition crie au « scandale ».", "L'opposition", "crie"),
        # an adjective of the object of a verb of speaking
        ("Le ministère évoque un renforcement « significatif » à la frontière.", "Le ministère", "évoque"),
        ("Paul Durand dénonce une mesure « inapplicable ».", "Paul Durand", "dénonce"),
        # whoever did something
        (f"Anne Petit est là. Celle qui dirige le centre, à Lyon, estime que « {Q} ».", "Anne Petit", "estime"),
    ],
)
def test_words_woven_into_a_french_sentence_are_somebodys(text: str, speaker: str, cue: str) -> None:
    found = told(text)[-1]
    assert (found.speaker, found.cue, found.direct) == (speaker, cue, True)


@pytest.mark.parametrize(
    "text",
    [
        "Paul Durand annonce une opération « escargot ».",
        "Paul Durand a « Le Monde » sous le bras.",
        "Paul Durand a une « idée » en tête.",
        "La foule crie dans la « zone ».",
    ],
)
def test_names_of_things_beside_such_verbs_are_nobodys(text: str) -> None:
    assert not told(text)[-1].direct


def test_a_subject_ends_before_a_modal_verb() -> None:
    text = "Le troisième homme peut se maintenir, et compte le faire. « Rien n'est joué pour nous », a-t-il dit."
    assert told(text)[-1].speaker == "Le troisième homme"


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("Dans la nuit du 7 au 8 août 2008, on tire. Le 8 dans la matinée, on passe.", "Le 8", "2008-08-08"),
        ("Le 7 août 2008, on tire. Le 12, le ministre arrive.", "Le 12", "2008-08-12"),
        ("La trêve du 20 juin 2014 est rompue.\n\nLe convoi attend depuis le 19 à l'entrée.", "le 19", "2014-06-19"),
        ("Le 3 mai 2012, on vote. Le 1er au soir, tout est dit.", "Le 1er", "2012-05-01"),
    ],
)
def test_a_day_told_by_its_number_is_of_the_month_told_last(text: str, surface: str, value: str) -> None:
    found = dates(text, (Span(start=0, end=len(text)),), None, "fr")[-1]
    assert (found.surface, found.value, found.anchor is not None) == (surface, value, True)


def test_days_are_counted_on_in_words_up_to_eighteen() -> None:
    text = "La ville est prise le 4 avril 2019. Dix-sept jours plus tard, elle est libre."
    found = dates(text, (Span(start=0, end=len(text)),), None, "fr")[-1]
    assert (found.surface, found.value) == ("Dix-sept jours plus tard", "2019-04-21")


def test_a_day_told_by_its_number_alone_is_of_the_month_of_publication() -> None:
    text = "Le convoi attend depuis le 19 à l'entrée. Le 30, il repartira. Depuis octobre, tout a changé."
    published = Published(value="2014-06-24", precision="day", method="date_line", evidence="24 juin 2014")
    found = dates(text, (Span(start=0, end=len(text)),), published, "fr")
    assert [(one.surface, one.value) for one in found] == [
        ("le 19", "2014-06-19"),
        ("Le 30", "2014-06-30"),
        ("octobre", "2013-10"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Le 8, rien ne bouge.",  # of no month
        "Le 3 mai 2012, on joue. Le 40, rien.",
        "Le 3 mai 2012, on joue. Le 10 de France marque.",
        "Le 3 mai 2012, on joue. Le 20 heures ouvre sur ce but.",
        "Le 3 février 2012, on vote. Le 31, on attend.",
        "Le 3 mai 2012, on joue.\n\nRien.\n\nRien.\n\nLe 10, on attend.",  # told too far above
    ],
)
def test_other_numbers_behind_an_article_are_no_days(text: str) -> None:
    found = dates(text, (Span(start=0, end=len(text)),), None, "fr")
    assert len(found) == ("mai" in text or "février" in text)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On dénombre 61 victimes, et 25 au Tibet.", ["61", "25"]),
        ("L'armée n'en possède que six ; le voisin en a promis treize.", ["6", "13"]),
        ("L'association, qui a visité l'hôpital, en a recensé 44.", ["44"]),
        ("La direction supprime 318 postes sur 740.", ["318", "740"]),
        ("Il y en a douze.", ["12"]),
        ("Des drones sont tombés. Huit, selon le ministère. Vingt, à en croire la chaîne.", ["8", "20"]),
        ("Le ministère minimise, puis il en admet désormais 64.", ["64"]),
        ("Il a 51 ans mais n’en fait que 40.", ["51", "40"]),
        ("En finale 21 à Paris.", []),
        ("Il est né en 2009 à Paris.", []),
        ("Le bus 12 en a fini.", []),
        ("Ils ont pris l'autoroute 7 et 8 au sud.", []),
    ],
)
def test_a_number_whose_noun_stands_before_it_is_counted(text: str, values: list[str]) -> None:
    assert [one.value for one in quantities(text, (Span(start=0, end=len(text)),), "fr")] == values
