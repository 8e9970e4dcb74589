"""Numbers in figures and in words, read at a token."""

import re
from decimal import Decimal
from typing import NamedTuple

from services.extract.core.counting.currencies import SIGN, codes
from services.extract.core.counting.number_words import HALVES, NumberWords
from services.extract.core.counting.units import CURRENCY_SIGNS, HYPHENED, PERCENTS

_HYPHENED = "|".join(HYPHENED)
# How papers set their own money before a figure that says how many: N100 million, R5bn, KSh2,500.
_LOCAL_MONEY = {
    "N": "ngn",
    "R": "zar",
    "RM": "myr",
    "Rp": "idr",
    "KSh": "kes",
    "Ksh": "kes",
    "KES": "kes",
    "USh": "ugx",
    "Ush": "ugx",
    "TSh": "tzs",
    "GHS": "ghs",
}
_LOCAL = "|".join(sorted(_LOCAL_MONEY, key=len, reverse=True))
_MANY = r"\d[\d.]{0,8}\s?(?:m|mn|bn|tn|million|billion|trillion)\b|\d{1,3}(?:,\d{3})+\b"
_BEHIND_LOCAL = "|".join(rf"(?<=\b{sign})(?={_MANY})" for sign in sorted(_LOCAL_MONEY))
# Figures grouped in thousands, or plain; a number grown together with letters (S-300, 20e) is a name or an ordinal.
_TOKEN = re.compile(
    rf"(?P<local>(?<!\w)(?:{_LOCAL})(?={_MANY}))"
    rf"|(?P<figure>(?=\d)(?:(?<![\w.,/'’])|{_BEHIND_LOCAL})(?:(?<!\D-)|(?=\d{{1,3}}(?:[.,]\d)?\s?(?:°|[Gg]rad\b|degr)))"
    r"(?:\d{1,3}(?:(?:\u2009 ?|[ \u00a0\u202f'’])\d{3})+(?:[.,]\d{1,9})?"
    r"|\d{1,3}(?:,\d{3})+(?:\.\d{1,9})?|\d{1,3}(?:\.\d{3})+(?:,\d{1,9})?|\d{1,15}(?:[.,٫]\d{1,9})?)"
    rf"(?![\d/]|[.,]\d|-(?!(?:{_HYPHENED})\b)\d*[^\W\d]))"
    r"(?P<unit>(?:km|kg|m|mm|cm|bn|mn|M|Md|Mds|km2|km²|m2|m²|mph|lbs?|MW|GW)\b|k(?=[€$£])|%)?(?!\w)"
    r"|[^\W\d_]+['’](?=\w)|(?<!\w)[dD]['’](?=\s\w)|\w+(?:-\w+)*|[^\w\s]"
)
_GROWN = {"M": "million", "Md": "milliard", "Mds": "milliards"}  # metres are no millions
_AFTER_UNITS = frozenset(("", "old", "long", "wide", "high", "tall", "deep", "thick"))
_OF_THOUSANDS = frozenset((("de", "milliers"),))
_SHORT = {"m": 10**6, "k": 10**3}  # before a currency sign only
_ARTICLES = frozenset(("un", "une", "a", "an", "one", "ein", "eine", "una", "uno"))
_ONES = frozenset(("un", "une", "one", "eins", "uno", "una"))
_SIXTY, _ELEVEN = 60, 11
_LONGEST = 8  # words of a number
_LONGEST_FIGURE = 24  # characters: longer rows of groups are a table's, or a code
_MOST_MULTIPLIERS = 3  # a thousand million million
_LONGEST_COMPOUND = 32  # letters of a number of several words joined by hyphens


class Token(NamedTuple):
    """A word, a number in figures or a mark; `figure` is the number's own text."""

    start: int
    end: int
    lower: str
    figure: str | None = None


class Number(NamedTuple):
    """A number from token `first` to `last` exclusive; `multiplier` is the thousand or million it was told in."""

    first: int
    last: int
    value: Decimal
    multiplier: int = 1
    is_figure: bool = False
    is_plain_figure: bool = False
    is_about: bool = False


def tokens_in(text: str, start: int, end: int) -> list[Token]:
    """The tokens of `text[start:end]`, in lower case, apostrophes straight; a unit grown to its figure is its own."""
    tokens = []
    for match in _TOKEN.finditer(text, start, end):
        if match["figure"] is None:
            tokens += [_sign(match, match["local"])] if match["local"] else _word(match)
            continue
        figure_end = match.end("figure")
        if figure_end - match.start() > _LONGEST_FIGURE:
            tokens.append(Token(match.start(), match.end(), match.group()))
            continue
        tokens.append(Token(match.start(), figure_end, match["figure"], match["figure"]))
        if match["unit"]:
            tokens.append(Token(figure_end, match.end(), _GROWN.get(match["unit"], match["unit"].lower())))
    return _with_codes(text, tokens)


