"""Scripts that are written without spaces: whether a text is in one of them alone, as only the right reading gives."""

from collections import Counter
from unicodedata import category

FEWEST, FEWEST_KINDS = 8, 4  # characters beyond ASCII: of fewer anything may come
MIN_SHARE, MIN_LETTERS = 0.95, 0.6
IDEOGRAPHIC = ((0x2010, 0x203B), (0x3000, 0x30FF), (0x4E00, 0x9FFF), (0xFF00, 0xFFEF))
KANA = (0x3041, 0x30FE)
MIN_KANA = 0.2
# What stands in every paragraph of Chinese and Japanese, and not where other bytes were taken in pairs: two letters of
# ASCII make an ideograph too.
PUNCTUATION = frozenset("、。，！？：；「」『』《》・")


def is_unspaced(text: str) -> bool:
    """Whether nearly all that is not ASCII in it is Chinese or Japanese, or letters of one block of Unicode."""
    foreign = [one for one in text if one > "\x7f"]
    if len(foreign) < FEWEST or len(set(foreign)) < FEWEST_KINDS:
        return False
    letters = sum(category(one)[0] in "LM" for one in foreign)  # vowels above and below are marks
    if letters < MIN_LETTERS * len(foreign):
        return False
    least = MIN_SHARE * len(foreign)
    return _of_one_block(foreign) >= least or (_ideographic(foreign) >= least and _is_pointed(foreign))


def _of_one_block(foreign: list[str]) -> int:
    """How many are of the block that has most: below those in which ideographs are, whose blocks are no scripts."""
    blocks = Counter(ord(one) >> 7 for one in foreign if ord(one) < IDEOGRAPHIC[0][0])
    return max(blocks.values(), default=0)


def _ideographic(foreign: list[str]) -> int:
    return sum(any(first <= ord(one) <= last for first, last in IDEOGRAPHIC) for one in foreign)


def _is_pointed(foreign: list[str]) -> bool:
    kana = sum(KANA[0] <= ord(one) <= KANA[1] for one in foreign)
    return kana >= MIN_KANA * len(foreign) or not PUNCTUATION.isdisjoint(foreign)
