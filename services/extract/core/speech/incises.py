"""The clause that says who speaks and stands behind a quotation, or somewhere in its sentence: « …, a dit X »."""

from services.extract.core.grammar import (
    ADVERBS,
    COPULAS,
    DETERMINERS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    STOPS,
    TIMES,
)
from services.extract.core.speech.attributed import Attribution, Strength, cue_of
from services.extract.core.speech.callings import uttered_by
from services.extract.core.speech.cast import QUOTED, Cast, Word, words_in
from services.extract.core.speech.complements import complemented
from services.extract.core.speech.noun_phrases import RELATIVE
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.phrase_ends import JOINING
from services.extract.core.speech.pointers import any_verb, cleft, signed
from services.extract.core.speech.pronouns import Speaker, meant
from services.extract.core.speech.sources import according, closing_source
from services.extract.core.speech.speakers import (
    first_person,
    has_pronoun_subject,
    speaker_after,
    speaker_before,
)
from services.extract.core.speech.stances import convinced
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb, agrees, is_noun, verb_at
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.verbs.unknown_verbs import leads_to_infinitive, turned_verb_at
from services.extract.core.speech.whereabouts import cited_behind, read_somewhere, where_said

_LEADING = ",–—-.!?…"
_ONE_OF = [[one, of] for one in ("un", "une") for of in ("de", "d'", "des")]
_SIDES = frozenset(("son", "leur", "nouveau", "concert", "mon", "emblée", "ailleurs", "ores"))  # affirme de son côté
_NOT = frozenset(("no", "not", "ne", "nicht", "non"))
_TOLD = frozenset(("told", "tells"))
_PRETERITES = ("ó", "ò")
_SHORTEST = 3  # letters of a verb that no list has
_LONGEST_BARE = 5  # words of a subject: officials
_LONGEST_SUBJECT = 34  # words of a subject before its verb, with all that is added to it


def attributed_after(
    cast: Cast, words: list[Word], reporting: Reporting, *, begin: int, ending: str, is_clause: bool
) -> Attribution | None:
    """The attribution right behind a quotation whose sentence begins at `begin` and that ends with this character."""
    is_open = ending in ",!?…؟"
    if found := signed(cast, words):
        return found
    lead = next((i for i, word in enumerate(words) if word.lower not in _LEADING), len(words))
    words, has_comma = words[lead:], any(word.lower in ",–—-" for word in words[:lead])
    words = words[len(words) > 1 and words[0].lower == "y" and "-" in words[1].lower :]  # y écrit-elle
    if not words:
        return None
    if found := cleft(cast, words, reporting) or uttered_by(cast, words, reporting):
        return found
    is_capital = cast.text[words[0].start].isupper()
    verb = verb_at(words, 0, reporting)
    is_incise = verb is not None and verb.clitic is not None and verb.clitic != "on"
    if not (has_comma or is_open or is_clause or is_incise) or (is_capital and ending == "."):
        return None
    is_loose = not (has_comma or ending == ",")
    can_turn = has_comma or not is_capital
    return (
        convinced(cast, words, reporting, begin)
        or (_turned(cast, words, reporting, begin, is_any=has_comma or is_open) if can_turn else None)
        or according(cast, words, reporting, at_start=True)
        or cited_behind(cast, words)
        or (None if is_loose or cast.text[begin].isalnum() else any_verb(cast, words, reporting))
        or _it_said(words, reporting)
        or _subject_first(cast, words, reporting, is_loose=is_loose)
    )


def _turned(cast: Cast, words: list[Word], reporting: Reporting, begin: int, *, is_any: bool) -> Attribution | None:
    """A verb with its subject behind it, or behind its complement: « …, botte en touche X »."""
    found = turned(cast, words, reporting, begin, is_any=is_any)
    if is_any and (found is None or (found.speaker is None and found.rule == "inverted")):
        return complemented(cast, words) or found
    return found


