"""Words alone whose speaker stands in the next sentence, whatever that says: « … » X ne dit pas autre chose."""

from itertools import pairwise

from services.extract.core.grammar import ADVERBS, AUXILIARIES, DETERMINERS, OF, PREPOSITIONS, PRONOUNS, word_set
from services.extract.core.speech.attributed import Attribution, span_of
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pointers import WORDS, pointed_at
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.sources import people_told
from services.extract.core.speech.speakers import first_person, speaker_before
from services.extract.core.speech.verbs.reporting_phrases import THAT, verb_at, verbs_in
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_ASIDES = (
    ("en", "substance"),
    ("en", "tout", "cas"),
    ("en", "quelque", "sorte"),
    ("en", "somme"),
    ("du", "moins"),
    ("au", "fond"),
    ("mot", "pour", "mot"),
    ("peu", "ou", "prou"),
    ("in", "essence"),
)
_LONGEST_ASIDE = 5  # words between commas behind the noun that points back
_NEAR = 8  # words of a sentence, among which what points back stands
_IT = frozenset(("l'", "le", "lo"))
_NEGATING = frozenset(("ne", "n'"))
_OF_SPEECH = frozenset(("dit", "disent", "disait", "pense", "pensent", "pensait", "affirme", "écrit", "said", "says"))
_SAID = frozenset(("said", "says", "admitted", "admits"))
_AS_MUCH = frozenset((("as", "much"), ("the", "same"), ("so", "."), ("so", "in")))
_SURE = word_set("convaincu convaincue persuadé persuadée certain certaine sûr sûre sure convinced certain")
_BEING = frozenset(("est", "sont", "était", "étaient", "is", "was", "s'"))
_SPEAKING = ("exprim", "parl", "raconte", "témoign", "écri", "dit")
_NOT = frozenset(("ne", "n'", "not", "never", "nicht", "nie", "no", "non", "pas", "jamais"))
# Verbs of somebody to whom words come: X écoute les riverains, X received the message.
_TAKING_IN = word_set(
    "écoute écoutent écoutait écoutaient écouté entend entendent entendait entendu lit lisent lisait lu relit reçoit "
    "reçoivent recevait reçu reçue découvre découvrent découvrait découvert apprend apprennent apprenait appris "
    "regarde regardent regardait regardé obéit obéissent acquiesce acquiescent acquiesçait "
    "hears heard listens listened listening reads read receives received watches watched obeys obeyed "
    "hört hörte hören liest las lesen erhält erhielt erhalten bekommt bekam erfährt erfuhr erfahren "
    "escucha escuchan escuchó escuchaba oye oyó lee leyó recibe recibió recibido leído "
    "ascolta ascoltano ascoltò ascoltava ascoltato sente sentì sentito legge lesse letto riceve ricevette ricevuto"
)
# What is done to a statement that is another's: X le nie, X l'a appris hier, X lo niega.
_DENYING = (
    *("nie", "nia", "contest", "démen", "réfut", "appren", "appri", "ignor", "oubli", "refus", "rejet", "récus"),
    *("savai", "sup", "sapu", "sapev", "sabí", "nieg", "neg", "desm", "smenti", "leugne", "bestreite"),
)
_BY = frozenset(("par", "by", "von", "vom", "por", "da", "dal", "dalla", "dai"))
_PASSIVE = _BEING | word_set("été est sont was were been wird wurde wurden fue fueron sido stato stata venne")
_THESE = word_set("ce cet cette ces this that these those diese dieser dieses diesen este esta ese esa questo questa")
_IT_IN_GERMAN = frozenset(("das", "es", "daran"))
_OBJECTS = _IT_IN_GERMAN | {"l'", "le", "la", "les", "y", "lo", "it", "so", "that", "ci"}
_WHO = frozenset(("qui", "who"))
_SO = frozenset(("ainsi", "si", "so", "thus"))
_MOST_OF_SUBJECT = 12  # words of a subject before its verb
_LEADING = PREPOSITIONS - {"pour", "for"}


