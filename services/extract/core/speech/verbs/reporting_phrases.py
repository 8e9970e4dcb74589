"""Reporting verbs among the words of a sentence, with their auxiliary and their reflexive or inverted pronoun."""

import re
from dataclasses import dataclass

from services.extract.core.grammar import ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS, STOPS, word_set
from services.extract.core.speech.cast import QUOTED, Word
from services.extract.core.speech.verbs.reporting_pairs import paired
from services.extract.core.speech.verbs.reporting_verbs import Reporting
from services.extract.core.speech.verbs.set_phrases import set_participle, set_phrase

THAT = word_set(
    "que qu' that dass che إن أن بأن ان بان انه انها أنه أنها إنه إنها بأنه بأنها بانه بانها انهم أنهم إنهم"
)
CLITIC = re.compile(r"(.+?)-(?:t-)?(il|elle|on|ils|elles|je|vous|nous|tu)\Z")
_WITH_REFLEXIVE = frozenset(
    ("est", "sont", "était", "étaient", "suis", "sommes", "è", "sono", "era", "erano")
)  # s'est exclamé; without it a passive
_ITALIAN_BEING = (["è"], ["sono"], ["era"], ["erano"])  # si è detto
_PASSIVES = frozenset(("été", "been", "worden", "sido", "stato", "stata"))
_PARTING = _PASSIVES | (STOPS - ADVERBS) | {QUOTED}  # between an auxiliary and a participle of something else
_BEING = frozenset(("is", "are", "was", "were", "been", "being"))
_PASSIVE_BEFORE = frozenset(("been", "being", "is", "are", "was", "were", "be", "s", "so"))
_BEFORE_ITS_NOUN = word_set(
    "véritable vraie vrai fausse faux simple nouvelle nouveau grande grand petite petit bonne bon mauvaise mauvais "
    "première premier dernière dernier seule seul belle beau longue long"
)  # of French adjectives; le jeune dit, le même affirme are subjects
_MODALS = frozenset(("to", "can", "will", "would", "may", "might", "must", "not", "also", "people", "men", "women"))
_PLURAL_ARTICLES = frozenset(("les", "des", "ces"))
_SINGULAR_ARTICLES = frozenset(("le", "l'", "un", "une", "cet", "cette"))
_POSSESSIVES = frozenset(("sa", "son", "leur"))  # a, pour sa part, déclaré
_REFLEXIVES = frozenset(("s'", "se", "me", "m'"))
_OBJECTS = _REFLEXIVES | frozenset(("lui", "leur", "me", "m'", "nous", "le", "les", "l'"))
# After these a form that is also a noun is one; le, la, les, l' may be objects, and il is a French subject.
_NOUN_ARTICLES = (DETERMINERS - {"le", "la", "les", "l'", "il", "lo"}) | {"au", "du"}
# Before a noun for sure, whose form may be a verb's: jugeait l'annonce, dans la demande.
_BEFORE_NOUNS = PREPOSITIONS - {"en", "a", "to", "über", "auf"}
_BEFORE_INFINITIVES = frozenset(
    ("de", "d'", "avant", "pour", "sans", "à", "puis", "para", "al", "sin", "tras", "per", "di")
)
_LEADING = word_set(
    "tient tiennent contente contentent contentait borne bornent bornait cesse cessent veut veulent vient viennent "
    "tenait peut peuvent ose finit souhaite préfère entend quiere quieren quiso quisieron quería vuole vogliono "
    "voleva tiene tengono teneva limita limitan limitó limitaron limitaba vuelve vuelven volvió llegó alcanzó acertó "
    "hésite hésitent hésitait doit doivent devait devaient devra devrait va vont allait feint feignait aime "
    "aimait persiste continue continuait préférait pourrait pouvait "
)
_LED = word_set(
    "tenu fini cessé manqué hésité voulu souhaité préféré osé pu dû su tenté contenté contentée contentés contentées "
    "limitado querido limitato limitata limitati voluto tenuto tornato tornata "
    "beau borné bornée bornés bornées hésité empressé empressée empressés empressées"
)
_BETWEEN_LED = word_set("a pas de d' à par jamais toutefois également aussi encore lui même donc ainsi bien")
_LED_OBJECTS = frozenset(("le", "la", "les", "l'"))
_NEGATING = frozenset(("ne", "n'"))
_LONGEST_LEAD = 7
COMPOUND = frozenset(("ha", "han", "hanno", "a", "ont", "avait", "avaient", "est", "sont", "était", "étaient"))


@dataclass(frozen=True)
class Verb:
    """A reporting verb in a list of words, from `first` to `last` exclusive."""

    first: int
    last: int
    is_gerund: bool = False  # or an infinitive: its subject is that of another verb
    is_naming: bool = False
    clitic: str | None = None


