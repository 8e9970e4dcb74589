"""How places are looked up by name, and the form in which two romanisations of an Arabic name are alike."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple, Protocol

from services.extract.core.naming.gazetteer import ARABIC_ARTICLES
from services.extract.core.words import fold, word_set

# Where names are romanised from Arabic in many ways.
ARABIC_COUNTRIES = word_set(
    """
    AE BH DJ DZ EG EH IL IQ JO KM KW LB LY MA MR OM PS QA SA SD SO SS SY TD TN TR YE
    """
)
# In this order, so that a digraph is heard before its letters.
_SOUNDS = tuple(
    tuple(pair.split(">"))
    for pair in (
        *("ou>u", "oo>u", "aw>u", "w>u", "o>u", "ay>i", "ai>i", "ei>i", "ey>i", "ee>i", "y>i", "e>i"),
        *("ch>s", "sh>s", "dj>j", "gu>g", "q>k", "c>k", "h>"),
    )
)
_DOUBLED = re.compile(r"(.)\1+")
_FINAL_VOWEL = re.compile(r"[aiu]$")
_SHORTEST_SKELETON = 4


class Spot(NamedTuple):
    """A place that an atlas knows; latitude and longitude in degrees (WGS 84), population 0 where unknown."""

    name: str
    latitude: float
    longitude: float
    country: str
    population: int
    id: int | None = None  # in GeoNames
    admin: str | None = None  # first-level division: FR.11


class Atlas(Protocol):
    """A gazetteer of places too large for memory."""

    def named(self, name: str) -> Sequence[Spot]:
        """The places of this name (folded), the most populous first."""
        ...

    def alike(self, skeleton: str, countries: Collection[str]) -> Sequence[Spot]:
        """The places in these Arabic countries whose name has this skeleton, the most populous first."""
        ...


class NoAtlas:
    """An atlas that knows no place."""

    def named(self, name: str) -> Sequence[Spot]:  # noqa: ARG002 - as the protocol has it
        """No places."""
        return ()

    def alike(self, skeleton: str, countries: Collection[str]) -> Sequence[Spot]:  # noqa: ARG002 - as the protocol has it
        """No places."""
        return ()


def skeleton(name: str) -> str:
    """What the romanisations of an Arabic name have in common; empty where too little is left to go by."""
    parts = [part for part in fold(name).split() if part not in ARABIC_ARTICLES]
    bones = " ".join(_bones(part) for part in parts)
    return bones if len(bones) >= _SHORTEST_SKELETON else ""


def _bones(word: str) -> str:
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    word = _DOUBLED.sub(r"\1", word)
    return _FINAL_VOWEL.sub("", word) if len(word) > 3 else word
