"""Whose an Arabic verb is: the subject behind it, or before it, or before its relative pronoun."""

from collections.abc import Sequence

from services.extract.core.grammar import PREPOSITIONS
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.noun_phrases import unnamed
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.speakers import speaker_after
from services.extract.core.speech.verbs.reporting_phrases import Verb

_WHO = frozenset(("الذي", "التي"))
_STOPS = frozenset((",", ".", ";", QUOTED, "لكن", "ولكن"))


def subject_in_arabic(cast: Cast, words: list[Word], verbs: Sequence[Verb], verb: Verb) -> Speaker | None:
    """The subject of one of the `verbs` among `words`; that of a gerund is the main verb's."""
    if verb.is_gerund:
        return _of_main(cast, words, verbs, verb)
    led = words[verb.first - 1].lower if verb.first else ""
    if led in _WHO:  # أضاف X الذي تابع
        before = next((other.last for other in reversed(verbs) if other.last < verb.first), 0)
        return speaker_after(cast, words[before : verb.first - 1])
    if found := speaker_after(cast, words[verb.last :]):
        return found
    start = next((i + 1 for i in reversed(range(verb.first)) if words[i].lower in _STOPS), 0)
    return unnamed(cast, words[start : verb.first]) if start < verb.first else None


def _of_main(cast: Cast, words: list[Word], verbs: Sequence[Verb], gerund: Verb) -> Speaker | None:
    main = next((other for other in reversed(verbs) if other.last <= gerund.first and not other.is_gerund), None)
    if main is not None:
        return subject_in_arabic(cast, words, verbs, main)
    is_verb = gerund.first > 2 and not words[0].lower.startswith("ال") and words[0].lower not in PREPOSITIONS
    return speaker_after(cast, words[1 : gerund.first]) if is_verb else None
