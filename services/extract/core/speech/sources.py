"""Whose a sentence is by its own words: « selon X », « comme l'affirme X »."""

from services.extract.core.grammar import ADVERBS, DETERMINERS, HUMANS, OF, PRONOUNS, SAYINGS, word_set
from services.extract.core.speech.attributed import Attribution, Strength, cue_of
from services.extract.core.speech.cast import QUOTED, Cast, Named, Word
from services.extract.core.speech.openings import opening_human
from services.extract.core.speech.pronouns import Speaker, meant, whoever
from services.extract.core.speech.speakers import opening_subject, speaker_after, subject_of_sentence
from services.extract.core.speech.verbs.reporting_phrases import THAT, Verb, verb_at, verbs_in
from services.extract.core.speech.verbs.reporting_verbs import Reporting

_OF_SOMEBODY = frozenset(("de", "d'", "du", "del", "di", "von", "vom"))
_WHICH = frozenset(
    (one,) for one in ("qui", "duquel", "lequel", "laquelle", "lesquels", "lesquelles", "quoi")
)  # l'idée selon laquelle
_THEM = frozenset(("eux", "elles", "them", "ellos", "ellas"))
_OBLIQUE = {"him": "masculine", "ihm": "masculine", "her": "feminine", "ihr": "feminine"}
_OWN = frozenset(("ses", "leurs", "son", "sa", "his", "her", "their", "sus"))
_SEVERAL = frozenset(("ces", "certains", "plusieurs", "beaucoup", "nombre", "many", "some"))
_FOR = frozenset(("pour", "for", "für", "para", "per"))
_APART = frozenset(
    (
        ",",
        "et",
        "and",
        "mais",
        "und",
        "y",
        "e",
        "qui",
        "que",
        "qu'",
        "that",
        "which",
        "che",
        "toujours",
        "encore",
        "still",
        "siempre",
        "sempre",
    )
)
_LEADING_ON = ADVERBS | frozenset((",", "mais", "or", "car", "donc", "and", "but", "pero", "ma"))
_COLLECTIVES = word_set(
    "syndicats membres associations opposants élus experts avocats habitants riverains salariés enquêteurs "
    "spécialistes parents enseignants médecins chercheurs économistes observateurs militants autorités organisations "
    "députés sindicatos asociaciones vecinos expertos críticos abogados autoridades sindacati esperti "
    "équipe scientifiques collectif "
    "ministère gouvernement parquet préfecture opposition accusation exécutif présidence majorité patronat "
    "experts critics unions residents lawyers officials opponents supporters"
)
_COLLECTIVE_WORDS = 5  # at the head of a phrase, among which what they are is said
_HIM = frozenset(("lui", "elle", "eux", "elles", "him", "her", "them", "ihn", "él", "ella", "lui", "lei"))
_IN_OWN_VIEW = frozenset(
    tuple(cue.split())
    for cue in (
        "à son avis",
        "à ses yeux",
        "de son point de vue",
        "selon ses mots",
        "selon ses termes",
        "selon ses propres mots",
        "selon ses propres termes",
        "en su opinión",
        "a su juicio",
        "desde su punto de vista",
        "a su parecer",
        "en sus palabras",
        "in his view",
        "in her view",
        "in his opinion",
        "in her opinion",
        "in his words",
        "in her words",
        "seiner ansicht nach",
        "ihrer ansicht nach",
        "seiner meinung nach",
        "ihrer meinung nach",
        "a suo avviso",
        "a suo giudizio",
        "a suo parere",
    )
)
_ARTICLES_OF_SEVERAL = frozenset(("les", "des", "ces", "ses", "plusieurs", "certains", "certaines", "deux", "trois"))
_CLOSING = OF | frozenset(("qui", "dont", "que", "who", "quien"))  # behind a name that is added to what somebody is
_FARTHEST_SOURCE = 34  # words behind a quotation


