"""Noun phrases beside a verb: where they begin and end, who is named in them and hangs on nothing."""

from services.extract.core.grammar import (
    ADVERBS,
    ARABIC_ENDS,
    DETERMINERS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    SKIPPED_BEFORE_VERB,
    STOPS,
    TIMES,
    word_set,
)
from services.extract.core.speech.cast import QUOTED, Cast, Named, Word, words_in
from services.extract.core.speech.latter import the_latter
from services.extract.core.speech.owners import CALLED_AFTER, is_owner
from services.extract.core.speech.phrase_ends import JOINING, ends_phrase, joins_names, without_participle
from services.extract.core.speech.phrase_starts import from_its_opening
from services.extract.core.speech.pronouns import Speaker
from services.extract.core.speech.titles import person_titled
from services.extract.core.speech.trailing_names import trailing_name

RELATIVE = frozenset(("qui", "who", "que", "che", "quien", "quienes"))
_MOST_WORDS = 14  # of a speaker without a name
_LONGEST_SUBJECT = 42
_QUANTIFIERS = frozenset(("autres", "nombreux", "nombreuses"))
_ASKED = word_set(
    "contacté contactée contactés contactées interrogé interrogée interrogés interrogées joint jointe joints sollicité "
    "sollicitée rencontré rencontrée invité invitée cité citée interviewé interviewée"
)
_ASIDES = word_set("quant lui elle eux cependant toutefois néanmoins pourtant notamment également aussi enfin ensuite")
_ARTICLES_OF_PHRASES = DETERMINERS | {"plusieurs", "certains", "certaines", "quelques"}
_EMPHATIC = frozenset(("lui", "elle", "eux", "elles"))
_NO_NOUNS = frozenset(
    (
        "même",
        "si",
        "bien",
        "así",
        "aunque",
        "comme",
        "soit",
        "seulement",
        "nos",
        "se",
        "les",
        "what",
        "pues",
        "como",
        "hay",
    )
)
_INFINITIVES = ("ar", "er", "ir", "are", "ere", "ire")
_BEFORE_INFINITIVES = frozenset(("de", "d'", "para", "pour", "per", "di", "à"))
_SPANS = TIMES | word_set(
    "semana mes año semaine week year month settimana woche mois année journée saison soirée matinée"
)
_DEMONSTRATIVES = frozenset(("c'", "ça", "cela", "ceci", "this", "that", "eso", "esto"))
_SAID = word_set("formule phrase mots message parole paroles cas")
_AND_BUT = frozenset(("ma", "pero", "mais", "but", "aber", "y", "and", "e", "und"))
_FROM_WITHIN = frozenset(("dal", "dalla", "dall'", "dai", "desde"))
_OPENING = ADVERBS - {"en", "on"}  # auch der Trainer
_ITSELF = frozenset(
    ("même", "mêmes", "lui-même", "elle-même", "eux-mêmes", "himself", "herself", "itself", "themselves")
)
_INDEFINITE = frozenset(("un", "une", "a", "an"))
_MODALS = frozenset(("might", "may", "can", "could", "would", "will", "should", "must", "did", "do", "does"))
_SPANISH_OBJECTS = frozenset(("lo", "los", "la", "las", "os", "te", "nos"))
_GAPS = frozenset((QUOTED, ";", ":", "…", "!", "?"))


def spoken(named: Named) -> Speaker:
    """Somebody by name, as a speaker."""
    return Speaker(named.name, named.start, named.end)


def only_one(cast: Cast, words: list[Word]) -> Speaker | None:
    """The only person whom `words` name, whatever that hangs on."""
    persons = cast.persons_within(words)
    return spoken(persons[0]) if len(persons) == 1 else None


def is_one_phrase(cast: Cast, first: Named, second: Named) -> bool:
    """Whether one name only leads to the other: Observatory head X."""
    between = words_in(cast.text, first.end, second.start)
    parting = PREPOSITIONS | STOPS | JOINING | {"a"}  # dijo X a Y
    return all(word.lower.isalpha() and word.lower not in parting for word in between)


def is_passed_over(cast: Cast, word: Word) -> bool:
    """Whether a word stands between a subject and its verb: an object, an adverb, an English auxiliary (no name)."""
    is_modal = cast.language == "en" and word.lower in _MODALS and cast.text[word.start].islower()
    if word.lower == "y" and cast.language == "es":
        return False  # "and": convocó a la prensa y dijo
    is_object = cast.language == "es" and word.lower in _SPANISH_OBJECTS  # su familia lo considera
    return is_object or is_modal or word.lower in SKIPPED_BEFORE_VERB or word.lower in ADVERBS


def is_emphatic(words: list[Word], at: int) -> bool:
    """Whether a pronoun between commas only sets the subject before it apart: « Son voisin, lui, est ravi »."""
    is_behind = at > 1 and words[at - 1].lower == "," and words[at].lower in _EMPHATIC
    return is_behind and (at + 1 == len(words) or words[at + 1].lower == ",")


