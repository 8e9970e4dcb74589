"""The numbers that the article gives: how many or how much, and of what."""

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from contracts.extraction import Quantity
from contracts.value import Span
from services.extract.core.calendar_names import calendar_names, fold
from services.extract.core.counting.counted import Phrase, counted, unit_at
from services.extract.core.counting.degrees import is_below_zero
from services.extract.core.counting.elliptic import is_near, is_of_what_was_counted
from services.extract.core.counting.money import in_money
from services.extract.core.counting.number_words import (
    HARM,
    LABELS,
    NOT_COUNTED,
    TOLLS,
    NumberWords,
    number_words,
    words_known,
)
from services.extract.core.counting.numbers import Number, Token, is_second_of_two, may_begin, number_at, tokens_in
from services.extract.core.counting.runs import thousands_of_both
from services.extract.core.counting.units import CURRENCY_SIGNS, DOLLARS, TIMES, of_sign
from services.extract.core.grammar import word_set
from services.extract.core.paragraphs import paragraphs
from services.extract.core.temporal.date_words import YEAR_WORDS

_CLOCK_LEADS = frozenset(("à", "a", "vers", "at", "um", "las", "alle", "dès", "by"))
_FROM = frozenset(("de", "from", "von", "da"))  # with "to", but "of 14 and 17" are two numbers
_LASTING = word_set("for after of are is was were been be than last lasted lasting take took taken spent just well")
_YEARS = range(1500, 2101)
_AND = frozenset(("et", "and", "und", "y", "e", "و"))
_DASHES, _CLOCK, _SCORES = frozenset("-–—"), frozenset(":"), frozenset(":-–")
_OPENERS = frozenset(".!?:;…«»“”\"'‘’()[]–—-•")
_MILLION, _GROUPED, _MINUTES = 10**6, 1000, 60
_LEAST_ALONE = 10  # of a number that nothing follows: below, too many are something else


class _Amount(NamedTuple):
    """A number or a range of numbers with the hedge before it, from token `first` to `last` exclusive."""

    first: int
    last: int
    value: str
    number: Number
    sign: str = ""  # that the hedge makes
    is_range: bool = False


def quantities(
    text: str, body: tuple[Span, ...], language: str, dollar: str = "USD", country: str | None = None
) -> tuple[Quantity, ...]:
    """The quantities of `body` in reading order; `language` is a primary subtag, `dollar` what a bare $ is here.

    `country` is the one that the article is about, whose money pounds and pesos are.
    A value is a decimal number, `a..b`, a bound (`>20`, `>=20`, `<20`, `<=20`) or, for "some 30", `~30`.
    Units are symbols (SI, UCUM: h, d, wk, mo, a; mi, in, lb; ISO 4217). Left out: numbers of nothing, years, dates,
    times of day, ordinals, designations (a number grown together with letters), numbers in names (les Trente
    Glorieuses), "un" and "a", and vague plurals ("dozens").
    """
    words = number_words(language)
    found: list[Quantity] = []
    for start, end in paragraphs(text, body):
        found += _in_paragraph(text, start, end, words, language)
    return tuple(in_money(one, dollar, country, language) for one in found)


def _in_paragraph(text: str, start: int, end: int, words: NumberWords, language: str) -> Iterator[Quantity]:
    tokens = tokens_in(text, start, end)
    last: Quantity | None = None
    at = 0
    while at < len(tokens):
        amount = _amount(tokens, at, words, language) if may_begin(tokens, at, words) else None
        if amount is None:
            at += 1
            continue
        number = amount.number
        phrase = counted(text, tokens, amount.last, words, language, is_figure=number.is_figure)
        if phrase is None and _stands_alone(tokens, amount):
            phrase = Phrase(amount.last)
        elif phrase is None and language == "fr":
            phrase = _elliptic(tokens, amount, last)
        amount = _without_during(tokens, amount, phrase)
        is_none = _is_no_quantity(tokens, amount, phrase, language) or _is_in_a_name(text, tokens, amount)
        quantity = None if is_none else _quantity(text, tokens, amount, phrase, words)
        if quantity:
            last = quantity
            yield quantity
            while at < len(tokens) and tokens[at].start < quantity.end:
                at += 1
        else:
            at = max(at + 1, amount.last)


def _amount(tokens: list[Token], at: int, words: NumberWords, language: str) -> _Amount | None:
    first, hedge, position = at, "", at
    for phrase, sign in words.hedges:
        if tokens[at].lower == phrase[0] and tuple(token.lower for token in tokens[at : at + len(phrase)]) == phrase:
            hedge, position = sign, at + len(phrase)
            break
    lead = tokens[position].lower if position < len(tokens) else ""
    is_between = lead in words.between
    position += is_between
    number = number_at(tokens, _after_sign(tokens, position), words, language)
    if number is None:
        return None
    second = _second(tokens, number, words, language, is_between=is_between and lead not in _FROM)
    if second is not None:
        low, high = number.value, second.value
        if number.multiplier == 1 and low < high / second.multiplier:
            low *= second.multiplier * thousands_of_both(tokens, number, second)
        if low < high:
            return _Amount(first, second.last, f"{_plain(low)}..{_plain(high)}", second, is_range=True)
    if is_between:
        return None  # the number is reached again without the word before it
    sign = hedge or ("~" if number.is_about else "")
    return _Amount(first, number.last, sign + _plain(number.value), number, sign)


