"""Words woven into what somebody calls a thing or asks others to do: « l'a qualifié de « … » », « appelle à « … » »."""

from services.extract.core.grammar import ADVERBS, DETERMINERS, word_set
from services.extract.core.speech.attributed import Attribution, cue_of, span_of
from services.extract.core.speech.cast import Cast, Word
from services.extract.core.speech.sources import is_of_people
from services.extract.core.speech.speakers import speaker_after, speaker_before
from services.extract.core.speech.verbs.reporting_phrases import Verb, is_arabic, verbs_in
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.verbs.unknown_verbs import leads_to_infinitive

ARTICLES_OF_NAMES = frozenset(("un", "une", "des", "eine", "einen", "ein", "a", "an", "una"))  # y voit une « réforme »
TO = frozenset(("to", "de", "d'", "à"))  # promised to «do so»
_OBJECTS = frozenset(("l'", "le", "la", "les"))
_BEFORE_INFINITIVES = frozenset(("se", "s'", "ne", "n'", "pas", "plus", "y", "en"))
_NOT = frozenset(("ne", "n'"))
_AS = frozenset(("de", "d'", "comme", "as", "als", "como", "come", "a", "an", "بأنه", "بأنها"))
_CALLED_WORDS = 5
_CALLING = word_set(
    "called calls calling dubbed branded labelled nannte nennt nannten definito definita definì definisce llamó llama"
)
_BEING = frozenset(("is", "are", "was", "were", "been", "being"))
_BY = frozenset(("par", "by"))
_UTTERED = word_set(
    "prononcé prononcée prononcés prononcées proféré proférée proférés proférées employé employée employés employées "
    "utilisé utilisée utilisés utilisées tenus uttered used coined spoken"
)
_WRITTEN = word_set("écrit écrite écrits écrites signé signée written read")  # a work by X
_JUDGED = word_set(
    "jugé jugée jugés jugées considéré considérée considérés considérées estimé estimée estimés estimées "
    "présenté présentée présentés présentées perçu perçue perçus perçues dépeint dépeinte dépeints dépeintes "
    "accueilli accueillie accueillis accueillies vécu vécue vécus vécues ressenti ressentie ressentis ressenties "
    "interprété interprétée interprétés interprétées reçu reçue salué saluée dénoncé dénoncée dénoncés dénoncées"
)
_SHOWING = ("présent", "considèr", "considér", "perçoi", "percev", "dépei", "dépeign", "presenta", "presentó")
_SEEING = word_set("voit voient voyait voyaient sees saw see ve ven veía vede vedono vedeva")
_BEING_SO = frozenset(("est", "sont", "était", "étaient", "être"))
_NAMING_WORDS = 14  # between "qualified" and "as «so»"
_EXHORTING_WORDS = 14  # between "calls upon" and "to «do so»"

_ACCUSING = ("accus", "reproch", "soupçonn")
_INFINITIVES = ("er", "ir", "re")


