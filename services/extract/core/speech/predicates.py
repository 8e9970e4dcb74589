"""Words in marks that are what somebody does, « X « déplore » », « Y « ne peut pas dire » », or shares with others."""

from services.extract.core.grammar import (
    AUXILIARIES,
    COPULAS,
    DETERMINERS,
    FRENCH_MODALS,
    OF,
    PREPOSITIONS,
    STOPS,
)
from services.extract.core.speech.attributed import Attribution, span_of
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.noun_phrases import RELATIVE
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.quotation_marks import Marked
from services.extract.core.speech.speakers import speaker_before
from services.extract.core.speech.titles import verbs_of
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_NEGATIONS = frozenset(("ne", "n'"))
_MAKING = frozenset(("fait", "font", "faisait", "faisaient", "fit", "firent", "faisant", "faire", "fera"))
_SHARED = frozenset(("part", "état"))
_SHARED_WORDS = 3  # between « fait part de » and the words: sa, de ses vives
_LONGEST_ASIDE = 4  # words between commas behind a subject: Y, prudent,
_FEWEST_OF_PLACE = 3  # words that a government says by its capital


def predicated(cast: Cast, passage: Marked, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X « regrette » et « appelle au calme » »: whoever does so, where a French finite verb begins the words."""
    said = words_in(cast.text, passage.start, passage.end)
    if cast.language != "fr" or not cast.text[passage.start].islower() or not _is_finite(said, reporting):
        return None
    subject = _without_aside(_before_the_first(words))
    if not subject or subject[-1].lower in RELATIVE | JOINING | STOPS | PREPOSITIONS | DETERMINERS:
        return None
    speaker = speaker_before(cast, subject)
    if speaker is None or speaker.name is None or not _is_somebody(cast, subject, speaker, len(said)):
        return None
    behind = {word.lower for word in subject if word.start >= speaker.start}
    return None if behind & (verbs_of("fr") | COPULAS) else Attribution(speaker, None, "naming", "naming")


def _is_finite(said: list[Word], reporting: Reporting) -> bool:
    """Whether the words begin with a finite verb: an auxiliary, one of speaking, one that is denied."""
    if not said or (said[0].lower in _NEGATIONS and len(said) < 2):
        return False
    first = said[0].lower
    if first in _NEGATIONS:
        return True
    known = (reporting.finite, reporting.viewing, reporting.exhorting, AUXILIARIES, COPULAS, FRENCH_MODALS)
    is_participle = first in reporting.participles and first not in reporting.finite
    return first != "a" and not is_participle and any(first in forms for forms in known)


def _before_the_first(words: list[Word]) -> list[Word]:
    """The words before the first of several such passages: X « … », « … » et."""
    while len(words) > 1 and words[-1].lower in JOINING | {","} and words[-2].lower == QUOTED:
        words = words[:-2]
    return words


def _without_aside(words: list[Word]) -> list[Word]:
    """The words without what stands between commas behind them: Y, prudent,."""
    if not words or words[-1].lower != ",":
        return words
    comma = next((i for i in reversed(range(len(words) - 1)) if words[i].lower == ","), None)
    if comma is None or len(words) - comma - 2 > _LONGEST_ASIDE or words[comma + 1].lower in DETERMINERS:
        return words
    is_lower = all(word.lower.isalpha() for word in words[comma + 1 : -1])
    return words[:comma] if is_lower else words


def _is_somebody(cast: Cast, words: list[Word], speaker: Speaker, said: int) -> bool:
    named = cast.named_at(speaker.start)
    if named is not None:
        return not named.is_place or said >= _FEWEST_OF_PLACE
    return (
        cast.has_person(speaker.name) or opening_human(cast, [w for w in words if w.start >= speaker.start]) is not None
    )


def imparted(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X a fait part de sa « déception » », « fait état de « … » »: whoever shares it."""
    for at in range(max(1, len(words) - 3 - _SHARED_WORDS), len(words) - 1):
        is_shared = words[at - 1].lower in _MAKING and words[at].lower in _SHARED
        if not is_shared or words[at + 1].lower not in OF | {"des"}:
            continue
        if any(word.lower in {",", QUOTED} | STOPS for word in words[at + 1 :]):
            return None
        first = at - 1
        if words[first - 1].lower in reporting.auxiliaries and first:
            first -= 1
        speaker = speaker_before(cast, words[:first]) if first else None
        return Attribution(speaker, span_of(words[first : at + 1]), "naming", "naming") if speaker else None
    return None
