"""A paragraph as the words that dates are made of: each with a mark, one letter for what it does in a date.

Besides the letters of `date_words`: M a month of the language, m one cut short or borrowed; W a weekday; D a number
up to 31, n another of two figures, Y one that may be a year, I a date in figures, g a decade ("1990s"); - a dash;
x anything else.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from services.extract.core.calendar_names import calendar_names, fold
from services.extract.core.temporal.date_words import DATE_WORDS, Unit

_SHORTEST_WEEKDAY = 5  # letters: shorter names are other words too (mon, mer, sun)
_TOKEN = re.compile(
    r"[12]\d{3}-[01]\d-[0-3]\d(?![\w-])|\d+(?:[.,:/]\d+)*\w{0,4}|[^\W\d_]+(?:['’](?=[^\W\d_]|\Z))?|[^\w\s]"
)
_ORDINAL = re.compile(r"(\d{1,2})(?:er|re|st|nd|rd|th|[ºª])?")
_DECADE = re.compile(r"(?:[12]\d\d0|\d0)(?:s|er)")
_FIGURES = re.compile(
    r"[12]\d{3}-\d\d-\d\d|\d{1,2}([/.])\d{1,2}\1[12]\d{3}|[12]\d{3}/(?:\d\d|[12]\d{3})|(?:0?[1-9]|1[0-2])/[12]\d{3}"
)
_FIRST_YEAR, _LAST_YEAR = 1000, 2100
# A part of the day in one word with its weekday.
_PARTS_BEHIND = {"de": ("", "morgen", "vormittag", "mittag", "nachmittag", "abend", "nacht")}
_MOST_WORDS = 50_000
_VERBS = frozenset(("may", "march", "mar"))
_DASHES = "-–—"
_UNITS = frozenset("%‰°€$£_")
_TIES = frozenset("-/")
_HUNG_ON = _UNITS | frozenset("-/+#")

Value = int | Unit
Meaning = tuple[str, Value]
_OTHER: Meaning = ("x", 0)


@dataclass(frozen=True)
class Lexicon:
    """A language's words for dates: by themselves, as the first of a phrase, and as names, folded."""

    words: dict[str, Meaning] = field(default_factory=dict)
    phrases: dict[str, tuple[tuple[tuple[str, ...], Meaning], ...]] = field(default_factory=dict)
    names: dict[str, Meaning] = field(default_factory=dict)
    telling: dict[str, str] = field(default_factory=dict)
    day_first: bool | None = None

    def meaning(self, word: str) -> Meaning | None:
        """What a word in lower case means by itself; None where it has no part in dates."""
        return self.words.get(word) or self.names.get(_folded(word))


class _Telling(dict[str, str]):
    """A mark for each word as it is written, by the word alone; kept for the words of many articles."""

    def __init__(self, known: Lexicon) -> None:
        self._known = known
        self._ends = frozenset(
            rest[-1] for some in known.phrases.values() for rest, (mark, _) in some if mark in "MmWKHVXUkcFv"
        )

    def __missing__(self, word: str) -> str:
        lower = word.lower().replace("’", "'")
        if word[0].isdecimal():
            mark = _figure(word, "", "")[0]
        elif lower in self._ends:
            mark = "!"
        elif word in _VERBS:
            mark = "x"
        else:
            mark = (self._known.meaning(lower) or ("x",))[0]
        if len(self) < _MOST_WORDS:
            self[word] = mark
        return mark


@dataclass
class Tokens:
    """The marks of a paragraph's words in one string, and beside it what each word stands for and where."""

    text: str
    marks: str = ""
    values: dict[int, Value] = field(default_factory=dict)
    places: list[tuple[int, int]] = field(default_factory=list)

    def word(self, at: int) -> str:
        """A word as it is written; nothing before the first and behind the last."""
        if not 0 <= at < len(self.places):
            return ""
        start, end = self.places[at]
        return self.text[start:end]

    def number(self, at: int) -> int:
        """What a figure, a month, a weekday or a number in letters stands for."""
        value = self.values.get(at, 0)
        return value if isinstance(value, int) else 0


