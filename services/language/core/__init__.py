"""Naming the language of a text, and of the passages in it that are in another."""

from services.language.core.detection import detect
from services.language.core.guesses import Opinion, no_opinion

__all__ = ["Opinion", "detect", "no_opinion"]
