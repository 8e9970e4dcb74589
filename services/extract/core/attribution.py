"""What introduces a quotation: the reporting verb or phrase beside it, and its subject."""

import re
from dataclasses import dataclass
from typing import Literal

from services.extract.core.cast import Cast, Word, words_in
from services.extract.core.grammar import DETERMINERS, PRONOUNS
from services.extract.core.reporting_verbs import Reporting
from services.extract.core.sentences import SENTENCE_END, WINDOW, sentence_start
from services.extract.core.speakers import (
    has_pronoun_subject,
    mentions_writing,
    speaker_after,
    speaker_before,
    speaker_of_writing,
)

_CLITIC = re.compile(r"(.+?)-(?:t-)?(il|elle|on|ils|elles|je)\Z")
_THAT = frozenset(("que", "qu'", "that", "dass", "che", "إن", "أن", "بأن"))
_ARTICLES_OF_NAMES = frozenset(("un", "une", "des"))  # y voit une « réforme »
_NOT = frozenset(("ne", "n'"))
_AS = frozenset(("de", "d'", "comme", "as", "als", "como", "come", "a", "an", "بأنه", "بأنها"))
_WITH_REFLEXIVE = frozenset(("est", "sont", "était", "étaient"))  # s'est exclamé; without it a passive
_PASSIVES = frozenset(("été", "been", "worden", "sido", "stato", "stata"))
_POSSESSIVES = frozenset(("sa", "son", "leur"))  # a, pour sa part, déclaré
_REFLEXIVES = frozenset(("s'", "se"))
_OBJECTS = _REFLEXIVES | frozenset(("lui", "leur", "me", "m'", "nous", "le", "les", "l'"))
# After these a form that is also a noun is one; le, la, les, l' may be objects, and il is a French subject.
_NOUN_ARTICLES = DETERMINERS - {"le", "la", "les", "l'", "il", "lo"}
_NEAR_WORDS = 8  # between a verb and words woven into its clause
_NAMING_WORDS = 14  # between "qualified" and "as «so»"
_INVERTED_WORDS = 8  # of a subject between its verb and the quotation
_CAPTION_WORDS = 6
_COLON_WORDS = 30
_FOR = frozenset(("pour", "for", "für", "para", "per"))

Strength = Literal["strong", "woven", "naming"]


@dataclass(frozen=True)
class Attribution:
    """Who is said to have said it, by which words, and how closely these are tied to the quotation."""

    speaker: str | None
    cue: str | None
    strength: Strength
    after_that: bool = False
    is_gerund: bool = False  # its subject is the sentence's, whoever that is


@dataclass(frozen=True)
class _Verb:
    """A reporting verb in a list of words, from `first` to `last` exclusive."""

    first: int
    last: int
    is_gerund: bool = False
    is_naming: bool = False
    clitic: str | None = None


def attributed_after(
    cast: Cast, position: int, end: int, reporting: Reporting, *, is_open: bool, is_clause: bool
) -> Attribution | None:
    """The attribution that follows a quotation at `position`; `is_open` if its words end with a comma, ! or ?."""
    text = cast.text
    end = min(end, position + WINDOW)
    match = SENTENCE_END.search(text, position + 2, end)
    words = words_in(text, position, match.start() if match else end)
    lead = next((i for i, word in enumerate(words) if word.lower not in ",–—-.!?…"), len(words))
    words, has_comma = words[lead:], any(word.lower in ",–—-" for word in words[:lead])
    if not words or (text[words[0].start].isupper() and not (has_comma or is_open)):
        return None
    if not (has_comma or is_open or is_clause):
        return None
    return (
        _inverted(cast, words, reporting)
        or _according(cast, words, reporting, at_start=True)
        or (_subject_first(cast, words, reporting) if has_comma or is_open else None)
    )


def attributed_before(cast: Cast, start: int, position: int, reporting: Reporting) -> Attribution | None:
    """The attribution that precedes a quotation whose mark stands at `position`; nothing before `start` counts."""
    begin = sentence_start(cast.text, start, position)
    words = words_in(cast.text, begin, position)
    has_colon = bool(words) and words[-1].lower == ":"
    has_comma = bool(words) and words[-1].lower == ","
    words = words[:-1] if has_colon or has_comma else words
    if not words:
        return None
    verbs = _verbs(words, reporting)
    if has_colon and not verbs and (found := _captioned(cast, words, begin)):
        return found
    return (
        _introduced(cast, words, [v for v in verbs if not v.is_naming], has_colon=has_colon, has_comma=has_comma)
        or _named(cast, words, [v for v in verbs if v.is_naming], reporting)
        or _according(cast, words, reporting, at_start=False)
        or (_in_the_view_of(cast, words) if has_comma else None)
        or (_written(cast, words) or _opened_by(cast, words) if has_colon else None)
    )