@lru_cache(maxsize=64)
def lexicon_of(language: str) -> Lexicon:
    """The words of a language (a primary subtag), with the English and French names that every language borrows."""
    names = calendar_names(language)
    words: dict[str, Meaning] = {}
    calendar: dict[str, Meaning] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], Meaning]]] = {}

    def learn(phrase: str, meaning: Meaning, single: dict[str, Meaning]) -> None:
        first, *rest = (word.replace("’", "'") for word in _TOKEN.findall(phrase))
        if rest:
            phrases.setdefault(first, []).append((tuple(rest), meaning))
        else:
            single[first] = meaning

    for name, number in names.months.items():
        learn(name, ("M" if name in names.written_out else "m", number), calendar)
    for name, number in names.weekdays.items():
        if len(name) >= _SHORTEST_WEEKDAY:
            for part in _PARTS_BEHIND.get(language, ("",)):
                learn(name + part, ("W", number), calendar)
    for group in DATE_WORDS.get(language, ()):
        for phrase in group.words.split(", "):
            learn(phrase, (group.mark, group.value), words)
    ordered = {first: tuple(sorted(some, key=lambda one: -len(one[0]))) for first, some in phrases.items()}
    known = Lexicon(words, ordered, calendar, day_first=names.day_first)
    return replace(known, telling=_Telling(known))


def telling_marks(text: str, start: int, end: int, known: Lexicon) -> str:
    """A rough mark for each word of a passage, to see whether it may hold a date; `!` ends a phrase that is one."""
    telling = known.telling
    return "".join([telling[word] for word in _TOKEN.findall(text, start, end)])


def words_in(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The words of a passage where they stand, one for each of its rough marks."""
    return list(_TOKEN.finditer(text, start, end))


def tokens_of(text: str, found: Sequence[re.Match[str]], known: Lexicon) -> Tokens:
    """The words of a stretch, phrases as one."""
    words = [match.group().lower().replace("’", "'") for match in found]
    tokens, at = Tokens(text), 0
    marks: list[str] = []
    while at < len(found):
        start, end = found[at].span()
        length, (mark, value) = 1, _OTHER
        if words[at][0].isdecimal():
            is_joined = len(marks) > 1 and marks[-1] == "-" and marks[-2] in "EMm"  # mi-2016, 13-juillet-2016
            before = "" if is_joined else text[max(0, start - 2) : start]
            mark, value = _figure(words[at], before, text[end : end + 2])
        elif phrase := _phrase(words, at, known):
            length, (mark, value) = phrase
            end = found[at + length - 1].end()
        elif meaning := known.meaning(words[at]):
            mark, value = meaning
        elif not words[at][0].isalpha():
            mark = "-" if words[at] in _DASHES else words[at]
        tokens.values[len(marks)] = value
        tokens.places.append((start, end))
        marks.append(mark)
        at += length
    tokens.marks = "".join(marks)
    return tokens


def _phrase(words: list[str], at: int, known: Lexicon) -> tuple[int, Meaning] | None:
    following = known.phrases.get(words[at]) or known.phrases.get(_folded(words[at]), ())
    for rest, meaning in following:
        if tuple(words[at + 1 : at + 1 + len(rest)]) == rest:
            return 1 + len(rest), meaning
    return None


def _figure(word: str, before: str, after: str) -> Meaning:
    """What a number may be; one that hangs on letters, a sign or other figures is none of a date."""
    hangs = before[-1:] in _HUNG_ON and not before[:1].isdecimal()
    if (before and hangs) or after[:1] in _UNITS or (len(word) > 2 and after[:1] in _TIES and after[1:].isalpha()):
        return _OTHER
    if _FIGURES.fullmatch(word):
        return "I", 0
    if match := _ORDINAL.fullmatch(word):
        number = int(match[1])
        return ("D", number) if 1 <= number <= 31 else ("n", number)
    if len(word) == 4 and word.isdecimal() and _FIRST_YEAR <= int(word) <= _LAST_YEAR:
        return "Y", int(word)
    return ("g", int(re.sub(r"\D", "", word))) if _DECADE.fullmatch(word) else _OTHER


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    return fold(word)
