"""Dates are read with the year that the article's own date gives them, or with none."""

import pytest

from contracts.extraction import Precision, Published
from contracts.value import Span
from services.extract.core.temporal.dates import dates

Read = list[tuple[str, str | None]]


def read(text: str, published: str | None = None, language: str = "fr") -> Read:
    found = dates(text, (Span(start=0, end=len(text)),), on(published), language)
    assert all(text[one.start : one.end] == one.surface for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)
    return [(one.surface, one.value) for one in found]


def on(value: str | None) -> Published | None:
    if value is None:
        return None
    precisions: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
    return Published(value=value, precision=precisions.get(len(value), "second"), method="test", evidence=value)


@pytest.mark.parametrize(
    ("text", "language", "surface", "value"),
    [
        ("Le mardi 3 mars 2015, ils partent.", "fr", "Le mardi 3 mars 2015", "2015-03-03"),
        ("Vu le 1er août 2014.", "fr", "le 1er août 2014", "2014-08-01"),
        ("Depuis fin juin 2011, rien.", "fr", "fin juin 2011", "2011-06"),
        ("Une guerre commencée en 2011.", "fr", "2011", "2011"),
        ("Il y vit dès 1998.", "fr", "1998", "1998"),
        ("Seen on March 08, 2019 in town.", "en", "March 08, 2019", "2019-03-08"),
        ("Il parle (photo du May 4, 2018).", "fr", "May 4, 2018", "2018-05-04"),
        ("On 8 March 2019 they left.", "en", "8 March 2019", "2019-03-08"),
        ("Am 4. Oktober 2017 begann es.", "de", "4. Oktober 2017", "2017-10-04"),
        ("El 5 de enero de 2020 salieron.", "es", "El 5 de enero de 2020", "2020-01-05"),
        ("Il 2 giugno 1946 si votò.", "it", "Il 2 giugno 1946", "1946-06-02"),
        ("في 10 أكتوبر 2018 وصل.", "ar", "10 أكتوبر 2018", "2018-10-10"),
        ("Fait le 2016-07-13.", "fr", "le 2016-07-13", "2016-07-13"),
        ("Fait le 13/07/2016 ici.", "fr", "le 13/07/2016", "2016-07-13"),
        ("Am 13.07.2016 dort.", "de", "13.07.2016", "2016-07-13"),
    ],
)
def test_a_date_with_its_year_needs_no_publication(text: str, language: str, surface: str, value: str) -> None:
    assert read(text, language=language) == [(surface, value)]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("Le 12 juillet, il part.", "2016-07-13", "2016-07-12"),
        ("Le 14 juillet, il partira.", "2016-07-13", "2016-07-14"),
        ("Le 28 décembre, il partit.", "2018-01-04", "2017-12-28"),
        ("Le 3 janvier, il partira.", "2018-12-30", "2019-01-03"),
        ("Le 28 décembre, il partit.", "2018-01", "2017-12-28"),
        ("Le 10 octobre, il partit.", "2018-10", "2018-10-10"),
        ("Le 10 octobre, il partit.", "2018-10-12T08:00:00Z", "2018-10-10"),
        ("Ville prise début octobre.", "2017-10", "2017-10"),
        ("Une élection en mars.", "2018-02-20", "2018-03"),
        ("Il sera jugé en juillet.", "2025-02-04", "2025-07"),
        ("Il a quitté la ville en février.", "2025-02-04", "2025-02"),
    ],
)
def test_the_year_is_the_nearest_to_the_publication(text: str, published: str, value: str) -> None:
    assert [one for _, one in read(text, published)] == [value]


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Le 6 janvier, ils partent.", None),
        ("Le 6 janvier, ils partent.", "2018"),
        ("Le 6 janvier, ils partent.", "2018-07-06"),
        ("Le 6 janvier, ils partent.", "2018-07"),
        ("Le lundi 7 janvier, ils partent.", "2018-01-20"),
        ("Le 31 février 2018, rien.", None),
        ("Le 29 février 2019, rien.", None),
        ("Les attentats du 11 septembre.", "2018-09-20"),
        ("Avant les September 11 attacks.", "2018-09-20"),
        ("Depuis la bataille en 2019-2000, rien.", "2022-01-10"),
    ],
)
def test_a_date_that_is_not_told_wholly_has_no_value(text: str, published: str | None) -> None:
    assert [one for _, one in read(text, published)] == [None]


