"""Names in a noun phrase that only tell what somebody belongs to: U.S. officials, la députée PS."""

from services.extract.core.grammar import DETERMINERS, HUMANS, PREPOSITIONS
from services.extract.core.speech.cast import Cast, Named, Word

_ADJECTIVES = frozenset(("jeune", "ancien", "ancienne"))
_KINDS = HUMANS - _ADJECTIVES
_QUANTIFIERS = frozenset(("plusieurs", "certains", "certaines", "quelques", "varios", "varias", "algunos", "algunas"))
_MOST_QUALIFIED = 3  # words of a noun behind the name of what it belongs to


def is_qualifier(cast: Cast, head: list[Word], named: Named) -> bool:
    """Whether a name only tells whose somebody is: U.S. officials."""
    behind = [word for word in head if word.start >= named.end and word.lower.isalpha()]
    behind = behind[: next((i for i, word in enumerate(behind) if word.lower in PREPOSITIONS), len(behind))]
    if not behind:
        return False
    is_several = behind[-1].lower.endswith("s")
    return (
        (named.is_place or is_several or behind[-1].lower in HUMANS)
        and 0 < len(behind) <= _MOST_QUALIFIED
        and all(cast.text[word.start].islower() for word in behind)
    )


def is_led_by_human(words: list[Word], named: Named) -> bool:
    """Whether a name is what somebody belongs to: le trésorier LR, la députée PS."""
    before = [word.lower for word in words if word.start < named.start]
    is_human = len(before) > 1 and (before[-1] in _KINDS or before[-1].removesuffix("s") in _KINDS)
    return is_human and (before[0] in DETERMINERS or before[0] in _QUANTIFIERS)