def told_afterwards(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """Whose the words before a sentence are, by what it says of them."""
    words = _without_asides(words)
    if not words:
        return None
    return pointed_at(cast, words, reporting) or _restated(cast, words, reporting) or _identified(cast, words)


def _without_asides(words: list[Word]) -> list[Word]:
    """The words without « en substance » and without what stands between commas right behind a noun."""
    lowers = [word.lower for word in words[:_NEAR]]
    for aside in _ASIDES:
        at = next((i for i in range(len(lowers)) if tuple(lowers[i : i + len(aside)]) == aside), None)
        if at:
            has_commas = lowers[at - 1] == "," and lowers[at + len(aside) : at + len(aside) + 1] == [","]
            return words[: at - has_commas] + words[at + len(aside) + has_commas :]
    if len(words) > 3 and words[2].lower == "," and words[0].lower in DETERMINERS:
        close = next((i for i in range(3, min(len(words), 4 + _LONGEST_ASIDE)) if words[i].lower == ","), None)
        if close is not None and close + 1 < len(words) and words[close + 1].lower in _BEING:
            return words[:2] + words[close + 1 :]
    return words


def _restated(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X ne dit pas autre chose », « X l'a affirmé mardi », « X le répète », « X en est persuadé »."""
    for at in range(1, min(len(words) - 1, _MOST_OF_SUBJECT)):
        lower = words[at].lower
        if lower in THAT or lower in {":", ";", QUOTED}:
            return None
        cue = None
        if lower in _NEGATING:
            cue = _nothing_else(words, at)
        elif lower in _IT:
            verb = verb_at(words, at + 1, reporting)
            following = words[verb.last].lower if verb and verb.last < len(words) else "."
            is_told = verb is not None and not verb.is_gerund and not verb.is_naming and verb.clitic is None
            cue = span_of(words[at + 1 : verb.last]) if verb and is_told and following not in {*THAT, ":"} else None
            if verb and any(_is_of_another(word.lower) for word in words[at + 1 : verb.last]):
                return None  # X l'a appris hier
        elif lower in _SAID and tuple(word.lower for word in words[at + 1 : at + 3])[:2] in _AS_MUCH:
            cue = span_of(words[at : at + 1])
        elif lower == "en" and words[at + 1].lower in _BEING:
            sure = next((i for i in range(at + 2, min(len(words), at + 5)) if words[i].lower in _SURE), None)
            cue = span_of(words[at + 1 : sure + 1]) if sure else None
        if cue is not None:
            speaker = _subject(cast, words[:at])
            if speaker is None or not _is_right_before(words[:at], speaker):
                return None  # X attend l'annonce, Y n'en est pas sûr
            return Attribution(speaker, cue, "woven", "sentence_after")
    return None


def _is_right_before(words: list[Word], speaker: Speaker) -> bool:
    """Whether nothing but an aside or an adverb stands behind the subject that `words` have."""
    rest = [word.lower for word in words if word.start >= speaker.end]
    is_aside = len(rest) > 2 and rest[0] == "," and rest[-1] == ","
    return is_aside or all(lower in ADVERBS for lower in rest)


def _nothing_else(words: list[Word], at: int) -> tuple[int, int] | None:
    """The verb of « ne dit pas autre chose », « n'a pas dit autre chose », « ne dit rien d'autre »."""
    behind = [word.lower for word in words[at : at + _NEAR]]
    verb = next((i for i, lower in enumerate(behind) if lower in _OF_SPEECH), None)
    is_same = "autre" in behind and ("chose" in behind or "rien" in behind)
    if verb is None or not is_same:
        return None
    has_auxiliary = behind[1] in AUXILIARIES
    return words[at + 1 if has_auxiliary else at + verb].start, words[at + verb].end


def _subject(cast: Cast, words: list[Word]) -> Speaker | None:
    speaker = first_person(cast, words) or opening_human(cast, words)
    if speaker is None and (words[-1].lower in PRONOUNS or cast.named_at(words[-1].start)):
        speaker = speaker_before(cast, words)
    return speaker if speaker and speaker.name else None


def _identified(cast: Cast, words: list[Word]) -> Attribution | None:
    """« Celui qui s'exprime ainsi est X », « L'homme qui parle s'appelle X »."""
    who = next((i for i, word in enumerate(words[:4]) if word.lower in _WHO), None)
    if who is None or who + 2 >= len(words):
        return None
    near = range(who + 1, min(len(words) - 1, who + 4))
    verb = next((i for i in near if words[i].lower.startswith(_SPEAKING)), None)
    if verb is None:
        return None
    at = verb + 1 + (words[verb + 1].lower in _SO)
    if at + 1 >= len(words) or words[at].lower not in _BEING:
        return None
    rest = words[at + 1 + (words[at].lower == "s'") :]
    is_of = rest and (rest[0].lower in OF or rest[0].lower in _LEADING)
    speaker = None if is_of else first_person(cast, rest[:4]) or (opening_human(cast, rest) if rest else None)
    first = verb - (words[verb - 1].lower in {"s'", "se"})
    return Attribution(speaker, span_of(words[first : verb + 1]), "woven", "sentence_after") if speaker else None


def about_next(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """The person whom the next sentence opens with, whatever they do there: « … » X montre du doigt un pont."""
    words = words[: next((i for i, word in enumerate(words) if word.lower in {":", ";", QUOTED}), len(words))]
    if len(words) < 3 or words[0].lower in PRONOUNS or any(not verb.is_gerund for verb in verbs_in(words, reporting)):
        return None  # « … » X a ajouté une chose: of something else
    named = cast.named_at(words[0].start)
    if named is not None:
        is_person = named.is_person and named.start == words[0].start
        speaker = Speaker(named.name, named.start, named.end) if is_person else None
    else:
        speaker = (
            opening_human(cast, words) if words[0].lower in {"le", "la", "l'", "the"} else people_told(cast, words)
        )
    if speaker is None or not speaker.name or _is_addressed([word for word in words if word.start >= speaker.end]):
        return None
    return Attribution(speaker, None, "woven", "sentence_after")


def _is_of_another(lower: str) -> bool:
    """Whether a verb is of what another has said, with that as its object."""
    return lower in _TAKING_IN or lower.startswith(_DENYING)


def _is_addressed(words: list[Word]) -> bool:
    """Whether a predicate shows that the words before are another's: X les écoute, X reçoit cette lettre, X le nie."""
    lowers = [word.lower for word in words]
    near = lowers[:_NEAR]
    if any(lower in _TAKING_IN for lower in near):
        return True
    being = next((i for i, lower in enumerate(near) if lower in _PASSIVE), len(lowers))
    if any(lower in _BY for lower in lowers[being:]):
        return True  # X a été accueilli par des huées
    pairs = list(pairwise(lowers))
    if any(first in _THESE and second in WORDS for first, second in pairs):
        return True  # X n'oubliera jamais ces mots
    objects = (i for i, lower in enumerate(near) if lower in _OBJECTS)
    if any(_is_of_another(lower) for i in objects for lower in lowers[i + 1 : i + 3]):
        return True  # X le nie, lo ha saputo dai giornali
    if any(first in _NOT and second in _OBJECTS for first, second in pairs[:_NEAR]):
        return True  # X ne le croit pas
    is_negated = any(lower in _NOT for lower in near)
    return is_negated and any(lower in _SURE | _IT_IN_GERMAN for lower in near)  # n'en est pas sûr, glaubt das nicht
