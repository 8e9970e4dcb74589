"""Currencies by their codes and by their names in some languages, as the Unicode CLDR has them."""

from collections.abc import Mapping
from functools import lru_cache

from babel.core import get_global
from babel.numbers import get_currency_name

from services.extract.core.calendar_names import fold
from services.extract.core.grammar import word_set

SIGN = "¤"  # stands before a code that is used as a sign is: ¤lbp
_LANGUAGES = ("en", "fr", "de", "es", "it", "pt", "nl")
# Codes that are words or names in capitals: TOP 10, COP 28.
_WORDS_TOO = word_set("ALL TOP TRY MAD CUP PEN SOS COP MOP BAM LAK RON GEL STN ANG DOP MUR SAR BIF NIO")
# Nouns that are the money of several countries, by how they begin; what else they may mean, no unit is taken for.
_OF_SEVERAL = word_set("pound peso pesos franken dinar dinars rupee roupie rupia shilling lira riyal rial dirham")


@lru_cache(maxsize=1)
def _tender() -> Mapping[str, tuple[str, ...]]:
    """The currencies in use in each country."""
    return {
        country: tuple(code for code, _, end, is_tender in told if is_tender and end is None)
        for country, told in get_global("territory_currencies").items()
    }


@lru_cache(maxsize=1)
def codes() -> frozenset[str]:
    """The codes (ISO 4217, in capitals) of currencies in use that are no words."""
    return frozenset(code for told in _tender().values() for code in told) - _WORDS_TOO


@lru_cache(maxsize=1)
def phrases() -> Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Names of two words and more in lower case, by their first word, the longest first; none that means several."""
    found: dict[tuple[str, ...], set[str]] = {}
    for code in sorted({code for told in _tender().values() for code in told}):
        for language in _LANGUAGES:
            for number in (None, 1, 2):
                name = tuple(get_currency_name(code, count=number, locale=language).lower().split())
                if 1 < len(name) < 4 and name[0].isalpha():
                    found.setdefault(name, set()).add(code)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, told in found.items():
        if len(told) == 1:
            by_first.setdefault(name[0], []).append((name, next(iter(told))))
    return {first: tuple(sorted(names, key=lambda one: -len(one[0]))) for first, names in by_first.items()}


@lru_cache(maxsize=1024)
def money_of(country: str | None, noun: str, language: str) -> str | None:
    """The currency of a country (ISO 3166-1 alpha-2) that a noun such as "pounds" means; None where it is another's."""
    folded = fold(noun)
    if country is None or not any(folded.removesuffix("s") == one.removesuffix("s") for one in _OF_SEVERAL):
        return None
    for code in _tender().get(country, ()):
        names = {fold(word) for number in (1, 2) for word in _name(code, number, language).split()}
        if folded in names or folded.removesuffix("s") in names:
            return code
    return None


def is_tender(code: str, country: str | None) -> bool:
    """Whether a currency is in use in a country."""
    return country is not None and code in _tender().get(country, ())


def _name(code: str, number: int, language: str) -> str:
    return get_currency_name(code, count=number, locale=language if language in _LANGUAGES else "en")
