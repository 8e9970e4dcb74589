"""Digests as people set them, in five languages: each of their articles is told, whatever stands between."""

import textwrap
from collections.abc import Callable

import pytest

from services.fetch.core.splitting import divide
from services.fetch.formats.flow import plain_text

Item = tuple[str, str]
Layout = Callable[[Item, int], str]

ENGLISH: list[Item] = [
    (
        "Ferry service to the islands resumes after storm",
        (
            "STORNOWAY - Ferries sailed again on Tuesday after four days in harbour, the operator said. Waves "
            "of nine metres had closed the route, and shops on Lewis were running out of bread and milk by the "
            "weekend."
        ),
    ),
    (
        "Court orders mining firm to pay farmers",
        (
            "PERTH - A mining company must pay nine farmers 4 million dollars because dust from its pit ruined "
            "two harvests of wheat, a judge ruled. The firm, which had denied any harm, has a month to appeal."
        ),
    ),
    (
        "Museum buys lost sketchbook of a Dutch painter",
        (
            "AMSTERDAM - A sketchbook that was found in an attic in Utrecht will hang next to the canvases it "
            "was drawn for. The museum paid 1.2 million euros, most of it from a lottery, and shows the "
            "drawings in May."
        ),
    ),
]
SPANISH: list[Item] = [
    (
        "El Gobierno aprueba la subida del salario mínimo",
        (
            "El Consejo de Ministros aprobó este martes una subida del cuatro por ciento, que beneficia a dos "
            "millones de trabajadores. Los sindicatos la consideran insuficiente y la patronal no firmó el "
            "acuerdo."
        ),
    ),
    (
        "Un incendio arrasa mil hectáreas en la sierra de Gata",
        (
            "Los bomberos trabajan desde la madrugada para contener las llamas, que obligaron a desalojar tres "
            "pueblos. El viento complica la extinción y doce medios aéreos participan en las labores, según la "
            "Junta."
        ),
    ),
    (
        "El Betis gana en Vigo y sueña con Europa",
        (
            "Dos goles en la segunda parte dieron al equipo sevillano su quinta victoria seguida. El entrenador "
            "pidió calma a la afición, que celebró el triunfo en la estación hasta la medianoche."
        ),
    ),
]
GERMAN: list[Item] = [
    (
        "Bahn stellt Nachtzug nach Venedig wieder ein",
        (
            "Nach nur einem Sommer fährt der Nachtzug nach Venedig im Winter nicht mehr. Die Auslastung lag "
            "nach Angaben des Unternehmens bei einem Drittel, obwohl die Fahrkarten billiger waren als ein "
            "Flug."
        ),
    ),
    (
        "Forscher finden älteste Flöte der Welt bei Ulm",
        (
            "Aus dem Knochen eines Gänsegeiers schnitzten Menschen vor vierzigtausend Jahren ein Instrument. In "
            "einer Höhle auf der Alb kam es jetzt zum Vorschein, in zwölf Stücken und erstaunlich gut erhalten."
        ),
    ),
    (
        "Hamburger Hafen schlägt weniger Container um",
        (
            "Im ersten Halbjahr ging der Umschlag um sechs Prozent zurück, teilte die Hafenverwaltung mit. Vor "
            "allem der Handel mit China schwächelte, während Schiffe aus Indien häufiger anlegten als zuvor."
        ),
    ),
]
ARABIC: list[Item] = [
    (
        "افتتاح خط جديد للمترو في القاهرة",
        (
            "افتتح وزير النقل اليوم الخط الرابع للمترو الذي يربط شرق العاصمة بغربها، وقال إن نصف مليون راكب "
            "سيستخدمونه كل يوم، وإن التذاكر ستبقى بسعرها الحالي حتى نهاية العام المقبل."
        ),
    ),
    (
        "محصول الزيتون يتراجع في تونس بسبب الجفاف",
        (
            "توقع اتحاد الفلاحين أن ينخفض إنتاج الزيت إلى النصف هذا الموسم بعد ثلاث سنوات من قلة الأمطار، وطالب "
            "الحكومة بتعويض المزارعين المتضررين وتأجيل سداد قروضهم لدى المصارف."
        ),
    ),
    (
        "منتخب المغرب يفوز على نيجيريا بهدفين",
        (
            "سجل المهاجم الشاب هدفي المباراة التي أقيمت مساء أمس في الرباط أمام خمسين ألف متفرج، وتأهل أسود "
            "الأطلس إلى الدور نصف النهائي من البطولة حيث يواجهون منتخب السنغال."
        ),
    ),
]
FRENCH: list[Item] = [
    (
        "Grève des aiguilleurs : un vol sur trois annulé à Orly",
        (
            "La direction de l'aviation civile a demandé aux compagnies de renoncer à un vol sur trois "
            "mercredi. Les syndicats réclament des embauches, et une nouvelle rencontre est prévue vendredi au "
            "ministère des Transports."
        ),
    ),
    (
        "Le musée de Quimper retrouve un tableau volé en 1978",
        (
            "La toile, un port breton peint vers 1890, dormait dans le grenier d'un notaire de Gand. Elle sera "
            "accrochée au printemps, après une restauration que finance un mécène resté anonyme."
        ),
    ),
    (
        "Tomates : une récolte record dans le Vaucluse",
        (
            "Les producteurs attendent cent mille tonnes, un cinquième de plus que l'an dernier. Le soleil de "
            "juillet et une irrigation mieux réglée l'expliquent, selon la chambre d'agriculture, mais les prix "
            "baissent."
        ),
    ),
]
LANGUAGES = [ENGLISH, SPANISH, GERMAN, ARABIC, FRENCH]
NAMES = ["English", "Spanish", "German", "Arabic", "French"]