def ungoverned(cast: Cast, words: list[Word]) -> list[Named]:
    """Those named in `words` that hang on no preposition: subjects, not complements."""
    if not words:
        return []
    heads = {word.start: index for index, word in enumerate(words)}
    return [
        named
        for named in cast.within(words[0].start, words[-1].end)
        if (at := heads.get(named.start)) is not None and not _is_complement(cast, words, at, named)
    ]


def _is_complement(cast: Cast, words: list[Word], at: int, named: Named) -> bool:
    """Whether a name hangs on a preposition, with an article or (a body's) its kind between them, or owns a thing."""
    is_owned = named.is_person and is_owner(words, at)  # l'épouse du président X
    if is_owned or (at and words[at - 1].lower == "(") or cast.text[named.end : named.end + 2] in {"'s", "’s"}:
        return True
    while at and not named.is_person and words[at - 1].lower not in STOPS | PREPOSITIONS | DETERMINERS:
        if not words[at - 1].lower[0].isalpha():
            return _is_listed(words, at - 1)
        at -= 1
    if at > 1 and words[at - 1].lower in CALLED_AFTER:
        at -= 1  # l'avocate de la famille X
        if words[at - 1].lower not in DETERMINERS | PREPOSITIONS:
            return True
        if words[at - 1].lower not in OF:
            return True  # la famille X
    if at > 1 and words[at - 1].lower in DETERMINERS and words[at - 1].lower not in OF:
        at -= 1
    if at > 1 and words[at - 1].lower in JOINING and (other := cast.named_at(words[at - 2].start)):
        heads = (i for i in range(at - 1) if words[i].start == other.start)  # with A and B
        return (first := next(heads, None)) is not None and _is_complement(cast, words, first, other)
    is_told = cast.language in {"es", "it"} and at > 0 and words[at - 1].lower == "a"  # dijo a Y
    return is_told or (at > 0 and words[at - 1].lower in PREPOSITIONS)


def _is_listed(words: list[Word], comma: int) -> bool:
    """Whether the name behind a comma goes on with a place or a kind: from Tynemouth, North Tyneside."""
    if words[comma].lower != ",":
        return False
    start = next((i + 1 for i in range(comma - 1, -1, -1) if words[i].lower == ","), 0)
    return words[start].lower in PREPOSITIONS


def clause_of_subject(cast: Cast, words: list[Word]) -> list[Word]:
    """The end of `words` that a subject may stand in: since the last conjunction, quotation or stop."""
    for at in range(len(words) - 1, max(-1, len(words) - 1 - _LONGEST_SUBJECT), -1):
        lower = words[at].lower
        is_joined = lower in JOINING and (words[-1].lower == "," or joins_names(cast, words, at))
        if lower == "alors" and words[-1].lower == ",":
            continue  # X, alors ministre, dit
        if lower in _GAPS or (lower in STOPS and lower not in RELATIVE and not is_joined and lower != "as"):
            return words[at + 1 :]
        if lower in {"qu'", "que"} and words[-1].lower != ",":
            return words[at + 1 :]
    return words[-_LONGEST_SUBJECT:]


def head_of(cast: Cast, clause: list[Word]) -> list[Word]:
    """The last noun phrase of `clause` that hangs on nothing, from its determiner or its first capital on."""
    parts = [part for part in between_commas(clause) if part[0].lower not in _ASIDES] or between_commas(clause)
    if not parts:
        return []
    if len(parts) > 1 and clause[-1].lower != "," and parts[-1][0].lower in _ASKED:
        return head_of(cast, clause[: clause.index(parts[-1][0])])  # X, contacté par Y, dit
    if clause[-1].lower == ",":  # X, of Y, said
        heads = [p for p in parts if p[0].lower not in PREPOSITIONS - DETERMINERS | RELATIVE and not _is_doing(p)]
        heads = [p for p in heads if p[0].lower in DETERMINERS or cast.text[p[0].start].isupper()] or heads
        joined = next((i for i in reversed(range(len(parts))) if parts[i][0].lower in JOINING), 0)
        named = next((part for part in parts[joined:] if _names_person(cast, part) and not _is_doing(part)), None)
        named = named or next((p for p in reversed(parts) if _may_head(cast, p) and not _is_doing(p)), None)
        titled = next((part for part in reversed(heads[:-1]) if trailing_name(cast, part)), None)
        return named or titled or from_article(heads[-1] if heads else parts[-1])
    if len(parts) > 1 and parts[-1][0].lower in _INDEFINITE and all(cast.text[w.start].isupper() for w in parts[-2]):
        return parts[-2]  # Rufus, un jeune chien dit
    if len(parts) > 1 and parts[-1][0].lower not in DETERMINERS | PREPOSITIONS | STOPS and _may_head(cast, parts[-2]):
        is_name = any(named.end == parts[-2][-1].end for named in ungoverned(cast, parts[-2]))
        return parts[-2] if is_name and not ungoverned(cast, parts[-1]) else from_article(parts[-1])
    return from_article(parts[-1])


def _is_doing(part: list[Word]) -> bool:
    """Whether a part between commas says what somebody did meanwhile: speaking on Monday, s'exprimant lundi."""
    verb = part[1 if len(part) > 1 and part[0].lower in {"s'", "se"} else 0].lower
    return verb.endswith(("ing", "ant")) and len(part) > 1


