"""Who speaks by a verb that stands with its subject between two commas of a French sentence."""

from services.extract.core.grammar import word_set
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.genders import is_body
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.speakers import speaker_after
from services.extract.core.speech.verbs.reporting_phrases import Verb, agrees

# Verbs whose object is what is said, and hardly ever somebody: X, le maire, salue le préfet, is another matter.
_SAYING_SO = tuple(
    word_set(
        "soulign indiqu précis assur affirm expliqu ajout not annonc estim relèv relev constat confirm dit racont "
        "résum insist plaid admet reconna observ déplor martèl"
    )
)


def turned_in_relative(cast: Cast, words: list[Word], verb: Verb) -> Speaker | None:
    """Who stands right behind the verb of a relative clause: ce que proposait la Cour, le plan que défend le maire."""
    rest = words[verb.last :]
    is_object = verb.first > 0 and words[verb.first - 1].lower in {"que", "qu'"} and cast.language == "fr"
    speaker = speaker_after(cast, rest) if is_object and rest and agrees(words, verb) else None
    if speaker is None or speaker.start != rest[0].start:
        return None
    named = cast.named_at(speaker.start)
    phrase = [word.lower for word in rest if word.start < speaker.end]
    is_somebody = named is not None or is_body(phrase) or opening_human(cast, rest) is not None
    return speaker if is_somebody else None


def told_between(cast: Cast, words: list[Word], verb: Verb) -> Speaker | None:
    """Who stands right behind a verb and before a comma, by name or by what they are: « La ville, note le préfet, »."""
    is_saying = words[verb.last - 1].lower.startswith(_SAYING_SO) and cast.language == "fr"
    if not is_saying or verb.first == 0 or words[verb.first - 1].lower != ",":
        return None
    rest = words[verb.last :]
    speaker = speaker_after(cast, rest) if rest and agrees(words, verb) else None
    if speaker is None or speaker.start != rest[0].start:
        return None
    following = next((word.lower for word in rest if word.start >= speaker.end), "")
    named = cast.named_at(speaker.start)
    is_somebody = (named is not None and not named.is_place) or opening_human(cast, rest) is not None
    return speaker if is_somebody and following in {",", QUOTED} else None
