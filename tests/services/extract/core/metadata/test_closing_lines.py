"""Lines that end a text, or stand around it, without being of it."""

from collections.abc import Callable

import pytest

from services.extract.core.metadata import Metadata

Read = Callable[..., Metadata]
PROSE = "Les forces du gouvernement ont repris le village après trois jours de combats. Deux civils sont morts."
MORE = "Plusieurs familles ont fui vers le nord, selon la même source, qui a demandé à ne pas être nommée."


def removed(found: Metadata, text: str) -> list[tuple[str, str]]:
    return [(span.kind, text[span.start : span.end]) for span in found.removed]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("// انتهى //", "separator"),
        ("// يتبع //", "separator"),
        ("(END)", "separator"),
        ("- fin -", "separator"),
        ("NNNN", "separator"),
        ("16:28 ت م", "label"),
        ("11:53 GMT NNNN", "label"),
        ("anne.martin@example.org", "contact"),
        ("Contact : redaction@example.org", "contact"),
        ("Twitter: @annemartin", "contact"),
        ("تويتر: annemartin@", "contact"),
        ("للتواصل أرسل رسالة إلى 12345", "contact"),
        ("Con información de El Diario", "source_line"),
        ("Mit Material von dpa", "source_line"),
        ("По материалам «Утренней газеты»", "source_line"),
        ("* بالاتفاق مع «الصحيفة»", "source_line"),
        ("Източник: Вестник", "source_line"),
        ("Source Reuters", "source_line"),
        ("Billet également publié sur example.org", "source_line"),
        ("This article was originally published on Example", "source_line"),
        ("Zuerst erschienen in der Morgenzeitung", "source_line"),
        ("Évènements du 17 septembre 2016", "link"),
        ("All news from 3 September 2016", "link"),
        ("О том, как жили эти люди, читайте в статье «Три дня»", "link"),
        ("لقراءة الحوار كاملا أنقر هنا", "link"),
        ("Cliquez ici pour voir les photos", "link"),
        ("Read the full story on our site", "link"),
        ("Mehr dazu lesen Sie in der Morgenzeitung", "link"),
        ("Más información en este enlace", "link"),
        ("Pour en savoir plus ou soutenir ces actions : www.example.org", "link"),
        ("Lee también: Tres días de combates", "related"),
        ("اقرأ أيضاً: ثلاثة أيام", "related"),
        ("Czytaj też: Trzy dni walk", "related"),
        ("Подпишитесь на наш канал в Telegram", "subscription"),
        ("Síguenos en Facebook y Twitter", "subscription"),
        ("Your browser does not support the video", "navigation"),
    ],
)
def test_lines_that_say_nothing_of_the_matter_are_taken_out(read: Read, line: str, kind: str) -> None:
    text = f"{PROSE}\n\n{MORE}\n\n{line}"
    found = read(text)
    assert removed(found, text) == [(kind, line)]
    assert found.removed[0].reason


@pytest.mark.parametrize(
    "line",
    [
        "Lire est un plaisir que la guerre leur a pris.",
        "Lire la suite des événements dans ses yeux était impossible.",
        "Cliquez partout, disait-il, et rien ne se passe.",
        "Avec des informations de ce genre, nul ne peut dormir.",
        "Read the last line of his letter, and you know.",
        "Mehr dazu wollte der Minister am Abend nicht sagen.",
        "On peut écrire à anne.martin@example.org pour aider les familles.",
        "Les événements du 17 septembre 2016 ont tout changé.",
        "Il a été publié à Paris, puis traduit.",
        "La fin",
        "A 16:28, tout était fini.",
        "Читайте детям вслух, говорит учительница.",
        "#TousAuVillage",
        "Más información no dio el ministro.",
        "Síguenos, gritó, y todos corrieron.",
    ],
)
def test_sentences_that_begin_alike_stay(read: Read, line: str) -> None:
    text = f"{PROSE}\n\n{line}\n\n{MORE}"
    assert removed(read(text), text) == []


@pytest.mark.parametrize("line", ["أحمد سالم ـ جدة", "أحمد سالم وخالد عمر - الرياض", "دبي - الصحيفة"])
def test_names_with_a_dash_and_a_place_right_above_arabic_prose_are_a_byline(read: Read, line: str) -> None:
    prose = "قالت الوزارة أمس إن القوات استعادت القرية بعد ثلاثة أيام من القتال، وإن مدنيين اثنين قتلا فيها. " * 2
    text = f"القوات تستعيد القرية بعد القتال\n\n{line}\n\n{prose}\n\n{prose}"
    found = read(text, "ar")
    assert removed(found, text) == [("byline", line)]
    assert removed(read(below := f"{prose}\n\n{prose}\n\n{prose}\n\n{prose}\n\n{line}\n\n{prose}", "ar"), below) == []


def test_who_reported_is_the_author_and_an_agency_in_brackets_is_credited(read: Read) -> None:
    text = f"{PROSE}\n\n{MORE} Reporting by Ann Miller; Editing by John Smith"
    assert [name.name for name in read(text).byline] == ["Ann Miller"]
    assert [name.name for name in read(f"{PROSE}\n\n{MORE} (APA, 3.4.2016)").credits] == ["APA"]
