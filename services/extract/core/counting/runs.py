"""From one number to another: what both are told in."""

import re

from services.extract.core.counting.numbers import Number, Token

_GROUPS = re.compile(r"[\s.,'’]")


def thousands_of_both(tokens: list[Token], low: Number, high: Number) -> int:
    """What the lower number is told in where only the upper one says so, 1000 of « 3 à 4 000 »; else 1."""
    head, *groups = _GROUPS.split(tokens[high.first].figure or "")
    is_round = bool(groups) and all(group == "000" for group in groups)
    if not (is_round and low.is_plain_figure and low.multiplier == high.multiplier == 1):
        return 1
    return int(1000 ** len(groups)) if int(head) <= 2 * low.value < 2 * int(head) else 1