def according(cast: Cast, words: list[Word], reporting: Reporting, *, at_start: bool) -> Attribution | None:
    """« Selon X », at the head of `words` or behind one of their commas."""
    lowers = tuple(word.lower for word in words)
    for at in range(1 if at_start else len(words)):
        for cue in reporting.according_to:
            last = at + len(cue)
            is_apart = at == 0 or lowers[at - 1] in _APART or last + 1 == len(words)
            if lowers[at:last] == cue and is_apart and lowers[last : last + 1] not in _WHICH:
                speaker = _source(cast, words[last:], reporting)
                if speaker is None and at > 1 and lowers[last : last + 1] and lowers[last] in _OWN:
                    speaker = subject_of_sentence(cast, words[:at])
                elif (
                    speaker and speaker.name is None and at > 1 and lowers[last] not in _THEM
                ):  # le parc a fait recours, selon lui « … »
                    speaker = opening_subject(cast, words[:at]) or speaker
                if at_start and speaker and speaker.name is None and (named := named_behind(cast, words[last:])):
                    speaker = meant(cast, words[last], PRONOUNS.get(words[last].lower, "nobody"), named.end + 1)
                strength: Strength = "strong" if at_start else "woven"
                return Attribution(speaker, (words[at].start, words[last - 1].end), strength, "according_to")
    return None


def named_behind(cast: Cast, words: list[Word]) -> Named | None:
    """Whom the clause behind « selon elle, » opens with by name."""
    comma = next((i for i, word in enumerate(words[:-1]) if word.lower == ","), None)
    named = cast.named_at(words[comma + 1].start) if comma is not None else None
    return named if named and named.is_person else None


def by_own_account(cast: Cast, words: list[Word], position: int) -> Attribution | None:
    """« À son avis, … », « en su opinión, … »: the sentence is whose who spoke last before `position`."""
    lowers = [word.lower for word in words]
    first = next((i for i, lower in enumerate(lowers) if lower not in _LEADING_ON), 0)
    length = next((len(cue) for cue in _IN_OWN_VIEW if tuple(lowers[first : first + len(cue)]) == cue), 0)
    following = lowers[first + length : first + length + 1]
    if not length or (following and following[0] != ","):
        return None
    speaker = whoever(cast, position)
    return Attribution(speaker, (words[first].start, words[first + length - 1].end), "woven", "according_to")


