"""What a recogniser finds in a text, and how it is asked."""

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from contracts.extraction import EntityType


class Found(NamedTuple):
    """A passage that a recogniser takes for a name, and for what."""

    start: int
    end: int
    type: EntityType


class Recogniser(Protocol):
    """A trained model that finds names in one language; `name` and `version` say which."""

    name: str
    version: str

    def __call__(self, paragraphs: Sequence[str]) -> Sequence[Sequence[Found]]:
        """The names in each of these paragraphs, with offsets into it; all at once, since that costs less."""
        ...


class IsPlace(Protocol):
    """Whether a place is called so; by one word, one of at least so many inhabitants."""

    def __call__(self, name: str, least: int = ...) -> bool:
        """Tell."""
        ...