def _it_said(words: list[Word], reporting: Reporting) -> Attribution | None:
    """« …, » it said: a body, whose name the sentence before has."""
    said = verb_at(words, 1, reporting) if len(words) > 1 and words[0].lower == "it" else None
    if said is None or said.is_gerund or said.is_naming:
        return None
    return Attribution(Speaker(None, words[0].start, words[0].end), cue_of(words, said), "strong", "subject_first")


def turned(
    cast: Cast, words: list[Word], reporting: Reporting, begin: int, *, is_any: bool, strength: Strength = "strong"
) -> Attribution | None:
    """A verb at the head of `words` and its subject behind it; with `is_any` a verb of any meaning."""
    verb = verb_at(words, 0, reporting)
    if verb is None:
        verb = turned_verb_at(cast, words, 0)
        if verb and not (is_any or "-" in words[0].lower or _has_named_subject(cast, words, verb)):
            verb = None
    verb = verb or _alone(cast, words, reporting)
    if verb is None or verb.is_gerund or verb.is_naming or leads_to_infinitive(cast, words, verb.last):
        return None
    if verb.last < len(words) and words[verb.last].lower in THAT | OF | {":"}:
        following = words[verb.last + 1].lower if verb.last + 1 < len(words) else ""
        is_article = words[verb.last].lower == "der"
        if not (verb.clitic or is_article or (words[verb.last].lower in OF and following in _SIDES)):
            return None  # what is quoted is itself the subject, or this a noun: titre de
    found = told(cast, words, verb, begin, strength)
    return None if found.speaker is None and _is_noun_of_thing(words, verb, reporting) else found


def _is_noun_of_thing(words: list[Word], verb: Verb, reporting: Reporting) -> bool:
    """Whether an adjective follows what looks like a verb of one word: « … », mesure emblématique du mandat."""
    rest = [word.lower for word in words[verb.last : verb.last + 2]]
    is_noun = verb.clitic is None and verb.last - verb.first == 1 and len(rest) > 1 and not reporting.drops_subjects
    function_words = DETERMINERS | PREPOSITIONS | STOPS | ADVERBS | TIMES | PRONOUNS.keys() | JOINING
    return is_noun and rest[0].isalpha() and rest[0] not in function_words and rest[1] in OF | {",", "."}


def _alone(cast: Cast, words: list[Word], reporting: Reporting) -> Verb | None:
    """A verb of any meaning with nothing else in its clause, where it needs no subject: « …, externó »."""
    at = 1 if words[0].lower in {"se", "si"} and len(words) > 1 else 0
    is_last = at + 1 == len(words) or words[at + 1].lower in {".", ",", ";"}
    is_verb = words[at].lower.endswith(_PRETERITES) or (at == 1 and words[at].lower.endswith(("a", "e")))
    if not reporting.drops_subjects or not is_last or not is_verb or words[at].lower in ADVERBS | TIMES:
        return None
    return Verb(0, at + 1) if cast.text[words[at].start].islower() and len(words[at].lower) > _SHORTEST else None


def _has_named_subject(cast: Cast, words: list[Word], verb: Verb) -> bool:
    """Whether somebody is named right behind a verb."""
    named = cast.named_at(words[verb.last].start) if verb.last < len(words) else None
    return named is not None and not named.is_place and named.start == words[verb.last].start


def has_own_subject(cast: Cast, words: list[Word], verb: Verb) -> bool:
    """Whether somebody is named right behind a verb, or what a person is: explique le maire."""
    if _has_named_subject(cast, words, verb):
        return True
    at = verb.last
    while at < len(words) and words[at].lower.endswith("ment"):  # glisse fièrement X
        at += 1
    subject = words[at : at + 1 + _LONGEST_BARE]
    is_one_of = [word.lower for word in subject if word.lower != "l'"][:2] in _ONE_OF
    return is_one_of or (agrees(words, verb) and opening_human(cast, subject) is not None)


