"""Who a sentence is about, or the only person of a paragraph: a quotation that stands alone behind it is theirs."""

from services.extract.core.grammar import (
    ADVERBS,
    AUXILIARIES,
    DETERMINERS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    REPORTED,
    word_set,
)
from services.extract.core.speech.attributed import Attribution
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.colons import SAID
from services.extract.core.speech.frames import Frame
from services.extract.core.speech.genders import is_of_other_gender
from services.extract.core.speech.introductions import Introduction
from services.extract.core.speech.noun_phrases import between_commas
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pronouns import Speaker, meant
from services.extract.core.speech.sources import closing_source, people_told
from services.extract.core.speech.speakers import first_person, speaker_after, speaker_before, subject_of_sentence
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb, is_arabic, verb_at
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_BUT = frozenset(("mais", "but", "pero", "aber", "ma", "tandis"))
_BUT_WORDS = 9  # behind it, among which its subject is named
_COUNTED = frozenset(("a", "one", "another"))
_MOST_PARTS = 3  # of a sentence, between commas
_ITSELF = {
    "lui-même": "masculine",
    "lui": "masculine",
    "elle-même": "feminine",
    "celui-ci": "masculine",
    "celle-ci": "feminine",
}
_LONGEST_LEAD = 8  # words before a comma that tell where or when
_NEAR = 40  # characters before a name
_BODIES = word_set(
    "parti gouvernement équipe entreprise société camp cabinet formation partido gobierno formación empresa equipo "
    "party government company team partito governo squadra"
)
_FIRST_WORDS = 6  # of a sentence, among which its subject is named


