"""The forms of dates: parts of days, lists, runs, weeks, seasons, decades, and what counts from a date told before."""

from datetime import date, timedelta

import pytest

from contracts.extraction import DateMention, Precision, Published
from contracts.value import Span
from services.extract.core.temporal.dates import dates

PUBLISHED = "2016-07-13"  # a Wednesday


def mentions(text: str, published: str | None = PUBLISHED, language: str = "fr") -> tuple[DateMention, ...]:
    precisions: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    known = published and Published(
        value=published, precision=precisions[len(published)], method="test", evidence=published
    )
    return dates(text, (Span(start=0, end=len(text)),), known or None, language)


def read(text: str, published: str | None = PUBLISHED, language: str = "fr") -> list[tuple[str, str | None]]:
    return [(one.surface, one.value) for one in mentions(text, published, language)]


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Il parle ce mercredi 13 juillet.", "fr", "ce mercredi 13 juillet", "2016-07-13"),
        ("Il a parlé ce lundi 11.", "fr", "ce lundi 11", "2016-07-11"),
        ("Parti dans la matinée du 12 juillet.", "fr", "la matinée du 12 juillet", "2016-07-12"),
        ("Il est parti hier au soir.", "fr", "hier au soir", "2016-07-12"),
        ("Il est parti mardi soir.", "fr", "mardi soir", "2016-07-12"),
        ("Il a parlé ce matin.", "fr", "ce matin", "2016-07-13"),
        ("They fled late Monday.", "en", "late Monday", "2016-07-11"),
        ("They fled last night.", "en", "last night", "2016-07-12"),
        ("They left on Monday morning.", "en", "Monday morning", "2016-07-11"),
        ("Il l'a vu le 25 mars dernier.", "fr", "le 25 mars dernier", "2016-03-25"),
        ("Le procès du 17 février prochain.", "fr", "17 février prochain", "2017-02-17"),
        ("Élu en avril dernier.", "fr", "avril dernier", "2016-04"),
        ("Élu en août dernier.", "fr", "août dernier", "2015-08"),
        ("Il y a trois jours, il est parti.", "fr", "Il y a trois jours", "2016-07-10"),
        ("He left three days ago.", "en", "three days ago", "2016-07-10"),
        ("Le texte a été voté aujourd'hui.", "fr", "aujourd'hui", "2016-07-13"),
        ("The court said today it would.", "en", "today", "2016-07-13"),
    ],
)
def test_a_day_is_told_with_its_part_its_weekday_and_its_side(
    text: str, language: str, surface: str, value: str
) -> None:
    assert read(text, language=language) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Deuil les 16, 17 et 18 juillet.", "fr", "les 16, 17 et 18 juillet", "2016-07-16/2016-07-18"),
        ("Du lundi 4 au vendredi 8 juillet.", "fr", "lundi 4 au vendredi 8 juillet", "2016-07-04/2016-07-08"),
        ("Dans la nuit de lundi à mardi.", "fr", "la nuit de lundi à mardi", "2016-07-11/2016-07-12"),
        ("La nuit du 11 au 12 juillet.", "fr", "La nuit du 11 au 12 juillet", "2016-07-11/2016-07-12"),
        ("Entre juin et décembre 2014, rien.", "fr", "Entre juin et décembre 2014", "2014-06/2014-12"),
        ("De mars à juin 2016, rien.", "fr", "mars à juin 2016", "2016-03/2016-06"),
        ("They meet April 5-6 in Ottawa.", "en", "April 5-6", "2016-04-05/2016-04-06"),
        ("From 28 June to 3 July 2016.", "en", "28 June to 3 July 2016", "2016-06-28/2016-07-03"),
        ("Vom 4. bis 8. Juli 2016.", "de", "4. bis 8. Juli 2016", "2016-07-04/2016-07-08"),
        ("La semaine dernière, rien.", "fr", "La semaine dernière", "2016-07-04/2016-07-10"),
        ("Cette semaine, rien.", "fr", "Cette semaine", "2016-07-11/2016-07-17"),
        ("Voté en début de semaine.", "fr", "début de semaine", "2016-07-11/2016-07-17"),
        ("Le week-end dernier, il a plu.", "fr", "Le week-end dernier", "2016-07-09/2016-07-10"),
        ("They had met over the weekend.", "en", "the weekend", "2016-07-09/2016-07-10"),
        ("Les années 1990 furent dures.", "fr", "Les années 1990", "1990/1999"),
        ("Les années 80 furent dures.", "fr", "Les années 80", "1980/1989"),
        ("The 1990s were hard.", "en", "The 1990s", "1990/1999"),
        ("Die 1990er Jahre waren hart.", "de", "Die 1990er Jahre", "1990/1999"),
        ("Au premier trimestre 2016.", "fr", "premier trimestre 2016", "2016-01/2016-03"),
        ("The second half of 2015.", "en", "The second half of 2015", "2015-07/2015-12"),
        ("La saison de 2015-2016 finit.", "fr", "2015-2016", "2015/2016"),
    ],
)
def test_a_run_is_one_mention_with_its_first_and_its_last(text: str, language: str, surface: str, value: str) -> None:
    assert read(text, language=language) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Dès la rentrée 2018, rien.", "fr", "la rentrée 2018", "2018"),
        ("La fin de l'année 2016 approche.", "fr", "La fin de l'année 2016", "2016"),
        ("Cette année, rien.", "fr", "Cette année", "2016"),
        ("L'année prochaine, rien.", "fr", "L'année prochaine", "2017"),
        ("Il passera l'été prochain ici.", "fr", "l'été prochain", "2017"),
        ("À partir d'octobre, rien.", "fr", "octobre", "2016-10"),
        ("Elu à la présidentielle 2012.", "fr", "2012", "2012"),
        ("Since the 2014 wildfire, nothing.", "en", "the 2014", "2014"),
        ("This February nothing happened.", "en", "This February", "2016-02"),
        ("Le mois d'août 2017 finit.", "fr", "août 2017", "2017-08"),
        ("Am Ende des Jahres.", "de", "Ende des Jahres", "2016"),
        ("En abril pasado salieron.", "es", "abril pasado", "2016-04"),
    ],
)
def test_months_seasons_and_years_keep_their_precision(text: str, language: str, surface: str, value: str) -> None:
    assert read(text, language=language) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Le 10 octobre 2015, il dort. Trois jours plus tard, il part.", "fr", "2015-10-13"),
        ("Le 10 octobre 2015, il dort. L'avant-veille, il partait.", "fr", "2015-10-08"),
        ("On 10 October 2015 he slept. Two days earlier he left.", "en", "2015-10-08"),
        ("Né en 1950, il part l'année suivante.", "fr", "1951"),
        ("Né en 1950, il part la même année.", "fr", "1950"),
        ("Born in 1950, he left the following year.", "en", "1951"),
        ("La veille du 14 juillet, il part.", "fr", "2016-07-13"),
    ],
)
def test_what_counts_from_a_date_told_before_has_it_as_its_anchor(text: str, language: str, value: str) -> None:
    assert mentions(text, language=language)[-1].value == value


