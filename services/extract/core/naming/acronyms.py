"""Acronyms that stand for common nouns, and name no body: hypersensitivity pneumonitis, or HP."""

import re
from collections import defaultdict
from collections.abc import Mapping

from services.extract.core.naming.form_words import BODY_HEADS, GROUP_HEADS
from services.extract.core.words import fold, word_set

_SHORTEST_OF_ONE = 3  # letters: two are more often somebody else's too
_REACH = 120  # characters before an acronym or behind it
_LED = re.compile(r"(?:\s\(|,\s(?:or|ou|o|oder|soit|also\scalled|also\sknown\sas)\s)[«\"“]?$")
_BEHIND = re.compile(r"\s\(([^()\n]{4,100})\)")
_INITIALS_BEHIND = re.compile(r"\s?\(([A-Z]{2,6})\)")
_WORD = re.compile(r"[^\W\d_]+")
_LINKS = word_set("de des du d l la le les a au aux en et pour par sur of the and for to in on y e del el los")
# Heads of what has a name, even where a text writes them small.
_BODIES = (
    BODY_HEADS
    | GROUP_HEADS
    | word_set(
        """
        company society network group groupe societe reseau partido organizacion organizzazione organisme entreprise
        committee council department ministry agency bureau fund bank university institute party movement army force
        forces court authority board league club alliance partei verband gewerkschaft sindicato
        """
    )
)


def is_of_common_nouns(text: str, start: int, end: int) -> bool:
    """Whether words in small letters right before the acronym `text[start:end]`, or in brackets behind it, spell it."""
    letters = [letter.lower() for letter in text[start:end] if letter.isalpha()]
    led = _LED.search(text, max(0, start - 20), start)
    if led is not None and _spell(_WORD.findall(text, max(0, led.start() - _REACH), led.start()), letters):
        return True
    behind = _BEHIND.match(text, end)
    said = _WORD.findall(behind[1]) if behind else []
    return bool(said) and fold(said[0])[:1] == letters[0] and _spell(said, letters)


def letters_of(acronym: str) -> str:
    """Its letters alone, folded: zdu of Z.D.U."""
    return "".join(letter for letter in fold(acronym) if letter.isalpha())


def initials(name: str) -> frozenset[str]:
    """What may be short for a name of two words and more, folded: the letters of its capitals, and of all but links."""
    said = _WORD.findall(name)
    if len(said) < 2:
        return frozenset()
    capitals = "".join(fold(word)[:1] for word in said if word[0].isupper())
    return frozenset((capitals, "".join(fold(word)[:1] for word in said if fold(word) not in _LINKS)))


def is_spelt_by(acronym: str, name: str) -> bool:
    """Whether an acronym is the initials of a name, of all its words in capitals or of those and the small ones too."""
    return letters_of(acronym) in initials(name)


def spelt_by_one(acronyms: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """By an acronym of three letters and more the only one of the `names` that has these for its initials.

    Both are given by what each is known by, with what is written.
    """
    spelt: dict[str, list[str]] = defaultdict(list)
    for name, surface in names.items():
        for letters in initials(surface):
            spelt[letters].append(name)
    return {
        short: of[0]
        for short, surface in acronyms.items()
        if len(surface) >= _SHORTEST_OF_ONE
        and len(of := [name for name in spelt.get(letters_of(surface), ()) if names[name] != surface]) == 1
    }


def is_shortened(text: str, start: int, end: int) -> bool:
    """Whether its initials follow in brackets, as they do behind no person and no town: Zorbian Union (ZU)."""
    short = _INITIALS_BEHIND.match(text, end)
    return short is not None and is_spelt_by(short[1], text[start:end])


def _spell(spoken: list[str], letters: list[str]) -> bool:
    """Whether the last of these words have the letters for their initials, none of them a capital or a body's word."""
    left = list(letters)
    for word in reversed(spoken):
        if not word.islower() or fold(word) in _BODIES:
            return False
        if fold(word)[0] == left[-1]:
            left.pop()
        elif fold(word) not in _LINKS:
            return False
        if not left:
            return True
    return False