def exhorted(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X appelle les siens à « … » »: whoever calls upon them."""
    at = next((i for i in reversed(range(len(words))) if words[i].lower in reporting.exhorting), None)
    is_led = words[-1].lower in TO or (
        len(words) > 1 and words[-1].lower in ARTICLES_OF_NAMES and words[-2].lower == "à"  # appelle à une « trêve »
    )
    if not is_led and not (at is not None and _leads_to_infinitive(cast, words[at + 1 :])):
        return None
    is_gerund = at is not None and words[at].lower.endswith("ant")
    objects = _OBJECTS if is_gerund else frozenset()  # l'invitant à « agir »
    if at is None or at == 0 or len(words) - at > _EXHORTING_WORDS or words[at - 1].lower in DETERMINERS - objects:
        return None
    first = at - 1
    while first > 0 and words[first].lower in ADVERBS:
        first -= 1  # a également appelé
    first = first if words[first].lower in reporting.auxiliaries else at
    speaker = speaker_before(cast, words[: first - (words[first - 1].lower in objects)], of_sentence=is_gerund)
    return Attribution(speaker, (words[first].start, words[at].end), "woven", "object") if speaker else None


def _leads_to_infinitive(cast: Cast, words: list[Word]) -> bool:
    """Whether « à se concentrer », « à ne pas céder » end the words behind a verb that calls upon somebody."""
    at = next((i for i in reversed(range(len(words))) if words[i].lower in TO), None)
    rest = [word for word in words[at + 1 :] if word.lower not in _BEFORE_INFINITIVES] if at is not None else []
    return len(rest) == 1 and leads_to_infinitive(cast, rest, 0)


def is_accused(verb: str, behind: list[str]) -> bool:
    """Whether a French verb accuses somebody of having done what `behind` ends in: accuse X d'avoir dévié de « … »."""
    at = next((i for i, lower in enumerate(behind[:-1]) if lower in {"de", "d'"}), None)
    is_of_deed = at is not None and behind[at + 1].endswith(_INFINITIVES) and "," not in behind
    return verb.startswith(_ACCUSING) and is_of_deed


def by_agent(cast: Cast, words: list[Word], after: list[Word], reporting: Reporting) -> Attribution | None:
    """« décrit comme « so » par X », « qualifié par X de « so » »: whoever stands behind "par"."""
    at = next((i for i in reversed(range(len(words))) if _names_passively(words, i, reporting)), None)
    if at is None or len(words) - at > _NAMING_WORDS:
        return None
    inside = next((i for i in range(at + 1, len(words)) if words[i].lower in _BY), None)
    agent = words[inside + 1 :] if inside is not None else after[1:] if after and after[0].lower in _BY else []
    if at == 0 and inside is None:  # qualifié de « traître » par ses amis, X se tait
        agent = agent[: next((i for i, word in enumerate(agent) if word.lower == ","), len(agent))]
    speaker = speaker_after(cast, agent)
    return Attribution(speaker, span_of(words[at : at + 1]), "naming", "naming") if speaker else None


def shown_as(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« X présente la loi comme « juste » », « que ses promoteurs considèrent comme « … » »: whose view it is."""
    if found := _seen_in(cast, words):
        return found
    if len(words) < 3 or words[-1].lower not in {"comme", "como"}:
        return None
    near = range(len(words) - 2, max(0, len(words) - _NAMING_WORDS), -1)
    at = next((i for i in near if words[i].lower.startswith(_SHOWING)), None)
    if at is None or any(word.lower in ";,." for word in words[at:]):
        return None
    is_compound = words[at - 1].lower in reporting.auxiliaries
    is_participle = words[at].lower.endswith(("é", "ée", "és", "ées", "u", "ue", "us"))
    if is_participle != is_compound or words[at - 1].lower in _BEING_SO or words[at - 1 - is_compound].lower == "on":
        return None
    first = at - is_compound
    speaker = speaker_before(cast, words[: first - (words[first - 1].lower in _OBJECTS)])
    return Attribution(speaker, span_of(words[first : at + 1]), "naming", "naming") if speaker else None


def _seen_in(cast: Cast, words: list[Word]) -> Attribution | None:
    """« X voit dans cet accord « une capitulation » », "X sees in it “a trap”": whoever sees it so."""
    near = range(len(words) - 3, max(0, len(words) - _NAMING_WORDS), -1)
    at = next((i for i in near if words[i].lower in _SEEING and words[i + 1].lower in {"dans", "in", "en"}), None)
    if at is None or any(word.lower in ";,.:" for word in words[at:]):
        return None
    speaker = speaker_before(cast, words[:at])
    is_somebody = speaker is not None and (
        cast.has_person(speaker.name) or is_of_people(cast, [word for word in words if word.start >= speaker.start])
    )
    return Attribution(speaker, span_of(words[at : at + 1]), "naming", "naming") if is_somebody else None


def uttered_by(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    """« … » lancée par X: whoever stands behind "par"."""
    if len(words) < 3 or words[1].lower not in _BY or words[0].lower not in reporting.participles | _UTTERED:
        return None
    speaker = None if words[0].lower in _WRITTEN else speaker_after(cast, words[2:])
    return Attribution(speaker, cue_of(words, Verb(0, 1)), "strong", "agent") if speaker else None


def _names_passively(words: list[Word], at: int, reporting: Reporting) -> bool:
    word = words[at].lower
    if word in reporting.naming and word.endswith("ed"):  # was described as «so» by X
        is_led = at + 1 < len(words) and words[at + 1].lower == "by"  # described by X as «so»
        return is_led or at == 0 or words[at - 1].lower in _BEING  # Branded «so» by X
    is_named = word in reporting.naming and word.endswith(("é", "ée", "és", "ées", "rit", "rite", "rits", "rites"))
    return is_named or word in _JUDGED


def named(cast: Cast, words: list[Word], verbs: list[Verb], reporting: Reporting) -> Attribution | None:
    """« X l'a qualifié de « so » », by the last of the `verbs` that name."""
    if not verbs or len(words) - verbs[-1].last > _NAMING_WORDS:
        return None
    verb = verbs[-1]
    while len(words) > verb.last and words[-1].lower in ARTICLES_OF_NAMES:
        words = words[:-1]
    is_calling = words[verb.last - 1].lower in _CALLING and len(words) - verb.last < _CALLED_WORDS
    if not is_calling and words[-1].lower not in _AS and len(words) > verb.last:
        return None
    if any(word.lower in ";,." for word in words[verb.last :]):
        return None
    if is_arabic(words[verb.first].lower):
        main = next((one for one in reversed(verbs_in(words[: verb.first], reporting)) if not one.is_gerund), None)
        speaker = speaker_after(cast, words[(main.last if main else verb.last) :])
    else:
        speaker = speaker_before(cast, words[: verb.first], of_sentence=verb.is_gerund)
    if words[verb.last - 1].lower in reporting.viewing:
        is_denied = any(word.lower in _NOT for word in words[max(0, verb.first - 2) : verb.first])
        is_person = speaker is not None and (
            cast.has_person(speaker.name) or is_of_people(cast, [word for word in words if word.start >= speaker.start])
        )
        if is_denied or not is_person:
            return None
    return Attribution(speaker, cue_of(words, verb), "naming", "naming")
