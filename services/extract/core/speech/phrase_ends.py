"""Where a noun phrase ends: before a clause, a verb, what it does not govern; and where "and" goes on with it."""

import re

from services.extract.core.grammar import (
    ARABIC_ENDS,
    ARABIC_TITLES,
    AUXILIARIES,
    DETERMINERS,
    FRENCH_MODALS,
    HARD_STOPS,
    HUMANS,
    OF,
    OFFICES_AT,
    PREPOSITIONS,
    REPORTED,
    STOPS,
    word_set,
)
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.titles import verbs_of

JOINING = frozenset(("et", "and", "puis", "mais", "but", "then", "und", "y", "e", "ou", "or", "pero", "sino", "aber"))
_BEGIN_MEASURES = frozenset(("quelques", "peu", "lors", "dès", "juste", "aussitôt", "alors", "some", "wenige"))
# Of a paper or a speech, behind whose it is.
_PUBLISHED = word_set(
    "repris reprise reprises publié publiée publiés publiées paru parue diffusé diffusée cité citée cités citées "
    "rapporté rapportée relayé relayée consulté consultée dévoilé dévoilée recueilli recueillis interrogé interrogée "
    "interrogés quoted cited published"
)
_SPANISH_VERB = re.compile(r"[^\W\d_]{2,}(?:aron|ieron|yeron|aban|[^\W]ían|ó)\Z")
_SPANISH_BEING = frozenset(("fue", "fueron", "era", "eran", "es", "está", "están", "estaba"))  # las vecinas salieron
_GERMAN_VERBS = frozenset(("wird", "werden", "würde", "würden", "wurde", "wurden", "ist", "sind", "war", "waren"))
_OBJECTS_BEGIN = frozenset(("to", "the", "that", "his", "her", "its", "their", "him", "it", "any"))
_OF_NOUNS = frozenset(("des", "den", "dem", "und", "für", "am", "an", "beim", "zur", "zum"))
_NOT = frozenset(("no", "non"))
_SPOKESPERSONS = frozenset(("spokesman", "spokeswoman", "spokesperson"))
_NEGATIONS = frozenset(("se", "s'", "ne", "n'"))
_SEVERAL = frozenset(("les", "des", "ces", "leurs", "ses", "los", "las", "gli"))
_AND = frozenset(("et", "and", "und", "y", "e"))
_MANY = frozenset(("nombreux", "nombreuses", "autres", "nos", "plus", "ses", "leurs"))
_CLOSE = word_set("close cercana cercano cercanas cercanos vicina vicino vicine vicini familiar")
_TO = frozenset(("to", "a", "al", "alla", "ai", "with"))
_IRREGULAR_PARTICIPLES = word_set(
    "joint jointe joints jointes venu venue venus venues élu élue élus élues mis mise pris prise"
)
_ADJECTIVES = ("ique", "iques", "aire", "aires", "al", "ale", "aux", "ales", "el", "elle", "elles", "if", "ive", "ives")
_PARTICIPLES = ("é", "ée", "és", "ées", "ido", "ados", "adas", "ato", "ata", "ati", "ate")


def _is_led_on(words: list[Word], at: int) -> bool:
    """Whether a preposition follows the word there."""
    return at + 1 < len(words) and words[at + 1].lower in PREPOSITIONS