def _sign(match: re.Match[str], local: str) -> Token:
    return Token(match.start(), match.end(), SIGN + _LOCAL_MONEY[local])


def _with_codes(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens, with codes of currencies beside figures as signs: LBP 49,000, 300 CHF."""
    for at, token in enumerate(tokens):
        if token.end - token.start != 3 or token.figure is not None or not text[token.start : token.end].isupper():
            continue
        beside = [tokens[i] for i in (at - 1, at + 1) if 0 <= i < len(tokens)]
        if text[token.start : token.end] in codes() and any(one.figure is not None for one in beside):
            tokens[at] = token._replace(lower=SIGN + token.lower)
    return tokens


def _word(match: re.Match[str]) -> list[Token]:
    """The word, or three tokens where a number stands before a hyphen and its unit: five-year, five-year-old."""
    lower = match.group().lower().replace("’", "'")
    head, hyphen, tail = lower.partition("-")
    if hyphened_unit(tail) is None:
        return [Token(match.start(), match.end(), lower)]
    middle = match.start() + len(head)
    return [
        Token(match.start(), middle, head),
        Token(middle, middle + 1, hyphen),
        Token(middle + 1, match.end(), tail),
    ]


def is_second_of_two(tokens: list[Token], at: int, marks: frozenset[str]) -> bool:
    """Whether a figure stands grown to another one by one of `marks`: the minutes of 11:30, the goals of 1-0."""
    if at < 2 or tokens[at - 1].lower not in marks or tokens[at - 2].figure is None:
        return False
    return tokens[at - 2].end == tokens[at - 1].start and tokens[at - 1].end == tokens[at].start


def hyphened_unit(word: str) -> str | None:
    """The unit of what stands behind a number and a hyphen: year, year-old, metre-long."""
    unit, _, after = word.partition("-")
    return HYPHENED.get(unit) if after in _AFTER_UNITS else None


def may_begin(tokens: list[Token], at: int, words: NumberWords) -> bool:
    """Whether an amount, with the hedge before it, could begin at token `at`: a quick no for most words."""
    token = tokens[at]
    if token.figure is not None or token.lower in words.openers:
        return True
    if token.lower in _ARTICLES and at + 1 < len(tokens):
        following = tokens[at + 1].lower
        is_one = following in PERCENTS or following in words.multipliers
        return is_one or following in words.about or following.removesuffix("s") in words.about
    return "-" in token.lower and token.lower.partition("-")[0] in words.openers


def number_at(tokens: list[Token], at: int, words: NumberWords, language: str) -> Number | None:
    """The number that begins at token `at`, its millions included; None where there is none."""
    if at >= len(tokens):
        return None
    figure = tokens[at].figure
    if figure is not None:
        value = figure_value(figure, language)
        last, multiplier = _multiplied(tokens, at + 1, words)
        number = Number(at, last, value * multiplier, multiplier, is_figure=True, is_plain_figure=figure.isdecimal())
        return _and_a_half(tokens, number, words)
    if tokens[at].lower in _ONES and at + 1 < len(tokens) and tokens[at + 1].lower in PERCENTS:
        return Number(at, at + 1, Decimal(1))
    spelled = _half(tokens, at, words) or _about(tokens, at, words) or _in_words(tokens, at, words)
    return _and_a_half(tokens, spelled, words) if spelled else None


def _half(tokens: list[Token], at: int, words: NumberWords) -> Number | None:
    """Half a million, half a dozen."""
    if tokens[at].lower not in HALVES or at + 2 >= len(tokens) or tokens[at + 1].lower not in _ARTICLES:
        return None
    word = tokens[at + 2].lower
    if word in words.about:
        return Number(at, at + 3, Decimal(words.about[word]) / 2, is_about=True)
    factor = words.multipliers.get(word)
    return Number(at, at + 3, Decimal(factor) / 2, factor) if factor else None


def _and_a_half(tokens: list[Token], number: Number, words: NumberWords) -> Number:
    """Un million et demi; two and a half million."""
    following = tuple(token.lower for token in tokens[number.last : number.last + 4])
    if following[:2] in {("et", "demi"), ("et", "demie")}:
        more = Decimal(number.multiplier) / 2
        return number._replace(last=number.last + 2, value=number.value + more)
    factor = words.multipliers.get(following[3]) if following[:3] == ("and", "a", "half") and following[3:] else None
    if factor and number.multiplier == 1:
        half_more = (number.value + Decimal("0.5")) * factor
        return number._replace(last=number.last + 4, value=half_more, multiplier=factor)
    return number


def figure_value(figure: str, language: str) -> Decimal:
    """The value of a number in figures, its separators read as `language` writes them."""
    decimal_mark = "." if language in {"en", "und", "zh", "ja", "ko", "he", "th"} else ","
    group_mark = "," if decimal_mark == "." else "."
    bare = re.sub(r"[\s'’]", "", figure)
    if re.fullmatch(rf"\d{{1,3}}(?:{re.escape(group_mark)}\d{{3}})+(?:{re.escape(decimal_mark)}\d+)?", bare):
        bare = bare.replace(group_mark, "")
    elif bare.count(decimal_mark) > 1:
        bare = bare.replace(decimal_mark, "")
    return Decimal(bare.replace(",", ".").replace("٫", "."))


def _multiplied(tokens: list[Token], at: int, words: NumberWords) -> tuple[int, int]:
    multiplier, end = 1, min(len(tokens), at + _MOST_MULTIPLIERS)
    while at < end and (factor := words.multipliers.get(tokens[at].lower) or _short(tokens, at)):
        multiplier *= factor
        at += 1
    return at, multiplier


def _short(tokens: list[Token], at: int) -> int | None:
    """The million or thousand of « 5 M€ », « 50 k€ »."""
    is_money = at + 1 < len(tokens) and tokens[at + 1].lower in CURRENCY_SIGNS
    return _SHORT.get(tokens[at].lower) if is_money else None


def _about(tokens: list[Token], at: int, words: NumberWords) -> Number | None:
    """A dozen, une trentaine, deux douzaines: so many, about."""
    if tokens[at].lower in _ARTICLES:
        times, position = 1, at + 1
    elif tokens[at].lower in words.cardinals:
        times, position = words.cardinals[tokens[at].lower], at + 1
    else:
        return None
    if position >= len(tokens):
        return None
    word = tokens[position].lower
    base = words.about.get(word) or words.about.get(word.removesuffix("s"))
    if base is None:
        return None
    following = tuple(token.lower for token in tokens[position + 1 : position + 3])
    if following in _OF_THOUSANDS:  # une centaine de milliers
        factor = words.about["millier"]
        return Number(at, position + 3, Decimal(times * base * factor), factor, is_about=True)
    is_linked = following[:1] == ("de",) and following[1:] != () and following[1] in words.multipliers
    last, multiplier = _multiplied(tokens, position + 1 + is_linked, words)
    return Number(at, last, Decimal(times * base * multiplier), multiplier, is_about=True)


def _in_words(tokens: list[Token], at: int, words: NumberWords) -> Number | None:
    """Read « deux cent vingt-trois mille »: hundreds and thousands multiply what stands before them."""
    total = group = 0
    multiplier, position, last = 1, at, at
    while position < min(len(tokens), at + _LONGEST):
        lower = tokens[position].lower
        part = _part(lower, words)
        factor = words.multipliers.get(lower)
        if lower in {"et", "and", "y", "und"} and group and position > at:
            position += 1
            continue
        if part is not None and group % 100 == 0:
            group += part
            multiplier = 1
        elif part is not None and _follows_tens(part, group % 100, tokens[position - 1].lower):
            group += part
        elif lower in _ONES and tokens[position - 1].lower in {"et", "y"} and group % 100 >= 20:
            group += 1
        elif part is None and factor == 100:
            group = (group or 1) * 100
        elif part is None and factor is not None:
            total, group, multiplier = total + (group or 1) * factor, 0, factor
        elif not (lower in _ARTICLES and position == at and _is_multiplied(tokens, position + 1, words)):
            break
        position += 1
        last = position
    if last == at or (last == at + 1 and _is_vague(tokens[at].lower, words)):
        return None
    return Number(at, last, Decimal(total + group), multiplier)


def _follows_tens(part: int, tens: int, before: str) -> bool:
    """Whether a number goes on behind tens: quarante trois, soixante et onze."""
    return (tens > 0 and tens % 10 == 0 and part < 10) or (part == _ELEVEN and tens == _SIXTY and before == "et")


def _is_multiplied(tokens: list[Token], at: int, words: NumberWords) -> bool:
    return at < len(tokens) and tokens[at].lower in words.multipliers


def _is_vague(lower: str, words: NumberWords) -> bool:
    """A multiplier alone is a number only where the language says "hundred" for one hundred."""
    return lower in words.multipliers and lower not in {
        "cent",
        "mille",
        "cien",
        "mil",
        "cento",
        "hundert",
        "tausend",
        "مئة",
        "مائة",
        "ألف",
    }


def _part(lower: str, words: NumberWords) -> int | None:
    """A cardinal, also of parts joined by hyphens: vingt-trois, quatre-vingt-dix-sept, vingt-et-un."""
    if lower in words.cardinals:
        return words.cardinals[lower]
    if len(lower) > _LONGEST_COMPOUND:
        return None
    head, _, tail = lower.rpartition("-")
    if not head:
        return None
    last = 1 if tail in _ONES else words.cardinals.get(tail)
    first = _part(head.removesuffix("-et"), words)
    return first + last if first is not None and last is not None and last < 20 <= first and first % 10 == 0 else None