def verbs_in(words: list[Word], reporting: Reporting) -> list[Verb]:
    """The reporting verbs among `words`, in order."""
    found: list[Verb] = []
    at = 0
    while at < len(words):
        verb = verb_at(words, at, reporting) or _joined(words, at, found, reporting)
        if verb and not is_noun(words, verb, reporting):
            found.append(verb)
            at = verb.last
        else:
            at += 1
    return found


def _joined(words: list[Word], at: int, found: list[Verb], reporting: Reporting) -> Verb | None:
    """A participle that shares the auxiliary of the one before it: « a dénoncé cet acte et annoncé … »."""
    is_led = (
        at > 0 and words[at - 1].lower in {"et", "puis", "and"} and bool(found) and found[-1].last - found[-1].first > 1
    )
    lower = words[at].lower
    if not is_led or not (lower in reporting.participles or lower in reporting.naming):
        return None
    return Verb(at, at + 1, is_naming=lower in reporting.naming)


def is_arabic(word: str) -> bool:
    """Whether a word is written in Arabic, where a verb precedes its subject."""
    return "\u0600" <= word[0] <= "\u06ff"


def is_noun(words: list[Word], verb: Verb, reporting: Reporting) -> bool:
    """Whether what looks like a verb is a noun or a participle: the ministry's claim, the hibernating state."""
    at = verb.first
    before = words[at - 1].lower if at else ""
    if before == "s" and at > 1 and words[at - 2].lower[-1] in "'’":
        return True  # the ministry's claim
    is_one = before == "on" and verb.last < len(words) and words[verb.last].lower in THAT  # on indique que
    is_one = is_one or (before == "on" and bool(reporting.reflexive) and not reporting.plain)  # on dénonce
    is_told = reporting.drops_subjects and before in {"le", "les"}  # Ana le responde que
    if (
        _is_qualified(words, verb)
        or before in _NOUN_ARTICLES
        or (before in _BEFORE_NOUNS and not (verb.is_gerund or is_one))
    ):
        return not is_told
    is_plain = words[at].lower in reporting.plain
    if is_plain and not (before in PRONOUNS or before.endswith("s") or before in _MODALS):
        return True  # question and answer
    # The article of a noun looks like a pronoun: « dans la demande », but « il la demande ».
    is_object = before in {"la", "le", "l'", "les"} and not is_told and verb.last - verb.first == 1 and not verb.clitic
    led = words[at - 2].lower if at > 1 else ""
    following = words[verb.last].lower if verb.last < len(words) else ""
    if is_object and verb.is_naming:
        return False  # X, son voisin, le décrit comme « … »
    if is_object and following in _NEGATING | reporting.auxiliaries | {"est", "était", "sera", "serait"}:
        return True  # que le philosophe n'est qu'un « … »
    return is_object and not (led in PRONOUNS or led in STOPS or led == "comme")


def _is_qualified(words: list[Word], verb: Verb) -> bool:
    """Whether adjectives alone stand between an article and what looks like a verb: une véritable fausse note."""
    led = next((i for i in range(verb.first - 1, -1, -1) if words[i].lower not in _BEFORE_ITS_NOUN), verb.first)
    return led < verb.first - 1 and verb.last - verb.first == 1 and words[led].lower in {"un", "une"}


def verb_at(words: list[Word], at: int, reporting: Reporting) -> Verb | None:
    """The reporting verb that begins at word `at`, its auxiliary or reflexive pronoun included."""
    first = at
    is_italian = words[at].lower == "si" and [word.lower for word in words[at + 1 : at + 2]] in _ITALIAN_BEING
    if (words[at].lower in _OBJECTS or is_italian) and at + 1 < len(words):
        at += 1
        first = at - 1 if words[first].lower in _REFLEXIVES or is_italian else at
    lower = words[at].lower
    found = CLITIC.match(lower) if "-" in lower else None
    stem, clitic = (found[1], found[2]) if found else (lower, None)
    is_auxiliary = stem in reporting.auxiliaries and (stem not in _WITH_REFLEXIVE or first < at)
    last = _participle_after(words, at, reporting) if is_auxiliary else None
    if last is not None:
        is_naming, is_gerund = words[last - 1].lower in reporting.naming, stem in {"ayant", "having", "habiendo"}
        return Verb(first, last, is_gerund=is_gerund, is_naming=is_naming, clitic=clitic)
    following = words[at + 1].lower if at + 1 < len(words) else ""
    if pair := paired(tuple(word.lower for word in words[first : at + 4]), at - first, stem, reporting.paired):
        return Verb(first, first + pair.length, is_gerund=pair.is_gerund, clitic=clitic)
    last = _fixed(words, at, stem, reporting)
    if clitic and stem in {"peut", "pouvait"} and following == "lire":
        last = at + 2
    if last is not None or (last := set_phrase(words, at, stem)):
        return Verb(first, last, is_gerund=stem.endswith("ant"), clitic=clitic)
    last = _through_another(words, at, stem, reporting)
    return Verb(first, last, clitic=clitic) if last else _simple_verb(words, (first, at), stem, clitic, reporting)


