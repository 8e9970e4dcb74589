"""The dates of a paragraph as they are written: found, not yet completed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from services.extract.core.temporal import date_context as context
from services.extract.core.temporal.date_anchor import Moment, Way
from services.extract.core.temporal.date_grammar import FORMS, TELLING, Kind
from services.extract.core.temporal.date_moments import Match, figures, moments, run, with_year_of
from services.extract.core.temporal.date_named import is_borne
from services.extract.core.temporal.date_tokens import Lexicon, Tokens, lexicon_of, telling_marks, tokens_of, words_in
from services.extract.core.temporal.date_words import Unit

_BEFORE, _AFTER = 14, 10  # words beside a word of the calendar that may belong to its date
NOTHING = Moment()
_SINCE = frozenset(("depuis", "since", "seit", "desde"))
_WAYS: dict[str, Way] = {"L": "last", "X": "next", "T": "this", "c": "this"}


@dataclass(frozen=True)
class DateForm:
    """A date as written: one moment or the first and last of a run, or what counts from another date."""

    start: int
    end: int
    kind: Kind
    first: Moment = NOTHING
    last: Moment | None = None
    way: Way = ""
    unit: Unit = "day"
    offset: int = 0
    is_ambiguous: bool = False


def forms_in(text: str, start: int, end: int, language: str) -> Iterator[DateForm]:
    """The dates of a paragraph in reading order, the longest where several begin together; never overlapping."""
    known = lexicon_of(language)
    windows = list(_windows(telling_marks(text, start, end, known)))
    words = words_in(text, start, end) if windows else []
    kept: list[DateForm] = []
    for first, last in windows:
        position = -1
        tokens = tokens_of(text, words[first:last], known)
        for form in sorted(_candidates(tokens, known, language), key=lambda one: (one.start, -one.end)):
            if form.start >= position:
                kept += [form] if form.kind != "name" else []
                position = form.end
    return _with_eves(kept)


def _windows(marks: str) -> Iterator[tuple[int, int]]:
    """Stretches around words that every date has one of; apart from each other."""
    first = last = 0
    for match in TELLING.finditer(marks):
        if match.start() - _BEFORE > last:
            if last:
                yield max(0, first), last
            first = match.start() - _BEFORE
        last = match.end() + _AFTER
    if last:
        yield max(0, first), last


def _with_eves(forms: list[DateForm]) -> Iterator[DateForm]:
    """The day before one that is told right behind it is one date with it."""
    passed = False
    for form, following in pairwise([*forms, None]):
        if passed:
            passed = False
        elif form and form.kind == "eve" and following and following.kind == "day" and following.start <= form.end + 1:
            yield replace(following, start=form.start, offset=form.offset)
            passed = True
        elif form:
            yield form


def _candidates(tokens: Tokens, known: Lexicon, language: str) -> Iterator[DateForm]:
    for form in FORMS:
        for match in form.pattern.finditer(tokens.marks):
            yield from _READERS[form.kind](Match(tokens, match, known, language, form.kind))


def _dated(found: Match) -> Iterator[DateForm]:
    """Days, months and years that are named."""
    if not context.is_dated(found):
        return
    named = moments(found)
    if not named:
        return
    if found.kind == "day" and is_borne(found.tokens.text, *found.span(), found.language):
        yield DateForm(*found.span(), "name")
        return
    way = _way(found, "way") or _way(found, "this")
    if len(named) == 1 or run(found, named):
        start, end = found.span()
        last = named[-1].moment if len(named) > 1 else None
        first = named[0].moment
        named_after = context.is_named_day(found, first, last)
        is_since = found.kind == "month" and first.year is None and found.word_before() in _SINCE
        way = way or (("since" if found["part"] else "last") if is_since else found.tense())
        yield DateForm(start, end, found.kind, first, last, way, is_ambiguous=named_after)
        return
    for at, one in enumerate(named):
        start = found.span()[0] if at == 0 else one.start
        end = found.span()[1] if at == len(named) - 1 else one.end
        kind: Kind = {"days": "day", "months": "month"}.get(found.kind, found.kind)  # type: ignore[assignment]
        yield DateForm(start, end, kind, with_year_of(one.moment, named[-1].moment), way=way or found.tense())


def _figures(found: Match) -> Iterator[DateForm]:
    if read := figures(found):
        first, last, is_ambiguous = read
        yield DateForm(*found.span(), "figures", first, last, is_ambiguous=is_ambiguous)


def _decade(found: Match) -> Iterator[DateForm]:
    if years := context.decade(found):
        kind: Kind = "decade" if years[0] != years[1] else "year"
        yield DateForm(*found.span(), kind, Moment(years[0]), Moment(years[1]) if years[0] != years[1] else None)


def _season(found: Match) -> Iterator[DateForm]:
    year, second = found.number("y"), found.number("y2")
    season = found.number_of_mark("S")
    if year:
        last = (second if second > 99 else year // 100 * 100 + second) if second else 0
        yield DateForm(*found.span(), "year", Moment(year), Moment(last) if last else None)
    elif season:  # of a winter the year is not told
        way = _way(found, "way") or _way(found, "this") or _way_of(found.marks)
        yield DateForm(*found.span(), "season", Moment(month=3 * season - 1), way=way)


def _quarter(found: Match) -> Iterator[DateForm]:
    months, which = found.number("q"), found.number("n")
    if (last := months * which) <= 12:
        year = found.number("y")
        yield DateForm(*found.span(), "months", Moment(year, last - months + 1), Moment(year, last))


def _unit(found: Match) -> Iterator[DateForm]:
    way = _way(found, "way") or _way(found, "before") or _way(found, "this") or ("this" if found["part"] else "")
    way = way or (found.tense() if context.is_that_weekend(found) else "")
    if way and not context.is_vague(found):
        unit: Unit = found.unit("u")
        yield DateForm(*found.span(), "unit", way=way, unit=unit)


def _weekdays(found: Match) -> Iterator[DateForm]:
    first, last = found.number("w"), found.number("w2")
    if context.is_weekday(found) and not context.is_habitual(found):
        if found["join"] == "N" and not found.is_between() and (first + 1) % 7 != last:
            for group in ("w", "w2"):
                yield DateForm(*found.place(group), "weekday", Moment(weekday=found.number(group)), way=found.tense())
        else:
            way = _way(found, "way") or found.tense()
            yield DateForm(*found.span(), "weekdays", Moment(weekday=first), Moment(weekday=last), way)


def _weekday(found: Match) -> Iterator[DateForm]:
    way = _way(found, "way") or _way(found, "before") or _way(found, "this")
    if context.is_weekday(found) and (way or found["d"] or not context.is_habitual(found)):
        start, end = found.span()
        if not way and found["this"]:
            start = found.place("d" if not found["w"] else "w")[0] if not found["d"] else start
        day = found.number("d") or None
        yield DateForm(start, end, "weekday", Moment(day=day, weekday=found.number("w")), way=way or found.tense())


def _near(found: Match) -> Iterator[DateForm]:
    if found["today"] and not context.is_this_day(found):
        return
    if (found["this"] or found["night"]) and (context.is_that_one(found) or found.number_of_mark("P")):
        return  # "cette journée" is the one that is told of
    if found["k"] and context.is_any_time(found):
        return
    offset = found.number("k") if found["k"] else -1 if found["last"] or found["night"] else 0
    yield DateForm(*found.span(), "near", offset=offset)


def _ago(found: Match) -> Iterator[DateForm]:
    yield DateForm(*found.span(), "near", offset=-(found.number("n") or found.number("n2")))


def _told_before(found: Match) -> Iterator[DateForm]:
    if found.kind == "eve" or context.stands_alone(found):
        offset = found.number("n") * found.number("sign") if found["sign"] else found.number("v")
        yield DateForm(*found.span(), found.kind, offset=offset)


def _told_unit(found: Match) -> Iterator[DateForm]:
    if found.unit("u") in {"year", "month"} and found.before() not in {"D", "w"}:
        yield DateForm(*found.span(), "told_unit", unit=found.unit("u"), offset=found.number("f"))


def _way(found: Match, group: str) -> Way:
    return _WAYS.get(found[group], "")


def _way_of(marks: str) -> Way:
    return next((_WAYS[mark] for mark in marks if mark in _WAYS), "")


_READERS = {
    "days": _dated,
    "day": _dated,
    "months": _dated,
    "month": _dated,
    "years": _dated,
    "year": _dated,
    "figures": _figures,
    "decade": _decade,
    "season": _season,
    "quarter": _quarter,
    "unit": _unit,
    "weekdays": _weekdays,
    "weekday": _weekday,
    "near": _near,
    "ago": _ago,
    "told_before": _told_before,
    "told_unit": _told_unit,
    "eve": _told_before,
}