def _without_during(tokens: list[Token], amount: _Amount, phrase: Phrase | None) -> _Amount:
    """The amount without an "over" that says during: an increase over two years, but for over two years."""
    is_time = phrase is not None and phrase.unit in TIMES and tokens[amount.first].lower == "over"
    if not is_time or (amount.first and tokens[amount.first - 1].lower in _LASTING):
        return amount
    return amount._replace(first=amount.first + 1, value=amount.value.removeprefix(">"), sign="")


def _after_sign(tokens: list[Token], at: int) -> int:
    """The token after a currency sign, with the letters before it that say whose dollar it is."""
    if at + 1 < len(tokens) and _is_dollar(tokens, at):
        return at + 2
    return at + (at < len(tokens) and tokens[at].lower in CURRENCY_SIGNS)


def _is_dollar(tokens: list[Token], at: int) -> bool:
    is_sign = tokens[at + 1].lower == "$" and tokens[at].end == tokens[at + 1].start
    return is_sign and tokens[at].lower in DOLLARS


def _second(
    tokens: list[Token], number: Number, words: NumberWords, language: str, *, is_between: bool
) -> Number | None:
    """The upper end of a range; "and" joins two numbers only after "between". A unit may be told with both."""
    at = number.last
    measured = unit_at(tokens, at)
    if measured:
        at = measured[0]
    if at + 1 >= len(tokens):
        return None
    joiner = tokens[at].lower
    if not (joiner in words.joiners and (is_between or joiner not in _AND)) and joiner not in _DASHES:
        return None
    second = number_at(tokens, _after_sign(tokens, at + 1), words, language)
    if second is None or (joiner in _DASHES and not number.is_figure):
        return None
    if measured:
        again = unit_at(tokens, second.last)
        return second if again and again[1] == measured[1] else None
    return second if second.is_figure == number.is_figure else None


def _stands_alone(tokens: list[Token], amount: _Amount) -> bool:
    """Whether a number is a quantity though nothing says of what: environ 800 000; 97,5 millions; killing 12."""
    number = amount.number
    following = tokens[amount.last].lower if amount.last < len(tokens) else ""
    if number.value < _LEAST_ALONE or _is_like_a_year(number) or following in NOT_COUNTED:
        return False
    is_large = number.is_figure and number.multiplier >= _MILLION
    if amount.is_range or is_large:
        return is_large
    is_grouped = number.is_figure and not number.is_plain_figure and number.value >= _GROUPED  # 558 600
    before = [token.lower for token in tokens[max(0, amount.first - 5) : amount.first]]
    is_harm = before[-1:] != [] and (before[-1] in HARM or not TOLLS.isdisjoint(before))
    return bool(amount.sign) or is_grouped or is_harm


def _elliptic(tokens: list[Token], amount: _Amount, before: Quantity | None) -> Phrase | None:
    """What a number counts that stands before it; its unit where that is near."""
    if _is_like_a_year(amount.number) or not is_of_what_was_counted(tokens, amount.first, amount.last, before):
        return None
    return Phrase(amount.last, unit=before.unit if before and is_near(tokens, amount.first, before) else None)


def _is_like_a_year(number: Number) -> bool:
    return number.is_plain_figure and number.multiplier == 1 and int(number.value) in _YEARS


def _is_in_a_name(text: str, tokens: list[Token], amount: _Amount) -> bool:
    """Whether a number in words stands in capitals within a name: la guerre de Trente Ans."""
    first = amount.number.first
    if amount.number.is_figure or not first or amount.last >= len(tokens) or tokens[first - 1].lower in _OPENERS:
        return False
    is_led = first > 1 and tokens[first - 2].lower == "the" and text[tokens[first - 1].start].isupper()  # the Big Four
    return text[tokens[first].start].isupper() and (is_led or text[tokens[amount.last].start].isupper())


