"""The numbers that the article gives: how many or how much, and of what."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from contracts.extraction import Quantity
from contracts.value import Span
from services.extract.core.calendar_names import calendar_names, fold
from services.extract.core.counted import Phrase, counted
from services.extract.core.date_words import YEAR_WORDS
from services.extract.core.number_words import CURRENCY_SIGNS, LABELS, UNITS, NumberWords, number_words
from services.extract.core.numbers import Number, Token, may_begin, number_at, tokens_in
from services.extract.core.paragraphs import paragraphs

_CLOCK_LEADS = frozenset(("à", "a", "vers", "at", "um", "las", "alle", "dès", "by"))
_FROM = frozenset(("de", "from", "von", "da"))  # with "to", but "of 14 and 17" are two numbers
_YEARS = range(1500, 2101)


class _Amount(NamedTuple):
    """A number or a range of numbers with the hedge before it, from token `first` to `last` exclusive."""

    first: int
    last: int
    value: str
    number: Number


def quantities(text: str, body: tuple[Span, ...], language: str) -> tuple[Quantity, ...]:
    """The quantities of `body` in reading order; `language` is a primary subtag.

    A value is a decimal number, `a..b`, a bound (`>20`, `>=20`, `<20`, `<=20`) or, for "some 30", `~30`.
    Units are symbols (SI, UCUM: h, d, wk, mo, a; ISO 4217). Left out: numbers of nothing, years, dates, times of day,
    ordinals, designations (a number grown together with letters), "un" and "a", and vague plurals ("dozens").
    """
    words = number_words(language)
    found: list[Quantity] = []
    for start, end in paragraphs(text, body):
        found += _in_paragraph(text, start, end, words, language)
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int, words: NumberWords, language: str) -> Iterator[Quantity]:
    tokens = tokens_in(text, start, end)
    at = 0
    while at < len(tokens):
        amount = _amount(tokens, at, words, language) if may_begin(tokens, at, words) else None
        if amount is None:
            at += 1
            continue
        phrase = counted(text, tokens, amount.last, language, is_figure=amount.number.is_figure)
        quantity = (
            None if _is_no_quantity(tokens, amount, phrase, language) else _quantity(text, tokens, amount, phrase)
        )
        if quantity:
            yield quantity
        at = max(at + 1, phrase.last if quantity and phrase else amount.last)


def _amount(tokens: list[Token], at: int, words: NumberWords, language: str) -> _Amount | None:
    first, hedge, position = at, "", at
    for phrase, sign in words.hedges:
        if tokens[at].lower == phrase[0] and tuple(token.lower for token in tokens[at : at + len(phrase)]) == phrase:
            hedge, position = sign, at + len(phrase)
            break
    lead = tokens[position].lower if position < len(tokens) else ""
    is_between = lead in words.between
    position += is_between
    if position < len(tokens) and tokens[position].lower in CURRENCY_SIGNS:
        position += 1
    number = number_at(tokens, position, words, language)
    if number is None:
        return None
    second = _second(tokens, number, words, language, is_between=is_between and lead not in _FROM)
    if second is not None:
        low, high = number.value, second.value
        if number.multiplier == 1 and low < high / second.multiplier:
            low *= second.multiplier
        if low < high:
            return _Amount(first, second.last, f"{_plain(low)}..{_plain(high)}", second)
    if is_between:
        return None  # the number is reached again without the word before it
    sign = hedge or ("~" if number.is_about else "")
    return _Amount(first, number.last, sign + _plain(number.value), number)


def _second(
    tokens: list[Token], number: Number, words: NumberWords, language: str, *, is_between: bool
) -> Number | None:
    """The upper end of a range; "and" joins two numbers only after "between"."""
    at = number.last
    if at + 1 >= len(tokens):
        return None
    joiner = tokens[at].lower
    is_and = joiner in {"et", "and", "und", "y", "e", "و"}
    if not (joiner in words.joiners and (is_between or not is_and)) and joiner not in {"-", "–", "—"}:
        return None
    if joiner in {"-", "–", "—"} and not number.is_figure:
        return None
    return number_at(tokens, at + 1, words, language)


def _is_no_quantity(tokens: list[Token], amount: _Amount, phrase: Phrase | None, language: str) -> bool:
    """Whether the number is a date's, a time's, a year, or part of a name."""
    before = tokens[amount.first - 1].lower if amount.first else ""
    if before in LABELS or (before == "." and amount.first > 1 and tokens[amount.first - 2].lower in LABELS):
        return True
    if before in {"et", "and", "ou", ","} and any(
        token.lower in LABELS for token in tokens[max(0, amount.first - 4) : amount.first]
    ):
        return True
    following = tokens[amount.last].lower if amount.last < len(tokens) else ""
    months = calendar_names(language).months
    if fold(following) in months or (fold(before) in months and amount.number.is_figure):
        return True
    if phrase is None:
        return before not in CURRENCY_SIGNS and not any(
            t.lower in CURRENCY_SIGNS for t in tokens[amount.first : amount.last]
        )
    if phrase.unit == "h" and before in _CLOCK_LEADS:
        return True
    is_year = amount.number.is_plain_figure and amount.value.isdecimal() and int(amount.value) in _YEARS
    return is_year and len(amount.value) == 4 and fold(before) in YEAR_WORDS


def _quantity(text: str, tokens: list[Token], amount: _Amount, phrase: Phrase | None) -> Quantity:
    first = amount.first
    sign = next((t.lower for t in tokens[max(0, first - 1) : amount.last] if t.lower in CURRENCY_SIGNS), None)
    if first and tokens[first - 1].lower in CURRENCY_SIGNS:
        first -= 1
    last = tokens[(phrase.last if phrase else amount.last) - 1].end
    start = tokens[first].start
    return Quantity(
        start=start,
        end=last,
        surface=text[start:last],
        value=_whole(amount.value, phrase),
        unit=UNITS[sign] if sign else phrase and phrase.unit,
        counts=phrase.counts if phrase and not sign else None,
    )


def _whole(value: str, phrase: Phrase | None) -> str:
    """Three decimals of what is counted one by one are thousands: nobody counts 1.3 soldiers."""
    head, point, decimals = value.partition(".")
    is_counted = phrase is not None and phrase.unit is None and phrase.counts is not None
    return head + decimals if point and is_counted and len(decimals) == 3 and ".." not in value else value


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return format(value, "f")