def told(cast: Cast, words: list[Word], verb: Verb, begin: int | None, strength: Strength = "strong") -> Attribution:
    """The attribution of a verb that its subject follows; a pronoun means somebody named before `begin`."""
    rest = words[verb.last :]
    cue = cue_of(words, verb)
    if found := read_somewhere(cast, words, verb, strength):
        return found
    if verb.clitic == "on":
        return Attribution(where_said(cast, rest), cue, strength, "inverted")
    if verb.clitic in {"il", "elle"}:
        gender = "masculine" if verb.clitic == "il" else "feminine"
        return Attribution(meant(cast, words[verb.last - 1], gender, begin), cue, strength, "inverted_pronoun")
    if verb.clitic in {"ils", "elles"}:
        return Attribution(meant(cast, words[verb.last - 1], "several", begin), cue, strength, "inverted_pronoun")
    if rest and rest[0].lower == "desde":  # dicen desde el Ayuntamiento
        return Attribution(where_said(cast, rest), cue, strength, "inverted")
    speaker = None if verb.clitic or not agrees(words, verb) else speaker_after(cast, rest, begin)
    is_bare = verb.clitic is None and speaker is None and _is_bare(rest)
    return Attribution(speaker, cue, strength, "inverted", is_gerund=is_bare)


def _is_bare(rest: list[Word]) -> bool:
    """Whether no subject can follow in `rest`."""
    return not rest or not rest[0].lower[0].isalpha() or rest[0].lower in PREPOSITIONS | JOINING | {"a"}


def attributed_around(cast: Cast, words: list[Word], reporting: Reporting, *, begin: int) -> Attribution | None:
    """The attribution further on in the sentence that the quotation is woven into: « … » de X, a dit Y."""
    for at in range(len(words) - 1):
        if words[at].lower == ";":
            return None
        if words[at].lower not in {",", QUOTED, "–", "—"} or words[at + 1].lower in {",", QUOTED}:
            continue
        rest = words[at + 1 :]
        verb = verb_at(rest, 0, reporting) or _inverted_pronoun(cast, rest)
        if verb and not verb.is_gerund and not verb.is_naming and _is_incise(cast, rest, verb):
            return told(cast, rest, verb, begin, "around")
        if found := according(cast, rest, reporting, at_start=True):
            return Attribution(found.speaker, found.cue, "around", found.rule)
    return _tail(cast, words, reporting) or closing_source(cast, words, reporting)


def _inverted_pronoun(cast: Cast, words: list[Word]) -> Verb | None:
    """A verb of any meaning with its pronoun behind it, in no question: …, s'étrangle-t-il."""
    verb = turned_verb_at(cast, words, 0)
    is_asked = any(word.lower == "?" for word in words)
    return verb if verb and verb.clitic in {"il", "elle", "ils", "elles"} and not is_asked else None


def _is_incise(cast: Cast, words: list[Word], verb: Verb) -> bool:
    """Whether a verb behind a comma has its subject behind it, and is not the next predicate of the sentence."""
    if verb.clitic:
        return verb.clitic != "on" or where_said(cast, words[verb.last :]) is not None
    rest = words[verb.last :]
    if not rest or rest[0].lower in THAT | {":", QUOTED} or words[verb.last - 1].lower in _TOLD:
        return False
    speaker = speaker_after(cast, rest) if agrees(words, verb) else None
    if speaker is None:
        return False
    following = next((word for word in rest if word.start >= speaker.end), None)
    is_compound = verb.last - verb.first > 1
    return is_compound or following is None or not following.lower[0].isalpha() or following.lower in PREPOSITIONS


