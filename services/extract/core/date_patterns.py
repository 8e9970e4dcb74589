"""Patterns of written dates, made of a language's own names for months and days."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from services.extract.core import date_words
from services.extract.core.calendar_names import calendar_names
from services.extract.core.date_words import Relative

_SHORTEST_WEEKDAY = 5  # letters: shorter names are other words too (mon, mer, sun)
_GAP = r"[ \u00a0\u202f\n]{1,3}"
_LE = r"(?:(?<!\w)[Ll]es?[ \u00a0])?"
_NUMBER = r"(?<![\d.,/:-])\d{1,2}"
_SUFFIX = r"(?:er|re|st|nd|rd|th|[ºª°]|\.(?=[ \u00a0]))?(?!\d)"
_TH = r"(?:st|nd|rd|th)?(?!\d)"
_OF = r"(?:(?:de|del|of)[ \u00a0]|d['’])?"
_YEAR = r"[12]\d{3}(?!\w|[.,]\d)"
_TO = rf"(?:{_GAP}(?:au|à|et|to|and|until|bis|und|al|hasta|e|y|إلى|-|–|—){_GAP}{_LE}|[-–—])"
YEAR_ALONE = re.compile(r"(?<![\w.,/-])(?P<year>[12]\d{3})(?:[-–/](?P<year2>[12]\d{3}|\d{2}))?(?![\w%/-]|[.,]\d)")
YEARS_APART = re.compile(
    rf"(?<![\w.,/-])(?P<year>[12]\d{{3}})[ \u00a0](?:à|et|to|and|bis|und|a|y|e|until)[ \u00a0](?P<year2>{_YEAR})"
)
NUMERIC = re.compile(
    r"(?<![\w/.-])(?:(?P<iso>[12]\d{3})-(?P<month>[01]\d)(?:-(?P<day>[0-3]\d))?"
    r"|(?P<first>\d{1,2})(?P<sep>[/.-])(?P<second>\d{1,2})(?P=sep)(?P<year>[12]\d{3}))(?![\w/-]|[.,]\d)"
)
_ACCENTED = {
    "a": "aàâäáã",
    "e": "eéèêë",
    "i": "iîïíì",
    "o": "oôöóò",
    "u": "uûùüú",
    "c": "cç",
    "n": "nñ",
    "ا": "اأإآ",
    "ي": "يئى",
}


@dataclass(frozen=True)
class Calendar:
    """One language's months and weekdays, and the patterns made of them."""

    months: dict[str, int]
    weekdays: dict[str, int]
    words: frozenset[str]  # folded words one of which every date has
    dated: tuple[re.Pattern[str], ...]
    weekday: re.Pattern[str]
    relatives: tuple[tuple[re.Pattern[str], Relative], ...]
    day_first: bool | None


@lru_cache(maxsize=64)
def calendar_of(language: str) -> Calendar:
    """The calendar of a language (a primary subtag), with the English and French names that every language borrows."""
    names = calendar_names(language)
    weekdays = {name: number for name, number in names.weekdays.items() if len(name) >= _SHORTEST_WEEKDAY}
    month, weekday = _alternation(names.months), _alternation(weekdays)
    english = _alternation(date_words.ENGLISH_MONTHS)
    lead = rf"(?:(?<!\w)(?:{weekday}),?{_GAP})?"
    day_month = rf"{_GAP}{_OF}(?P<month>{month})(?!\w)\.?(?:{_GAP}{_OF}(?P<year>{_YEAR}))?"
    two_days = rf"{lead}{_LE}(?P<day>{_NUMBER}){_SUFFIX}(?:{day_month})?{_TO}(?P<day2>\d{{1,2}}){_SUFFIX}"
    one_day = rf"{lead}{_LE}(?P<day>{_NUMBER}){_SUFFIX}[ \u00a0\u202f\n-]{{1,3}}{_OF}(?P<month>{month})(?!\w)"
    day_last = rf"{_GAP}(?P<day>\d{{1,2}}){_TH}(?:{_TO}(?P<day2>\d{{1,2}}){_TH})?(?![\w%]|[.,]\d)"
    dated = (
        rf"{two_days}{_GAP}{_OF}(?P<month2>{month})(?!\w)(?:,?{_GAP}{_OF}(?P<year2>{_YEAR}))?",
        rf"{one_day}\.?(?:,?{_GAP}{_OF}(?P<year>{_YEAR}))?",
        rf"{lead}(?<!\w)(?P<english>{english})\.?{day_last}(?:,?{_GAP}(?P<year>{_YEAR}))?",
        rf"(?:(?<!\w){date_words.PARTS})?(?<!\w)(?P<month>{month})\.?(?:,?{_GAP}|/){_OF}(?P<year>{_YEAR})",
        rf"(?P<part>(?<!\w){date_words.PARTS})?(?<!\w)(?P<month>{month})(?!\w)",
    )
    folded = frozenset({name.split()[0] for name in names.months} | weekdays.keys() | date_words.RELATIVE_WORDS)
    return Calendar(
        dict(names.months),
        weekdays,
        folded,
        tuple(re.compile(form, re.IGNORECASE) for form in dated),
        re.compile(
            rf"(?<!\w)(?:(?P<lead>\w+)[ \u00a0])?(?P<weekday>{weekday})(?!\w)"
            rf"(?:[ \u00a0](?:(?P<last>{date_words.LAST})|(?P<next>{date_words.NEXT}))(?!\w))?",
            re.IGNORECASE,
        ),
        tuple(
            (re.compile(rf"(?<!\w)(?:{one.pattern})(?!\w)", re.IGNORECASE), one)
            for one in date_words.RELATIVES.get(language, ())
        ),
        names.day_first,
    )


def _alternation(names: Iterable[str]) -> str:
    """The names as alternatives, the longest first, with their accents or without."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return "|".join("".join(f"[{_ACCENTED[c]}]" if c in _ACCENTED else re.escape(c) for c in name) for name in ordered)
