"""Which line, or which claim, is the headline."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."
HEADLINE = "Le village repris après trois jours de combats"


def title(found: Metadata) -> str | None:
    return found.title.text if found.title else None


@pytest.mark.parametrize(
    "text",
    [
        f"{HEADLINE}\n\n{PROSE}",
        f"{HEADLINE}\n{PROSE}\n{PROSE}",
        f"  {HEADLINE}  \r\n\r\n\r\n{PROSE}",
        f"MONDE\n\n{HEADLINE}\n\n{PROSE}",
        f"Accueil > Monde > Syrie\n\n{HEADLINE}\n\n{PROSE}",
        f"mercredi 13 juillet 2016\n\n{HEADLINE}\n\n{PROSE}",
        f"La vérité n'a pas de prix. Elle se gagne chaque jour.\n\n13/07/2016\n\n{HEADLINE}\n\n{PROSE}",
        f"date 2016-07\n\n{HEADLINE}\n\n{PROSE}",
        f"{HEADLINE}\n\nDes habitants fuient. (photo AFP)\n\n{PROSE}",
    ],
)
def test_the_line_by_itself_above_the_prose_is_the_headline(read: Read, text: str) -> None:
    found = read(text)
    assert found.title is not None
    assert text[found.title.start : found.title.end] == found.title.text == HEADLINE
    assert all(span.start >= (found.title.end or 0) for span in found.body)


@pytest.mark.parametrize(
    "headline", ["Qui a repris le village ?", "« Nous reviendrons »", "13 morts à Alep", "U.S. LEAVES U.N."]
)
def test_questions_quotations_numbers_and_abbreviations_make_headlines(read: Read, headline: str) -> None:
    assert title(read(f"{headline}\n\n{PROSE}")) == headline


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        f"{PROSE}\n\n{PROSE}",
        f"MONDE\n\n{PROSE}",
        f"13 juillet 2016\n\n{PROSE}",
        f"Des habitants fuient le village. (photo AFP)\n\n{PROSE}",
        f"Par Anne Martin\n\n{PROSE}",
        f"et trois jours plus tard\n\n{PROSE}",
        HEADLINE,
        "",
    ],
)
def test_where_no_headline_stands_there_is_none(read: Read, text: str) -> None:
    assert read(text).title is None


def test_a_claimed_headline_is_found_in_the_text_whatever_its_typography(read: Read) -> None:
    text = f"L’armée a repris le village\n\n{PROSE}"
    found = read(text, claims=[("title", "L'armée a repris le village", "jsonld")])
    assert found.title is not None
    assert (found.title.text, found.title.start) == ("L’armée a repris le village", 0)
    assert found.body[0].start == text.index(PROSE)


def test_a_claimed_headline_that_the_text_lacks_has_no_place_and_takes_no_line_away(read: Read) -> None:
    found = read(f"Un autre intertitre\n\n{PROSE}", claims=[("title", HEADLINE, "jsonld")])
    assert found.title is not None
    assert (found.title.text, found.title.start) == (HEADLINE, None)
    assert found.body[0].start == 0


@pytest.mark.parametrize(
    "claims",
    [
        [("title", f"{HEADLINE} | Le Journal", "jsonld"), ("publisher", "Le Journal", "opengraph")],
        [("title", f"{HEADLINE} - lejournal.example", "html-title")],
        [
            ("title", f"Le Journal - {HEADLINE}", "opengraph"),
            ("url", "https://www.lejournal.example/a", "html-canonical"),
        ],
        [("title", f"{HEADLINE} » Blog – Nouvelles", "jsonld"), ("title", HEADLINE, "html-h1")],
        [("title", "Le Journal", "html-h1"), ("title", HEADLINE, "opengraph")],
        [("title", f"{HEADLINE} - Syrie", "html-title"), ("title", HEADLINE, "html-h1")],
        [("title", f"{HEADLINE}&nbsp;", "jsonld")],
    ],
)
def test_the_sites_name_is_no_part_of_the_headline(read: Read, claims: list[tuple[str, str, str]]) -> None:
    assert title(read(PROSE, claims=claims)) == HEADLINE


@pytest.mark.parametrize(
    "claims",
    [
        [
            ("title", "Siège levé : tout comprendre", "jsonld"),
            ("title", HEADLINE, "opengraph"),
            ("title", HEADLINE, "html-h1"),
        ],
        [("title", f"Syrie - {HEADLINE}", "html-h1"), ("title", HEADLINE, "opengraph")],
        [("title", f"Reportage : {HEADLINE}", "jsonld"), ("title", HEADLINE, "opengraph")],
        [("title", "Carnets du fleuve", "html-h1"), ("title", f"{HEADLINE} | Carnets du fleuve", "html-title")],
    ],
)
def test_what_is_shown_goes_before_what_is_written_for_machines_and_kickers_stay_away(
    read: Read, claims: list[tuple[str, str, str]]
) -> None:
    assert title(read(PROSE, claims=claims)) == HEADLINE


@pytest.mark.parametrize("origin", ["feed", "epub"])
def test_what_leads_to_an_article_names_it_better_than_the_title_of_its_page(read: Read, origin: str) -> None:
    assert title(read(PROSE, claims=[("title", "Numéro 12", "html-title"), ("title", HEADLINE, origin)])) == HEADLINE


def test_a_dash_within_the_headline_stays(read: Read) -> None:
    headline = "Alep – la ville qui refuse de mourir"
    assert title(read(PROSE, claims=[("title", headline, "jsonld"), ("publisher", "Le Journal", "jsonld")])) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Le maire de Lyon dénonce une « trahison »",
        "Le Premier ministre : « Nous ne céderons pas »",
        "« Trahison » : le maire de Lyon parle d'« abandon »",
    ],
)
@pytest.mark.parametrize("tail", ["", " » lejournal.example", " - lejournal.example"])
@pytest.mark.parametrize("origin", ["json", "newsml", "html-title"])
def test_a_mark_that_closes_a_quotation_ends_no_headline(read: Read, headline: str, tail: str, origin: str) -> None:
    assert title(read(PROSE, claims=[("title", headline + tail, origin)])) == headline


def test_a_mark_that_closes_nothing_separates(read: Read) -> None:
    assert title(read(PROSE, claims=[("title", f"{HEADLINE} » Le Journal »", "newsml")])) == f"{HEADLINE} » Le Journal"


SITE = "Le Journal"


@pytest.mark.parametrize(
    "claims",
    [
        [("title", SITE, "html-title"), ("title", HEADLINE, "html-h1")],
        [("title", "x", "html-title"), ("title", HEADLINE, "html-h1")],
        [("title", SITE, "jsonld"), ("publisher", SITE, "jsonld"), ("title", HEADLINE, "html-h1")],
        [("title", SITE, "opengraph"), ("publisher", SITE, "opengraph"), ("title", HEADLINE, "html-h1")],
        [("title", "Accueil", "html-title"), ("title", HEADLINE, "html-h1")],
        [("title", "Untitled Document", "html-title"), ("title", HEADLINE, "html-heading")],
        [
            ("title", SITE, "html-h1"),
            ("title", HEADLINE, "html-heading"),
            ("title", f"{SITE} - {HEADLINE}", "html-title"),
        ],
        [("title", f"{SITE} » {HEADLINE}", "html-title"), ("publisher", SITE, "html-logo")],
        [("title", f"{HEADLINE} :: Monde :: {SITE}", "html-title")],
        [("title", f"{HEADLINE} – {SITE}", "html-title")],
        [("title", f"{HEADLINE}｜{SITE}", "html-title")],
        [("title", f"{HEADLINE} - {SITE}", "opengraph"), ("title", f"Politique {HEADLINE}", "html-h1")],
        [("title", f"{SITE} - {HEADLINE}", "html-title"), ("title", HEADLINE, "html-h1")],
    ],
)
def test_the_name_of_a_site_never_wins_over_the_headline(read: Read, claims: list[tuple[str, str, str]]) -> None:
    assert title(read(PROSE, claims=claims)) == HEADLINE


@pytest.mark.parametrize(
    "headline",
    ["Alep – la ville qui refuse", "Guerre en Syrie – Que faire ?", "Le vote du Sénat - ce qui change pour nous"],
)
def test_a_dash_in_a_pages_title_stays_where_a_sentence_follows(read: Read, headline: str) -> None:
    assert title(read(PROSE, claims=[("title", headline, "html-title")])) == headline


def test_a_heading_that_says_else_than_the_page_is_no_headline(read: Read) -> None:
    claims = [("title", HEADLINE, "html-title"), ("title", "À lire aussi cette semaine", "html-heading")]
    assert title(read(PROSE, claims=claims)) == HEADLINE


def test_what_a_headline_goes_on_from_is_no_kicker(read: Read) -> None:
    whole = f"Deuxième voyage officiel hors de la capitale zalmire: {HEADLINE}"
    claims = [("title", whole, "html-h1"), ("title", whole, "opengraph"), ("title", HEADLINE, "html-title")]
    assert title(read(PROSE, claims=claims)) == whole


TWO = "Le 3 mars, vers dix heures, les colonnes sont entrées dans la ville par le nord. Il fallait bien que cela arrive"


@pytest.mark.parametrize(
    "first",
    [
        f"date 2008-02 {TWO} !!",
        f" date 2008-02 {TWO}...",
        "On tire. On pleure. On enterre. Voilà donc tout ce qui reste de la grande promesse du printemps dernier !",
    ],
)
def test_whole_sentences_are_prose_though_the_last_of_them_cries(read: Read, first: str) -> None:
    text = f"{first}\n\n{PROSE}"
    found = read(text)
    assert found.title is None
    assert text[found.body[0].start :].startswith(first.strip().removeprefix("date 2008-02 "))


@pytest.mark.parametrize(
    ("prefix", "headline"),
    [
        ("", "Les mercenaires s'entraînent à l'usage des armes lourdes dans le nord du pays depuis un mois. Pourquoi?"),
        ("date 2008-02 ", "Tchad : l'armée avance. Pourquoi ?"),
        ("", "Le Dr. Paul et M. Martin : deux vies, une guerre, un pays. Et maintenant, que va-t-il se passer ?"),
        ("date 2008-02\n\n", f"{TWO} !!"),
    ],
)
def test_a_headline_may_be_two_sentences(read: Read, prefix: str, headline: str) -> None:
    assert title(read(f"{prefix}{headline}\n\n{PROSE}")) == headline
