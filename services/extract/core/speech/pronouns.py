"""Whom a pronoun means: the one last spoken of who fits it, rather the subject of a sentence than a complement."""

import re
from typing import NamedTuple

from services.extract.core.grammar import (
    DETERMINERS,
    HUMANS,
    OF,
    PREPOSITIONS,
    PRONOUNS,
    SOURCES,
    STOPS,
)
from services.extract.core.sentences import SENTENCE_END, sentence_start
from services.extract.core.speech.bodies_meant import body_before
from services.extract.core.speech.cast import Cast, Named, Word, words_in
from services.extract.core.speech.genders import (
    gender_of_name,
    gender_shown,
    is_of_other_gender,
    likely_gender,
    of_phrase,
)
from services.extract.core.speech.governed import is_governed
from services.extract.core.speech.last_humans import last_human
from services.extract.core.speech.owners import is_owner
from services.extract.core.speech.titles import person_titled, verbs_of

_REACH = 70  # characters before a name, where what it hangs on stands
_LONGEST_TITLE = 11  # words
_THESE = frozenset(("celui-ci", "celle-ci"))
_NEAR = 160  # characters back to whom « celui-ci » means
FARTHEST = 3000  # characters back to whom a pronoun means
_RELATING = frozenset(("qui", "dont"))
_BEFORE_VERBS = frozenset(("se", "s'", "ne", "n'"))
_ENDING = _BEFORE_VERBS | _RELATING
# Jean Roux lui a demandé pourquoi: whoever answers is another.
_ASKS = re.compile(r",?\s(?:lui|leur)\s(?:(?:a|avait|ont|avaient)\s)?(?:demand[eéa]|pos[eé]|redemand[eéa])")
_SAID = re.compile(r"\s(?:said|says|added|adds|told)\b")
_SUBORDINATING = frozenset(("s'", "si", "quand", "lorsqu'", "comme", "alors", "bien", "if", "when", "while", "as"))
_IMPERSONAL = frozenset(("faut", "fallait", "y", "semble", "suffit", "convient", "existe", "arrive"))
_HE_OR_SHE = frozenset(("il", "elle"))
_LONGEST_CHAIN = 3  # sentences that begin with a pronoun of the same person
_SEVERAL = frozenset(("ils", "elles", "they"))
_PLURAL_REACH = 700
_PLURAL = re.compile(
    r"(?:les|des|ces|ses|leurs|plusieurs|certains|certaines|deux|trois|quatre|two|three|several|some|many|those|these"
    r"|los|las|unos|unas|algunos|algunas|varios|varias|dos|tres|gli)\s"
    r"|the\s[^\W\d_]+[^\Ws]s\Z",
    re.IGNORECASE,
)
# Ces lycéens ont … ; The researchers …
_PLURAL_SUBJECT = re.compile(
    r"(?:(?<=[.!?»”\"\n]\s)|(?<=\n)|(?<=, )|(?<=\A))(?P<phrase>(?:[Ll]es|[Dd]es|[Cc]es|[Ss]es|[Ll]eurs"
    r"|[Pp]lusieurs|[Cc]ertain(?:e?s)|[Dd]eux|[Tt]rois|[Qq]uatre)"
    r"\s[^\W\d_][^.,;:!?«»“”\"\n]{2,60}?)(?=,|\s(?:ont|sont|avaient|étaient|auront|se|s['’]|ne|n['’]"
    r"|[^\W\d_]{2,}(?:ent|aient|èrent))\s)"
    r"|(?:(?<=[.!?”\"\n,]\s)|(?<=\n)|(?<=\A))(?P<english>(?:The|These|Those|Two|Three|Several|Some"
    r"|Many|(?:[Hh]undreds|[Tt]housands|[Dd]ozens|[Ss]cores)\sof)\s(?:[a-z-]+\s){0,2}(?!has\b|was\b|is\b|does\b|his\b|its\b|this\b)[a-z]{2,}s)\b"
)


class Speaker(NamedTuple):
    """Who speaks, and the words of the article that say so; without a name where it is not known."""

    name: str | None
    start: int
    end: int


def meant(cast: Cast, pronoun: Word, gender: str, position: int | None = None) -> Speaker:
    """Whom a pronoun of this gender means: somebody named before `position`, else before the pronoun itself."""
    if pronoun.lower in _SEVERAL or gender == "several":
        several = meant_by_plural(cast, pronoun.start if position is None else position)
        several = several or meant_by_plural(cast, pronoun.start)
        return Speaker(several, pronoun.start, pronoun.end)
    if gender not in {"masculine", "feminine"}:
        return Speaker(None, pronoun.start, pronoun.end)
    name = _these(cast, pronoun, gender) if pronoun.lower in _THESE else None
    for before in (position, pronoun.start):
        if before is not None and (name is None or is_of_other_gender(name, gender)):
            name = _titled(cast, before, gender) or body_before(cast, before, gender) or name
            name = name or _person(cast, before, gender) or _body(cast, before)
    if name is None:
        name = last_human(cast, pronoun.start if position is None else position, gender)
    return Speaker(name, pronoun.start, pronoun.end)