def test_the_eve_of_what_comes_is_the_day_of_publication_where_the_day_after_is_named() -> None:
    text = "A la veille d'une visite à Moscou, le ton monte.\n\nLe 14 juillet, il y est attendu."
    assert read(text)[0] == ("la veille d'", "2016-07-13")
    assert [value for _, value in read(text, "2016-07-12")] == ["2016-07-14"]


def test_a_date_far_from_the_publication_and_beside_one_told_before_belongs_to_that_story() -> None:
    text = "On June 29 2011 the court ruled. On June 30 he posted, and on July 9 and 10 it burned."
    assert [value for _, value in read(text, "2016-11-10", "en")] == [
        "2011-06-29",
        "2011-06-30",
        "2011-07-09/2011-07-10",
    ]


def test_without_a_publication_a_date_told_before_completes_the_next() -> None:
    assert read("Le 3 mars 2015, il part. Le 12 mars, il revient.", None)[-1] == ("Le 12 mars", "2015-03-12")


def test_every_value_says_what_completed_it_and_how_sure_it_is() -> None:
    whole, completed = mentions("Le 3 mars 2015, puis le 12 juillet.")
    assert (whole.anchor, completed.anchor) == (None, PUBLISHED)
    assert 0 < completed.confidence < whole.confidence < 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Ces derniers mois, les trois dernières années.", "fr"),
        ("Over the past year, each year, a year.", "en"),
        ("Cette année-là, ce matin-là, rien.", "fr"),
        ("La planète Mars, Theresa May, Avril Lavigne.", "fr"),
        ("Prime Minister Theresa May and April Jones may march.", "en"),
        ("Il lit le Journal du Dimanche.", "fr"),
        ("She is in her late 20s, and recalls that Saturday of that September.", "en"),
        ("The Good Friday Agreement and the Sunday Times.", "en"),
        ("A 22-year-old man of the 2012 Population Census.", "en"),
        ("Il a été vu, elle a été tuée.", "fr"),
        ("Les populations ont aujourd'hui rebondi.", "fr"),
        ("En 2000 exemplaires, 1500 perturbateurs.", "fr"),
    ],
)
def test_vague_times_names_and_counts_are_no_dates(text: str, language: str) -> None:
    assert read(text, language=language) == []


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("days", [1, 7, 20, 45])
def test_what_counts_from_the_publication_moves_with_it(language: str, days: int) -> None:
    text = {
        "fr": "Il est parti hier. Il est revenu lundi dernier. La semaine dernière, il a parlé ce matin.",
        "en": "He left yesterday. He said so last Monday. Last week he spoke this morning.",
    }[language]
    later = (date.fromisoformat(PUBLISHED) + timedelta(days=days)).isoformat()
    for before, after in zip(mentions(text, language=language), mentions(text, later, language), strict=True):
        assert before.value
        assert after.value
        weekly = "/" in before.value or "undi" in before.surface or "Monday" in before.surface
        moved = [
            (date.fromisoformat(b) - date.fromisoformat(a)).days
            for a, b in zip(before.value.split("/"), after.value.split("/"), strict=True)
        ]
        assert all(abs(one - days) < 7 and one % 7 == 0 for one in moved) if weekly else moved == [days]


def test_the_order_of_paragraphs_changes_no_value() -> None:
    paragraphs = [
        "Le 12 juillet, six avions ont décollé. La veille, rien.",
        "Il a été élu en 2012, et réélu l'année suivante.",
        "Mardi, le ministre a parlé ; il partira vendredi.",
        "Une trêve a tenu du 4 au 8 juillet.",
    ]
    values = [{one for _, one in read(paragraph)} for paragraph in paragraphs]
    for shift in range(len(paragraphs)):
        turned = "\n\n".join(paragraphs[shift:] + paragraphs[:shift])
        assert {one for _, one in read(turned)} == set().union(*values)
