"""What eldc makes of a text, and when a second opinion counts for more."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import eldc

Opinion = Callable[
    [str], tuple[str, float]
]  # a text's language by other means, and how probable: ("und", 0.0) for none

UNKNOWN = "und"
KNOWN = frozenset(eldc.LANGUAGES)
_PROBABLE = 0.5  # from here on a second opinion may name a language that eldc lacks (measured over 75 languages)
_PROBABLE_OF_FEW = 0.7  # the same for less than _FEW_LETTERS
_FEW_LETTERS = 60
# Below it a text of some length is in a language that eldc does not know: Bantu languages reach 0.15, Lingala full
# of French 0.6, worn newspapers of the 19th century go no lower than 0.54, today's press no lower than 0.65.
_KNOWN_SCORE = 0.45


class Guess(NamedTuple):
    """A language, how sure it is (0 to 1), and what eldc takes the text for, which may be another."""

    language: str
    confidence: float
    alias: str


def no_opinion(_: str) -> tuple[str, float]:
    """The second opinion where there is none."""
    return UNKNOWN, 0.0


class Scores(dict[str, float]):
    """How well a text fits each language that it could be in, 0 to 1, the best first; several may fit well."""

    def best(self) -> str:
        """The language that fits best."""
        return next(iter(self), UNKNOWN)

    def margin(self, other: str | None = None) -> float:
        """How much better the best fits than `other`, or than the second best."""
        ranked = list(self.values())
        first = ranked[0] if ranked else 0.0
        if other is not None:
            return first - self.get(other, 0.0)
        return first - (ranked[1] if len(ranked) > 1 else 0.0)


@lru_cache(maxsize=1)
def _detector() -> "eldc.Instance":
    eldc.init()
    instance = eldc.instance()
    instance.set_scores(eldc.MAX_SCORES)
    return instance


def scores(text: str) -> Scores:
    """What eldc says of `text`, which must be free of NULs (they end it) and lone surrogates (they raise)."""
    return Scores(_detector().detect_details(text).scores)


def guess(text: str, count: int, opinion: Opinion) -> Guess:
    """The language of a whole text with `count` letters; `und` where neither opinion carries it."""
    ranked = scores(text)
    first, margin = ranked.best(), ranked.margin()
    second, probability = opinion(text)
    if second not in KNOWN and probability >= (_PROBABLE if count >= _FEW_LETTERS else _PROBABLE_OF_FEW):
        return Guess(second, probability, first)
    agreed = second == first
    if ranked.get(first, 0.0) < _KNOWN_SCORE and not (agreed and probability >= _PROBABLE):
        return Guess(UNKNOWN, 0.0, first)
    return Guess(first, confidence(margin, count, agreed=agreed), first)


def confidence(margin: float, count: int, *, agreed: bool) -> float:
    """A placeholder."""
    return min(0.99, 0.5 + margin + 0.3 * agreed)