def from_article(part: list[Word], *, is_free: bool = True) -> list[Word]:
    """The words from the last determiner on that begins a phrase, one of its own where that has to be free."""
    for at in range(len(part) - 1, -1, -1):
        hangs = at > 0 and part[at - 1].lower in (PREPOSITIONS if is_free else OF)
        hangs = hangs or (is_free and _is_led_by_infinitive(part, at))
        if part[at].lower in _ARTICLES_OF_PHRASES and (at == 0 or part[at].lower not in OF) and not hangs:
            return part[at:]
    return part


def _is_led_by_infinitive(part: list[Word], at: int) -> bool:
    """Whether a noun is the object of an infinitive behind a preposition: encargada de valorar este trabajo."""
    return at > 1 and part[at - 1].lower.endswith(_INFINITIVES) and part[at - 2].lower in _BEFORE_INFINITIVES


def between_commas(words: list[Word]) -> list[list[Word]]:
    """The words between commas."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.lower == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _may_head(cast: Cast, part: list[Word]) -> bool:
    """Whether a part between commas can be what the others are added to: somebody's name."""
    if 2 <= len(part) <= 4 and all(cast.text[word.start].isupper() for word in part):
        return True
    return _names_person(cast, part)


def _names_person(cast: Cast, part: list[Word]) -> bool:
    return any(named.is_person for named in ungoverned(cast, part)) and part[0].lower not in PREPOSITIONS


def unnamed(cast: Cast, words: list[Word]) -> Speaker | None:
    """A speaker without a name, in the text's words; one known by that title earlier on is named."""
    while words and not words[0].lower[0].isalpha():
        words = words[1:]
    while words and words[0].lower in _OPENING:
        words = words[1:]
    words = from_its_opening(cast, _from_within(cast, words))
    if words and (latter := the_latter(cast, words)):
        return latter
    ends = (i for i in range(1, len(words)) if ends_phrase(cast, words, i))
    words = without_participle(words, next(ends, len(words)))
    while words and (
        words[-1].lower in ADVERBS | DETERMINERS | SKIPPED_BEFORE_VERB | TIMES | _ITSELF
        or (cast.language == "de" and words[-1].lower.endswith("lich") and cast.text[words[-1].start].islower())
    ):
        words = words[:-1]
    if not words or words[-1].lower in OF or len(words) > _MOST_WORDS or not _is_noun_phrase(cast, words):
        return None
    if len(words) == 1 and words[0].lower.endswith(("é", "ée", "és", "ées")):
        return None  # X, visiblement remonté, reprend
    start, end = words[0].start, words[-1].end
    if name := person_titled(cast, words):
        return Speaker(name, start, end)
    if len(words) > 3 and words[1].lower in _SAID and words[2].lower in OF:  # la formule du chef de l'État
        return unnamed(cast, words[3:])
    capital = trailing_name(cast, words)
    return Speaker(capital or cast.text[start:end], start, end)


def _from_within(cast: Cast, words: list[Word]) -> list[Word]:
    """The words without a "but" at their head, and the body alone from within which somebody speaks."""
    if len(words) > 1 and words[0].lower in _AND_BUT and cast.text[words[0].start].isupper():
        words = words[1:]  # Ma dal Viminale precisano
    is_within = len(words) > 1 and words[0].lower in _FROM_WITHIN and cast.language in {"es", "it"}
    return words[1:] if is_within else words


def _is_noun_phrase(cast: Cast, words: list[Word]) -> bool:
    """Whether the words could be a subject: no preposition begins them, and one of them is a noun or a name."""
    lowers = [word.lower for word in words]
    if lowers[0] in {"d'", "de"} and len(words) > 2 and lowers[1] in _QUANTIFIERS:
        return True  # d'autres policiers
    if len(words) > 2 and lowers[0] == "l'" and lowers[1] in {"un", "une"} and lowers[2] in OF:
        return True  # l'un d'eux
    is_led = lowers[0] == "a" and cast.language in {"es", "it"}  # a través de la historia
    if is_led or lowers[0] in PREPOSITIONS - DETERMINERS | ARABIC_ENDS or not lowers[0][0].isalpha():
        return False
    is_time = lowers[0] in TIMES or (lowers[0] in DETERMINERS and lowers[1:2] and lowers[1] in _SPANS)
    is_pronoun = PRONOUNS.get(lowers[0]) in {"self", "nobody"} or lowers[0] in _DEMONSTRATIVES
    if is_time or is_pronoun or (len(words) == 1 and lowers[0].endswith(("iendo", "ando"))):
        return False  # la semana pasada
    function_words = DETERMINERS | PREPOSITIONS | STOPS | PRONOUNS.keys() | ADVERBS | TIMES | _NO_NOUNS
    is_acronym = len(lowers[0]) > 1 and all(cast.text[word.start : word.end].isupper() for word in words)  # says WHO
    return is_acronym or any(lower not in function_words and len(lower) > 1 for lower in lowers)
