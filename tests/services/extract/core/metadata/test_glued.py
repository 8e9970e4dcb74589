"""What was glued to the prose within its paragraph, by whoever lost the lines of a page."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
FIRST = "Les forces du gouvernement ont repris le village après trois jours de combats, selon un officier."
PROSE = "Plusieurs familles ont fui vers le nord, selon la même source, qui a demandé à ne pas être nommée."


def removed(found: Metadata, text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in found.removed]


def body(found: Metadata, text: str) -> list[str]:
    return [text[span.start : span.end] for span in found.body]


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        ("(Source: Morning Paper)", "source_line"),
        ("(Quelle: Ministerium)", "source_line"),
        ("Source Morning Paper and agencies", "source_line"),
        ("Con información de El Diario", "source_line"),
        ("(Con información de El Diario)", "source_line"),
        ("Источник: Утренняя газета", "source_line"),
        ("Źródło:", "source_line"),
        ("(APA, 30. 9. 2015)", "source_line"),
        ("(Reuters, dpa, red)", "source_line"),
        ("(Anna Miller aus Wien, 14.12.2015)", "byline"),
        ("(mil, 1.6.2015)", "byline"),
        ("(mil)", "byline"),
        ("PAP.", "source_line"),
        ("Reuters/Morning Paper/Ann Miller", "byline"),
        ("Ann Miller", "byline"),
        ("Source Reuters", "source_line"),
        ("Анна Мельник", "byline"),
        ("Reporting by Ann Miller in Homs; Editing by John Smith", "byline"),
        ("Lire aussi :", "related"),
        ("Zobacz także: Trzy dni walk o wieś", "related"),
        ("Читайте также:", "related"),
        ("Подробнее читайте в материале «Три дня»", "link"),
        ("Przeczytaj cały artykuł w", "link"),
        ("Если вы заметили ошибку в тексте, выделите её и нажмите Ctrl+Enter", "contact"),
        ("No media source currently available", "navigation"),
        ("Twitter", "share_bar"),
        ("Facebook Twitter", "share_bar"),
        ("https://example.org/v/abc", "link"),
        ("© 2019 Le Journal. Toute reproduction est interdite.", "copyright"),
    ],
)
def test_what_stands_behind_the_last_sentence_goes_and_the_sentence_stays(read: Read, piece: str, kind: str) -> None:
    text = f"{FIRST}\n\n{PROSE} {piece}"
    found = read(text)
    assert removed(found, text) == [(kind, piece)]
    assert body(found, text) == [f"{FIRST}\n\n{PROSE}"]


def test_several_pieces_go_one_by_one(read: Read) -> None:
    text = f"{FIRST}\n\n{PROSE} (Source: Morning Paper) Twitter"
    assert removed(read(text), text) == [("source_line", "(Source: Morning Paper)"), ("share_bar", "Twitter")]


@pytest.mark.parametrize(
    "piece",
    [
        "Il a publié la photo sur Twitter.",
        "Selon lui, la source : un officier, a menti.",
        "Ils ont chanté (1970).",
        "Il a répété : « Jamais ! »",
        "On lira aussi son livre, « Trois jours ».",
        "Tout est sur la page https://example.org/v/abc",
        "Il parle des États-Unis (AFP et Reuters ont confirmé).",
        "« Je pars. Tu viens »",
        "(rires)",
        "L'adresse : www.example.org",
    ],
)
def test_what_a_sentence_needs_stays(read: Read, piece: str) -> None:
    text = f"{FIRST}\n\n{PROSE} {piece}"
    found = read(text)
    assert removed(found, text) == []
    assert body(found, text) == [text]


@pytest.mark.parametrize(
    "quoted", ["« Nous reviendrons dans nos maisons. » Anne Martin", "J. R. R. Martin", "1. Anne Martin"]
)
def test_a_name_behind_a_quotation_an_initial_or_a_number_signs_nothing(read: Read, quoted: str) -> None:
    text = f"{FIRST}\n\n{PROSE} {quoted}"
    assert removed(read(text), text) == []


@pytest.mark.parametrize(
    ("piece", "kind"),
    [
        ("(APA, 5.9.2015)", "source_line"),
        ("No media source currently available", "navigation"),
        ("https://example.org/v/abc", "link"),
    ],
)
def test_between_two_sentences_it_goes_too(read: Read, piece: str, kind: str) -> None:
    text = f"{FIRST} {piece} {PROSE}"
    found = read(text)
    assert removed(found, text) == [(kind, piece)]
    assert body(found, text) == [FIRST, PROSE]


@pytest.mark.parametrize(
    "invitation",
    ["Lire aussi : Trois jours de combats", "Te recomendamos: El pueblo, tres días después", "Read more: Three days"],
)
def test_an_invitation_ends_where_a_quotation_opens_the_next_sentence(read: Read, invitation: str) -> None:
    said = "« Nous reviendrons un jour dans nos maisons, même s'il n'en reste plus rien », a dit un père de famille."
    for text in (f"{FIRST} {invitation} {said}", f"{FIRST}\n\n{invitation} {said}"):
        found = read(text)
        assert removed(found, text) == [("related", invitation)]
        assert body(found, text) == [FIRST, said]


def test_a_list_of_other_articles_goes_with_its_head_where_it_is_the_smaller_part(read: Read) -> None:
    text = f"{FIRST}\n\n{PROSE} {PROSE} Related News Three days of fighting What is left of the village"
    found = read(text)
    assert [kind for kind, _ in removed(found, text)] == ["related"]
    assert body(found, text) == [f"{FIRST}\n\n{PROSE} {PROSE}"]
    assert removed(read(other := f"{FIRST} Related news reached the village. {PROSE}"), other) == []


def test_a_pages_foot_goes_where_its_signs_follow_close_upon_each_other(read: Read) -> None:
    foot = "Follow us on Instagram. Subscribe to our channel About Careers Contact Us Terms of Use Privacy Policy"
    text = f"{FIRST}\n\n{PROSE} {PROSE} {foot}"
    found = read(text)
    assert removed(found, text) == [("navigation", foot)]
    told = f"{FIRST} Er liest die Nutzungsbedingungen. Impressum und Datenschutz sind ihm gleich. {PROSE}"
    assert removed(read(told), told) == []


def test_an_agency_in_a_dateline_stays(read: Read) -> None:
    text = f"Homs, 3 mars. (AFP) {FIRST}\n\n{PROSE}"
    assert body(read(text), text) == [text]
