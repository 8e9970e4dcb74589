"""What a number counts or measures: the unit or the noun phrase after it."""

from typing import NamedTuple

from services.extract.core.counting.currencies import SIGN, phrases
from services.extract.core.counting.number_words import (
    FIRST_ADJECTIVES,
    LEADING,
    LINKS,
    NOT_COUNTED,
    OF_THEM,
    POINTED_AT,
    STOPS,
    NumberWords,
    words_known,
)
from services.extract.core.counting.numbers import Token, hyphened_unit
from services.extract.core.counting.units import LENGTHS, TIMES, UNIT_PHRASES, UNITS
from services.extract.core.grammar import word_set

_OPENING, _CLOSING = frozenset('«“"'), frozenset('»”"')
_MOST_WORDS = 6
_OFFICES = word_set("police staff arms sports sales news customs states nations emirates")
_AFTER_A_NAME = frozenset(".,;:!?)»”")
# An Arabic noun that a number counts has no article: القناة 12 الإسرائيلية counts nothing.
_ARABIC_ARTICLES = ("ال", "وال", "فال", "بال", "لل")
_SHORTEST_NOUN = 4  # letters
_PRONOUNS = word_set("lui elle eux elles moi toi nous vous soi celui celle ceux celles chez him her them us me you")
_STREETS = word_set("boulevard avenue rue quai place allée impasse chemin square cours passage esplanade promenade")
_IRREGULAR_PLURALS = word_set("people men women children police aircraft troops servicemen staff")


class Phrase(NamedTuple):
    """A unit, or what is counted in the text's words; `last` is the token after it."""

    last: int
    unit: str | None = None
    counts: str | None = None


def counted(
    text: str, tokens: list[Token], at: int, words: NumberWords, language: str, *, is_figure: bool
) -> Phrase | None:
    """The unit or noun phrase that begins at token `at`; None where the number counts nothing."""
    some = _some_of(tokens, at, words)
    if some:
        return some
    if at < len(tokens) and tokens[at].lower in LINKS:
        at += 1
        at += at < len(tokens) and tokens[at].lower in POINTED_AT
    if at >= len(tokens):
        return None
    measured = _unit(tokens, at, is_figure=is_figure)
    if measured:
        return _measured(text, tokens, *measured, language)
    if held := _at_arms_length(tokens, at):
        return held
    last = _noun_end(text, tokens, at, language)
    return Phrase(last, counts=text[tokens[at].start : tokens[last - 1].end]) if last > at else None


def _at_arms_length(tokens: list[Token], at: int) -> Phrase | None:
    """A noun by itself within marks: 47 « terroristes »."""
    if at + 2 >= len(tokens) or tokens[at].lower not in _OPENING or tokens[at + 2].lower not in _CLOSING:
        return None
    noun = tokens[at + 1]
    return Phrase(at + 3, counts=noun.lower) if noun.lower.isalpha() and _is_plural(noun) and _is_noun(noun) else None


def _some_of(tokens: list[Token], at: int, words: NumberWords) -> Phrase | None:
    """Of what is named elsewhere: 69 d'entre eux, two of the three hostages; or a unit after a hyphen."""
    following = tuple(token.lower for token in tokens[at : at + 4])
    for phrase in OF_THEM:
        if following[: len(phrase)] == phrase:
            return Phrase(at + len(phrase))
    unit = hyphened_unit(following[1]) if following[:1] == ("-",) and following[1:] else None
    if unit and _is_grown(tokens, at):
        return Phrase(at + 2, unit)
    if following and (following[0] in LINKS or following[0] == "des"):
        inner = at + 1 + (following[1:2] != () and following[1] in POINTED_AT)
        if inner < len(tokens) and (tokens[inner].figure is not None or tokens[inner].lower in words.cardinals):
            return Phrase(at)
    return None


def _is_grown(tokens: list[Token], at: int) -> bool:
    """Whether the token at `at` and the one after it stand against those before them."""
    return tokens[at - 1].end == tokens[at].start and tokens[at].end == tokens[at + 1].start


def _unit(tokens: list[Token], at: int, *, is_figure: bool) -> tuple[int, str] | None:
    """The unit at token `at`, and the token after it."""
    following = tuple(token.lower for token in tokens[at : at + 3])
    for phrase, unit in UNIT_PHRASES:
        if following[: len(phrase)] == phrase:
            return at + len(phrase), unit
    lower = tokens[at].lower
    for phrase, code in phrases().get(lower, ()):
        if following[: len(phrase)] == phrase:
            return at + len(phrase), code
    if lower.startswith(SIGN):
        return at + 1, lower[1:].upper()
    found = UNITS.get(lower) or (lower if lower == "m" and is_figure else None)
    return (at + 1, found) if found else None


def unit_at(tokens: list[Token], at: int) -> tuple[int, str] | None:
    """The unit or currency at token `at`, "of" before it left out, and the token after it; None where there is none."""
    at += at < len(tokens) and tokens[at].lower in LINKS
    return _unit(tokens, at, is_figure=True) if at < len(tokens) else None


def _measured(text: str, tokens: list[Token], at: int, unit: str, language: str) -> Phrase:
    """A unit, which ends before token `at`, and of what it measures so much: deux tonnes d'explosifs."""
    is_time_or_money = unit in TIMES or (len(unit) == 3 and unit.isupper())
    is_of_a_name = at + 1 < len(tokens) and text[tokens[at + 1].start].isupper()  # à 20 km de Kiev
    if unit in LENGTHS and (is_of_a_name or _is_far_from(text, tokens, at)):
        return Phrase(at, unit)
    if not is_time_or_money and at + 1 < len(tokens) and tokens[at].lower in LINKS:
        last = _noun_end(text, tokens, at + 1, language, needs_plural=False)
        if last > at + 1 and tokens[at + 1].lower not in UNITS:
            return Phrase(last, unit, text[tokens[at + 1].start : tokens[last - 1].end])
    return Phrase(at, unit)


