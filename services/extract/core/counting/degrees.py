"""Degrees below zero: « -12 °C », « moins 12 degrés », minus twelve degrees."""

from collections.abc import Sequence

from services.extract.core.counting.numbers import Token
from services.extract.core.grammar import word_set

_MINUS = word_set("moins minus menos meno")
_SIGNS = frozenset("-−–")
_DEGREES = ("degré", "degree", "grad", "°")


def is_below_zero(tokens: Sequence[Token], first: int, value: str, unit: str | None, counts: str | None) -> bool:
    """Whether the number at token `first` is of degrees, and negative by what stands before it: else that is a dash."""
    is_degrees = unit == "Cel" or (counts or "").lower().startswith(_DEGREES)
    if not (first and is_degrees and value[0].isdecimal()):
        return False
    before = tokens[first - 1]
    is_grown = before.end == tokens[first].start and (first < 2 or tokens[first - 2].end < before.start)
    return (before.lower in _MINUS and ".." not in value) or (before.lower in _SIGNS and is_grown)