def told(text: str) -> list[str]:
    division = divide(text)
    return [] if division is None else [text[start:end] for start, end in division.spans]


def plain(item: Item, number: int) -> str:
    return f"{item[0]}\n\n{item[1]}"


def on_its_prose(item: Item, number: int) -> str:
    return f"{item[0]}\n{item[1]}"


def counted(item: Item, number: int) -> str:
    return f"{number}. {item[0]}\n\n{item[1]}"


def bracketed(item: Item, number: int) -> str:
    return f"{number}) {item[0]}\n{item[1]}"


def roman(item: Item, number: int) -> str:
    return f"{'I' * number}. {item[0]}\n\n{item[1]}"


def underlined(item: Item, number: int) -> str:
    return f"{item[0]}\n{'=' * len(item[0])}\n\n{item[1]}"


def dashed(item: Item, number: int) -> str:
    return f"{item[0]}\n{'-' * len(item[0])}\n{item[1]}"


def marked(item: Item, number: int) -> str:
    return f"## {item[0]}\n\n{item[1]}"


def wrapped(item: Item, number: int) -> str:
    return "\n".join(textwrap.fill(words, 72) for words in item)


def sourced(item: Item, number: int) -> str:
    return f"{item[0]}\nThe Daily Herald, 12 March 2024\n\n{item[1]}"


LAYOUTS: list[tuple[Layout, str]] = [
    (plain, "\n\n***\n\n"),
    (plain, "\n\n---\n\n"),
    (plain, "\n\f\n"),
    (on_its_prose, "\n\n"),
    (on_its_prose, "\n\n\n"),
    (on_its_prose, "\n-----\n"),
    (counted, "\n\n"),
    (bracketed, "\n\n"),
    (roman, "\n\n"),
    (underlined, "\n\n"),
    (dashed, "\n\n"),
    (marked, "\n\n"),
    (wrapped, "\n\n"),
    (sourced, "\n\n"),
]


@pytest.mark.parametrize(("layout", "between"), LAYOUTS)
@pytest.mark.parametrize("items", LANGUAGES, ids=NAMES)
def test_each_article_of_a_digest_is_told(items: list[Item], layout: Layout, between: str) -> None:
    parts = told(between.join(layout(item, number) for number, item in enumerate(items, 1)))
    assert len(parts) == len(items)
    assert all(headline in " ".join(part.split()) for (headline, _), part in zip(items, parts, strict=True))


def test_dispatches_are_told_by_their_agency() -> None:
    places = zip(("PARIS", "QUIMPER", "AVIGNON"), FRENCH, strict=True)
    wired = [f"{headline}\n\n{place} (AFP) - {prose}\n\n(AFP)" for place, (headline, prose) in places]
    assert len(told("\n\n".join(wired))) == len(FRENCH)


def test_a_newsletter_of_headings_is_told() -> None:
    items = "".join(f"<h2>{headline}</h2><p>{prose}</p><p><a>Read more</a></p>" for headline, prose in ENGLISH)
    assert len(told(plain_text(f"<h1>The week</h1>{items}"))) == len(ENGLISH)


@pytest.mark.parametrize("items", [ENGLISH, SPANISH, GERMAN, ARABIC], ids=NAMES[:4])
def test_briefs_are_told_by_what_each_is_about_where_nothing_else_tells(items: list[Item]) -> None:
    assert len(told("\n\n".join(plain(item, 0) for item in items))) == len(items)


ARTICLE: list[Item] = [
    (
        "Residents fight plan for motorway through Elm Valley",
        (
            "More than four hundred residents of Elm Valley crowded into the town hall on Monday to protest "
            "against the motorway that the county wants to build. The council will vote on the plan in June."
        ),
    ),
    (
        "Noise and lost meadows",
        (
            "The motorway would cross the valley on a bridge of eleven pillars. Residents fear the noise, and "
            "the council's own report says that forty hectares of meadows would be lost to the bridge and its "
            "ramps."
        ),
    ),
    (
        "What the county says",
        (
            "For the county the motorway is overdue. Every morning nine thousand cars queue through Elm Valley, "
            "its engineer told the residents on Monday, and the bridge would take two thirds of them."
        ),
    ),
]
SECTIONED: list[Item] = [
    (
        "Hafenkran stürzt in Kiel auf ein Lagerhaus",
        (
            "Ein Kran ist am Freitag im Kieler Hafen umgestürzt und hat das Dach eines Lagerhauses "
            "durchschlagen. Zwei Arbeiter wurden verletzt, wie die Polizei mitteilte. Der Kran war erst im Mai "
            "geprüft worden."
        ),
    ),
    (
        "Sturm als Ursache",
        (
            "Am Freitag wehte im Hafen ein Sturm mit hundert Kilometern in der Stunde. Ob der Kran deshalb "
            "umstürzte, prüft nun die Polizei, die einen Gutachter beauftragt hat. Die Arbeiter waren im "
            "Lagerhaus."
        ),
    ),
    (
        "Hafen bleibt gesperrt",
        (
            "Der Kieler Hafen bleibt bis Montag gesperrt, damit der Kran geborgen werden kann. Im Lagerhaus "
            "lagerten Papierrollen, die der Regen nun durchnässt, sagte ein Sprecher der Polizei am Abend."
        ),
    ),
]


@pytest.mark.parametrize(
    ("layout", "between"), [(plain, "\n\n"), *((how, gap) for how, gap in LAYOUTS if how is not sourced)]
)
@pytest.mark.parametrize("items", [ARTICLE, SECTIONED], ids=["motorway", "crane"])
def test_an_article_set_like_a_digest_stays_whole(items: list[Item], layout: Layout, between: str) -> None:
    assert told(between.join(layout(item, number) for number, item in enumerate(items, 1))) == []
