"""What looks like a date, or like one of another day, and what it is: of a paper of Thursday, 14 March 2024."""

import pytest

from contracts.extraction import Published
from contracts.value import Span
from services.extract.core.temporal.dates import dates

_TODAY = Published(value="2024-03-14", precision="day", method="test", evidence="test")


def values(text: str, language: str = "fr") -> list[str | None]:
    return [one.value for one in dates(text, (Span(start=0, end=len(text)),), _TODAY, language)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Un corps a été découvert rue du 4-Septembre, à Paris."),
        ("fr", "Ils se sont rassemblés place du 8-Mai-1945, devant la mairie."),
        ("fr", "L'université du 8 mai 1945 de Guelma a fermé ses portes."),
        ("fr", "Le pont du 25-Avril et l'hôpital du 20-Août ont fermé."),
        ("fr", "Depuis le 11-Septembre, les contrôles ont été renforcés."),
        ("fr", "Le Mouvement du 23 mars (M23) a pris la ville de Saké."),
        ("fr", "La brigade du 1er Mai et le bataillon du 17 Octobre ont été dissous."),
        ("fr", "La coalition du 14 mars et l'alliance du 8 mars se partagent le pays."),
        ("en", "The March 23 Movement seized the town of Sake."),
        ("en", "The April 6 Youth Movement was banned."),
        ("en", "The November 17 group claimed the attack."),
        ("en", "Fire broke out on June 30 Street in the old town."),
        ("es", "La avenida 9 de Julio quedó cortada."),
        ("es", "El Movimiento 26 de Julio tomó el cuartel."),
        ("de", "Die Straße des 17. Juni in Berlin ist gesperrt."),
        ("it", "La scuola di via 25 aprile è stata chiusa."),
        ("ar", "تجمع المتظاهرون في شارع 17 تشرين وساحة 14 آذار."),
    ],
)
def test_a_day_in_a_name_is_no_date(language: str, text: str) -> None:
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "La mise en place du 1er mars a pris du retard.", ["2024-03-01"]),
        ("fr", "La grève du 5 mars et le match du 7 mars ont été longs.", ["2024-03-05", "2024-03-07"]),
        ("fr", "Il a été vu rue de Rivoli le 4 mars, place de la République le 5 mars.", ["2024-03-04", "2024-03-05"]),
        ("fr", "L'exposition du 3 mars, par le groupe du 4 mars.", ["2024-03-03", "2024-03-04"]),
        ("en", "On March 5 Movement leaders met.", ["2024-03-05"]),
        ("en", "The March 5 attack and the March 7 street battle killed ten.", ["2024-03-05", "2024-03-07"]),
        ("es", "Salió a la calle el 9 de marzo y jugó el partido del 10 de marzo.", ["2024-03-09", "2024-03-10"]),
        ("it", "È andato via il 9 marzo e nel corso del 10 marzo è tornato.", ["2024-03-09", "2024-03-10"]),
        ("de", "Die Sitzung des 12. März auf dem Platz war kurz.", ["2024-03-12"]),
    ],
)
def test_a_day_beside_such_words_is_one_all_the_same(language: str, text: str, found: list[str]) -> None:
    assert values(text, language) == found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Le journal du dimanche a publié un sondage."),
        ("fr", "Le marché se tient le samedi et le mercredi."),
        ("fr", "Un dimanche de printemps, il avait quitté le village."),
        ("en", "He was found on a Friday; one Sunday he was gone."),
        ("en", "Monday Night Football drew large audiences."),
        ("de", "Er starb an einem Freitag."),
        ("es", "Murió un viernes."),
        ("fr", "Hier comme aujourd'hui, la ville vit du port."),
        ("fr", "La jeunesse d'aujourd'hui ne lit plus ; celle d'hier non plus."),
        ("fr", "Le monde de demain se prépare à l'école."),
        ("en", "The leaders of tomorrow are in the schools of today."),
        ("de", "Er wohnt in 10117 Berlin, Telefon 030 2019 2020."),
    ],
)
def test_any_day_is_no_certain_one(language: str, text: str) -> None:
    assert values(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "La nuit du samedi au dimanche a été calme.", ["2024-03-09/2024-03-10"]),
        ("fr", "La réunion d'hier et le match de demain sont décisifs.", ["2024-03-13", "2024-03-15"]),
        ("fr", "Les attentats d'hier ont fait dix morts.", ["2024-03-13"]),
        ("en", "In a Friday statement he denied it.", ["2024-03-08"]),
        ("fr", "Le procès, ouvert lundi, doit s'achever vendredi.", ["2024-03-11", "2024-03-15"]),
        ("fr", "Le texte adopté mardi entrera en vigueur.", ["2024-03-12"]),
        ("fr", "Le suspect sera jugé lundi et doit être transféré mercredi.", ["2024-03-18", "2024-03-20"]),
        ("fr", "La réunion prévue lundi a été annulée.", ["2024-03-18"]),
        ("fr", "Le Conseil de sécurité lundi votera.", ["2024-03-18"]),
        ("en", "The trial resumes Monday.", ["2024-03-18"]),
    ],
)
def test_a_weekday_is_where_the_words_beside_it_have_it(language: str, text: str, found: list[str]) -> None:
    assert values(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "Le 3 mai 2019, le ministre déclarait : « Demain, nous voterons. »", ["2019-05-03", "2019-05-04"]),
        ("fr", "Nous écrivions le 3 mai 2019 : « Hier, il a plu. »", ["2019-05-03", "2019-05-02"]),
        ("fr", "Une lettre du 12 juin 1940 dit : « Ils sont là. Demain, je pars. »", ["1940-06-12", "1940-06-13"]),
        ("en", 'In a letter of June 12, 1940, he wrote: "Yesterday they came."', ["1940-06-12", "1940-06-11"]),
        ("fr", "« Nous avons voté hier », a déclaré mardi le ministre.", ["2024-03-11", "2024-03-12"]),
        ("en", '"We voted yesterday," the minister said on Tuesday.', ["2024-03-11", "2024-03-12"]),
        ("fr", "« L'an dernier, mon père est mort », écrivait-elle en 1943.", ["1942", "1943"]),
        ("fr", "Il assurait en 2015 : « Hier, mon frère a été tué. »", ["2015"]),
        ("fr", "« Demain, nous serons libres », criait la foule en février 2011.", ["2011-02"]),
        ("fr", "« Le 3 mars, nous partirons », déclarait-il en 2015.", [None, "2015"]),
        ("fr", "BEYROUTH, 3 mai 2019 (AFP) - Cinq hommes ont été tués vendredi.", ["2019-05-03", "2019-05-03"]),
    ],
)
def test_words_of_another_day_count_from_it(language: str, text: str, found: list[str | None]) -> None:
    assert values(text, language) == found


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("fr", "« Nous voterons demain », a déclaré jeudi le ministre.", ["2024-03-15", "2024-03-14"]),
        ("fr", "« Nous voterons demain », a dit le ministre, en poste depuis 2015.", ["2024-03-15", "2015"]),
        ("fr", "« Nous voterons demain », a déclaré le ministre nommé lundi.", ["2024-03-15", "2024-03-11"]),
        ("fr", "« Nous voterons demain », a dit le ministre, qui a été nommé lundi.", ["2024-03-15", "2024-03-11"]),
        ("fr", "« Nous voterons demain. » Lundi, il avait dit le contraire.", ["2024-03-15", "2024-03-11"]),
        ("fr", "Nommé lundi, le ministre a prévenu : « Nous voterons demain. »", ["2024-03-11", "2024-03-15"]),
        ("fr", "« Le 11 septembre 2001, j'y étais », racontait-il en 2011.", ["2001-09-11", "2011"]),
        ("fr", "Le film « Demain » est sorti le 2 décembre 2015.", ["2015-12-02"]),
        ("en", '"We will vote tomorrow," he said. On Monday he had denied it.', ["2024-03-15", "2024-03-11"]),
        ("en", '"We will vote tomorrow," said the minister, hired in 2019.', ["2024-03-15", "2019"]),
        ("en", '"We will vote tomorrow," said the minister, who left on Monday.', ["2024-03-15", "2024-03-11"]),
    ],
)
def test_another_day_beside_words_is_not_always_theirs(language: str, text: str, found: list[str | None]) -> None:
    assert values(text, language) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Le procès s'ouvrira le 3 décembre.", ["2024-12-03"]),
        ("Il a été élu le 3 décembre.", ["2023-12-03"]),
        ("En 1995, la ville est assiégée. Le 11 juillet, elle tombe.", ["1995", None]),
        ("Créée en 2011, l'association fêtera ses adhérents le 3 juin.", ["2011", "2024-06-03"]),
        ("Le 12 mars 1938, l'Autriche est annexée. Le 12 mars, Vienne s'est tue.", ["1938-03-12", None]),
        ("Le 8 mai 1945, la guerre finit. Le 12 mars, le préfet a parlé.", ["1945-05-08", "2024-03-12"]),
    ],
)
def test_a_year_told_before_makes_a_far_day_doubtful(text: str, found: list[str | None]) -> None:
    assert values(text) == found


def test_what_a_quoted_dispatch_says_counts_from_its_dateline() -> None:
    quoted = "ALEP, 3 mai 2019 (AFP) - Deux hommes ont été tués.\n\nIls avaient été vus jeudi.\n\n"
    text = f"On lisait alors :\n\n{quoted}Hier, personne n'en parlait plus."
    work = Span(start=text.index("ALEP"), end=text.index("Hier"))
    found = dates(text, (Span(start=0, end=len(text)),), _TODAY, "fr", (work,))
    assert [one.value for one in found] == ["2019-05-03", "2019-05-02", "2024-03-13"]