def _fixed(words: list[Word], at: int, stem: str, reporting: Reporting) -> int | None:
    """Where a verb and what makes it one of speaking end: fait savoir, made it clear, is quoted as saying."""
    lowers = tuple(word.lower for word in words[at + 1 : at + 4])
    is_passive = stem == "made" and at > 0 and words[at - 1].lower in _BEING  # it was made clear to X
    if stem in reporting.with_infinitive and lowers and not is_passive:
        led = lowers[0] in {"it", "en"}
        return at + 2 + led if lowers[led : led + 1] and lowers[led] in reporting.infinitives else None
    if stem == "si" and lowers[:1] and lowers[0] in {"legge", "leggeva"}:
        return at + 2
    return at + 4 if stem in _BEING and lowers == ("quoted", "as", "saying") else None


def _through_another(words: list[Word], at: int, stem: str, reporting: Reporting) -> int | None:
    """Where a verb that leads to an infinitive of speaking ends: tient à préciser, n'a pas manqué de souligner."""
    at += stem in _NEGATING
    lowers = [word.lower for word in words[at : at + _LONGEST_LEAD]]
    stem = lowers[0].partition("-")[0] if lowers else stem
    is_led = stem in COMPOUND | {"è", "sono"} and any(lower in _LED for lower in lowers[1:4])
    if not lowers or not (lowers[0] in _LEADING or is_led):
        return None
    is_compared = at > 0 and words[at - 1].lower == "comme"  # comme a pu le dire Y, affirmait X
    between = _BETWEEN_LED if is_compared else _BETWEEN_LED | _LED_OBJECTS  # tient à les rassurer
    for index, lower in enumerate(lowers[1:], 1):
        if lower == "parler" and lowers[index + 1 : index + 2] in (["de"], ["d'"]):
            return at + index + 1
        if lower in reporting.bare:
            return None if lower in {"dire", "decir"} and index == 1 else at + index + 1  # cela veut dire
        if lower not in between and lower not in _LED:
            return None
    return None


def _simple_verb(
    words: list[Word], span: tuple[int, int], stem: str, clitic: str | None, reporting: Reporting
) -> Verb | None:
    first, at = span
    before = words[first - 1].lower if first else ""
    if before in _PASSIVE_BEFORE and (stem in reporting.participles or stem in reporting.naming):
        return None  # what is called «so», that being said
    if stem in reporting.naming and stem not in reporting.finite:
        # A participle without its auxiliary does not tell who named.
        return None if stem.endswith(("é", "ée", "és", "ées")) else Verb(first, at + 1, is_naming=True)
    if stem in reporting.reflexive and first == at:
        return None
    if stem in reporting.finite:
        return Verb(first, at + 1, clitic=clitic)
    is_bare = stem in reporting.bare and before in _BEFORE_INFINITIVES
    return Verb(first, at + 1, is_gerund=True) if is_bare or stem in reporting.gerunds else None


def _participle_after(words: list[Word], at: int, reporting: Reporting) -> int | None:
    farthest = at + (12 if reporting.has_mood else 7)  # hatte am Montag in Berlin gesagt
    for index in range(at + 1, min(len(words), farthest)):
        lower = words[index].lower
        if lower in reporting.with_infinitive and index + 1 < len(words):
            return index + 2 if words[index + 1].lower in reporting.infinitives else None
        if lower in _PARTING:
            return None
        if set_last := set_participle(words, at, index):
            return set_last
        following = words[index + 1].lower if index + 1 < len(words) else ""
        is_bare = index == at + 1 and lower.endswith("e") and lower[:-1] + "é" in reporting.participles  # a indique
        if (
            is_bare
            or lower in reporting.participles
            or lower in reporting.naming
            or (lower, following) in reporting.paired
        ):
            commas = sum(word.lower == "," for word in words[at:index])
            return index + 1 if commas % 2 == 0 else None  # a, pour sa part, dit; who has lived there, said
        is_led = words[index - 1].lower in PREPOSITIONS  # a par la suite précisé
        if not (lower[0].isalpha() or lower == ",") or (lower in DETERMINERS - _POSSESSIVES and not is_led):
            return None
    return None


def agrees(words: list[Word], verb: Verb) -> bool:
    """Whether what follows a French verb can be its subject by number: « a dit le maire », not « a dit des choses »."""
    following = words[verb.last].lower if verb.last < len(words) else ""
    finite = next((w.lower for w in words[verb.first : verb.last] if w.lower not in _OBJECTS), "")
    is_plural = finite.endswith("nt") and not finite.endswith(("tient", "vient", "dément"))
    if following in _PLURAL_ARTICLES:
        return is_plural
    return not (following in _SINGULAR_ARTICLES and is_plural)
