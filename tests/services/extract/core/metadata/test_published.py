"""When an article was published."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
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