def _is_far_from(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a length is a distance from a town or from somebody, and measures nothing: à 50 km de Zalmira."""
    following = tokens[at + 1] if at + 1 < len(tokens) and tokens[at].lower in LINKS else None
    return following is not None and (text[following.start].isupper() or following.lower in _PRONOUNS)


def _noun_end(text: str, tokens: list[Token], at: int, language: str, *, needs_plural: bool = True) -> int:
    """The token after a noun phrase that begins at `at`; `at` itself where none does."""
    first = at
    while at < len(tokens) and tokens[at].lower in FIRST_ADJECTIVES:
        at += 1
    if at >= len(tokens) or not _is_noun(tokens[at]):
        return at if at > first and tokens[at - 1].lower in {"autres", "other"} else first
    is_capital = text[tokens[at].start].isupper()
    if language == "en" and (tokens[at].lower not in NOT_COUNTED or is_capital):
        return _english_end(text, tokens, at, first)
    if _is_not_counted(tokens[at], language, is_capital=is_capital) or (
        needs_plural and language in {"fr", "es"} and not is_capital and not _is_plural(tokens[at])
    ):
        return first
    return _complements_end(text, tokens, at + 1, language)


def _is_not_counted(token: Token, language: str, *, is_capital: bool) -> bool:
    """Whether a word is what no number counts: times, the street of an address; of German what has no capital.

    And of languages whose words are not known a short preposition.
    """
    if is_capital and token.lower in _STREETS:
        return True
    if token.lower in NOT_COUNTED and (not is_capital or language == "de"):  # but quinze Premiers ministres
        return True
    if language == "ar" and token.lower.startswith(_ARABIC_ARTICLES) and not token.lower.endswith(("ا", "اً")):
        return True
    is_small = language == "de" and not is_capital
    return is_small or (not words_known(language) and len(token.lower) < _SHORTEST_NOUN)  # с 7 по 23


def _is_plural(token: Token) -> bool:
    """Whether a French or Spanish word may be a plural, or the first part of it: années-lumière."""
    return any(part.endswith(("s", "x", "z")) for part in token.lower.split("-"))


def _english_end(text: str, tokens: list[Token], at: int, first: int) -> int:
    """English puts the noun last: the first plural within four words."""
    for index in range(at, min(len(tokens), at + 4)):
        lower = tokens[index].lower
        if not _is_noun(tokens[index]) or lower in NOT_COUNTED:
            return first
        is_plural = lower.endswith("s") and not lower.endswith("ss") and len(lower) > 2
        is_plural = is_plural or lower in _IRREGULAR_PLURALS or lower.endswith("men")
        if is_plural and not _heads_another(tokens, index):
            return _complements_end(text, tokens, index + 1, "en")
    return first


def _heads_another(tokens: list[Token], at: int) -> bool:
    """Whether a plural only says whose or of what the next noun is: police officers, arms depots."""
    following = tokens[at + 1 : at + 3]
    is_plural = any(token.lower.endswith("s") and token.lower not in STOPS for token in following)
    return tokens[at].lower in _OFFICES and is_plural and _is_noun(following[0])


def _complements_end(text: str, tokens: list[Token], at: int, language: str) -> int:
    """Adjectives in the plural, a model's designation, "of" and its noun: what belongs to the noun before `at`."""
    limit = min(len(tokens), at + _MOST_WORDS)
    is_joined = False
    while at < limit:
        token = tokens[at]
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        if token.lower in LINKS and following and _is_noun(following):
            at += 3 if following.lower in LEADING and at + 2 < limit and _is_noun(tokens[at + 2]) else 2
            at = _name_end(text, tokens, at) if language == "fr" else at
            is_joined = True
        elif is_joined and token.lower in {"et", "ou"} and following and following.lower in LINKS and at + 2 < limit:
            at += 1
        elif _is_designation(text, tokens, at):
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


def _name_end(text: str, tokens: list[Token], at: int) -> int:
    """The token after the name whose first word stands before `at`: deux lettres de Jean Durand."""
    if not text[tokens[at - 1].start].isupper():
        return at
    while (
        at < len(tokens) and text[tokens[at].start].isupper() and _is_noun(tokens[at]) and _is_behind(text, tokens, at)
    ):
        at += 1
    return at


def _is_behind(text: str, tokens: list[Token], at: int) -> bool:
    """Whether nothing but a blank or a hyphen parts a token from the one before it."""
    return text[tokens[at - 1].end : tokens[at].start] in {" ", "\u00a0", "-"}


def _is_designation(text: str, tokens: list[Token], at: int) -> bool:
    """Whether a token says which of its kind: T-72, and the figure of « deux Boeing 737 » that nothing follows."""
    token, following = tokens[at], tokens[at + 1 : at + 2]
    if token.figure is None:
        return any(character.isdecimal() for character in token.lower) and text[token.start].isupper()
    is_plain = token.figure.isdecimal() and 1 < len(token.figure) < _SHORTEST_NOUN
    is_last = not following or following[0].lower in _AFTER_A_NAME or following[0].lower in STOPS
    return is_plain and is_last and text[tokens[at - 1].start].isupper()


def _is_noun(token: Token) -> bool:
    lower = token.lower
    if len(lower) == 1 and lower.isascii():
        return False
    is_word = token.figure is None and lower[0].isalpha() and lower not in STOPS and lower[-1] != "'"
    return is_word and not (lower[0] == "و" and lower[1:2].isdecimal())  # و1999: "and" and a number
