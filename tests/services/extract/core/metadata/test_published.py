"""When an article was published."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
LATER = datetime(2024, 6, 1, tzinfo=UTC)
PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."


def value(found: Metadata) -> str | None:
    return found.published.value if found.published else None


@pytest.mark.parametrize(
    ("claim", "told", "precision"),
    [
        ("2018-01-15T10:30:00+01:00", "2018-01-15T09:30:00Z", "second"),
        ("2018-01-15T10:30:00.123Z", "2018-01-15T10:30:00Z", "second"),
        ("2018-01-15T10:30+0100", "2018-01-15T09:30Z", "minute"),
        ("2018-01-15 10:30:00 UTC", "2018-01-15T10:30:00Z", "second"),
        ("Mon, 15 Jan 2018 10:30:00 +0100", "2018-01-15T09:30:00Z", "second"),
        ("2018-01-15T10:30:00", "2018-01-15", "day"),
        ("2018-01-15T00:00:00+02:00", "2018-01-15", "day"),
        ("2018-01-15", "2018-01-15", "day"),
        ("20180115", "2018-01-15", "day"),
        ("15 janvier 2018", "2018-01-15", "day"),
        ("2018-01", "2018-01", "month"),
        ("2018", "2018", "year"),
    ],
)
def test_a_claim_is_told_in_utc_and_no_more_precisely_than_it_says(
    read: Read, claim: str, told: str, precision: str
) -> None:
    found = read(PROSE, claims=[("published", claim, "jsonld")]).published
    assert found is not None
    assert (found.value, found.precision, found.method, found.evidence) == (told, precision, "jsonld", claim)
    assert found.start is None


@pytest.mark.parametrize("claim", ["", "soon", "2018-13-45", "0000-00-00T00:00:00Z", "12 janvier"])
def test_a_claim_that_is_no_date_gives_none(read: Read, claim: str) -> None:
    assert read(PROSE, claims=[("published", claim, "jsonld")]).published is None


def test_jsonld_goes_before_meta_and_meta_before_a_time_element(read: Read) -> None:
    claims = [
        ("published", "2018-01-17", "html-time"),
        ("published", "2018-01-16", "meta"),
        ("published", "2018-01-15", "jsonld"),
    ]
    assert [value(read(PROSE, claims=claims[:count])) for count in (1, 2, 3)] == [
        "2018-01-17",
        "2018-01-16",
        "2018-01-15",
    ]


def test_a_claim_from_the_future_gives_way_and_contradiction_lowers_confidence(read: Read) -> None:
    future, past = ("published", "2031-01-01", "jsonld"), ("published", "2018-01-15", "meta")
    assert value(read(PROSE, claims=[future, past])) == "2018-01-15"
    alone, disputed = read(PROSE, claims=[past]).published, read(PROSE, claims=[future, past]).published
    assert alone is not None
    assert disputed is not None
    assert disputed.confidence < alone.confidence


def test_claims_go_before_the_text_and_a_modification_is_no_publication(read: Read) -> None:
    text = f"13 juillet 2016\n\nLe village repris après trois jours\n\n{PROSE}"
    assert value(read(text, claims=[("published", "2016-07-12", "meta")])) == "2016-07-12"
    assert value(read(PROSE, claims=[("modified", "2016-07-12", "jsonld")])) is None


@pytest.mark.parametrize(
    ("head", "told", "evidence"),
    [
        ("date 2018-01 ", "2018-01", "date 2018-01"),
        (" date 2018-01-15\n\n", "2018-01-15", "date 2018-01-15"),
        ("\n\n   DATE : 15 janvier 2018\n", "2018-01-15", "DATE : 15 janvier 2018"),
        ("date janvier 2018 ", "2018-01", "date janvier 2018"),
        ("date: 2018\n", "2018", "date: 2018"),
        ("Datum: 15.01.2018\n\n", "2018-01-15", "Datum: 15.01.2018"),
    ],
)
def test_a_collections_prefix_tells_the_date_and_is_taken_out(read: Read, head: str, told: str, evidence: str) -> None:
    found = read(head + PROSE)
    assert found.published is not None
    assert (found.published.value, found.published.method) == (told, "metadata_prefix")
    assert (head + PROSE)[found.published.start : found.published.end] == found.published.evidence == evidence
    assert [span.kind for span in found.removed] == ["metadata_prefix"]
    assert found.body[0].start == len(head)


@pytest.mark.parametrize("head", ["date 2018-13 ", "date limite ", "data 2018 shows that ", "Date de 2018 "])
def test_a_prefix_that_is_no_date_stays_in_the_prose(read: Read, head: str) -> None:
    found = read(head + PROSE)
    assert found.published is None
    assert found.body[0].start == 0


@pytest.mark.parametrize(
    ("line", "tag", "told"),
    [
        ("mercredi 13 juillet 2016", "fr", "2016-07-13"),
        ("الرياض 26 شوال 1436 هـالموافق 11 اغسطس 2015 م واس", "ar", "2015-08-11"),
        ("Publié le 13 juillet 2016 à 10h30", "fr", "2016-07-13"),
        ("Publié le 13 juillet 2016, mis à jour le 15 juillet 2016", "fr", "2016-07-13"),
        ("Mis à jour le 15 juillet 2016 - publié le 13 juillet 2016", "fr", "2016-07-13"),
        ("Par Anne Martin | 13 juillet 2016", "fr", "2016-07-13"),
        ("Publié le 13/07/2016 par Anne Martin", "fr", "2016-07-13"),
        ("Lyon, le 13 juillet 2016", "fr", "2016-07-13"),
        ("July 13, 2016 10:30 AM GMT", "en", "2016-07-13T10:30Z"),
        ("Veröffentlicht am 13. Juli 2016 um 10:30 Uhr", "de", "2016-07-13"),
        ("الأربعاء 13 يوليو 2016", "ar", "2016-07-13"),
        ("13 июля 2016, 10:30", "ru", "2016-07-13"),
        ("juillet 2016", "fr", "2016-07"),
    ],
)
def test_a_date_line_below_the_headline_tells_the_date_and_is_no_prose(
    read: Read, line: str, tag: str, told: str
) -> None:
    text = f"Le village repris après trois jours\n\n{line}\n\n{PROSE}"
    found = read(text, tag)
    assert found.published is not None
    assert found.published.value == told
    assert text[found.published.start : found.published.end] == found.published.evidence
    assert [text[span.start : span.end] for span in found.removed if span.kind == "date_line"] == [line]


@pytest.mark.parametrize(
    "text",
    [
        f"Le 13 juillet 2016, {PROSE}",
        f"13 juillet 2016, un jour que personne n'oubliera. {PROSE}",
        f"Attentat du 14 juillet 2016\n\n{PROSE}",
        f"13 novembre 2015 : les attaques en dix questions\n\n{PROSE}",
        f"Le village repris\n\nBEYROUTH, 12 janvier (Reuters) - {PROSE}",
        f"Le village repris\n\nMis à jour le 14 juillet 2016\n\n{PROSE}",
        f"La bataille, jour après jour\n\n12 juillet 2016 – {PROSE}\n\n13 juillet 2016 – {PROSE}",
        f"{PROSE}\n\n{PROSE}\n\n13 juillet 2016\n\n{PROSE}\n\n{PROSE}",
    ],
)
def test_dates_of_what_happened_are_no_publication_dates(read: Read, text: str) -> None:
    assert read(text).published is None


@pytest.mark.parametrize(
    ("opening", "cut"),
    [("13 juillet 2016 . – ", 20), ("13 juillet 2016 à 10h30 – ", 26), ("LYON, 13 juillet 2016 (AFP) – ", 0)],
)
def test_the_date_that_opens_the_prose_counts_and_only_a_place_keeps_it_there(
    read: Read, opening: str, cut: int
) -> None:
    found = read(opening + PROSE)
    assert value(found) == "2016-07-13"
    assert found.body[0].start == cut


def test_a_weekday_that_disagrees_lowers_confidence(read: Read) -> None:
    right, wrong = (read(f"{day} 13 juillet 2016\n\nLe village repris\n\n{PROSE}") for day in ("mercredi", "jeudi"))
    assert right.published is not None
    assert wrong.published is not None
    assert wrong.published.value == "2016-07-13"
    assert wrong.published.confidence <= right.published.confidence / 2


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("en", "Published May 17, 2024"),
        ("en", "Posted: 9:15 AM, May 17, 2024"),
        ("en", "Fri, 17 May 2024"),
        ("en", "2024.05.17 10:12"),
        ("en", "1715940000"),
        ("en", "05/17/2024"),
        ("fr", "Publié le 17/05/2024 à 10h22, mis à jour le 19/05/2024"),
        ("fr", "Mis à jour le 19 mai 2024 - Publié le 17 mai 2024"),
        ("en", "17 de mayo de 2024 - 10:12"),
        ("en", "17 maggio 2024"),
        ("en", "17 мая 2024, 10:12"),
        ("en", "17 maja 2024"),
        ("en", "17 Mayıs 2024"),
        ("en", "2024年5月17日"),
        ("de", "Stand: 17.05.2024 14:12 Uhr"),
    ],
)
def test_what_a_page_shows_as_its_date_is_read_in_any_language(read: Read, tag: str, line: str) -> None:
    found = read(PROSE, tag, claims=[("published", line, "html-date")], at=LATER).published
    assert found is not None
    assert found.value[:10] == "2024-05-17"
    assert found.method == "shown_date"


@pytest.mark.parametrize(
    "line", ["Updated May 17, 2024", "© 2024", "17 May", "31 Feb 2024", "Mis à jour le 17 mai 2024"]
)
def test_what_a_page_shows_and_is_no_date_of_its_appearance_gives_none(read: Read, line: str) -> None:
    assert read(PROSE, "en", claims=[("published", line, "html-date")], at=LATER).published is None


def test_a_line_at_the_headline_counts_only_where_it_says_little_else(read: Read) -> None:
    line = ("published", "The fair opens on 17 May 2024 at noon", "html-line")
    assert read(PROSE, "en", claims=[line], at=LATER).published is None
    assert (
        value(read(PROSE, "en", claims=[("published", "By Jane Holloway | 17 May 2024", "html-line")], at=LATER))
        == "2024-05-17"
    )


@pytest.mark.parametrize(
    ("tag", "line"),
    [
        ("fr", "Article publié le 17 mai 2024 | Temps de lecture 3 min"),
        ("fr", "Date de publication : 17 mai 2024"),
        ("en", "Publication date: May 17, 2024 · 4 min read"),
        ("de", "Datum der Veröffentlichung: 17. Mai 2024"),
        ("de", "Veröffentlicht am 17.05.2024 - Lesezeit: 3 Minuten"),
        ("es", "Fecha de publicación: 17 de mayo de 2024"),
        ("es", "Artículo publicado el 17/05/2024 - Tiempo de lectura: 2 min."),
        ("it", "Data di pubblicazione: 17 maggio 2024"),
        ("pt", "Data da publicação: 17 de maio de 2024"),
        ("pl", "Data publikacji: 17 maja 2024"),
        ("ru", "Дата публикации: 17 мая 2024 г."),
        ("ru", "Статья опубликована: 17.05.2024, 3 мин"),
    ],
)
def test_a_line_that_says_it_is_the_day_of_publication_is_read_in_any_language(read: Read, tag: str, line: str) -> None:
    found = read(PROSE, tag, claims=[("published", line, "html-line")], at=LATER).published
    assert found is not None
    assert found.value[:10] == "2024-05-17"
    assert found.method == "shown_line"


@pytest.mark.parametrize(
    "line",
    [
        "Actualizado a las 12:45h. 17-05-2024",
        "Дата обновления: 17 мая 2024 г.",
        "Article mis à jour le 17 mai 2024 | Temps de lecture 3 min",
        "The article on the fair of 17 May 2024, 3 min read",
        "Der 17. Mai 2024",
        "Article 17, May 2024",
    ],
)
def test_a_line_of_a_change_or_of_an_event_is_no_publication(read: Read, line: str) -> None:
    assert read(PROSE, "en", claims=[("published", line, "html-line")], at=LATER).published is None


@pytest.mark.parametrize(
    "stamp", ["1970-01-01T00:00:00Z", "1969-12-31", "1900-01-01T00:00:00", "0", "31 Feb 2024", "12"]
)
def test_what_computers_write_where_nobody_wrote_a_date_is_none(read: Read, stamp: str) -> None:
    assert read(PROSE, claims=[("published", stamp, "jsonld")]).published is None


@pytest.mark.parametrize(
    "address",
    [
        "https://paper.example/2024/05/17/slug.html",
        "https://paper.example/news/2024-05-17/slug",
        "https://paper.example/20240517/slug",
        "https://paper.example/2024/0517/c1.html",
        "https://paper.example/world/2024/may/17/slug",
        "https://paper.example/slug-20240517.html",
        "https://paper.example/slug-17-05-2024",
    ],
)
def test_a_day_in_the_address_counts_where_nothing_else_tells(read: Read, address: str) -> None:
    url = ("url", address, "html-canonical")
    found = read(PROSE, claims=[url], at=LATER).published
    assert found is not None
    assert (found.value, found.precision, found.method) == ("2024-05-17", "day", "address")
    assert value(read(PROSE, claims=[url, ("published", "2024-05-15", "meta")], at=LATER)) == "2024-05-15"


@pytest.mark.parametrize(
    "path", ["2024/13/17/a", "2024/05/a", "a-12345678", "2024/05/32/a", "2034/05/17/a", "[::1/2024"]
)
def test_numbers_in_an_address_that_are_no_day_give_none(read: Read, path: str) -> None:
    assert read(PROSE, claims=[("url", f"https://paper.example/{path}", "html-canonical")], at=LATER).published is None


def test_a_bare_date_of_the_day_on_which_the_page_came_in_gives_way_to_its_address(read: Read) -> None:
    today = ("published", "1 May 2024", "html-date")
    url = ("url", "https://paper.example/2024/03/17/slug", "html-canonical")
    assert value(read(PROSE, "en", claims=[today])) == "2024-05-01"
    assert value(read(PROSE, "en", claims=[today, url])) == "2024-03-17"


def test_a_day_in_the_text_that_is_yet_to_come_is_not_believed(read: Read) -> None:
    assert value(read(f"Publié le 2 mars 2023\n\n{PROSE}")) == "2023-03-02"
    assert value(read(f"Publié le 2 mars 2044\n\n{PROSE}")) is None