def test_a_month_is_told_by_both_its_arabic_names() -> None:
    assert read("انتهى ذلك في يونيو (حزيران) 1999.", None, "ar") == [("يونيو (حزيران) 1999", "1999-06")]
    assert read("عاد يوم 9 نيسان (أبريل) 2004.", None, "ar")[0][1] == "2004-04-09"


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("He fell ill in November 2016. By December he felt worse.", "en", "2016-12"),
        ("The minister said in July that it was over.", "en", "2019-07"),
        ("The minister said in March that it was over.", "en", None),
        ("Ha dichiarato a marzo che resta.", "it", None),
        ("Declaró en marzo que se queda.", "es", None),
        ("Er sagte im März, dass er bleibt.", "de", None),
        ("Il a déclaré en mars que tout va bien.", "fr", None),
        ("The talks in December had been agreed on.", "en", "2019-12"),
        ("The trial was put off to March.", "en", "2020-03"),
        ("Le procès commencera en mars.", "fr", "2020-03"),
        ("Le procès a été reporté à mars.", "fr", "2020-03"),
        ("Der Prozess wird im März fortgesetzt.", "de", "2020-03"),
    ],
)
def test_a_month_that_has_been_is_not_the_one_to_come(text: str, language: str, value: str | None) -> None:
    assert read(text, "2019-11-18", language)[-1][1] == value


def test_a_weekday_decides_where_two_years_are_about_as_near() -> None:
    assert read("Le samedi 6 janvier, ils partent.", "2018-07-06") == [("Le samedi 6 janvier", "2018-01-06")]


def test_the_order_of_an_english_numeric_date_is_not_guessed() -> None:
    assert read("Signed 3/4/2018.", language="en") == [("3/4/2018", None)]
    assert read("Signed 3/14/2018.", language="en") == [("3/14/2018", "2018-03-14")]


@pytest.mark.parametrize(
    ("text", "published", "found"),
    [
        ("Entre 4 et 8 janvier, tout change.", "2022-01-10", [("Entre 4 et 8 janvier", "2022-01-04/2022-01-08")]),
        ("Du 4 au 8 janvier 2022, rien.", None, [("4 au 8 janvier 2022", "2022-01-04/2022-01-08")]),
        (
            "Du 28 décembre au 4 janvier 2022, rien.",
            None,
            [("28 décembre au 4 janvier 2022", "2021-12-28/2022-01-04")],
        ),
        ("Les 4 et 5 janvier 2022, rien.", None, [("Les 4 et 5 janvier 2022", "2022-01-04/2022-01-05")]),
        ("Les 4 et 8 mai 2022, rien.", None, [("Les 4", "2022-05-04"), ("8 mai 2022", "2022-05-08")]),
        ("Il régna de 1998 à 2003.", None, [("1998 à 2003", "1998/2003")]),
        ("En 2019-20, rien.", None, [("2019-20", "2019/2020")]),
    ],
)
def test_a_range_has_both_its_ends(text: str, published: str | None, found: Read) -> None:
    assert read(text, published) == found


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("Il est parti hier.", "fr", "2016-07-12"),
        ("Il est parti avant-hier.", "fr", "2016-07-11"),
        ("Il est parti lundi.", "fr", "2016-07-11"),
        ("Il est parti mercredi.", "fr", "2016-07-13"),
        ("Il partira lundi prochain.", "fr", "2016-07-18"),
        ("Parti ce vendredi, il dort.", "fr", "2016-07-15"),
        ("He left on Tuesday.", "en", "2016-07-12"),
        ("He left yesterday.", "en", "2016-07-12"),
        ("Il partit l’année dernière.", "fr", "2015"),
        ("Il partit le mois dernier.", "fr", "2016-06"),
    ],
)
def test_a_relative_day_counts_from_the_day_of_publication(text: str, language: str, value: str) -> None:
    assert [one for _, one in read(text, "2016-07-13", language)] == [value]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("It would be normal by Saturday.", "en", "2016-07-16"),
        ("Talks are expected on Friday.", "en", "2016-07-15"),
        ("The company reports earnings Friday.", "en", "2016-07-15"),
        ("The summit opens on Friday.", "en", "2016-07-15"),
        ("The summit opened on Friday.", "en", "2016-07-08"),
        ("Police said the man died on Friday.", "en", "2016-07-08"),
        ("Une audience fixée vendredi.", "fr", "2016-07-15"),
        ("Le tribunal se prononcera samedi.", "fr", "2016-07-16"),
        ("Il a démissionné samedi.", "fr", "2016-07-09"),
        ("Ils voteront à partir de samedi.", "fr", "2016-07-16"),
        ("Der Rat soll am Freitag tagen.", "de", "2016-07-15"),
        ("Er wurde am Freitag verletzt.", "de", "2016-07-08"),
    ],
)
def test_the_verb_beside_a_weekday_tells_whether_it_is_behind_or_ahead(text: str, language: str, value: str) -> None:
    assert [one for _, one in read(text, "2016-07-13", language)] == [value]


