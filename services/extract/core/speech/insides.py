"""The clause that says who speaks and stands within a quotation, between commas or dashes: « …, a dit X, … »."""

from dataclasses import replace

from services.extract.core.grammar import PREPOSITIONS, STOPS
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.incises import has_own_subject, told
from services.extract.core.speech.verbs.reporting_phrases import Verb, verb_at
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_CLOSING = frozenset('»”"')
_LONGEST_SUBJECT = 8
# Words, with the comma before it: « …, a dit le juge, Paul, tu mens. » has none.
_SHORTEST_APPOSITION, _LONGEST_APPOSITION = 3, 8
_PARTING = PREPOSITIONS | STOPS
_LONGEST_ASIDE = 16  # words between dashes


def _between_dashes(cast: Cast, words: list[Word], verb: Verb, reporting: Reporting, begin: int) -> Attribution | None:
    """What stands between two dashes within the words, with or without a subject: «… —dijo entre aplausos—. …»."""
    close = next((i for i in range(verb.last, min(len(words), verb.last + _LONGEST_ASIDE)) if words[i].lower == "—"), 0)
    if not close or verb.is_gerund or verb.is_naming:
        return None
    found = told(cast, words[:close], verb, begin)
    if found.speaker is None and not reporting.drops_subjects:
        return None
    return replace(found, rule="inside")


def _with_its_name(cast: Cast, words: list[Word], stop: int) -> int:
    """Where a subject ends whose name is added behind a comma: a dit leur porte-parole, le colonel X."""
    if words[stop].lower != "," or cast.persons_within(words[:stop][-_LONGEST_SUBJECT:]):
        return stop
    end = next((i for i in range(stop + 1, len(words)) if words[i].lower in {",", "."}), None)
    if end is None or not _SHORTEST_APPOSITION <= end - stop <= _LONGEST_APPOSITION:
        return stop
    named = next((one for one in cast.persons_within(words[stop + 1 : end])), None)
    is_all = named is not None and named.end == words[end - 1].end
    return end if is_all and all(word.lower not in _PARTING for word in words[stop + 1 : end]) else stop


def attributed_inside(cast: Cast, words: list[Word], reporting: Reporting, begin: int) -> Attribution | None:
    """The attribution behind a comma inside a quotation: « …, a dit X, … », « …, dit X. … »."""
    for index, word in enumerate(words[:-1]):
        is_own = word.lower == "," and index > 0 and words[index - 1].lower not in _CLOSING  # not an inner one's
        verb = verb_at(words, index + 1, reporting) if is_own or word.lower == "—" else None
        if verb and word.lower == "—" and (aside := _between_dashes(cast, words, verb, reporting, begin)):
            return aside
        if verb and (verb.clitic or verb.last - verb.first > 1 or has_own_subject(cast, words, verb)):
            stop = next((i for i in range(verb.last, len(words)) if words[i].lower in {",", "."}), None)
            if stop is not None and stop - verb.last <= _LONGEST_SUBJECT:
                found = told(cast, words[: _with_its_name(cast, words, stop)], verb, begin)
                return Attribution(found.speaker, found.cue, "strong", "inside")
    return None
