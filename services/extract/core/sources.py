"""Whose a sentence is by its own words: « selon X », « comme l'affirme X »."""

from services.extract.core.attributed import Attribution, Strength, cue_of
from services.extract.core.cast import QUOTED, Cast, Word
from services.extract.core.grammar import OF, PRONOUNS, SAYINGS
from services.extract.core.openings import opening_human
from services.extract.core.pronouns import Speaker, meant
from services.extract.core.reporting_phrases import THAT, verb_at, verbs_in
from services.extract.core.reporting_verbs import Reporting
from services.extract.core.speakers import opening_subject, speaker_after, subject_of_sentence

_OF_SOMEBODY = frozenset(("de", "d'", "du", "del", "di", "von", "vom"))
_WHICH = frozenset((one,) for one in ("lequel", "laquelle", "lesquels", "lesquelles", "quoi"))  # l'idée selon laquelle
_THEM = frozenset(("eux", "elles", "them", "ellos", "ellas"))
_OWN = frozenset(("ses", "leurs", "son", "sa", "his", "her", "their", "sus"))
_FARTHEST_SOURCE = 34  # words behind a quotation


def according(cast: Cast, words: list[Word], reporting: Reporting, *, at_start: bool) -> Attribution | None:
    """« Selon X », at the head of `words` or behind one of their commas."""
    lowers = tuple(word.lower for word in words)
    for at in range(1 if at_start else len(words)):
        for cue in reporting.according_to:
            last = at + len(cue)
            is_apart = at == 0 or lowers[at - 1] in {",", "et", "and", "mais"} or last + 1 == len(words)
            if lowers[at:last] == cue and is_apart and lowers[last : last + 1] not in _WHICH:
                speaker = _source(cast, words[last:], reporting)
                if speaker is None and at > 1 and lowers[last : last + 1] and lowers[last] in _OWN:
                    speaker = subject_of_sentence(cast, words[:at])
                elif (
                    speaker and speaker.name is None and at > 1 and lowers[last] not in _THEM
                ):  # le parc a fait recours, selon lui « … »
                    speaker = opening_subject(cast, words[:at]) or speaker
                strength: Strength = "strong" if at_start else "woven"
                return Attribution(speaker, (words[at].start, words[last - 1].end), strength, "according_to")
    return None


def as_told(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« Comme le souligne X, … », « as X has said, … »: the sentence is X's."""
    for at, word in enumerate(words[:-2]):
        if word.lower not in {"comme", "as", "según", "come", "wie"} or (at and words[at - 1].lower != ","):
            continue
        first = at + 1 + (words[at + 1].lower in {"le", "l'"})
        verb = verb_at(words, first, reporting)
        stop = next((i for i in range(first, len(words)) if words[i].lower == ","), len(words))
        stop = next((i for i in range(verb.last, len(words)) if words[i].lower in ",."), len(words)) if verb else stop
        if verb and not verb.is_gerund and (speaker := speaker_after(cast, words[verb.last : stop])):
            return Attribution(speaker, cue_of(words, verb), "woven", "according_to")
    return None


def closing_source(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« … » pour un vol selon X: whoever ends a clause behind a "selon" without its comma."""
    lowers = tuple(word.lower for word in words)
    for at in range(min(len(words), _FARTHEST_SOURCE)):
        cue = next((one for one in reporting.according_to if lowers[at : at + len(one)] == one), None)
        if cue is None or lowers[at + len(cue) : at + len(cue) + 1] in _WHICH:
            continue
        rest = words[at + len(cue) :]
        speaker = _source(cast, rest, reporting)
        if speaker is None or not (cast.named_at(speaker.start) or opening_human(cast, rest)):
            return None
        following = next((word.lower for word in rest if word.start >= speaker.end), ".")
        span = words[at].start, words[at + len(cue) - 1].end
        return Attribution(speaker, span, "around", "according_to") if following in {",", ".", QUOTED} else None
    return None


def _source(cast: Cast, words: list[Word], reporting: Reporting) -> Speaker | None:
    if words and words[0].lower in _OF_SOMEBODY:  # de l'avis de X
        words = words[1:]
    gender = PRONOUNS.get(words[0].lower, "nobody") if words else "nobody"
    if words and (words[0].lower in _THEM or gender != "nobody"):
        return meant(cast, words[0], "several" if words[0].lower in _THEM else gender)
    if len(words) > 2 and words[0].lower == "ce" and words[1].lower in THAT:  # selon ce qu'a dit X
        verb = next(iter(verbs_in(words[2:], reporting)), None)
        return speaker_after(cast, words[2 + verb.last :]) if verb else None
    if len(words) > 1 and words[0].lower in _OWN and any(word.lower in SAYINGS for word in words[1:3]):
        return None  # selon ses termes
    saying = next((i for i, word in enumerate(words[:3]) if word.lower in SAYINGS), None)
    if saying is None:
        return speaker_after(cast, words)
    whose = words[saying + 1 :]
    if whose and whose[0].lower.startswith("confi") and len(whose) > 1 and whose[1].lower == "par":
        return speaker_after(cast, whose[2:])
    return speaker_after(cast, whose[1:]) if whose and whose[0].lower in OF else None