def before_alone(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """Whom the sentence before a quotation that stands alone lets speak."""
    words = words[:-1] if words and words[-1].lower in ".!?…" else words
    if not words or any(word.lower == QUOTED for word in words):
        return None
    introduction = Introduction(cast, words, reporting)
    source = introduction.source() or closing_source(cast, words, reporting)
    speaker = source.speaker if source else _told_of(cast, words, introduction)
    if speaker is None or not (source or speaker.name) or _is_another(cast, speaker):
        return None
    return Attribution(speaker, None, "woven", "sentence_before")


def _is_another(cast: Cast, speaker: Speaker) -> bool:
    """Whether a pronoun cannot mean whom it was taken for: « Paul Durand est parti. Elle soupire. »."""
    gender = PRONOUNS.get(cast.text[speaker.start : speaker.end].lower())
    return gender in {"masculine", "feminine"} and speaker.name is not None and is_of_other_gender(speaker.name, gender)


def _told_of(cast: Cast, words: list[Word], introduction: Introduction) -> Speaker | None:
    """Whom a sentence is about that has no source: of its verb of speaking, or whom it opens with."""
    if whose := _word_of(cast, words) or _behind_but(cast, words):
        return whose
    reporting = introduction.reporting
    verb = next((verb for verb in introduction.verbs if not verb.is_gerund and not verb.clitic), None)
    speaker = _of_verb(cast, words, verb, reporting) if verb and verb.first else None
    if speaker is None or speaker.name is None:
        speaker = _named_first(cast, words)
    if speaker is None and reporting.has_mood and any(word.lower in REPORTED for word in words):
        speaker = _of_pronoun(cast, words)
    if speaker is None and not cast.persons_within(words):
        speaker = opening_human(cast, words) or _people(cast, words)
    return speaker or (_about_pronoun(cast, words) if cast.language == "fr" else None)


def _word_of(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whose word opens the sentence: « Le témoignage de X a ému la salle. »."""
    if len(words) < 5 or words[0].lower not in DETERMINERS or words[1].lower not in SAID or words[2].lower not in OF:
        return None
    speaker = speaker_after(cast, words[3:])
    return speaker if speaker and cast.has_person(speaker.name) and speaker.start == words[3].start else None


def _behind_but(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom the last clause of a sentence is about, behind "but": « Beaucoup ont protesté, mais X l'a défendu. »."""
    at = next((i for i in reversed(range(len(words))) if words[i].lower in _BUT), None)
    return first_person(cast, words[at + 1 :][:_BUT_WORDS]) if at is not None and at > 0 else None


def is_reported(frame: Frame, reporting: Reporting) -> bool:
    """Whether a German sentence is in the mood of what others say, so that words in it are theirs: er habe « … »."""
    words = {word.lower for word in (*frame.before, *frame.after)}
    return reporting.has_mood and bool(words & REPORTED)


def _of_pronoun(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom the first pronoun means of a German sentence in the mood of what others say: « Dort brauche er … »."""
    pronoun = next((word for word in words if PRONOUNS.get(word.lower) in {"masculine", "feminine"}), None)
    return meant(cast, pronoun, PRONOUNS[pronoun.lower]) if pronoun else None


def is_dropped(words: list[Word], reporting: Reporting) -> bool:
    """Whether a sentence opens with a reporting verb whose subject is whoever spoke last: « Dijo que … ».

    What tells where or when may lead: « Por otro lado, criticó … ».
    """
    comma = next((i for i, word in enumerate(words[:_LONGEST_LEAD]) if word.lower == ","), 0)
    if comma and words[0].lower in PREPOSITIONS | {"a"} and len(words) > comma + 1:
        words = words[comma + 1 :]
    first = next((i for i, word in enumerate(words[:3]) if word.lower not in JOINING | ADVERBS), None)
    if not reporting.drops_subjects or first is None or is_arabic(words[first].lower):
        return False
    verb = verb_at(words, first, reporting)
    return verb is not None and not verb.is_gerund and not verb.is_naming


def _people(cast: Cast, words: list[Word]) -> Speaker | None:
    """The people whom a sentence is about: « Interrogés sur ce point, les experts restent dubitatifs. »."""
    parts = between_commas(words)[:_MOST_PARTS]
    return next((found for part in parts if (found := people_told(cast, part))), None)


def _about_pronoun(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom a sentence is about that opens with a pronoun: « Lui-même est impatient. », « Elle aussi a peur. »."""
    gender = _ITSELF.get(words[0].lower)
    if gender is None:
        return None
    last = cast.persons_before(words[0].start)[:1]
    if last and words[0].lower != "lui" and not is_of_other_gender(last[0].name, gender):
        return Speaker(last[0].name, words[0].start, words[0].end)  # la célébrité de X. Lui-même est …
    speaker = meant(cast, words[0], gender)
    return speaker if cast.has_person(speaker.name) else None  # une affaire. Celle-ci date de mars


def _of_verb(cast: Cast, words: list[Word], verb: Verb, reporting: Reporting) -> Speaker | None:
    """The subject of a reporting verb, if it is a name or begins as a noun phrase does."""
    if words[verb.first - 1].lower == "," and not any(word.lower in THAT for word in words[verb.last : verb.last + 1]):
        speaker = speaker_after(cast, words[verb.last :]) or speaker_before(cast, words[: verb.first])
    else:
        speaker = speaker_before(cast, words[: verb.first])
    if speaker is None or cast.named_at(speaker.start):
        return speaker
    is_name = reporting.drops_subjects and cast.text[speaker.start].isupper() and speaker.start == words[0].start
    if is_name and words[0].lower not in PREPOSITIONS | ADVERBS:
        return speaker  # no recogniser reads there
    if words[verb.first].lower in {"s'", "se", "si", "sich"} and opening_human(cast, words) is None:
        return None  # cette décision s'explique par
    phrase = words_in(cast.text, speaker.start, speaker.end)
    first = phrase[0].lower
    if len(phrase) > 1 and phrase[0].start > words[0].start and all(cast.text[word.start].isupper() for word in phrase):
        return speaker  # one bystander, X, said
    return speaker if first in DETERMINERS or first in PRONOUNS or first in _COUNTED else None


def _named_first(cast: Cast, words: list[Word]) -> Speaker | None:
    """The person whose name the sentence begins with, but for a title."""
    first = next((i for i, word in enumerate(words[:_FIRST_WORDS]) if cast.named_at(word.start)), None)
    if first is None:
        return None
    named = cast.named_at(words[first].start)
    leading = {word.lower for word in words[:first]} - {"c'"}
    if first == 2 and words[0].lower == "c'" and any(word.lower == "qui" for word in words[first:]):  # c'est X qui a
        return Speaker(named.name, named.start, named.end) if named and named.is_person else None
    is_led = "," in leading or bool(leading & (PREPOSITIONS | AUXILIARIES))
    return subject_of_sentence(cast, words) if named and named.is_person and not is_led else None


def only_person(cast: Cast, start: int, position: int) -> Attribution | None:
    """The only person whom a paragraph has named before a quotation that nothing introduces."""
    named = [one for one in cast.persons_before(position) if one.start >= start]
    if not named or any(one.name != named[0].name for one in named):
        return None
    before = [word.lower for word in cast.words_before(named[0], _NEAR)][-2:]
    if len(before) > 1 and before[0] in _BODIES and before[1] in OF:
        return None  # el partido de X
    return Attribution(Speaker(named[0].name, named[0].start, named[0].end), None, "woven", "only_person")
