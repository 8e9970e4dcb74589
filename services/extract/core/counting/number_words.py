"""Number words and hedges of six languages: data for reading quantities."""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from services.extract.core.counting.multipliers import MULTIPLIERS_ELSEWHERE
from services.extract.core.counting.units import CURRENCY_SIGNS
from services.extract.core.grammar import word_set


def _numbers(words: str, first: int = 0, step: int = 1) -> dict[str, int]:
    return {word: first + index * step for index, group in enumerate(words.split()) for word in group.split("/")}


# Not un, one, ein, uno: articles and pronouns as often as numbers.
_CARDINALS: Mapping[str, dict[str, int]] = {
    "fr": {
        **_numbers("deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize", 2),
        **_numbers("dix-sept dix-huit dix-neuf", 17),
        **_numbers(
            "vingt trente quarante cinquante soixante septante quatre-vingt/quatre-vingts/octante/huitante", 20, 10
        ),
        **_numbers("soixante-dix quatre-vingt-dix", 70, 20),
        "nonante": 90,
        "zéro": 0,
    },
    "en": {
        **_numbers("two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen", 2),
        **_numbers("seventeen eighteen nineteen", 17),
        **_numbers("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10),
        "zero": 0,
    },
    "de": {
        **_numbers("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn", 2),
        **_numbers("siebzehn achtzehn neunzehn", 17),
        **_numbers("zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 20, 10),
    },
    "es": {
        **_numbers("dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis", 2),
        **_numbers("diecisiete dieciocho diecinueve", 17),
        **_numbers("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 20, 10),
        **_numbers(
            "doscientos/doscientas trescientos/trescientas cuatrocientos quinientos/quinientas seiscientos", 200, 100
        ),
    },
    "it": {
        **_numbers(
            "due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici", 2
        ),
        **_numbers("diciassette diciotto diciannove", 17),
        **_numbers("venti trenta quaranta cinquanta sessanta settanta ottanta novanta", 20, 10),
    },
    "ar": {**_numbers("ثلاثة/ثلاث أربعة/أربع خمسة/خمس ستة/ست سبعة/سبع ثمانية/ثماني تسعة/تسع عشرة/عشر", 3)},
}
_MULTIPLIERS: Mapping[str, dict[str, int]] = {
    "fr": {
        "cent": 100,
        "cents": 100,
        "mille": 10**3,
        "million": 10**6,
        "millions": 10**6,
        "milliard": 10**9,
        "milliards": 10**9,
        "demi-million": 5 * 10**5,
        "demi-milliard": 5 * 10**8,
        "md": 10**9,
        "mds": 10**9,
        "mrd": 10**9,
        "mrds": 10**9,
    },
    "en": {
        "hundred": 100,
        "thousand": 10**3,
        "million": 10**6,
        "billion": 10**9,
        "trillion": 10**12,
        "m": 10**6,
        "mn": 10**6,
        "mln": 10**6,
        "bn": 10**9,
        "bln": 10**9,
        "half-million": 5 * 10**5,
        "half-billion": 5 * 10**8,
        "lakh": 10**5,
        "crore": 10**7,
    },
    "de": {
        "hundert": 100,
        "tausend": 10**3,
        "million": 10**6,
        "millionen": 10**6,
        "milliarde": 10**9,
        "milliarden": 10**9,
        "mrd": 10**9,
        "mio": 10**6,
    },
    "es": {"cien": 100, "ciento": 100, "mil": 10**3, "millón": 10**6, "millones": 10**6},
    "it": {
        "cento": 100,
        "mille": 10**3,
        "mila": 10**3,
        "milione": 10**6,
        "milioni": 10**6,
        "miliardo": 10**9,
        "miliardi": 10**9,
    },
    "ar": {
        **dict.fromkeys(["مئة", "مائة"], 100),
        **dict.fromkeys(["ألف", "ألفا", "ألفاً", "آلاف", "الف", "الفا", "الاف"], 10**3),
        **dict.fromkeys(["مليون", "مليونا", "مليوناً", "ملايين"], 10**6),
        **dict.fromkeys(["مليار", "مليارا", "ملياراً", "مليارات"], 10**9),
    },
    **MULTIPLIERS_ELSEWHERE,
}
HALVES = frozenset(("half",))  # of a million, of a dozen
# "A dozen", "une trentaine": about so many.
_ABOUT: Mapping[str, dict[str, int]] = {
    "fr": {
        **_numbers("dizaine vingtaine trentaine quarantaine cinquantaine soixantaine", 10, 10),
        "huitaine": 8,
        "douzaine": 12,
        "quinzaine": 15,
        "centaine": 100,
        "millier": 10**3,
    },
    "en": {"dozen": 12, "score": 20},
    "de": {"dutzend": 12},
    "es": {"docena": 12, "decena": 10, "veintena": 20, "treintena": 30, "centenar": 100, "millar": 10**3},
    "it": {
        "decina": 10,
        "dozzina": 12,
        "ventina": 20,
        "trentina": 30,
        "cinquantina": 50,
        "centinaio": 100,
        "migliaio": 10**3,
    },
    "ar": {},
}
# What stands before a number and bounds it; the longest first where one begins another.
_HEDGES: Mapping[str, str] = {
    "fr": "plus de > plus d' > moins de < moins d' < au moins >= minimum >= au plus <= au maximum <= jusqu' à <= "
    "environ ~ près de ~ près d' ~ quelque ~ presque ~ à peu près ~ autour de ~ autour d' ~ quasiment ~ "
    "pas moins de >= pas moins d' >= pas plus de <= pas plus d' <= aux alentours de ~ aux alentours d' ~ "
    "un peu plus de > un peu plus d' > un peu moins de < un peu moins d' < "
    "supérieur à > supérieure à > supérieurs à > supérieures à > inférieur à < inférieure à < inférieurs à < "
    "inférieures à < dépassant > dépassant les > dépassent > dépassent les > dépasse > dépasse les > "
    "excédant > avoisinant ~ avoisinant les ~",
    "en": "more than > over > fewer than < less than < at least >= at most <= up to <= about ~ around ~ nearly ~ "
    "almost ~ some ~ roughly ~ approximately ~ no fewer than >= no less than >= not less than >= "
    "no more than <= not more than <= as many as <= as much as <= close to ~ an estimated ~ estimated ~ "
    "in excess of > upwards of > exceeding > a minimum of >= a maximum of <=",
    "de": "mehr als > über > weniger als < mindestens >= höchstens <= bis zu <= etwa ~ rund ~ fast ~ "
    "ungefähr ~ knapp ~ nicht mehr als <= nicht weniger als >=",
    "es": "más de > menos de < al menos >= por lo menos >= hasta <= unos ~ unas ~ cerca de ~ casi ~ alrededor de ~ "
    "no más de <= no menos de >=",
    "it": "più di > oltre > meno di < almeno >= fino a <= circa ~ quasi ~ non più di <= non meno di >=",
    "ar": "أكثر من > أقل من < حوالي ~ نحو ~",
}
# What stands behind a number and its noun and does the same.
_BEHIND: Mapping[str, str] = {
    "fr": "environ ~ ou plus >= et plus >= au moins >= au maximum <= au plus <=",
    "en": "or so ~ or more >= at least >= at most <=",
    "de": "oder mehr >=",
    "es": "o más >=",
    "it": "o più >= circa ~",
    "ar": "",
}
_OR: Mapping[str, str] = {
    "fr": "ou à et",
    "en": "or to and",
    "de": "oder bis und",
    "es": "o a y",
    "it": "o a e",
    "ar": "أو إلى و",
}
_BETWEEN: Mapping[str, str] = {
    "fr": "entre de",
    "en": "between from",
    "de": "zwischen von",
    "es": "entre de",
    "it": "tra fra da",
    "ar": "بين",
}

# After a number, a noun phrase does not go on with these.
STOPS = word_set(
    "a à ai ainsi après as at au aurait auraient aux avait avaient avant avec but by car ce ces cette chez contre "
    "dans depuis "
    "des donc dont du elle en entre est et était étaient for from had has have he i il ils in into is it la le "
    "les leur lors "
    "mais ne ni nous on ont ou où par pas pendant plus pour puis quand que qu' qui s' sa sans se selon sera "
    "seront ses si "
    "soit son sont sous sur tandis the their they to un une vers via was we were which who will with and or that "
    "than be been "
    "près autres other before after during while when moins encore aussi là ici cela ceci l' cet "
    "toujours jamais ailleurs désormais parfois alors néanmoins très dès this these those its as thus "
    "always does says them eux against versus "
    "notre nos votre vos mon ma mes ton ta tes hors certes toutefois "
    "من عن في على إلى الى مع بين منذ خلال بعد قبل حتى لدى ضد أو أن ان كما التي الذي الذين ما لا لم "
    "und oder der die das in im von mit auf hat haben war waren ist sind y o el los las con por para e il gli "
    "che sono hanno nel nella ha han fue fueron"
)
LINKS = word_set("de d' of di")
# "Of" and one of these before what is counted: nine of these pairs.
POINTED_AT = word_set("the these those its his her their our les ces ses leurs")
# Whom a number is some of, where nothing else says so: 69 d'entre eux, four of them.
OF_THEM = (
    *((link, "entre", whom) for link in ("d'", "de") for whom in ("eux", "elles", "nous", "vous")),
    *(("of", whom) for whom in ("them", "us", "whom")),
)
# An adjective in the singular with which a complement begins: dirigeants de premier plan.
LEADING = word_set("premier première haut haute grand grande petit petite")
# After these a number that nothing follows counts the dead or hurt: killing 12, un bilan de 45.
HARM = word_set(
    "killed killing kills wounded wounding injured injuring tué tués tuant tue blessé blessés blessant abattu exécuté "
    "executed matado herido uccidendo"
)
TOLLS = word_set("toll bilan balance bilancio")
# Adjectives that may stand between a number and its noun.
FIRST_ADJECTIVES = word_set(
    "autres other grands grandes petits petites nouveaux nouvelles jeunes anciens anciennes gros plus "
    "grandi piccoli piccole nuovi nuove altri altre diversi diverse giovani grandes nuevos nuevas otros otras "
    "diferentes distintos distintas"
)
# What a number before does not count.
NOT_COUNTED = word_set(
    "hrs choses chose things fois times reprises tiers quarts thirds quarters fifths "
    "premiers premières derniers dernières first last heures-là h heure am pm "
    "utc gmt uhr dinge male veces cosas cose volte janvier "
    # Months and years of the Islamic calendar.
    "محرم صفر ربيع جمادى جمادي رجب شعبان رمضان شوال ذو ذي هـ هـالموافق هجرية هجري ميلادية م"
)
# A number after one of these names a thing, it does not count any.
LABELS = word_set(
    "article articles chapitre chapter chapitres page pages numéro numéros n n° nº no no. number résolution "
    "resolution rue street "
    "section sections alinéa paragraphe tome volume vol acte phase étape niveau level room salle bloc block division "
    "boulevard avenue route highway channel chaîne canal artikel artículo artículos articolo articoli kapitel "
    "seite nummer act ages sourate surah sura psaume psalm verset versets verse verses "
    "القرار قرار المادة مادة القناة قناة الفقرة الرقم رقم"
)


Hedges = tuple[tuple[tuple[str, ...], str], ...]  # each in words, with the sign that it makes


class NumberWords(NamedTuple):
    """The number words of one language, all in lower case."""

    cardinals: Mapping[str, int]
    multipliers: Mapping[str, int]
    about: Mapping[str, int]
    hedges: Hedges
    behind: Hedges
    joiners: frozenset[str]
    between: frozenset[str]
    openers: frozenset[str]  # what an amount may begin with, but for figures and articles


@lru_cache(maxsize=32)
def number_words(language: str) -> NumberWords:
    """The words of `language` (a primary subtag), or none where it is not known: its figures are read all the same."""
    cardinals, multipliers = _CARDINALS.get(language, {}), _MULTIPLIERS.get(language, {})
    hedges = tuple(sorted(_hedges(_HEDGES.get(language, "")), key=lambda hedge: -len(hedge[0])))
    between = frozenset(_BETWEEN.get(language, "").split())
    begun = {phrase[0] for phrase, _ in hedges} | HALVES
    openers = cardinals.keys() | (multipliers.keys() if cardinals else set()) | begun | between | CURRENCY_SIGNS
    return NumberWords(
        cardinals,
        multipliers,
        _ABOUT.get(language, {}),
        hedges,
        tuple(_hedges(_BEHIND.get(language, ""))),
        frozenset(_OR.get(language, "").split()),
        between,
        frozenset(openers),
    )


def words_known(language: str) -> bool:
    """Whether the number words of `language` are known, and with them what a number counts there."""
    return language in _CARDINALS


def _hedges(table: str) -> list[tuple[tuple[str, ...], str]]:
    found: list[tuple[tuple[str, ...], str]] = []
    phrase: list[str] = []
    for word in table.split():
        if word in {">", "<", ">=", "<=", "~"}:
            found.append((tuple(phrase), word))
            phrase = []
        else:
            phrase.append(word)
    return found