def _these(cast: Cast, pronoun: Word, gender: str) -> str | None:
    """Whom « celle-ci » means: the one named last in the sentence before, subject or not."""
    mentions = cast.persons_before(pronoun.start)
    near = [named for named in mentions if pronoun.start - named.start < _NEAR]
    fitting = (named for named in near if likely_gender(cast, named, mentions) in {None, gender})
    return next((named.name for named in fitting), None)


def whoever(cast: Cast, position: int) -> Speaker | None:
    """Whom a verb without a subject is about: the last who spoke, or the first of the last sentence with a person."""
    candidates = [named for named in cast.persons_before(position) if position - named.start < FARTHEST]
    free = [named for named in candidates if not is_governed(cast, named)] or candidates
    if not free:
        return None
    chosen = free[0]
    for named in free[1:]:
        if chosen.has_spoken or SENTENCE_END.search(cast.text, named.end, chosen.start):
            break
        chosen = named
    return Speaker(chosen.name, chosen.start, chosen.end)


def meant_by_plural(cast: Cast, position: int) -> str | None:
    """Whom « ils » means: the last who spoke as several, or the last plural that opens a sentence or its subject."""
    spoken = cast.several_before(position)
    start = max(0, position - _PLURAL_REACH)
    found = _PLURAL_SUBJECT.finditer(cast.text, start, position)
    subjects = [m for m in found if not cast.is_quoted(m.start()) and _may_speak(m["english"])]
    if spoken and (not subjects or spoken.start >= subjects[-1].start()):
        return spoken.name
    return (subjects[-1]["phrase"] or subjects[-1]["english"]) if subjects else None


def _may_speak(several: str | None) -> bool:
    """Whether hundreds of something are people: of protesters, and not of dollars or miles."""
    words = several.lower().split() if several else []
    is_people = bool(words) and (words[-1].removesuffix("s") in HUMANS or words[-1].endswith(("ians", "ists", "eans")))
    return words[1:2] != ["of"] or is_people


def is_several(cast: Cast, speaker: Speaker) -> bool:
    """Whether a speaker's words name more than one."""
    return _PLURAL.match(cast.text, speaker.start, speaker.end) is not None


def _person(cast: Cast, position: int, gender: str) -> str | None:
    candidates = [named for named in cast.persons_before(position) if position - named.start < FARTHEST]
    other = "feminine" if gender == "masculine" else "masculine"
    fitting = [named for named in candidates if gender_shown(cast, named, candidates) != other]
    likely = [named for named in fitting if likely_gender(cast, named, candidates) != other] or fitting
    free = [named for named in likely if not (is_governed(cast, named) or _is_object(cast, named, gender))]
    free = [named for named in free if not _ASKS.match(cast.text, named.end)] or free
    if not free:
        return likely[0].name if likely else None
    chosen = free[0]
    if _is_owner_nearby(cast, likely[0], chosen, position):
        return likely[0].name
    is_unnamed = chosen.has_spoken and not cast.has_person(chosen.name)
    is_phrase = is_unnamed and words_in(cast.text, chosen.start, chosen.end)[0].lower in DETERMINERS
    if is_phrase and gender_shown(cast, chosen, candidates) is None:
        start = cast.text.rfind("\n", 0, position) + 1  # « Son collègue crie. La pilote dit : « … », répond-elle. »
        shown = (one for one in free if one.start >= start and gender_shown(cast, one, candidates) == gender)
        return next(shown, chosen).name
    if is_unnamed or _SAID.match(cast.text, chosen.end):
        return chosen.name
    for named in free[1:]:
        between = cast.text[named.end : chosen.start]
        if SENTENCE_END.search(cast.text, named.end, chosen.start) or "\n" in between or ";" in between:
            break
        if gender_of_name(chosen.name) != gender or gender_of_name(named.name) == gender:
            chosen = named  # the first of its sentence is what that is about
    return chosen.name


def _is_owner_nearby(cast: Cast, owner: Named, other: Named, position: int) -> bool:
    """Whether a paragraph tells of nobody but the one whose a thing is: « La vidéo de X circule. « … », dit-il »."""
    start = cast.text.rfind("\n", 0, position) + 1
    if owner is other or owner.start < start or other.start >= start:
        return False
    before = cast.words_before(owner, _REACH)
    here = {one.name for one in cast.persons_before(position) if one.start >= start}
    return len(here) == 1 and bool(before) and before[-1].lower in OF


