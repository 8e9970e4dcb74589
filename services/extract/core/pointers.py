"""Clauses that point back at a quotation: « c'est en ces termes que X a réagi », « X en est convaincu »."""

from services.extract.core.attributed import Attribution, cue_of
from services.extract.core.cast import Cast, Word
from services.extract.core.grammar import COPULAS, word_set
from services.extract.core.noun_phrases import spoken
from services.extract.core.openings import opening_human
from services.extract.core.pronouns import Speaker
from services.extract.core.reporting_phrases import THAT, verb_at, verbs_in
from services.extract.core.reporting_verbs import Reporting
from services.extract.core.speakers import first_person, has_pronoun_subject, speaker_after, speaker_before

_POINTING = word_set(
    "c' ce voilà tels telles ainsi estas éstas esas es así those these that such das dies questo queste"
)
_WORDS = word_set(
    "mots termes paroles phrase message réponse réaction propos words palabras frase reacción worte worten parole"
)
_LONGEST_POINTER = 8
_NEAR = 6  # words from "that" to the verb


def cleft(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« … » : c'est en ces termes que X a réagi; voilà ce qu'a dit X."""
    words = words[1:] if words and words[0].lower == ":" else words
    if not words or words[0].lower not in _POINTING:
        return None
    that = next((i for i, word in enumerate(words[:_LONGEST_POINTER]) if word.lower in THAT), None)
    rest = words[that + 1 :] if that is not None else []
    verb = next(iter(verbs_in(rest, reporting)), None)
    if verb is None or any(word.lower in ".;:" for word in rest[: verb.first]):
        return None
    speaker = speaker_before(cast, rest[: verb.first]) if verb.first else speaker_after(cast, rest[verb.last :])
    return Attribution(speaker, cue_of(rest, verb), "strong", "subject_first" if verb.first else "inverted")


def pointed_at(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """The sentence behind a quotation that says whose it was: « Voilà le message qu'ont martelé les élus »."""
    if not words or words[0].lower not in _POINTING:
        return None
    found = cleft(cast, words, reporting)
    if found and found.speaker and found.speaker.name and found.cue and _is_near(words, found.cue):
        return found
    if any(word.lower in _WORDS for word in words[:_LONGEST_POINTER]) and (persons := cast.persons_within(words)):
        return Attribution(Speaker(persons[0].name, persons[0].start, persons[0].end), None, "woven", "sentence_after")
    return None


def _is_near(words: list[Word], cue: tuple[int, int]) -> bool:
    that = next((i for i, word in enumerate(words) if word.lower in THAT), 0)
    at = next((i for i, word in enumerate(words) if word.start >= cue[0]), len(words))
    return at - that <= _NEAR


def believed(cast: Cast, words: list[Word]) -> Attribution | None:
    """« … » : X en est convaincu: whoever the clause behind the colon is about."""
    if len(words) < 3 or words[0].lower != ":" or not any(word.lower in COPULAS for word in words[:_NEAR]):
        return None
    speaker = first_person(cast, words[1:_NEAR]) or opening_human(cast, words[1:])
    return Attribution(speaker, None, "woven", "colon") if speaker else None


def any_verb(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """A name or a pronoun, a verb that no list has, and nothing more of its clause: "…," X began, before leaving.

    For words that open their sentence: asked whether "…," X declined.
    """
    named = cast.named_at(words[0].start)
    at = next((i for i, word in enumerate(words) if word.start >= named.end), 0) if named else 1
    is_person = named is not None and named.is_person and named.start == words[0].start
    if cast.language != "en" or not (is_person or has_pronoun_subject(words[:1])) or not 0 < at < len(words):
        return None
    is_cut = at + 1 == len(words) or words[at + 1].lower in {",", ".", ":"}
    verb = words[at]
    if not is_cut or verb_at(words, at, reporting) or not verb.lower.endswith(("ed", "gan")):
        return None
    speaker = spoken(named) if named else speaker_before(cast, words[:1])
    return Attribution(speaker, (verb.start, verb.end), "strong", "subject_first")
