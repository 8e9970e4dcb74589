"""Words that dates are made of beside the names of months and days: data of six languages."""

from collections.abc import Mapping
from typing import Literal, NamedTuple

from services.extract.core.grammar import word_set

Unit = Literal["day", "month", "year"]


class Relative(NamedTuple):
    """A phrase that counts from another date: the article's own, or (`anaphoric`) the last day told before it."""

    pattern: str
    unit: Unit
    offset: int
    anaphoric: bool = False


# Not "today" and its sisters, which often mean "nowadays", nor words that also mean "morning" (morgen, mañana).
# By language: German "hier" is no yesterday.
RELATIVES: Mapping[str, tuple[Relative, ...]] = {
    "fr": (
        Relative(r"avant-hier", "day", -2),
        Relative(r"hier", "day", -1),
        Relative(r"(?<!de )(?<!d[’'])demain", "day", 1),
        Relative(r"(?<!à )(?<!a )la veille(?! d[eu’'])", "day", -1, anaphoric=True),
        Relative(r"(?:dès )?le lendemain(?! d[eu’'])", "day", 1, anaphoric=True),
        Relative(r"l[’'](?:an|année) (?:dernière?|passée?)", "year", -1),
        Relative(r"le mois (?:dernier|passé)", "month", -1),
    ),
    "en": (
        Relative(r"the day before yesterday", "day", -2),
        Relative(r"yesterday", "day", -1),
        Relative(r"tomorrow", "day", 1),
        Relative(r"the (?:day before|previous day)(?=\s*[,.;:]|\s*\Z)", "day", -1, anaphoric=True),
        Relative(r"the (?:next|following) day", "day", 1, anaphoric=True),
        Relative(r"last year", "year", -1),
        Relative(r"last month", "month", -1),
    ),
    "de": (
        Relative(r"vorgestern", "day", -2),
        Relative(r"gestern", "day", -1),
        Relative(r"am Vortag", "day", -1, anaphoric=True),
        Relative(r"am Folgetag", "day", 1, anaphoric=True),
        Relative(r"(?:im )?(?:letzte[sn]|vergangene[sn]) Jahre?", "year", -1),
        Relative(r"(?:im )?(?:letzten|vergangenen) Monat", "month", -1),
    ),
    "es": (
        Relative(r"anteayer", "day", -2),
        Relative(r"ayer", "day", -1),
        Relative(r"el día anterior", "day", -1, anaphoric=True),
        Relative(r"el día siguiente", "day", 1, anaphoric=True),
        Relative(r"el año pasado", "year", -1),
        Relative(r"el mes pasado", "month", -1),
    ),
    "it": (
        Relative(r"ieri", "day", -1),
        Relative(r"domani", "day", 1),
        Relative(r"il giorno dopo", "day", 1, anaphoric=True),
        Relative(r"l[’']anno scorso", "year", -1),
        Relative(r"il mese scorso", "month", -1),
    ),
    "ar": (Relative(r"أمس", "day", -1), Relative(r"غدا", "day", 1)),
}
# One word of each of them, folded: where none stands, no pattern need be tried.
RELATIVE_WORDS = word_set(
    "hier vorgestern anteayer yesterday gestern ayer ieri امس غدا demain tomorrow domani veille before previous "
    "vortag anterior "
    "lendemain next following folgetag siguiente dopo derniere dernier passe passee last letztes letzten vergangenes "
    "vergangenen pasado scorso"
)
# What makes a number a year: "in", "since", "until", "the year"; folded.
YEAR_WORDS = word_set(
    "en depuis dès in since seit desde dal nel del jahr année annee an year año anno until jusqu'en jusqu'a avant "
    "après fin début mi "
    "early late mid before after during vers courant hiver été automne printemps spring summer autumn winter عام "
    "سنة منذ "
    "sommer fine inizio finales principios"
)
# After these a year stands only at the end of its phrase: elsewhere they count things ("of 2000 men").
YEAR_OF_WORDS = word_set("de of von di")
NOT_A_YEAR_WORDS = word_set("plus moins pres more less fewer mas menos piu meno mehr weniger")
# A month without its year is a date after one of these, folded.
MONTH_WORDS = word_set(
    "en in im début mi fin depuis dès since early late mid mois courant durant during seit desde ab ende anfang mitte a"
)
PARTS = (
    r"(?:début|mi-?|fin|courant|early|mid-?|late|Anfang|Mitte|Ende|principios de|finales de|mediados de|inizio|fine)"
    r"[ \u00a0-]?"
)

# Only in English does a day follow its month.
ENGLISH_MONTHS = word_set(
    "january february march april may june july august september october november december "
    "jan feb mar apr jun jul aug sep sept oct nov dec"
)
THIS = word_set("ce this diesen este questo")
# Before a weekday: each of them, or its name ("Super Tuesday").
HABITUAL = word_set("le les chaque tous every each jeden los cada ogni il super black cyber ash good")
LAST = r"(?:dernier|passé|last|pasado|scorso)"
NEXT = r"(?:prochain|next|próximo|prossimo)"
# A verb that announces: a weekday beside it may be the next one.
FUTURE = (
    r"\b(?:\w{2,}(?:ra|ront)|va|vont|will|shall|expected|scheduled|due|wird|werden|será|sarà"
    r"|devrait|devraient|doit|doivent)\b"
)