def _is_object(cast: Cast, named: Named, gender: str) -> bool:
    """Whether the sentence that names somebody has a pronoun of the same gender as its subject: he is another."""
    if named.has_spoken:
        return False
    start = sentence_start(cast.text, max(0, cast.text.rfind("\n", 0, named.start)), named.start)
    first = _behind_when(words_in(cast.text, start, min(named.start, start + _REACH)))[:4]
    if first and first[0].lower in _SUBORDINATING and "," in cast.text[first[-1].end : named.start]:
        return False  # s'il le dit, X refuse
    pronoun = next((i for i, word in enumerate(first) if PRONOUNS.get(word.lower) == gender), None)
    if pronoun is None or cast.is_quoted(first[pronoun].start):
        return False
    return not any(word.lower in _IMPERSONAL for word in first[pronoun + 1 : pronoun + 2])  # il faut dire que X


def _behind_when(words: list[Word]) -> list[Word]:
    """The words behind what tells when or where and ends with the first comma: Depuis juin, il a … ."""
    comma = next((i for i, word in enumerate(words) if word.lower == ","), 0)
    is_led = comma > 1 and words[0].lower in PREPOSITIONS - SOURCES - {"pour"}
    return words[comma + 1 :] if is_led else words


def _titled(cast: Cast, position: int, gender: str) -> str | None:
    """Whom the sentence before is about, if it begins with a title or a noun that fits: « La jeune femme a été … ».

    Where it begins with a pronoun of that gender, the one before it tells.
    """
    for _ in range(_LONGEST_CHAIN):
        end = len(cast.text[:position].rstrip())
        if not end or cast.is_quoted(end - 2):
            return None
        start = sentence_start(cast.text, cast.text.rfind("\n", 0, end) + 1, end - 1)
        words = words_in(cast.text, start, min(end, start + 2 * _REACH))
        if any(cast.is_quoted(word.start) for word in words):
            return None
        if not words or words[0].lower not in _HE_OR_SHE or PRONOUNS[words[0].lower] != gender:
            return _titled_by(cast, words, gender)
        if words[1:2] and words[1].lower in _IMPERSONAL:
            return None
        position = start
    return None


def _titled_by(cast: Cast, words: list[Word], gender: str) -> str | None:
    """The same, of the words of that sentence."""
    if not words:
        return None
    start = words[0].start
    parts = [0, *(i + 1 for i, word in enumerate(words) if word.lower == "," and i + 1 < len(words))]
    lowers = [word.lower for word in words]
    first = next((i for i in parts if lowers[i] != "il" and of_phrase(lowers[i : i + 2]) == gender), 0)
    words = words[first:]
    verbs = verbs_of(cast.language)
    ends = (i for i, word in enumerate(words) if i > 1 and (word.lower in verbs or word.lower in _ENDING))
    verb = next(ends, 0)
    apart = next((i for i in range(2, verb) if words[i].lower == ","), verb)  # la banque, de son côté, n'a …
    whole, phrase = words[:verb], words[: apart if verb else 0]
    if (
        not 1 < verb < _LONGEST_TITLE
        or of_phrase([word.lower for word in phrase]) != gender
        or any(word.lower in STOPS or word.lower in PREPOSITIONS - OF for word in phrase)
        or any(named.is_person and not _is_owner(whole, named) for named in cast.within(*_span(whole)))
    ):
        return None
    if name := person_titled(cast, phrase):
        return name
    named = cast.named_at(phrase[1].start)
    if named and not named.is_place and named.end == phrase[-1].end:
        return named.name  # la Commission minimise. Elle …
    is_human = any(word.lower in HUMANS for word in phrase)
    return cast.text[words[0].start : phrase[-1].end] if is_human or not cast.persons_before(start) else None


def _body(cast: Cast, position: int) -> str | None:
    bodies = [named for named in cast.bodies_before(position) if position - named.start < FARTHEST // 4]
    return next((named.name for named in bodies if not is_governed(cast, named)), None)


def _is_owner(phrase: list[Word], named: Named) -> bool:
    """Whether a name in a phrase is only whose it is: l'avocate de X."""
    at = next((i for i, word in enumerate(phrase) if word.start == named.start), 0)
    if is_owner(phrase, at):
        return True
    return at > 1 and phrase[at - 1].lower in OF and any(word.lower in HUMANS for word in phrase[1 : at - 1])


def _span(words: list[Word]) -> tuple[int, int]:
    return (words[0].start, words[-1].end) if words else (0, 0)