def _is_no_quantity(tokens: list[Token], amount: _Amount, phrase: Phrase | None, language: str) -> bool:
    """Whether the number is a date's, a time's, a year, or part of a name."""
    before = tokens[amount.first - 1].lower if amount.first else ""
    following = tokens[amount.last].lower if amount.last < len(tokens) else ""
    months = calendar_names(language).months
    if fold(following) in months or (fold(before) in months and amount.number.is_figure):
        return True
    if phrase is None:
        return all(t.lower not in CURRENCY_SIGNS for t in tokens[max(0, amount.first - 1) : amount.last])
    is_second = is_second_of_two(tokens, amount.first, _CLOCK if phrase.unit else _SCORES)
    if is_second or _is_labelled(tokens, amount.first) or (amount.value == "1" and phrase.counts):  # Formula 1 cars
        return True
    is_led = before in _CLOCK_LEADS and not (before == "a" and language == "en")
    if phrase.unit == "h" and (is_led or _has_minutes(tokens, phrase.last)):
        return True
    if not _is_like_a_year(amount.number) or amount.sign or amount.is_range:
        return False
    is_named = not phrase.unit and (
        not words_known(language) or any(map(str.isdecimal, (phrase.counts or "").partition(" ")[0]))
    )  # 2012 года; 2014 UZ224
    is_of_a_day = before == "," and amount.first > 2 and fold(tokens[amount.first - 3].lower) in months
    is_attribute = language == "en" and int(amount.number.value) % 100 > 0 and not phrase.unit  # 1987 earnings
    is_after = fold(before) in YEAR_WORDS or _is_after_a_year(tokens, amount.first)
    return is_after or is_of_a_day or is_attribute or is_named


def _is_labelled(tokens: list[Token], at: int) -> bool:
    """Whether a number at token `at` names a thing: résolution 2254, articles deux et quatre."""
    before = [token.lower for token in tokens[max(0, at - 4) : at]]
    if before[-1:] in (["."], ["°"], ["º"]):  # no. 58, n°58
        return before[-2:-1] != [] and before[-2] in LABELS
    if before[-1:] in (["tous"], ["toutes"]):  # they, all three of them
        return True
    is_joined = before[-1:] != [] and before[-1] in {"et", "and", "ou", ","}
    return not LABELS.isdisjoint(before if is_joined else before[-1:])


def _has_minutes(tokens: list[Token], at: int) -> bool:
    """Whether minutes follow the hour: 22 heures 30."""
    figure = (tokens[at].figure if at < len(tokens) else None) or ""
    return figure.isdecimal() and len(figure) == 2 and int(figure) < _MINUTES


def _is_after_a_year(tokens: list[Token], at: int) -> bool:
    """Whether a year in its turn stands before: in 2014 and 2016."""
    if at < 3 or tokens[at - 1].lower not in {"et", "and", "ou", "or", ",", "à", "to", "-", "–"}:
        return False
    figure = tokens[at - 2].figure or ""
    return figure.isdecimal() and int(figure) in _YEARS and fold(tokens[at - 3].lower) in YEAR_WORDS


def _quantity(text: str, tokens: list[Token], amount: _Amount, phrase: Phrase | None, words: NumberWords) -> Quantity:
    first = amount.first
    if first and tokens[first - 1].lower in CURRENCY_SIGNS:
        first -= 1
    sign = next((at for at in range(first, amount.last) if tokens[at].lower in CURRENCY_SIGNS), None)
    unit = phrase.unit if phrase else None
    if sign is not None:
        is_dollar = sign > 0 and _is_dollar(tokens, sign - 1)
        first -= is_dollar and sign == first
        unit = DOLLARS[tokens[sign - 1].lower] if is_dollar else of_sign(tokens[sign].lower)
    last, value = phrase.last if phrase else amount.last, _whole(amount.value, phrase)
    if not amount.sign and not amount.is_range:
        value, last = _bounded(tokens, value, last, words)
    if is_below_zero(tokens, first, value, unit, phrase.counts if phrase else None):
        first, value = first - 1, f"-{value}"
    start, end = tokens[first].start, tokens[last - 1].end
    return Quantity(
        start=start,
        end=end,
        surface=text[start:end],
        value=value,
        unit=unit,
        counts=phrase.counts if phrase and sign is None else None,
    )


def _bounded(tokens: list[Token], value: str, last: int, words: NumberWords) -> tuple[str, int]:
    """The value with what bounds it from behind: 250 millions d'euros environ, 30 people or more."""
    for phrase, sign in words.behind:
        end = last + len(phrase)
        if tuple(token.lower for token in tokens[last:end]) == phrase and not _is_amount(tokens, end, words):
            return sign + value, end
    return value, last


def _is_amount(tokens: list[Token], at: int, words: NumberWords) -> bool:
    """Whether a number stands at token `at`, which the words before it bound."""
    return at < len(tokens) and may_begin(tokens, at, words)


def _whole(value: str, phrase: Phrase | None) -> str:
    """Three decimals of what is counted one by one are thousands: nobody counts 1.3 soldiers."""
    head, point, decimals = value.partition(".")
    is_counted = phrase is not None and phrase.unit is None and phrase.counts is not None
    return head + decimals if point and is_counted and len(decimals) == 3 and ".." not in value else value


def _plain(value: Decimal) -> str:
    if value == value.to_integral_value():
        return str(int(value))
    return format(value, "f")