def test_a_weekday_of_which_nothing_tells_whether_it_is_behind_is_less_sure() -> None:
    text = "Une réunion de samedi, un accord de mardi."
    far, near = dates(text, (Span(start=0, end=len(text)),), on("2016-07-13"), "fr")
    assert (far.value, near.value) == ("2016-07-09", "2016-07-12")
    assert far.confidence < near.confidence < 1


@pytest.mark.parametrize("text", ["Il est parti hier.", "Il est parti lundi.", "Il partit la veille."])
def test_a_relative_day_is_not_mentioned_where_only_the_month_of_publication_is_known(text: str) -> None:
    assert read(text, "2016-07") == []


def test_the_day_before_counts_from_the_last_day_told() -> None:
    text = "Le 10 octobre, le chef a rapporté que la veille, un groupe avait attaqué."
    assert read(text, "2018-10") == [("Le 10 octobre", "2018-10-10"), ("la veille", "2018-10-09")]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Plus de 2000 soldats.", "fr"),
        ("Une force de 2000 hommes.", "fr"),
        ("Un missile 2018X et le S-2011.", "fr"),
        ("Il vaut 2 015,30 euros.", "fr"),
        ("Le prix de 1500 euros.", "fr"),
        ("They may 20 times march 15 miles.", "en"),
        ("Il viendra tous les lundis, le lundi.", "fr"),
        ("A la veille d’une visite, rien.", "fr"),
        ("Vingt tonnes, 20 tonnes, 12 soldats.", "fr"),
        ("Aujourd’hui, tout change.", "fr"),
        ("Wir sind hier am Werk.", "de"),
        ("On Super Tuesday they voted.", "en"),
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str, language: str) -> None:
    assert read(text, "2016-07-13", language) == []


def test_nothing_outside_the_body_is_read() -> None:
    text = "mercredi 13 juillet 2016\n\nLe 12 juillet, rien."
    found = dates(text, (Span(start=26, end=len(text)),), on("2016-07-13"), "fr")
    assert [(one.start, one.surface) for one in found] == [(26, "Le 12 juillet")]


def test_hostile_text_is_read_once() -> None:
    for filler in ("janvier ", "12 ", "lundi ", "2018-", "1 - ", "entre 4 et ", " " * 10):
        text = filler * (10_000 // len(filler))
        assert len(dates(text, (Span(start=0, end=len(text)),), on("2018-01-15"), "fr")) < len(text)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("A menina sumiu no sábado (23).", "pt", "2022-04-23"),
        ("A menina sumiu na última sexta-feira (29) à noite.", "pt", "2022-04-29"),
        ("Desapareció el domingo (24) por la tarde.", "es", "2022-04-24"),
        ("Il est parti dimanche (24) au soir.", "fr", "2022-04-24"),
    ],
)
def test_the_day_that_brackets_give_tells_which_weekday_is_meant(text: str, language: str, value: str) -> None:
    assert [one for _, one in read(text, "2022-05-03", language)] == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Am Samstag beginnt das Turnier.", "2022-02-05"),
        ("Sie bestreiten am Donnerstag und Freitag ihre Läufe.", "2022-02-03/2022-02-04"),
        ("Ein Test am Mittwoch käme zu spät.", "2022-02-02"),
        ("Am Samstag gewann sie das Turnier.", "2022-01-29"),
        ("Der Prozess läuft seit Donnerstag.", "2022-01-27"),
    ],
)
def test_the_present_tense_in_german_tells_what_is_to_come(text: str, value: str) -> None:
    assert [one for _, one in read(text, "2022-02-01", "de")] == [value]


