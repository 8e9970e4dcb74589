"""The numbers that the article gives: how many or how much, and of what."""

from contracts.extraction import Quantity
from contracts.value import Span


def quantities(text: str, body: tuple[Span, ...], language: str) -> tuple[Quantity, ...]:  # noqa: ARG001
    """The quantities of `body` in reading order; `language` is a primary subtag."""
    return ()