def _tail(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """A subject and its verb that end the sentence: « … », Y said."""
    comma = next((i for i in reversed(range(len(words))) if words[i].lower in {",", QUOTED}), -1)
    if comma < 0 or len(words) - comma > 14:
        return None
    found = _subject_first(cast, words[comma + 1 :], reporting, is_loose=True)
    return Attribution(found.speaker, found.cue, "around", found.rule) if found else None


def _subject_first(cast: Cast, words: list[Word], reporting: Reporting, *, is_loose: bool) -> Attribution | None:
    """A subject and its verb behind the quotation; a loose one ends its sentence, or goes on with when or where."""
    if not words or words[0].lower in STOPS or (is_loose and words[0].lower in PREPOSITIONS - DETERMINERS):
        return None
    for at in range(1, min(len(words), _LONGEST_SUBJECT)):
        verb = verb_at(words, at, reporting)
        if verb is None or verb.is_gerund or verb.is_naming or words[at - 1].lower in DETERMINERS | PREPOSITIONS:
            continue
        if is_noun(words, verb, reporting) or words[at - 1].lower in {"who", "qui"}:
            continue  # "…": the term for the hibernating state; "…", X, who asked for that, said
        if verb.last < len(words) and words[verb.last].lower in THAT:
            return None
        if _is_unled(cast, words[:at]) and (turned_round := _with_human(cast, words[at:], verb, at)):
            return turned_round
        is_clause = any(word.lower in THAT or word.lower == "où" for word in words[:at])
        is_cut = is_loose and not (_trails_off(words[verb.last :]) or _tells_somebody(words[:at], words[verb.first]))
        if is_clause or is_cut or words[at - 1].lower in _NOT or _has_verb(words[:at], reporting):
            return None
        speaker = first_person(cast, words[:at]) or speaker_before(cast, words[:at])
        is_bare = not is_loose and speaker is not None and _is_bare_subject(words[:at], reporting)
        is_told = is_bare or _is_somebody(cast, speaker) or has_pronoun_subject(words[:at])
        return Attribution(speaker, cue_of(words, verb), "strong", "subject_first") if is_told else None
    return None


def _is_unled(cast: Cast, words: list[Word]) -> bool:
    """Whether a comma stands before a verb, and nobody before that who could be its subject."""
    return words[-1].lower == "," and first_person(cast, words) is None


def _with_human(cast: Cast, words: list[Word], verb: Verb, at: int) -> Attribution | None:
    """A verb behind a comma with its subject behind it, a person: « … », ou PPE, la feuille de route, a dit X."""
    moved = Verb(0, verb.last - at, clitic=verb.clitic)
    is_subject = agrees(words, moved) and words[moved.last - 1].lower not in _TOLD
    found = told(cast, words, moved, None) if is_subject else None
    if found is None or found.speaker is None:
        return None
    subject = [word for word in words if word.start >= found.speaker.start]
    return found if cast.has_person(found.name) or opening_human(cast, subject) else None


def _is_bare_subject(words: list[Word], reporting: Reporting) -> bool:
    """Whether an English noun stands there without an article: « … », officials said."""
    return bool(reporting.clausal) and len(words) <= _LONGEST_BARE and all(word.lower.isalnum() for word in words)


def _is_somebody(cast: Cast, speaker: Speaker | None) -> bool:
    """Whether a subject is a name, or begins as a noun phrase does."""
    if speaker is None:
        return False
    first = words_in(cast.text, speaker.start, speaker.end)[0]
    is_counted = first.lower in {"a", "an", "one", "two", "some", "many", "several", "most", "another", "other"}
    return cast.text[first.start].isupper() or is_counted or first.lower in DETERMINERS or first.lower in PRONOUNS


def _has_verb(subject: list[Word], reporting: Reporting) -> bool:
    """Whether a subject's words have a verb of their own, so that they are a clause; a relative one may have."""
    finite = (word.lower for word in subject if word.lower in reporting.auxiliaries or word.lower in COPULAS)
    is_relative = any(word.lower in RELATIVE for word in subject)
    return not is_relative and next(finite, None) is not None


def _trails_off(rest: list[Word]) -> bool:
    if not rest or not rest[0].lower[0].isalpha():
        return not rest or rest[0].lower != ":"
    first = rest[0].lower
    return (
        first in {"earlier", "last", "this", "later"}
        or first in PREPOSITIONS
        or first in ADVERBS
        or first in TIMES
        or first.endswith("ing")
    )


def _tells_somebody(subject: list[Word], verb: Word) -> bool:
    """Whether whoever is told follows a pronoun and its verb: "…" she told X by telephone."""
    return verb.lower in _TOLD and len(subject) == 1 and subject[0].lower in PRONOUNS