def attributed_inside(cast: Cast, start: int, end: int, reporting: Reporting) -> Attribution | None:
    """The attribution between two commas inside a quotation: « …, a dit X, … »."""
    words = words_in(cast.text, start, min(end, start + WINDOW))
    for index, word in enumerate(words[:-1]):
        verb = _verb_at(words, index + 1, reporting) if word.lower == "," else None
        if verb and (verb.clitic or verb.last - verb.first > 1):
            stop = next((i for i in range(verb.last, len(words)) if words[i].lower == ","), None)
            if stop is not None and stop - verb.last <= _INVERTED_WORDS:
                return _told(cast, words[:stop], verb)
    return None


def _inverted(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    verb = _verb_at(words, 0, reporting)
    if verb is None and (clitic := _CLITIC.match(words[0].lower)):
        verb = _Verb(0, 1, clitic=clitic[2])  # no verb but one of speaking is turned round after a quotation
    if verb is None or verb.is_gerund or verb.is_naming:
        return None
    if verb.last < len(words) and words[verb.last].lower in _THAT | {":"}:
        return None  # what is quoted is itself the subject
    return _told(cast, words, verb)


def _told(cast: Cast, words: list[Word], verb: _Verb) -> Attribution:
    rest = words[verb.last :]
    cue = cast.text[words[verb.first].start : words[verb.last - 1].end]
    if verb.clitic in {"on", None} and rest and mentions_writing(rest[:4]):
        last = next(i for i, word in enumerate(rest) if mentions_writing([word]))
        if verb.clitic:
            return Attribution(speaker_of_writing(cast, rest), cast.text[words[0].start : rest[last].end], "strong")
    if verb.clitic in {"il", "elle"}:
        gender = "masculine" if verb.clitic == "il" else "feminine"
        return Attribution(cast.person_before(words[verb.first].start, gender), cue, "strong")
    return Attribution(None if verb.clitic else speaker_after(cast, rest), cue, "strong")


def _subject_first(cast: Cast, words: list[Word], reporting: Reporting) -> Attribution | None:
    for at in range(1, min(len(words), 16)):
        verb = _verb_at(words, at, reporting)
        if verb and not verb.is_gerund and not verb.is_naming and words[at - 1].lower not in DETERMINERS:
            if verb.last < len(words) and words[verb.last].lower in _THAT:
                return None
            cue = cast.text[words[verb.first].start : words[verb.last - 1].end]
            speaker = speaker_before(cast, words[:at])
            is_told = speaker or has_pronoun_subject(words[:at])
            return Attribution(speaker, cue, "strong") if is_told else None
    return None


def _introduced(
    cast: Cast, words: list[Word], verbs: list[_Verb], *, has_colon: bool, has_comma: bool
) -> Attribution | None:
    if not verbs:
        return None
    verb, count = verbs[-1], len(words)
    cue = cast.text[words[verb.first].start : words[verb.last - 1].end]
    after_that = words[-1].lower in _THAT
    distance = count - verb.last - after_that
    is_incise = verb.first == 0 or words[verb.first - 1].lower == ","
    if verb.clitic or (has_comma and is_incise and 0 < distance <= _INVERTED_WORDS):
        return _told(cast, words[verb.first :], _Verb(0, verb.last - verb.first, clitic=verb.clitic))
    speaker = speaker_before(cast, words[: verb.first], of_sentence=verb.is_gerund)
    if speaker is None and distance and not has_pronoun_subject(words[: verb.first]):
        speaker = speaker_after(cast, words[verb.last :])
    if has_colon or distance == 0:
        return Attribution(speaker, cue, "strong", after_that, verb.is_gerund)
    has_clause = any(word.lower in _THAT for word in words[verb.last : verb.last + 6])
    if distance <= (_NEAR_WORDS if has_clause else 3) and not has_comma:
        return Attribution(speaker, cue, "woven", after_that, verb.is_gerund)
    return None


def _named(cast: Cast, words: list[Word], verbs: list[_Verb], reporting: Reporting) -> Attribution | None:
    if not verbs or len(words) - verbs[-1].last > _NAMING_WORDS:
        return None
    verb = verbs[-1]
    while len(words) > verb.last and words[-1].lower in _ARTICLES_OF_NAMES:
        words = words[:-1]
    if words[-1].lower not in _AS and len(words) > verb.last:
        return None
    if any(word.lower in ";,." for word in words[verb.last :]):
        return None
    cue = cast.text[words[verb.first].start : words[verb.last - 1].end]
    speaker = speaker_before(cast, words[: verb.first], of_sentence=verb.is_gerund)
    if words[verb.last - 1].lower in reporting.viewing:
        is_denied = any(word.lower in _NOT for word in words[max(0, verb.first - 2) : verb.first])
        if is_denied or not cast.has_person(speaker):
            return None
    return Attribution(speaker, cue, "naming")


def _according(cast: Cast, words: list[Word], reporting: Reporting, *, at_start: bool) -> Attribution | None:
    lowers = tuple(word.lower for word in words)
    for at in range(1 if at_start else len(words)):
        for cue in reporting.according_to:
            if cue and lowers[at : at + len(cue)] == cue and (at == 0 or lowers[at - 1] == ","):
                last = at + len(cue)
                speaker = speaker_after(cast, words[last:])
                strength: Strength = "strong" if at_start else "woven"
                return Attribution(speaker, cast.text[words[at].start : words[last - 1].end], strength)
    return None


def _in_the_view_of(cast: Cast, words: list[Word]) -> Attribution | None:
    """« Pour X, … » at the head of a sentence, the quotation right after it."""
    if words[0].lower not in _FOR or len(words) > _NAMING_WORDS + _CAPTION_WORDS:
        return None
    speaker = speaker_after(cast, words[1:])
    return Attribution(speaker, cast.text[words[0].start : words[0].end], "strong") if speaker else None


def _captioned(cast: Cast, words: list[Word], begin: int) -> Attribution | None:
    """A name and a colon: « X : … »."""
    text = cast.text
    if len(words) > _CAPTION_WORDS or mentions_writing(words):
        return None
    named = cast.within(words[0].start, words[-1].end)
    if named and named[-1].end == words[-1].end:
        return Attribution(named[-1].name, None, "strong")
    is_name = all(text[word.start].isupper() for word in words) and words[0].start >= begin
    return Attribution(text[words[0].start : words[-1].end], None, "strong") if is_name else None


def _opened_by(cast: Cast, words: list[Word]) -> Attribution | None:
    """A sentence about somebody, a colon, and what they say: « X est formel : … »."""
    words = words[next((i for i, word in enumerate(words) if word.lower[0].isalnum()), len(words)) :]
    if not words or len(words) > _COLON_WORDS:
        return None
    if named := next((named for named in cast.within(words[0].start, words[-1].end) if named.is_person), None):
        return Attribution(named.name, None, "woven") if named.start == words[0].start else None
    speaker = speaker_after(cast, words[:1]) if words[0].lower in PRONOUNS else None
    return Attribution(speaker, None, "woven") if speaker else None


def _written(cast: Cast, words: list[Word]) -> Attribution | None:
    if not mentions_writing(words):
        return None
    cue = next(word for word in words if mentions_writing([word]))
    return Attribution(speaker_of_writing(cast, words), cast.text[cue.start : cue.end], "strong")


def _verbs(words: list[Word], reporting: Reporting) -> list[_Verb]:
    found: list[_Verb] = []
    at = 0
    while at < len(words):
        verb = _verb_at(words, at, reporting)
        if verb and not (at and words[at - 1].lower in _NOUN_ARTICLES):
            found.append(verb)
            at = verb.last
        else:
            at += 1
    return found


def _verb_at(words: list[Word], at: int, reporting: Reporting) -> _Verb | None:
    """The reporting verb that begins at word `at`, its auxiliary or reflexive pronoun included."""
    first = at
    if words[at].lower in _OBJECTS and at + 1 < len(words):
        at += 1
        first = at - 1 if words[first].lower in _REFLEXIVES else at
    lower = words[at].lower
    clitic = _CLITIC.match(lower)
    stem = clitic[1] if clitic else lower
    is_auxiliary = stem in reporting.auxiliaries and (stem not in _WITH_REFLEXIVE or first < at)
    last = _participle_after(words, at, reporting) if is_auxiliary else None
    if last is not None:
        is_naming = words[last - 1].lower in reporting.naming
        return _Verb(first, last, is_naming=is_naming, clitic=clitic and clitic[2])
    if stem in reporting.with_infinitive and at + 1 < len(words) and words[at + 1].lower in reporting.infinitives:
        return _Verb(first, at + 2, clitic=clitic and clitic[2])
    if clitic and stem in {"peut", "pouvait"} and at + 1 < len(words) and words[at + 1].lower == "lire":
        return _Verb(first, at + 2, clitic=clitic[2])
    if stem in reporting.naming and stem not in reporting.finite:
        # A participle without its auxiliary does not tell who named.
        return None if stem.endswith(("é", "ée", "és", "ées")) else _Verb(first, at + 1, is_naming=True)
    if stem in reporting.finite:
        return _Verb(first, at + 1, clitic=clitic and clitic[2], is_naming=False)
    return _Verb(first, at + 1, is_gerund=True) if stem in reporting.gerunds else None


def _participle_after(words: list[Word], at: int, reporting: Reporting) -> int | None:
    for index in range(at + 1, min(len(words), at + 6)):
        lower = words[index].lower
        if lower in reporting.with_infinitive and index + 1 < len(words):
            return index + 2 if words[index + 1].lower in reporting.infinitives else None
        if lower in _PASSIVES:
            return None
        if lower in reporting.participles or lower in reporting.naming:
            return index + 1
        if not lower[0].isalpha() or lower in DETERMINERS - _POSSESSIVES:
            return None
    return None
