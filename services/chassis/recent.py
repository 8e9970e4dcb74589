"""What was found in a text a while ago: copies come close together, and say the same again."""

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

T = TypeVar("T")

TEXTS = 512
MOST_CHARACTERS = 8192  # of one that is kept for it: 4 to 16 MB for all of them, by their script


def remembered(find: Callable[[str], T]) -> Callable[[str], T]:
    """`find`, which of the same text always finds the same: of the latest short ones, without looking again."""
    found = lru_cache(maxsize=TEXTS)(find)

    def again(text: str) -> T:
        return found(text) if len(text) <= MOST_CHARACTERS else find(text)

    return again
