"""What a form of marks tells: its days, months and years as numbers."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple, cast

from services.extract.core.temporal.date_anchor import Moment, Way
from services.extract.core.temporal.date_grammar import Kind
from services.extract.core.temporal.date_tense import tense
from services.extract.core.temporal.date_tokens import Lexicon, Tokens
from services.extract.core.temporal.date_words import Unit

_AHEAD = frozenset(("by", "to", "à", "ici", "until", "till", "ab", "bis", "hasta", "jusqu'à", "jusqu'au", "pour"))
_SINCE = frozenset(("seit", "depuis", "since", "desde"))  # whatever lasts from then on: seit Montag läuft
_NUMERIC = re.compile(r"(\d+)[/.-](\d+)(?:[/.-](\d+))?")


@dataclass(frozen=True)
class Match:
    """A form where it was found; its groups are marks, and the words they stand for are numbers."""

    tokens: Tokens
    match: re.Match[str]
    known: Lexicon
    language: str
    kind: Kind

    def __getitem__(self, group: str) -> str:
        """The marks of a group, empty where it took no part."""
        return self.match.groupdict().get(group) or ""

    @property
    def first(self) -> int:
        """The number of its first word."""
        return self.match.start()

    @property
    def last(self) -> int:
        """Behind its last word."""
        return self.match.end()

    @property
    def marks(self) -> str:
        """The marks of its words."""
        return self.match.group()

    def at(self, group: str) -> int:
        """The number of a group's first word."""
        return self.match.start(group) if group in self.match.re.groupindex else -1

    def word(self, group: str) -> str:
        """A group's first word."""
        return self.tokens.word(self.at(group)) if self[group] else ""

    def number(self, group: str) -> int:
        """What a group's first word stands for."""
        return self.tokens.number(self.at(group)) if self[group] else 0

    def number_of_mark(self, mark: str) -> int:
        """What the first word with a mark stands for."""
        return self.tokens.number(self.first + self.marks.index(mark))

    def unit(self, group: str) -> Unit:
        """A week, a month, a year."""
        return cast(Unit, self.tokens.values[self.at(group)])

    def place(self, group: str) -> tuple[int, int]:
        """Where a group's first word stands."""
        return self.tokens.places[self.at(group)]

    def span(self) -> tuple[int, int]:
        """From its first word to its last."""
        return self.tokens.places[self.first][0], self.tokens.places[self.last - 1][1]

    def surface(self) -> str:
        """Its words as they stand."""
        start, end = self.span()
        return self.tokens.text[start:end]

    def before(self, back: int = 1) -> str:
        """The mark of a word before it."""
        return self.tokens.marks[self.first - back] if self.first >= back else ""

    def word_before(self, back: int = 1) -> str:
        """A word before it, in lower case."""
        return self.tokens.word(self.first - back).lower()

    def word_after(self, ahead: int = 0) -> str:
        """A word behind it, in lower case."""
        return self.tokens.word(self.last + ahead).lower()

    def is_between(self) -> bool:
        """Whether "between" or "from" opens it."""
        return "B" in self.marks or self.before() in {"B", "u", "O"} or self.word_before() in {"from", "desde", "dal"}

    def tense(self) -> Way:
        """Whether the verbs beside it tell what was or what will be."""
        if self.word_before() in _SINCE:
            return "past"
        if self.word_before() in _AHEAD or (
            self.word_before() in {"de", "del", "da"} and self.word_before(2) in {"partir", "partire"}
        ):
            is_by = self.word_before() == "by"  # by December they were gone
            return (is_by and tense(self.tokens.text, *self.span(), self.language)) or "coming"
        return tense(self.tokens.text, *self.span(), self.language)


class Named(NamedTuple):
    """A moment of a list, and where its own words stand."""

    moment: Moment
    start: int
    end: int


def moments(found: Match) -> list[Named]:
    """The dates of a form in their order: what one leaves out it has from the last."""
    if found.kind == "years":
        return _years(found)
    second = [one for one in ("d2", "m2", "y2") if found[one]]
    month, year = found.number("m") or None, found.number("y") or None
    if not second:
        weekday = found.number("w") if found["w"] else None
        return [Named(Moment(year, month, found.number("d") or None, weekday), *found.span())]
    month2 = found.number("m2") or month
    year2 = found.number("y2") or (year if not found["m2"] else None)
    return list(_listed(found, month or month2, year, month2, year2))


def _listed(
    found: Match, month: int | None, year: int | None, month2: int | None, year2: int | None
) -> Iterator[Named]:
    group = "d" if found["d"] else "m"
    yield Named(
        Moment(year, month, found.number("d") or None, found.number("w") if found["w"] else None), *found.place(group)
    )
    for at in range(*found.match.span("more")) if found["more"] else ():
        number, mark = found.tokens.number(at), found.tokens.marks[at]
        if mark == "D":
            yield Named(Moment(None, month2, number), *found.tokens.places[at])
        elif mark == "M":
            yield Named(Moment(None, number), *found.tokens.places[at])
    weekday = found.number("w2") if found["w2"] else None
    yield Named(Moment(year2, month2, found.number("d2") or None, weekday), *found.place(group + "2"))


def _years(found: Match) -> list[Named]:
    year, second = found.number("y"), found.number("y2")
    mark = found["y2"]
    full = second if mark == "Y" else year // 100 * 100 + second
    is_month = mark == "D" and second <= 12 and full != year + 1 and "-" in found["join"]
    if is_month:
        return [Named(Moment(year, second), *found.span())]
    between = [
        Named(Moment(found.tokens.number(at)), *found.tokens.places[at])
        for at in (range(*found.match.span("more")) if found["more"] else ())
        if found.tokens.marks[at] == "Y"
    ]
    return [Named(Moment(year), *found.place("y")), *between, Named(Moment(full), *found.place("y2"))]


def with_year_of(moment: Moment, last: Moment) -> Moment:
    """A moment with the year of the one behind it, or the year before where the months turn."""
    if moment.year is not None or last.year is None:
        return moment
    return moment._replace(year=last.year - ((moment.month or 0) > (last.month or 0)))


def run(found: Match, named: Sequence[Named]) -> bool:
    """Whether a list is one run: its ends are told, or each follows the one before."""
    if "N" not in found["join"] or (found.is_between() and not found["more"]):
        return True
    steps = [_step(one.moment) for one in named]
    return all(after == before + 1 for before, after in pairwise(steps))


def _step(moment: Moment) -> int:
    year, month, day, _ = moment
    return (month or 0) * 31 + day if day else month or year or 0


def figures(found: Match) -> tuple[Moment, Moment | None, bool] | None:
    """A date in figures, or a run of two years; whether its order is not told."""
    match = _NUMERIC.fullmatch(found.word("i"))
    if match is None:
        return None
    numbers = [int(number) for number in match.groups() if number]
    if len(match[1]) == 4 and len(numbers) == 3:
        return Moment(*numbers), None, False
    if len(match[1]) == 4:
        second = numbers[1] if numbers[1] > 99 else numbers[0] // 100 * 100 + numbers[1]
        return Moment(numbers[0]), Moment(second), False
    if len(numbers) == 2:
        return Moment(numbers[1], numbers[0]), None, False
    first, second, year = numbers
    day_first = found.known.day_first
    is_told = day_first is not None or first > 12 or second > 12 or first == second
    swaps = second > 12 or (day_first is False and first <= 12)
    day, month = (second, first) if swaps else (first, second)
    return Moment(year, month, day), None, not is_told
