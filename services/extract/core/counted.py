"""What a number counts or measures: the unit or the noun phrase after it."""

from typing import NamedTuple

from services.extract.core.grammar import word_set
from services.extract.core.number_words import FIRST_ADJECTIVES, LINKS, NOT_COUNTED, PERCENT_PHRASES, STOPS, UNITS
from services.extract.core.numbers import Token

_MOST_WORDS = 6
_IRREGULAR_PLURALS = word_set("people men women children police aircraft troops servicemen staff")


class Phrase(NamedTuple):
    """A unit, or what is counted in the text's words; `last` is the token after it."""

    last: int
    unit: str | None = None
    counts: str | None = None


def counted(text: str, tokens: list[Token], at: int, language: str, *, is_figure: bool) -> Phrase | None:
    """The unit or noun phrase that begins at token `at`; None where the number counts nothing."""
    if at < len(tokens) and tokens[at].lower in LINKS:
        at += 1
    if at >= len(tokens):
        return None
    lower = tokens[at].lower
    if tuple(token.lower for token in tokens[at : at + 2]) in PERCENT_PHRASES:
        return Phrase(at + 2, "%")
    if lower == "km" and [token.lower for token in tokens[at + 1 : at + 3]] == ["/", "h"]:
        return Phrase(at + 3, "km/h")
    unit = UNITS.get(lower) or (lower if lower == "m" and is_figure else None)
    if unit:
        return _measured(text, tokens, at, unit, language)
    last = _noun_end(text, tokens, at, language)
    return Phrase(last, counts=text[tokens[at].start : tokens[last - 1].end]) if last > at else None


def _measured(text: str, tokens: list[Token], at: int, unit: str, language: str) -> Phrase:
    """A unit, and of what it measures so much: deux tonnes d'explosifs."""
    is_time_or_money = unit in {"h", "d", "wk", "mo", "a", "min", "s"} or (len(unit) == 3 and unit.isupper())
    if not is_time_or_money and at + 2 < len(tokens) and tokens[at + 1].lower in LINKS:
        last = _noun_end(text, tokens, at + 2, language, needs_plural=False)
        if last > at + 2 and tokens[at + 2].lower not in UNITS:
            return Phrase(last, unit, text[tokens[at + 2].start : tokens[last - 1].end])
    return Phrase(at + 1, unit)


def _noun_end(text: str, tokens: list[Token], at: int, language: str, *, needs_plural: bool = True) -> int:
    """The token after a noun phrase that begins at `at`; `at` itself where none does."""
    first = at
    while at < len(tokens) and tokens[at].lower in FIRST_ADJECTIVES:
        at += 1
    if at >= len(tokens) or not _is_noun(tokens[at]):
        return at if at > first and tokens[at - 1].lower in {"autres", "other"} else first
    if tokens[at].lower in NOT_COUNTED:
        return first
    if language == "en":
        return _english_end(text, tokens, at, first)
    is_capital = text[tokens[at].start].isupper()
    if language == "de" and not is_capital:
        return first
    if needs_plural and language in {"fr", "es"} and not is_capital and not tokens[at].lower.endswith(("s", "x", "z")):
        return first
    return _complements_end(text, tokens, at + 1, language)


def _english_end(text: str, tokens: list[Token], at: int, first: int) -> int:
    """English puts the noun last: the first plural within four words."""
    for index in range(at, min(len(tokens), at + 4)):
        lower = tokens[index].lower
        if not _is_noun(tokens[index]) or lower in NOT_COUNTED:
            return first
        is_plural = lower.endswith("s") and not lower.endswith("ss") and len(lower) > 2
        if lower in _IRREGULAR_PLURALS or is_plural:
            return _complements_end(text, tokens, index + 1, "en")
    return first


def _complements_end(text: str, tokens: list[Token], at: int, language: str) -> int:
    """Adjectives in the plural, a model's designation, "of" and its noun: what belongs to the noun before `at`."""
    limit = min(len(tokens), at + _MOST_WORDS)
    is_joined = False
    while at < limit:
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.lower in LINKS and following and _is_noun(following):
            at += 2
            is_joined = True
        elif is_joined and token.lower in {"et", "ou"} and following and following.lower in LINKS and at + 2 < limit:
            at += 1
        elif any(character.isdecimal() for character in token.lower) and text[token.start].isupper():
            return at + 1
        elif (
            language in {"fr", "es"}
            and _is_noun(token)
            and token.lower.endswith(("s", "x"))
            and text[token.start].islower()
        ):
            at += 1
        else:
            break
    return at


def _is_noun(token: Token) -> bool:
    return token.figure is None and token.lower[0].isalpha() and token.lower not in STOPS and token.lower[-1] != "'"
