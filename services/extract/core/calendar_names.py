"""Names of months and weekdays in the languages of the world, as the Unicode CLDR has them."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.localedata import locale_identifiers

# Names of one language that its own locale lacks: the Levant's and the Maghreb's Arabic months.
_SISTERS = {"ar": ("ar_SY", "ar_DZ", "ar_MA")}
# What papers write and CLDR does not list.
_SUPPLEMENT = {"en": {"sept": 9}, "fr": {"fev": 2, "aou": 8}, "es": {"setiembre": 9}, "de": {"marz": 3}}
# Month first: the order of 3/4/2018 is the region's, and plain English or an unknown language does not tell it.
_MONTH_FIRST = {"en-us", "en-ph"}
_ORDER_UNTOLD = {"en", "und", "mul"}
# These are read in texts of every language: quoted date lines, English front matter.
_ALWAYS = ("fr", "en")


@dataclass(frozen=True)
class CalendarNames:
    """Month numbers (1 to 12) and weekday numbers (0 is Monday) by folded name; None: the order is not told.

    `written_out` are the months of the language itself, not cut short: such a name can stand without a day.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    day_first: bool | None
    written_out: frozenset[str] = frozenset()


def fold(name: str) -> str:
    """`name` in lower case, without accents, full stops and soft marks, as the tables have it."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(mark for mark in decomposed if not unicodedata.combining(mark)).strip(" .׳'\u200f")


@lru_cache(maxsize=256)
def calendar_names(language_tag: str) -> CalendarNames:
    """Names in a language (BCP 47), then in French and English where these do not contradict it."""
    lower = language_tag.lower()
    language = lower.partition("-")[0]
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    for tag in (language, *_SISTERS.get(language, ()), *_ALWAYS):
        try:
            locale = Locale.parse(tag)
        except (UnknownLocaleError, ValueError):
            continue
        for name, number in [*_names(locale, "months"), *_SUPPLEMENT.get(tag, {}).items()]:
            months.setdefault(fold(name), number)
        for name, number in _names(locale, "days"):
            weekdays.setdefault(fold(name), number)
    day_first = None if lower in _ORDER_UNTOLD else lower not in _MONTH_FIRST
    return CalendarNames(months, weekdays, day_first, _written_out(language))


@lru_cache(maxsize=3)
def any_calendar_names(day_first: bool | None) -> CalendarNames:
    """Names in all languages that mean the same in each: what stands in a page's own frame may be in another."""
    months: dict[str, int] = {}
    weekdays: dict[str, int] = {}
    doubtful: set[str] = set()
    for tag in sorted(locale_identifiers()):
        if "_" in tag:
            continue
        locale = Locale.parse(tag)
        for table, kind in ((months, "months"), (weekdays, "days")):
            for name, number in [
                *_names(locale, kind),
                *(_SUPPLEMENT.get(tag, {}).items() if kind == "months" else ()),
            ]:
                if table.setdefault(fold(name), number) != number:
                    doubtful.add(fold(name))
    for table in (months, weekdays):
        for name in doubtful & table.keys():
            del table[name]
    return CalendarNames(months, weekdays, day_first)


def _written_out(language: str) -> frozenset[str]:
    try:
        locales = [Locale.parse(tag) for tag in (language, *_SISTERS.get(language, ()))]
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(fold(name) for locale in locales for name, _ in _names(locale, "months", ("wide",)))


def _names(locale: Locale, kind: str, widths: tuple[str, ...] = ("wide", "abbreviated")) -> list[tuple[str, int]]:
    table = getattr(locale, kind)
    return [
        (name, number)
        for context in ("format", "stand-alone")
        for width in widths
        for number, name in table[context][width].items()
        if len(fold(name)) > 1 and not name[0].isdecimal()
    ]
