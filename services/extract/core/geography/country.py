"""The country that the article is mainly about."""

from collections import Counter
from collections.abc import Sequence

from contracts.extraction import Entity, EntityType, Place, Title
from contracts.value import Mention, Span

_IN_TITLE = 4.0
_AT_THE_HEAD = 2.0  # in the dateline or the first sentence or two
_HEAD_CHARACTERS = 300
_OF_A_NAME = 0.4  # an army, a people, a party speaks less for its country than a place does
_LEAST = 2.0  # one name in passing is not what an article is about
_CLEARLY_AHEAD = 1.25  # times the next country


def country(weights: Counter[str]) -> str | None:
    """The country that most of the names speak for; None where none is clearly ahead."""
    ranked = weights.most_common(2)
    if not ranked or ranked[0][1] < _LEAST:
        return None
    if len(ranked) > 1 and ranked[0][1] < _CLEARLY_AHEAD * ranked[1][1]:
        return None
    return ranked[0][0]


def weights_of_countries(
    entities: Sequence[Entity], places: Sequence[Place], title: Title | None, body: Sequence[Span]
) -> Counter[str]:
    """How much the names speak for each country, by its ISO 3166-1 alpha-2 code."""
    weights: Counter[str] = Counter()
    head = body[0].start if body else 0

    def add(code: str | None, mentions: Sequence[Mention], weight: float) -> None:
        for mention in mentions if code else ():
            weights[str(code)] += weight * _position(mention, title, head)  # type: ignore[assignment]

    for place in places:
        add(place.country, place.mentions, 1.0)
    for entity in entities:
        if entity.type not in {EntityType.PLACE, EntityType.WEAPON}:  # an American rifle may be fired anywhere
            add(entity.country, entity.mentions, _OF_A_NAME)
    return weights


def _position(mention: Mention, title: Title | None, head: int) -> float:
    if (
        title is not None
        and title.start is not None
        and title.end is not None
        and title.start <= mention.start < title.end
    ):
        return _IN_TITLE
    return _AT_THE_HEAD if head <= mention.start < head + _HEAD_CHARACTERS else 1.0
