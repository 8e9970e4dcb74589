"""Phrases before a comma that tell with whom or by whom a sentence's subject does something: « Entouré de X, il … »."""

from services.extract.core.grammar import ADVERBS, COPULAS, HUMANS, PRONOUNS, TIMES, word_set
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.titles import verbs_of

_PARTICIPLES = ("é", "ée", "és", "ées", "i", "ie", "is", "ies", "u", "ue", "us", "ues")
_LED_BY = frozenset(("par", "de", "d'", "du", "des", "à", "au", "aux"))
_COMPANY = (
    *(("en", "présence"), ("au", "côté"), ("aux", "côtés"), ("à", "côté"), ("face", "à"), ("face", "au"), ("devant",)),
    *(("avec",), ("en", "compagnie"), ("assis", "à"), ("assise", "à"), ("s'", "exprimant"), ("s'", "adressant")),
)
_RELATING = frozenset(("qui", "que", "qu'", "dont", "où"))
_LONGEST = 40  # words of such a phrase
_OTHERS = word_set("puisque quand lorsque comme si selon pour")


def topic(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a sentence sets apart before the pronoun that ends `words`: « Quant à X, il … »."""
    comma = next((i for i, word in enumerate(words) if word.lower == ","), 0)
    if words[0].lower != "quant" or comma < 3 or comma != len(words) - 2:
        return None
    named = cast.named_at(words[2].start)
    is_person = named is not None and named.is_person and named.end == words[comma - 1].end
    return Speaker(named.name, named.start, named.end) if named and is_person else None


def subject_behind(words: list[Word]) -> Word | None:
    """The pronoun that is the subject of a sentence behind such a phrase."""
    near = range(3, min(len(words), _LONGEST))
    at = next((i for i in near if words[i].lower in PRONOUNS and words[i - 1].lower == ","), None)
    return words[at] if at is not None and is_preposed(words[:at]) else None


def _has_main_clause(words: list[Word]) -> bool:
    """Whether something behind a comma has a verb that is no relative clause's: « Jeudi à Lyon, X a souri, il … »."""
    verbs = verbs_of("fr") | COPULAS
    parts: list[list[str]] = [[]]
    for word in words:
        parts = [*parts, []] if word.lower == "," else [*parts[:-1], [*parts[-1], word.lower]]
    return any(
        any(lower in verbs for lower in part) and not any(lower in _RELATING for lower in part) for part in parts[1:]
    )


def is_preposed(words: list[Word]) -> bool:
    """Whether `words`, behind which a pronoun is the subject, are such a phrase, so that no name there is meant."""
    if len(words) < 3 or words[-1].lower != "," or any(word.lower in {QUOTED, ":", ";", "."} for word in words):
        return False
    lowers = [word.lower for word in words]
    if any(lower in _OTHERS for lower in lowers) or lowers[0] in TIMES | ADVERBS or _has_main_clause(words):
        return False
    is_done = lowers[0].endswith(_PARTICIPLES) and lowers[0] not in HUMANS and lowers[1] in _LED_BY
    return is_done or any(tuple(lowers[: len(opening)]) == opening for opening in _COMPANY)
