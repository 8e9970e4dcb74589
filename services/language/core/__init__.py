"""Naming the language of a text, and of the passages in it that are in another."""

from services.language.core.detection import detect
from services.language.core.guesses import NO_OPINIONS, Opinion, Opinions, no_opinion

__all__ = ["NO_OPINIONS", "Opinion", "Opinions", "detect", "no_opinion"]
