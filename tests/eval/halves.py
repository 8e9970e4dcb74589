"""Two halves of every set: rules are written with one in view, and the other is only counted."""

import hashlib
from collections.abc import Callable, Iterable
from typing import Literal, TypeVar

Half = Literal["tuning", "held-out"]
HALVES: tuple[Half, Half] = ("tuning", "held-out")
Item = TypeVar("Item")


def half(identity: str) -> Half:
    """The half that an id belongs to, by its hash: the same one for ever, whatever else is in the set."""
    return HALVES[hashlib.sha256(identity.encode()).digest()[-1] % 2]


def halved(items: Iterable[Item], identity: Callable[[Item], str]) -> dict[Half, list[Item]]:
    """`items` in their order, in the half that each belongs to."""
    found: dict[Half, list[Item]] = {name: [] for name in HALVES}
    for item in items:
        found[half(identity(item))].append(item)
    return found
