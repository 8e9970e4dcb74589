import re
from collections.abc import Callable, Collection, Sequence

import pytest

from contracts.extraction import Entity, EntityType
from services.extract.core.geography.atlas import Spot
from services.extract.core.naming.entities import entities
from services.extract.core.naming.found import Found
from services.extract.core.naming.passages import Passage
from services.extract.core.words import fold
from services.extract.lists import names


class SaysWhatItIsTold:
    """A recogniser that finds the names it was given, as the type it was given."""

    name, version = "told", "0"

    def __init__(self, opinions: dict[str, EntityType]) -> None:
        self._opinions = opinions

    def __call__(self, paragraphs: Sequence[str]) -> Sequence[Sequence[Found]]:
        return [
            [
                Found(*match.span(), kind)
                for name, kind in self._opinions.items()
                for match in re.finditer(re.escape(name), paragraph)
            ]
            for paragraph in paragraphs
        ]


class SmallAtlas:
    """An atlas of the spots it was given, under their names and, in any country, their skeletons."""

    def __init__(self, spots: dict[str, Sequence[Spot]], skeletons: dict[str, Sequence[Spot]] | None = None) -> None:
        self._spots = {fold(name): tuple(found) for name, found in spots.items()}
        self._skeletons = skeletons or {}

    def named(self, name: str) -> Sequence[Spot]:
        return self._spots.get(name, ())

    def alike(self, skeleton: str, countries: Collection[str]) -> Sequence[Spot]:
        return [spot for spot in self._skeletons.get(skeleton, ()) if spot.country in countries]


Read = Callable[..., tuple[Entity, ...]]


@pytest.fixture
def read() -> Read:
    """Entities of a French text, one passage a line; `told` is what the recogniser thinks, `towns` what is a place."""

    def reading(
        text: str, told: dict[str, EntityType] | None = None, towns: Collection[str] = ()
    ) -> tuple[Entity, ...]:
        recogniser = SaysWhatItIsTold(told) if told is not None else None
        passages = [Passage(line.start(), line.end(), recogniser) for line in re.finditer(r"[^\n]+", text)]
        found = entities(text, passages, names("fr"), lambda name, least=0: name in towns)
        assert all(text[m.start : m.end] == m.surface for entity in found for m in entity.mentions)
        return found

    return reading


@pytest.fixture
def atlas() -> type[SmallAtlas]:
    return SmallAtlas