def as_told(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« Comme le souligne X, … », « as X has said, … »: the sentence is X's."""
    for at, word in enumerate(words[:-2]):
        if word.lower not in {"comme", "as", "según", "come", "wie", "ainsi"} or (at and words[at - 1].lower != ","):
            continue
        if word.lower == "ainsi" and words[at + 1].lower not in THAT:
            continue  # ainsi que le souligne X
        first = at + 1 + (word.lower == "ainsi")
        first += first < len(words) and words[first].lower in {"le", "l'"}
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
        if speaker is None or not (cast.named_at(speaker.start) or is_of_people(cast, rest)):
            return None
        following = next((word.lower for word in rest if word.start >= speaker.end), ".")
        span = words[at].start, words[at + len(cue) - 1].end
        return Attribution(speaker, span, "around", "according_to") if following in {",", ".", QUOTED} else None
    return None


def _without_main_clause(cast: Cast, words: list[Word]) -> list[Word]:
    """The words up to a comma behind which somebody has a verb: in « Selon le procureur, X a … » X is no apposition."""
    comma = next((i for i, word in enumerate(words[:-2]) if word.lower == ","), None)
    named = cast.named_at(words[comma + 1].start) if comma else None
    if named is None or comma is None or not named.is_person:
        return words
    following = next((word.lower for word in words if word.start >= named.end), ".")
    return words[:comma] if following[0].isalpha() and following not in _CLOSING else words


def _said_first(cast: Cast, words: list[Word], reporting: Reporting) -> Verb | None:
    """The verb that stands right behind a Spanish "según"."""
    verb = verb_at(words, 0, reporting) if words and cast.language == "es" else None
    return verb if verb and not verb.is_gerund else None


def _source(cast: Cast, words: list[Word], reporting: Reporting) -> Speaker | None:
    words = _without_main_clause(cast, words)
    if words and words[0].lower in _OF_SOMEBODY:  # de l'avis de X
        words = words[1:]
    is_alone = not any(word.lower[0].isalpha() for word in words[1:2])
    genders = {**PRONOUNS, **_OBLIQUE} if is_alone else PRONOUNS  # according to her, …
    gender = genders.get(words[0].lower, "nobody") if words else "nobody"
    if words and (words[0].lower in _THEM or gender != "nobody"):
        return meant(cast, words[0], "several" if words[0].lower in _THEM else gender)
    told = words[2:] if len(words) > 2 and words[0].lower == "ce" and words[1].lower in THAT else []
    if verb := next(iter(verbs_in(told, reporting)), None) or _said_first(cast, words, reporting):
        behind = (told or words)[verb.last :]  # selon ce qu'a dit X, según dijo a El País un asesor
        return None if words[0].lower == "se" else speaker_after(cast, behind)
    is_own = len(words) > 1 and words[0].lower in _OWN and any(word.lower in SAYINGS for word in words[1:3])
    if told or is_own:
        return None  # selon ses termes
    saying = next((i for i, word in enumerate(words[:3]) if word.lower in SAYINGS), None)
    if saying is None:
        return speaker_after(cast, words)
    whose = words[saying + 1 :]
    if whose and whose[0].lower.startswith("confi") and len(whose) > 1 and whose[1].lower == "par":
        return speaker_after(cast, whose[2:])
    return speaker_after(cast, whose[1:]) if whose and whose[0].lower in OF else None


def in_the_view_of(cast: Cast, words: list[Word], *, is_apart: bool) -> Attribution | None:
    """« Pour X, … » at the head of a sentence: what follows is X's, whom a comma or a colon sets apart, or a name."""
    words = words[next((i for i, word in enumerate(words) if word.lower not in _LEADING_ON), 0) :]
    if len(words) < 2 or words[0].lower not in _FOR:
        return None
    comma = next((i for i, word in enumerate(words) if word.lower == ","), len(words))
    named = cast.named_at(words[1].start)
    is_all = named is not None and named.is_person and named.end == words[-1].end  # per X «…»
    if not is_apart and comma == len(words) and not is_all:
        return None
    every = cast.within(words[1].start, words[comma - 1].end)
    is_somebody = words[1].lower in _HIM | _SEVERAL or is_of_people(cast, words[1:comma])
    if not is_somebody and (not every or all(one.is_place for one in every)):
        return None
    speaker = speaker_after(cast, words[1:])
    return Attribution(speaker, (words[0].start, words[0].end), "woven", "according_to") if speaker else None


def is_of_people(cast: Cast, words: list[Word]) -> bool:
    """Whether a noun phrase is of people without names: le maire, les syndicats, une partie des salariés."""
    if opening_human(cast, words) is not None:
        return True
    phrase = [word.lower for word in words[:_COLLECTIVE_WORDS]]
    return bool(phrase) and phrase[0] in DETERMINERS and any(lower in _COLLECTIVES for lower in phrase[1:])


def people_told(cast: Cast, words: list[Word]) -> Speaker | None:
    """The people whom a clause opens with: « les experts restent dubitatifs », « les deux journalistes »."""
    if not words or words[0].lower not in _ARTICLES_OF_SEVERAL:
        return None
    near = range(1, min(len(words), _COLLECTIVE_WORDS))
    noun = next((i for i in near if _are_people(words[i].lower)), None)
    if noun is None or any(not word.lower.isalpha() for word in words[1:noun]):
        return None
    end = noun + 1
    while end + 1 < len(words) and words[end].lower in OF and words[end + 1].lower.isalpha():
        end += 2 + (words[end + 1].lower in DETERMINERS and end + 2 < len(words))
    return Speaker(cast.text[words[0].start : words[end - 1].end], words[0].start, words[end - 1].end)


def _are_people(lower: str) -> bool:
    return lower in _COLLECTIVES or (lower[-1] == "s" and lower[:-1] in HUMANS)