def test_two_weekdays_told_on_the_first_of_them_go_on() -> None:
    text = "Traders were eyeing a meeting on Tuesday and Wednesday."
    assert [one for _, one in read(text, "2017-01-31", "en")] == ["2017-01-31/2017-02-01"]
    assert [one for _, one in read(text, "2017-02-02", "en")] == ["2017-01-31/2017-02-01"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Depuis début janvier, on tire.", "2025-01-30", [("début janvier", "2025-01")]),
        ("Depuis la mi-novembre, on tire.", "2025-01-05", [("la mi-novembre", "2024-11")]),
        ("Depuis début mars, on tire.", "2025-01-05", [("début mars", "2024-03")]),
        ("Depuis janvier, on tire.", "2025-01-30", [("janvier", "2024-01")]),
    ],
)
def test_what_lasts_since_a_part_of_a_month_began_no_later_than_the_article(
    text: str, published: str, expected: Read
) -> None:
    assert read(text, published) == expected


@pytest.mark.parametrize(
    "text", ["Le Mouvement du 23 mars avance.", "Il vit rue du 4 Septembre.", "La place du 1er Mai est pleine."]
)
def test_a_day_that_a_street_or_a_movement_is_called_after_is_none(text: str) -> None:
    assert read(text, "2025-01-30") == []


@pytest.mark.parametrize(
    ("text", "surface"), [("Le mouvement du 23 mars fut suivi.", "23 mars"), ("La grève du 3 mars.", "3 mars")]
)
def test_a_day_of_a_strike_is_one(text: str, surface: str) -> None:
    assert [one for one, _ in read(text, "2025-01-30")] == [surface]


def test_days_after_something_do_not_count_from_the_day_told_before() -> None:
    text = "Le 3 mars 2024, ils entrent, huit jours après le début de l'assaut. Deux jours après, ils sortent."
    assert read(text) == [("Le 3 mars 2024", "2024-03-03"), ("Deux jours après", "2024-03-05")]


def test_the_second_day_after_counts_from_where_the_day_after_does() -> None:
    text = "Le 18 mars 2024, il part. Le lendemain, elle part. Le surlendemain, tous partent."
    assert [value for _, value in read(text)] == ["2024-03-18", "2024-03-19", "2024-03-20"]
    text = "Le 18 mars 2024, il part. Le lendemain, elle part. Le lendemain, tous partent."
    assert [value for _, value in read(text)] == ["2024-03-18", "2024-03-19", "2024-03-20"]


def test_a_weekday_with_its_number_is_of_the_month_that_is_known_alone() -> None:
    assert read("On compte les morts lundi 17.", "2023-04") == [("lundi 17", "2023-04-17")]
    assert read("On compte les morts mardi 17.", "2023-04") == []


@pytest.mark.parametrize("verb", ["déclara", "montra", "rencontra", "tira", "libéra", "prépara", "assura", "entra"])
def test_verbs_in_rer_tell_what_was(verb: str) -> None:
    assert read(f"Il {verb} mardi.", "2025-01-30") == [("mardi", "2025-01-28")]


@pytest.mark.parametrize("verb", ["parlera", "partira", "sortira", "viendra", "verra", "dormira", "mettra", "dira"])
def test_verbs_in_ra_tell_what_is_to_come(verb: str) -> None:
    assert read(f"Il {verb} mardi.", "2025-01-30") == [("mardi", "2025-02-04")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Le 20 novembre 2012, ils avaient pris la ville. Ils s'étaient retirés le 1er décembre.", "2012-12-01"),
        ("Le 20 novembre 2012, ils avaient pris la ville. Ils se sont retirés le 1er décembre.", "2024-12-01"),
        ("L'accord du 20 novembre 2012 est mort.\n\nIls s'étaient retirés le 1er décembre.", "2024-12-01"),
        ("L'accord du 20 novembre 2012 est mort. Signé le 3 mai 2024. Il avait ri le 1er décembre.", "2024-12-01"),
        ("Le 20 novembre 2012, ils avaient pris la ville. Ils avaient fui le 15 janvier.", "2025-01-15"),
    ],
)
def test_what_had_been_right_after_a_date_of_long_ago_is_of_that_time(text: str, value: str) -> None:
    assert read(text, "2025-01-30")[-1][1] == value


@pytest.mark.parametrize("name", ["Nosra", "Ankara", "Zahra"])
def test_a_name_in_ra_is_no_verb(name: str) -> None:
    assert read(f"Entrés à {name} mardi, ils mentent.", "2025-01-30") == [("mardi", "2025-01-28")]
