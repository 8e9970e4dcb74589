"""What introduces a quotation, as a value."""

from dataclasses import dataclass
from typing import Literal

from services.extract.core.speech.cast import Word
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.verbs.reporting_phrases import Verb

_LONGEST_TENSE = 7  # words
Strength = Literal["strong", "woven", "around", "naming"]


@dataclass(frozen=True)
class Attribution:
    """Who is said to have said it, by which words and rule, and how closely these are tied to the quotation."""

    speaker: Speaker | None
    cue: tuple[int, int] | None
    strength: Strength
    rule: str
    after_that: bool = False
    is_gerund: bool = False  # its subject is the sentence's, whoever that is
    distance: int = 0  # in words, from a verb before the quotation to it

    @property
    def name(self) -> str | None:
        """The speaker's name, or the words for whoever has none."""
        return self.speaker.name if self.speaker else None


def cue_of(words: list[Word], verb: Verb) -> tuple[int, int]:
    """Where a verb stands; of a German one whose participle stands far behind its auxiliary, the participle."""
    if verb.last - verb.first > _LONGEST_TENSE:
        return words[verb.last - 1].start, words[verb.last - 1].end
    return words[verb.first].start, words[verb.last - 1].end


def span_of(words: list[Word]) -> tuple[int, int]:
    """Where words stand."""
    return words[0].start, words[-1].end
