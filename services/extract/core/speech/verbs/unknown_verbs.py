"""Verbs that no list has, told by their endings and their place: s'est encore remémoré X, externó."""

import re

from services.extract.core.grammar import ADVERBS, DETERMINERS, HUMANS, PREPOSITIONS, STOPS, TIMES, word_set
from services.extract.core.speech.cast import QUOTED, Cast, Word
from services.extract.core.speech.verbs.reporting_phrases import CLITIC, COMPOUND, Verb

_INDIRECT = frozenset(("s'", "se", "me", "m'", "lui", "leur", "nous"))
_PARTICIPLE = re.compile(r"[^\W\d_]{2,}(?:é|ée|és|ées|[^\We]i|i[st]|ert)\Z")
_INFINITIVE = re.compile(r"[^\W\d_]{2,}(?:er|ir|oir)\Z")
_NO_INFINITIVES = ADVERBS | TIMES | frozenset(("premier", "dernier", "monsieur", "messer", "fier", "cher"))
_NO_PARTICIPLES = ADVERBS | STOPS | PREPOSITIONS
# What a verb turned round looks like where the list has it not, and what is no verb for all that.
_TURNED = re.compile(r"[^\W\d_]{2,}(?:[^\Wn]t|nt|[eaóòìé]|uso|[iu]jo|uvo|izo)\Z")
_NO_VERBS = word_set(
    "comme entre contre quatre trente une cette notre votre elle toute toutefois autre encore ensuite quelque même "
    "malgré aunque además incluso siempre peut tout dont part et est était soit sont ont vont font avant devant "
    "pendant suite outre presque puisque parce lorsque alternative journaliste ministre porte-parole titre phrase "
    "nicht mit seit bereits damit heute jetzt gilt ist hat hatte wird wurde cuando donde sobre para como entre "
    "porque mientras pero fuera era fue había anche come dove sotto sopra nella della alla mentre prima dopo"
)


def turned_verb_at(cast: Cast, words: list[Word], at: int) -> Verb | None:
    """A verb of any meaning with its subject behind it, as only one of speaking has it after a quotation."""
    first = at
    is_own = words[at].lower in _INDIRECT or (cast.language == "it" and words[at].lower == "si")
    if is_own and at + 1 < len(words):
        at += 1
    if words[at].lower in COMPOUND and (last := _unknown_participle(words, at)):
        return Verb(first, last) if _is_subject(cast, words, last) else None
    word = words[at]
    if found := CLITIC.match(word.lower):
        return Verb(first, at + 1, clitic=found[2])
    is_lower = cast.text[word.start].islower() and not word.lower.endswith("ant")
    if not (is_lower and _TURNED.match(word.lower)) or _is_no_verb(word.lower) or word.lower in HUMANS:
        return None
    last = at + 1
    while last < len(words) and (words[last].lower in ADVERBS or words[last].lower in {"sich", "nouveau"}):
        last += 1
    if last == len(words):
        return None
    return Verb(first, at + 1) if _is_subject(cast, words, last) else None


def leads_to_infinitive(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether an infinitive stands there, so that the verb before it has its subject elsewhere: espère réussir."""
    if at >= len(words) or cast.language != "fr" or cast.text[words[at].start].isupper():
        return False
    lower = words[at].lower
    return _INFINITIVE.match(lower) is not None and lower not in _NO_INFINITIVES


def _unknown_participle(words: list[Word], at: int) -> int | None:
    """Where the compound tense of a verb ends that no list has: s'est encore remémoré."""
    for index in range(at + 1, min(len(words), at + 4)):
        lower = words[index].lower
        if _PARTICIPLE.match(lower) and lower not in _NO_PARTICIPLES:
            return index + 1
        if not lower.isalpha() or lower in DETERMINERS:
            return None
    return None


def _is_subject(cast: Cast, words: list[Word], at: int) -> bool:
    """Whether the word there begins a subject."""
    if at >= len(words):
        return False
    subject = words[at]
    return subject.lower in DETERMINERS or (cast.text[subject.start].isupper() and subject.lower != QUOTED)


def looks_like_verb(lower: str) -> bool:
    """Whether a word has the ending of a verb in the third person."""
    return _TURNED.match(lower) is not None and not _is_no_verb(lower)


def _is_no_verb(lower: str) -> bool:
    return lower in _NO_VERBS or lower in ADVERBS or lower in PREPOSITIONS or lower in STOPS or lower in DETERMINERS
