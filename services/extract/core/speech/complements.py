"""A French verb with its complement before its subject: « … », botte en touche le ministre; … d'un ton sec X."""

from services.extract.core.grammar import ADVERBS, AUXILIARIES, DETERMINERS, OF, PREPOSITIONS, PRONOUNS, STOPS
from services.extract.core.speech.attributed import Attribution, span_of
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.noun_phrases import spoken
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.owners import CALLED_AFTER
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.verbs.unknown_verbs import looks_like_verb

_MOST_WORDS = 10  # from the verb to its subject
_CLITICS = frozenset(("s'", "se", "en", "y", "ne", "n'", "lui", "leur"))
_NO_VERBS = ("é", "ée", "és", "ées", "ant")
_SHORT = ("et", "it", "rt", "nd", "rd")  # met, dit, sort, rend, tord
_ENDS = STOPS | JOINING | AUXILIARIES | {":", ";", ".", "!", "?", "(", ")", ",", QUOTED}
_BEHIND = frozenset((",", ".", "(", ";", "–", "—", "!", "…", "?"))  # what may follow a subject that ends its clause
_KNOWN = ADVERBS | AUXILIARIES | PREPOSITIONS | DETERMINERS | STOPS
_GOVERNING, _LEADING_ON = PREPOSITIONS | DETERMINERS, PREPOSITIONS - OF
_LEADING = PREPOSITIONS | {"après", "derrière", "avant", "malgré", "outre", "parmi"}
_ARTICLES = DETERMINERS - OF
_PLURAL_ARTICLES = frozenset(("les", "des", "ces", "ses", "leurs"))


def complemented(cast: Cast, words: list[Word]) -> Attribution | None:
    """Whoever ends the clause of a verb of any meaning that opens it, behind the complement of that."""
    verb = next((i for i, word in enumerate(words[:3]) if word.lower not in _CLITICS), len(words))
    if cast.language != "fr" or verb + 2 >= len(words) or not _is_finite(cast, words[verb]):
        return None
    is_plural = words[verb].lower.endswith("nt")
    for at in range(verb + 2, min(len(words), verb + _MOST_WORDS)):
        if words[at - 1].lower in _ENDS or words[at].lower in PRONOUNS:
            return None
        speaker = _subject(cast, words[at:], words[at - 1].lower)
        if speaker is None or (words[at].lower in _PLURAL_ARTICLES) != is_plural:
            continue
        following = next((word.lower for word in words if word.start >= speaker.end), ".")
        is_last = following in _BEHIND or following in _LEADING_ON or following.endswith("ant")
        first = verb - (verb > 0 and words[verb - 1].lower in {"s'", "se"})
        return Attribution(speaker, span_of(words[first : verb + 1]), "strong", "inverted") if is_last else None
    return None


def has_marked_words_in_phrase(cast: Cast, before: list[Word], found: Attribution, reporting: Reporting) -> bool:
    """Whether marked words only end the phrase of a preposition before a verb of doing: dans « … », brille X."""
    if found.rule != "inverted" or found.cue is None or not before or before[0].lower not in _LEADING:
        return False
    is_one_phrase = not any(word.lower in {",", ":", ";", QUOTED} for word in before)
    cue = [word.lower for word in words_in(cast.text, *found.cue)]
    return is_one_phrase and not any(one in reporting.finite or one in reporting.participles for one in cue)


def _is_finite(cast: Cast, verb: Word) -> bool:
    lower = verb.lower
    is_known = lower in _KNOWN or lower.endswith(_NO_VERBS)
    is_form = looks_like_verb(lower) or (2 < len(lower) < 5 and lower.endswith(_SHORT))
    return lower.isalpha() and cast.text[verb.start].islower() and not is_known and is_form


def _subject(cast: Cast, words: list[Word], before: str) -> Speaker | None:
    """Whoever `words` begin with, by name or by what they are, if the word before does not govern them."""
    if before in _GOVERNING or before in CALLED_AFTER:  # mesure phare du quinquennat X
        return None
    named = cast.named_at(words[0].start)
    if named is not None:
        return spoken(named) if named.start == words[0].start and not named.is_place else None
    return opening_human(cast, words) if words[0].lower in _ARTICLES else None
