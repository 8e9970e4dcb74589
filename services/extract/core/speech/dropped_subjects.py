"""Whom a Spanish or Italian verb without a subject is about: the subject of a sentence before, or the last speaker."""

import re

from services.extract.core.grammar import ADVERBS, AUXILIARIES, DETERMINERS, OF, PREPOSITIONS, STOPS, TIMES, word_set
from services.extract.core.sentences import sentence_start
from services.extract.core.speech.cast import Cast, Named, Word, words_in
from services.extract.core.speech.owners import is_owner
from services.extract.core.speech.pronouns import FARTHEST, Speaker, whoever
from services.extract.core.speech.titles import verbs_of
from services.extract.core.speech.verbs.reporting_phrases import Verb

_LANGUAGES = frozenset(("es", "it"))
_FINITE = re.compile(r"[^\W\d_]{2,}(?:aron|ieron|yeron|aban|aba|[^\W]ía|[^\W]ían|ó)\Z")
_NEAR = 40  # characters behind a name
_MOST_BEHIND = 4  # words, among which its verb is
_LEADING = (PREPOSITIONS - OF) | {"a", "ad"}  # of what is no subject
_PARTING = STOPS | {"que", "quien", "quienes", "si", "porque", "pues", "donde", "che"}
_SINGULAR = word_set("el la un una su este esta ese esa aquel aquella cada otro otra")
_PLURAL = word_set(
    "los las unos unas estos estas esos esas sus varios varias algunos algunas otros otras muchos muchas"
)
# Of many that are one: un grupo de vecinos piden, la mayoría creen.
_COLLECTIVES = word_set(
    "grupo mayoría minoría parte mitad resto serie decena docena centenar centenares millar multitud par puñado "
    "conjunto cientos miles equipo pareja matrimonio familia"
)
_OBJECTS = word_set("se lo la los las le les me te nos os no")


def dropped(cast: Cast, position: int) -> Speaker | None:
    """Whom a verb without a subject at `position` is about.

    Whoever spoke last, unless a sentence since then has somebody else as its subject: who is only named there, as an
    object or within a clause, does not speak next.
    """
    if cast.language not in _LANGUAGES:
        return whoever(cast, position)
    candidates = [named for named in cast.persons_before(position) if position - named.start < FARTHEST]
    for named in candidates:
        if named.has_spoken or _is_subject(cast, named):
            return Speaker(named.name, named.start, named.end)
    return whoever(cast, position)


def subject_since(cast: Cast, start: int, position: int, *, is_going_on: bool) -> Speaker | None:
    """The subject of the last sentence between two positions that has somebody as its subject.

    Where the verb goes on with what was said (*añadió*), only somebody who speaks there without marks.
    """
    if cast.language not in _LANGUAGES:
        return None
    since = [named for named in cast.persons_before(position) if named.start >= start and not named.has_spoken]
    for named in since:
        if _is_subject(cast, named) and (_speaks(cast, named) or not is_going_on):
            return Speaker(named.name, named.start, named.end)
    return None


def _speaks(cast: Cast, named: Named) -> bool:
    """Whether a verb of speaking stands right behind a name."""
    behind = words_in(cast.text, named.end, min(len(cast.text), named.end + _NEAR))[:_MOST_BEHIND]
    return any(word.lower in verbs_of(cast.language) - AUXILIARIES for word in behind)


def _is_subject(cast: Cast, named: Named) -> bool:
    """Whether a sentence opens with somebody, but for a title, or for what tells when and where before a comma."""
    text = cast.text
    start = sentence_start(text, text.rfind("\n", 0, named.start) + 1, named.start)
    words = words_in(text, start, named.start)
    if is_owner(words, len(words)):
        return False
    parts = _parts(words)
    if not parts[-1] and len(parts) > 1 and parts[-2] and parts[-2][0].lower in DETERMINERS:
        parts = parts[:-1]  # El alcalde de Mataró, X
    title = [word.lower for word in parts[-1]]
    if title and (title[-1] in _LEADING | OF or (title[-1] in DETERMINERS and len(title) > 1)):
        return False
    is_clause = any(lower in _PARTING | _LEADING or _is_finite(cast, lower) for lower in title)
    return not is_clause and all(_is_led(part) or not _has_verb(cast, part) for part in parts[:-1])


def _is_led(part: list[Word]) -> bool:
    """Whether what stands before a comma only tells when, where or how."""
    return not part or part[0].lower in _LEADING | _PARTING | TIMES | ADVERBS


def _has_verb(cast: Cast, part: list[Word]) -> bool:
    return any(word.lower in _PARTING or _is_finite(cast, word.lower) for word in part)


def _is_finite(cast: Cast, lower: str) -> bool:
    return lower in verbs_of(cast.language) or _FINITE.match(lower) is not None


def _parts(words: list[Word]) -> list[list[Word]]:
    """The words between commas, an empty part behind the last comma."""
    parts: list[list[Word]] = [[]]
    for word in words:
        if word.lower == ",":
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def disagrees(cast: Cast, words: list[Word], verb: Verb, speaker: Speaker | None) -> bool:
    """Whether a Spanish noun phrase cannot be a verb's subject by its number: los vecinos … dijo, una ley … dicen."""
    if cast.language != "es" or speaker is None or verb.is_gerund or cast.named_at(speaker.start):
        return False
    finite = next((word.lower for word in words[verb.first : verb.last] if word.lower not in _OBJECTS), "")
    phrase = [word.lower for word in words_in(cast.text, speaker.start, speaker.end)]
    if len(phrase) < 2 or "y" in phrase or not cast.text[speaker.end - 1].islower():
        return False
    is_several = finite.endswith("n")
    if any(lower in _COLLECTIVES for lower in phrase[1:3]):
        return False
    return (is_several and phrase[0] in _SINGULAR) or (not is_several and phrase[0] in _PLURAL)


def is_incise(words: list[Word], verb: Verb) -> bool:
    """Whether a verb alone stands between two commas within what it tells: « Los políticos, dijo, no tienen idea »."""
    before = words[: verb.first]
    is_closed = verb.last < len(words) and words[verb.last].lower == ","
    commas = sum(word.lower == "," for word in before)
    return is_closed and commas == 1 and before[-1].lower == ","
