"""Who only passes on what somebody said: « X a appelé à « … », selon des participants » is X's."""

from dataclasses import replace

from services.extract.core.grammar import PRONOUNS, word_set
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import Cast, Word, words_in
from services.extract.core.speech.frames import Frame
from services.extract.core.speech.noun_phrases import between_commas
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker, meant

_WITNESSES = word_set(
    "participant participants participante participantes témoin témoins convive convives invité invités présents "
    "asistente asistentes testigo testigos presentes attendee attendees "
    "witness witnesses teilnehmer teilnehmern zeugen testimone testimoni partecipanti presenti"
)
_MOST_OF_WITNESS = 4  # words from an article to what a witness is


def only_witnessed(cast: Cast, found: Attribution | None, own: Attribution | None, frame: Frame) -> Attribution | None:
    """`found`; where that is a witness's « selon », rather `own`, by the clause that the words are woven into."""
    if found is None or found.rule != "according_to" or not _is_witness(cast, found):
        return found
    if own is not None and own.speaker is not None and (cast.has_person(own.name) or own.rule == "that_clause"):
        return own
    return _by_main_clause(cast, found, frame) or found


def _is_witness(cast: Cast, found: Attribution) -> bool:
    """Whether « selon » names people only by their having been there."""
    speaker = found.speaker
    if speaker is None or cast.has_person(speaker.name):
        return False
    words = words_in(cast.text, speaker.start, speaker.end)[:_MOST_OF_WITNESS]
    return any(word.lower in _WITNESSES for word in words)


def _by_main_clause(cast: Cast, found: Attribution, frame: Frame) -> Attribution | None:
    """Whom the clause before the witness is about: « Faisant le « … », il appelle à l'unité, selon un participant »."""
    words = [word for word in frame.after if found.cue is None or word.start < found.cue[0]]
    if not frame.before or not frame.before[0].lower.endswith("ant"):
        return None  # « Il a crié « … », selon un témoin » has a clause of its own before
    behind = (words[i + 1 :] for i, word in enumerate(words[:-1]) if word.lower == ",")
    speakers = (_subject(cast, clause, frame.before[0].start) for clause in behind)
    speaker = next((one for one in speakers if one is not None and one.name), None)
    return replace(found, speaker=speaker, cue=None) if speaker else None


def _subject(cast: Cast, words: list[Word], position: int) -> Speaker | None:
    """Whom a clause opens with: by a pronoun that means somebody named before a position, by name, by what they are."""
    gender = PRONOUNS.get(words[0].lower)
    if gender in {"masculine", "feminine"}:
        return meant(cast, words[0], gender, position)
    named = cast.named_at(words[0].start)
    return (
        Speaker(named.name, named.start, named.end)
        if named and named.is_person
        else opening_human(cast, between_commas(words)[0])
    )