def ends_phrase(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether a noun phrase that `words` begin with ends before the word there."""
    lower, before = words[at].lower, words[at - 1].lower
    # der Gesundheits-, Sozial- und Arbeitsdirektor; U.S. officials
    is_cut = (before == "-" and (lower in JOINING or lower == ",")) or (lower == "." and len(before) == 1)
    if is_cut or (lower == "for" and before in _SPOKESPERSONS):
        return False
    if lower in JOINING:
        is_joined = joins_names(cast, words, at) or joins_offices(words, at) or joins_complements(words, at)
        return not (is_joined or joins_adjectives(words, at))
    is_title = lower in ARABIC_TITLES and at > 1 and words[0].lower not in ARABIC_TITLES
    is_stop = lower in STOPS or lower in HARD_STOPS or lower in {",", QUOTED} or lower in AUXILIARIES | _NEGATIONS
    is_lower = cast.text[words[at].start].islower()  # el alcalde de Mataró
    is_modal = is_lower and cast.language == "fr" and lower in FRENCH_MODALS
    is_object = (
        lower.endswith("ة") and before.startswith("ال") and _is_led_on(words, at) and not lower.startswith("ال")
    )  # وجه المدير رسالة إلى
    if (
        is_stop
        or is_title
        or is_modal
        or _is_verb(cast, words, at)
        or is_object
        or lower in ARABIC_ENDS | _BEGIN_MEASURES | _PUBLISHED
        or lower.startswith("لل")
    ):
        return True
    is_told = at + 1 < len(words) and cast.named_at(words[at + 1].start) is not None
    if before in OF or (before in _CLOSE and lower in _TO):
        return False  # de su equipo; a source close to the talks
    if lower in DETERMINERS and cast.text[words[at].start].isupper() and cast.named_at(words[at].start) is None:
        return True  # a-t-on appris de sources proches Ce chiffre
    is_office = words[at - 1].lower in OFFICES_AT and not is_told
    return lower in PREPOSITIONS - OF and not (is_office and lower in {"au", "aux", "à"})


def _is_verb(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether the word there is a verb, whose subject the phrase before it is."""
    lower, language = words[at].lower, cast.language
    if language in {"es", "it"} and lower in _NOT:
        return True  # Ana no piensa irse
    if language == "en":
        following = words[at + 1].lower if at + 1 < len(words) else ""
        return lower.endswith("ed") and at > 1 and following in _OBJECTS_BEGIN
    if language == "es":
        following = words[at + 1].lower if at + 1 < len(words) else ""
        if lower in {"una", "uno"} and following == "de" and cast.text[words[at - 1].start].isupper():
            return True  # Ana Ruiz una de las organizadoras
        is_form = _SPANISH_VERB.match(lower) is not None or lower in _SPANISH_BEING
        return is_form and cast.text[words[at].start].islower()
    if language == "de":
        is_form = lower in REPORTED | _GERMAN_VERBS
        is_behind_noun = cast.text[words[at].start : words[at].end].islower()
        is_behind_noun = is_behind_noun and cast.text[words[at - 1].start].isupper()  # die Polizei handelte
        is_other = lower not in DETERMINERS | PREPOSITIONS | _OF_NOUNS
        return (is_form and cast.text[words[at].start].islower()) or (is_behind_noun and is_other)
    return False


def joins_names(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether "and" stands between two words with capitals: Parks and Recreation."""
    beside = (words[at - 1], words[at + 1]) if 0 < at < len(words) - 1 else ()
    return bool(beside) and all(cast.text[word.start].isupper() for word in beside)


def joins_adjectives(words: list[Word], at: int) -> bool:
    """Whether "et" stands between two adjectives of what somebody has: la Transition écologique et solidaire."""
    if not 2 < at < len(words) - 1 or words[at].lower != "et":
        return False
    before, behind = words[at - 1].lower, words[at + 1].lower
    following = words[at + 2].lower if at + 2 < len(words) else "."
    is_of = any(word.lower in OF for word in words[1 : at - 1])
    is_closed = not following[0].isalpha() or following in PREPOSITIONS | STOPS | AUXILIARIES
    is_closed = is_closed and behind not in verbs_of("fr")  # le ministre de la Défense nationale et indique
    return is_of and is_closed and before.endswith(_ADJECTIVES) and behind.endswith(_ADJECTIVES)


def joins_complements(words: list[Word], at: int) -> bool:
    """Whether "and" stands between two things of which somebody is: le ministre de la Défense et des Sports."""
    is_of = at + 2 < len(words) and words[at + 1].lower in OF and words[at + 2].lower not in _MANY
    return is_of and words[at].lower in _AND and any(word.lower in OF for word in words[1:at])


def joins_offices(words: list[Word], at: int) -> bool:
    """Whether "and" stands between two things that one person is: l'ancienne ministre et ex-députée."""
    if not 0 < at < len(words) - 1 or words[0].lower in _SEVERAL or words[at].lower not in _AND:
        return False
    second = words[at + 1].lower
    return any(word.lower in HUMANS for word in words[:at]) and (second in HUMANS or second.startswith("ex-"))


def without_participle(words: list[Word], end: int) -> list[Word]:
    """The words up to `end`, without a participle whose complement is cut off: un habitant (installé au village)."""
    is_cut = end < len(words) and words[end].lower in PREPOSITIONS
    last = words[end - 1].lower if end > 2 else ""
    is_spanish = end > 3 and last.endswith(("ado", "ada", "idos", "idas", "ida"))  # un analista basado (en Madrid)
    is_participle = (is_spanish or last.endswith(_PARTICIPLES) or last in _IRREGULAR_PARTICIPLES) and last not in HUMANS
    return words[: end - 1] if is_cut and is_participle else words[:end]
