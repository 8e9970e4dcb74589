"""Who wrote, credited and published an article."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata
from services.extract.core.metadata.agencies import agencies_in

Read = Callable[..., Metadata]
PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."
HEADLINE = "Le village repris après trois jours de combats"


def authors(found: Metadata) -> list[str]:
    return [name.name for name in found.byline]


def credited(found: Metadata) -> list[str]:
    return [name.name for name in found.credits]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Par Anne Martin", ["Anne Martin"]),
        ("Par Anne Martin et Jean-Paul d’Orval", ["Anne Martin", "Jean-Paul d’Orval"]),
        ("Par Anne Martin, correspondante à Beyrouth", ["Anne Martin"]),
        ("By JOHN SMITH", ["John Smith"]),
        ("By JEAN-PIERRE DE LA TOUR and SEAN O'BRIEN", ["Jean-Pierre de la Tour", "Sean O'Brien"]),
        ("Words by Jane Holloway. Photographs by John Miller.", ["Jane Holloway"]),
        ("By John Smith and Omar al-Khatib", ["John Smith", "Omar al-Khatib"]),
        ("By Jane Holloway, PhD and John Smith, MD", ["Jane Holloway", "John Smith"]),
        ("Von Hans Müller", ["Hans Müller"]),
        ("Auteur : Anne Martin", ["Anne Martin"]),
        ("Par Anne Martin | 13 juillet 2016", ["Anne Martin"]),
        ("Publié le 13 juillet 2016 par Anne Martin", ["Anne Martin"]),
        ("Par Anne Martin (avec AFP)", ["Anne Martin"]),
        ("De notre correspondante Anne Martin, vendredi 9 octobre 2020", ["Anne Martin"]),
        ("De notre envoyé spécial à Alep, Omar al-Khatib", ["Omar al-Khatib"]),
    ],
)
def test_a_labelled_byline_names_the_authors_and_is_no_prose(read: Read, line: str, names: list[str]) -> None:
    text = f"{HEADLINE}\n\n{line}\n\n{PROSE}"
    found = read(text)
    assert authors(found) == names
    assert [text[span.start : span.end] for span in found.body] == [PROSE]


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("Anne Martin", ["Anne Martin"]),
        ("ANNE MARTIN", ["Anne Martin"]),
        ("Leïla Ben Ali", ["Leïla Ben Ali"]),
        ("La rédaction", ["La rédaction"]),
        ("– La Rédaction", ["La Rédaction"]),
        ("Anne Martin\n\n***********\n\nLe communiqué du ministère :\n\n« " + PROSE + " »", ["Anne Martin"]),
        ("Anne Martin\n\nPartager cet article\nSOURCE: LE JOURNAL", ["Anne Martin"]),
        ("Anne Martin\nLyon, le 13 juillet 2016", ["Anne Martin"]),
        ("Reporting by John Smith; Editing by Ann White", ["John Smith"]),
    ],
)
def test_a_name_by_itself_below_the_prose_signs_it(read: Read, end: str, names: list[str]) -> None:
    text = f"{PROSE}\n\n{PROSE}\n\n{end}"
    found = read(text)
    assert authors(found) == names
    assert names[0] not in "".join(text[span.start : span.end] for span in found.body)


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\n\nMerci à tous\n\n{PROSE}",
        f"{PROSE}\n\nAnne Martin\n\n{PROSE}",
        f"{PROSE}\n\nAnne Martin\n\nJean Dupont\n\nPaul Durand",
        f"« {PROSE} »\n\n— Anne Martin",
        f"{PROSE}\n\nContact Us",
        f"{PROSE}\n\nMartin",
        f"{PROSE}\n\nAnne Martin est partie.",
        f"{HEADLINE}\n\nPar ailleurs rien\n\n{PROSE}",
    ],
)
def test_a_name_elsewhere_signs_nothing_and_stays(read: Read, text: str) -> None:
    found = read(text)
    assert found.byline == ()
    assert not [span for span in found.removed if span.kind == "byline"]


def test_authors_are_claimed_before_they_are_read_and_agencies_are_credits(read: Read) -> None:
    claims = [
        ("author", "Anne Martin", "jsonld"),
        ("author", "Agence France-Presse", "jsonld"),
        ("author", "Par Jean Dupont", "meta"),
    ]
    found = read(f"{HEADLINE}\n\nPar Paul Durand\n\n{PROSE}", claims=claims)
    assert authors(found) == ["Anne Martin"]
    assert credited(found) == ["Agence France-Presse"]


def test_a_site_that_signs_its_title_gives_way_as_author_to_a_person(read: Read) -> None:
    claims = [
        ("title", "A convoy enters the town", "jsonld"),
        ("title", "A convoy enters the town - The Morning News", "html-title"),
        ("author", "The Morning News", "jsonld"),
    ]
    assert [name.name for name in read("Prose.", claims=claims).byline] == ["The Morning News"]
    claims.append(("author", "Jane Holloway", "html-byline"))
    assert [name.name for name in read("Prose.", claims=claims).byline] == ["Jane Holloway"]


def test_the_publisher_as_author_gives_way_to_a_person(read: Read) -> None:
    site = [("publisher", "Le Journal", "jsonld"), ("author", "Le Journal", "jsonld")]
    assert authors(read(PROSE, claims=[*site, ("author", "Anne Martin", "meta")])) == ["Anne Martin"]
    assert authors(read(PROSE, claims=site)) == ["Le Journal"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (f"{HEADLINE}\n\nBEYROUTH, 12 janvier (Reuters) - {PROSE}", ["Reuters"]),
        (f"{HEADLINE}\n\nDes habitants fuient. (AFP photo)\n\n{PROSE}", ["AFP"]),
        (f"{HEADLINE}\n\n{PROSE} (avec AFP et AP)", ["AFP", "AP"]),
        (f"{HEADLINE}\n\nPar Anne Martin avec AFP\n\n{PROSE}", ["AFP"]),
        (f"{PROSE}\n\nSource : Xinhua", ["Xinhua"]),
        (f"{PROSE}\n\nSource : Xinhua, 12 septembre 2023", ["Xinhua"]),
        (f"{HEADLINE}\n\nPor Agencia EFE\n\n{PROSE}", ["EFE"]),
        (f"{PROSE} Le quotidien Le Monde l'a écrit.", []),
    ],
)
def test_agencies_that_lines_credit_are_credits(read: Read, text: str, names: list[str]) -> None:
    assert credited(read(text)) == names


def test_short_names_of_agencies_count_in_capitals_only() -> None:
    assert agencies_in("AP, map / SPA photo") == ("AP", "SPA")


@pytest.mark.parametrize(
    ("claimed", "name"),
    [
        ([("Where the News Came Home", "jsonld"), ("The Zorb", "opengraph"), ("The Zorb", "jsonld-site")], "The Zorb"),
        ([("The Zorb", "jsonld"), ("The Zorb Online", "opengraph")], "The Zorb"),
        ([("@zorb", "opengraph")], "zorb"),
    ],
)
def test_what_two_claims_call_the_publisher_goes_before_one(
    read: Read, claimed: list[tuple[str, str]], name: str
) -> None:
    found = read(PROSE, claims=[("publisher", value, origin) for value, origin in claimed]).publisher
    assert found is not None
    assert found.name == name


def test_the_publisher_is_claimed_or_named_by_the_source_line(read: Read) -> None:
    text = f"{PROSE}\n\nPartager cet article\nSOURCE: LE JOURNAL DU MATIN"
    named, claimed = read(text), read(text, claims=[("publisher", "Le Journal", "opengraph")])
    assert named.publisher is not None
    assert claimed.publisher is not None
    assert (named.publisher.name, claimed.publisher.name) == ("LE JOURNAL DU MATIN", "Le Journal")
    assert read(f"{PROSE}\n\nSource : https://example.org/a").publisher is None


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (f"{HEADLINE} - Le Journal", "Le Journal"),
        (f"{HEADLINE} | Monde | Le Journal", "Le Journal"),
        (f"{HEADLINE} : Le Journal - Untitled", None),
        (f"{HEADLINE} - ce que disent ceux qui en reviennent", None),
        (HEADLINE, None),
        ("Le village - Le Journal", None),
    ],
)
def test_the_title_of_a_page_names_its_publisher_behind_the_headline(read: Read, title: str, name: str | None) -> None:
    claims = [("title", HEADLINE, "html-h1"), ("title", title, "html-title")]
    found = read(f"{PROSE}\n\n{PROSE}", claims=claims).publisher
    assert (found.name if found else None) == name


def test_the_canonical_address_goes_before_the_one_fetched(read: Read) -> None:
    claims = [("url", "https://a.example/og", "opengraph"), ("url", "https://a.example/", "html-canonical")]
    assert read(PROSE, claims=claims, url="https://a.example/?utm=1").url == "https://a.example/"
    assert read(PROSE, url="https://a.example/?utm=1").url == "https://a.example/?utm=1"
    assert read(PROSE).url is None


@pytest.mark.parametrize(
    "line",
    [
        "© 2019 Le Journal. Tous droits réservés.",
        "© Le Journal",
        "Copyright 2018-2019 Le Journal, tous droits réservés",
    ],
)
def test_a_copyright_notice_names_the_publisher(read: Read, line: str) -> None:
    found = read(f"{PROSE}\n\n{PROSE}\n\n{line}")
    assert found.publisher is not None
    assert found.publisher.name == "Le Journal"


def test_an_agencys_copyright_makes_it_no_publisher(read: Read) -> None:
    assert read(f"{PROSE}\n\n{PROSE}\n\n© 2019 AFP").publisher is None


def test_an_accounts_name_is_spelt_out_as_another_claim_has_it(read: Read) -> None:
    claims = [("author", "edda.la.zorb", "jsonld"), ("author", "Edda La Zorb", "meta")]
    assert authors(read(PROSE, claims=claims)) == ["Edda La Zorb"]
    assert authors(read(PROSE, claims=claims[:1])) == ["edda.la.zorb"]


def test_the_sites_own_host_is_no_author_where_somebody_else_signs(read: Read) -> None:
    claims = [("url", "https://www.zorb-news.example/a/1", "html-canonical"), ("author", "Zorb-News.example", "meta")]
    signed = read(f"{HEADLINE}\n\nPor Agencia EFE\n\n{PROSE}", claims=claims)
    assert (authors(signed), credited(signed)) == ([], ["EFE"])
    assert authors(read(f"{HEADLINE}\n\nPar Anne Martin\n\n{PROSE}", claims=claims)) == ["Anne Martin"]
    assert authors(read(PROSE, claims=claims)) == ["Zorb-News.example"]


@pytest.mark.parametrize("line", ["By Any Means Necessary", "By Popular Demand", "Par ailleurs", "Par Toutatis !"])
def test_what_only_begins_as_a_byline_names_nobody(read: Read, line: str) -> None:
    assert authors(read(f"{HEADLINE}\n\n{line}\n\n{PROSE}")) == []


@pytest.mark.parametrize("end", ["Vive la France", "Viva México", "Black Lives Matter", "Liberté Égalité Fraternité"])
def test_a_cry_that_ends_a_text_signs_nothing(read: Read, end: str) -> None:
    assert authors(read(f"{HEADLINE}\n\n{PROSE}\n\n{end}")) == []
