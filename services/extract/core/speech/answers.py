"""A pronoun behind a quotation, and whom the words before it tell of: « X conteste : « … », a-t-il dit »."""

from dataclasses import replace

from services.extract.core.grammar import PRONOUNS
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import Cast, words_in
from services.extract.core.speech.genders import is_of_other_gender, of_phrase
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.sources import is_of_people


def answered(cast: Cast, before: Attribution, after: Attribution, begin: int) -> Attribution | None:
    """The verb behind a quotation, where what stands before it only tells who is meant by its pronoun.

    The sentence of both begins at `begin`.
    """
    if before.rule == "writing":  # dans son discours : « … », avait-il affirmé
        return after if cast.has_person(after.name) else replace(after, speaker=before.speaker)
    is_unknown = after.rule == "inverted_pronoun" and after.name is None and before.name is not None
    if is_unknown and not _is_other(cast, before.speaker, after):
        return replace(after, speaker=before.speaker)  # sa mère reste lucide : « … », lance-t-elle
    is_one = after.cue is not None and not cast.text[slice(*after.cue)].endswith("s")
    is_apart = before.distance > 0 or (before.rule == "colon" and not cast.has_person(before.name))
    is_far = after.rule == "inverted_pronoun" and is_apart  # X conteste les chiffres : « … », a-t-il dit
    is_somebody = cast.has_person(before.name) or _fits(cast, before.speaker, after, begin)
    return replace(after, speaker=before.speaker) if is_one and is_far and is_somebody else None


def _is_other(cast: Cast, speaker: Speaker | None, after: Attribution) -> bool:
    """Whether somebody is shown to be of another gender than a pronoun: « le maire écoute : « … », lance-t-elle »."""
    gender = gender_of_pronoun(cast, after)
    if speaker is None or speaker.name is None or gender not in {"masculine", "feminine"}:
        return False
    phrase = [word.lower for word in words_in(cast.text, speaker.start, speaker.end)]
    shown = None if cast.named_at(speaker.start) else of_phrase(phrase)
    return shown not in {None, gender} or is_of_other_gender(speaker.name, gender)


def _fits(cast: Cast, speaker: Speaker | None, after: Attribution, begin: int) -> bool:
    """Whether a pronoun can mean somebody without a name: « le président du club est furieux : « … », dit-il »."""
    if speaker is None or speaker.name is None or cast.named_at(speaker.start):
        return False
    if cast.has_person(after.name) and speaker.start != begin:
        return False
    words = words_in(cast.text, speaker.start, speaker.end)
    phrase = [word.lower for word in words]
    return is_of_people(cast, words) and of_phrase(phrase) == gender_of_pronoun(cast, after)


def gender_of_pronoun(cast: Cast, found: Attribution) -> str | None:
    """The gender of the pronoun by which a speaker is told: elle dit, dit-elle, a-t-elle dit."""
    span = found.cue if found.rule == "inverted_pronoun" else found.speaker and (found.speaker.start, found.speaker.end)
    told = (word.lower.rpartition("-")[2] for word in (words_in(cast.text, *span) if span else []))
    return next((PRONOUNS[one] for one in told if one in PRONOUNS), None)
