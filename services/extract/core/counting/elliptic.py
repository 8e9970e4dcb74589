"""French numbers whose noun stands before them: « il en a recensé 44 », « 61 victimes, et 25 au Tibet »."""

import re
from collections.abc import Sequence

from contracts.extraction import Quantity
from services.extract.core.counting.numbers import Token
from services.extract.core.grammar import word_set

_HAVING = word_set("a ont avait avaient aura auront aurait auraient ai avons avez eut eurent")
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}(?:é|ée|és|ées|i|is|it|ts|u|us)|eu|mis|pris|fait")
_BESIDE = word_set("que qu' déjà encore aussi plus ainsi seulement désormais maintenant")
_BEFORE_EN = word_set("n' ne il elle ils elles on qui y j' nous vous") | {","}
_VERB = re.compile(r"[^\W\d_]{2,}(?:e|ent|ait|aient|it|met|a|ont|era|eront|oit|oient|erait)")
_PLACED = word_set("au aux en à dans chez parmi sur")
_ENDS = frozenset('.,;:!?)»”"')
_FARTHEST = 5
_NEAR = 12  # tokens back to what was counted


def is_of_what_was_counted(tokens: Sequence[Token], first: int, last: int, before: Quantity | None) -> bool:
    """Whether the number from token `first` to `last` counts what `before` or « en » names."""
    following = tokens[last].lower if last < len(tokens) else "."
    if following not in _ENDS | _PLACED:
        return False
    if _of_them(tokens, first) or _by_account(tokens, first, last):
        return True
    return before is not None and _of_the_same(tokens, first, following, before)


def is_near(tokens: Sequence[Token], first: int, before: Quantity) -> bool:
    """Whether a quantity stands a few words before the token `first`."""
    return before.end > tokens[max(0, first - _NEAR)].start


def _by_account(tokens: Sequence[Token], first: int, last: int) -> bool:
    """« Huit, selon le ministère. », « Vingt-cinq, à en croire … »: a number alone that somebody's account gives."""
    opens = first == 0 or tokens[first - 1].lower in {".", "!", "?", ";", "…"}
    behind = [token.lower for token in tokens[last + 1 : last + 3]]
    is_account = behind[:1] == ["selon"] or behind in (["d'", "après"], ["à", "en"])
    return opens and last < len(tokens) and tokens[last].lower == "," and is_account


def _of_them(tokens: Sequence[Token], first: int) -> bool:
    """« n'en possède que six », « en a recensé 44 »: whether « en » and a verb stand before."""
    at = first - 1
    while at >= 0 and first - at < _FARTHEST and tokens[at].lower in _BESIDE:
        at -= 1
    if at < 1:
        return False
    verb, ahead = tokens[at].lower, tokens[at - 1].lower
    if verb in _HAVING and ahead == "en":
        return True
    if at > 1 and ahead in _HAVING and tokens[at - 2].lower == "en":
        return _PARTICIPLE.fullmatch(verb) is not None
    led = at > 1 and tokens[at - 2].lower in _BEFORE_EN
    return ahead == "en" and led and _VERB.fullmatch(verb) is not None


def _of_the_same(tokens: Sequence[Token], first: int, following: str, before: Quantity) -> bool:
    """« 61 victimes, et 25 au Tibet », « 318 postes sur 740 »: whether the same is counted again."""
    if before.counts is None or before.unit is not None or not first:
        return False
    if tokens[first - 1].lower == "sur":
        return tokens[first - 2].end == before.end and following in _ENDS
    is_joined = tokens[first - 1].lower in {"et", "dont"}
    return is_joined and following in _PLACED - {"sur", "parmi"} and is_near(tokens, first, before)
