"""Whom « ce dernier », « l'intéressé », « la quadragénaire » mean: the one named last, or whose age was told."""

import re

from services.extract.core.grammar import HUMANS, OF, PREPOSITIONS
from services.extract.core.speech.cast import Cast, Named, Word, words_in
from services.extract.core.speech.genders import gender_shown, is_of_other_gender
from services.extract.core.speech.pronouns import Speaker

_LATTER = {"ce dernier": "masculine", "cette dernière": "feminine"}
_CONCERNED = {
    "l' intéressé": "masculine",
    "l' intéressée": "feminine",
    "celui-ci": "masculine",
    "celle-ci": "feminine",
}
_LEADING = PREPOSITIONS - OF
_SAME = {"le même": "masculine", "la même": "feminine"}
_NEAR = 70  # characters before a name, where it is told that somebody does something to others: par X
_ARTICLES = {"le": "masculine", "un": "masculine", "la": "feminine", "une": "feminine"}
_REACH_OF_LATTER = 120  # characters back to a person without a name whom it means
_REACH_OF_CONCERNED = 400  # characters back to whoever is named last
_DECADES = {
    "trentenaire": 3,
    "quadragénaire": 4,
    "quadra": 4,
    "quinquagénaire": 5,
    "sexagénaire": 6,
    "septuagénaire": 7,
    "octogénaire": 8,
    "nonagénaire": 9,
}
_AGE = re.compile(r",?\s?\(?(?:(?:une?|le|la)\s\S+\s(?:\S+\s)?de\s|âgée?\sde\s)?(\d)\d\sans\b")


def the_latter(cast: Cast, words: list[Word]) -> Speaker | None:
    """Whom such words mean that a phrase begins with; None where they are none, or nobody is known to be meant."""
    if not words:
        return None
    opening = " ".join(word.lower for word in words[:2])
    gender = _LATTER.get(opening)
    if gender is not None:
        return _last(cast, words, gender)
    gender = _SAME.get(opening)
    if gender is not None:
        is_alone = len(words) == 2 or not words[2].lower[0].isalpha() or words[2].lower in PREPOSITIONS
        return _who_spoke(cast, words, gender) if is_alone else None  # la même source
    gender = _CONCERNED.get(opening) or _CONCERNED.get(words[0].lower)
    if gender is not None:
        return concerned(cast, words[0].start, words[min(1, len(words) - 1)].end, gender)
    return _of_that_age(cast, words) if len(words) > 1 and words[1].lower in _DECADES else None


def concerned(cast: Cast, start: int, end: int, gender: str) -> Speaker | None:
    """Who is named last before `start` and fits a gender, as the words from there to `end` mean them."""
    mentions = cast.persons_before(start)
    near = (one for one in mentions if start - one.start < _REACH_OF_CONCERNED)
    fitting = (one for one in near if gender_shown(cast, one, mentions) in {None, gender} and not _is_agent(cast, one))
    last = next((one for one in fitting if not is_of_other_gender(one.name, gender)), None)
    return Speaker(last.name, start, end) if last else None


def _is_agent(cast: Cast, named: Named) -> bool:
    """Whether something was done by whoever is named there, so that it concerns another: mis en cause par X."""
    for word in reversed(cast.words_before(named, _NEAR)):
        if word.lower in _LEADING or not word.lower[0].isalpha():
            return word.lower == "par"
    return False


def _who_spoke(cast: Cast, words: list[Word], gender: str) -> Speaker | None:
    """Whom « le même » means that stands alone: the last who spoke and fits."""
    spoke = (one for one in cast.persons_before(words[0].start) if one.has_spoken)
    last = next((one for one in spoke if not is_of_other_gender(one.name, gender)), None)
    return Speaker(last.name, words[0].start, words[1].end) if last else None


def _of_that_age(cast: Cast, words: list[Word]) -> Speaker | None:
    """The only person whose age beside the name is that of « la quadragénaire »."""
    decade, gender = _DECADES[words[1].lower], _ARTICLES.get(words[0].lower)
    mentions = cast.persons_before(words[0].start)
    told = ((one.name, _AGE.match(cast.text, one.end)) for one in mentions)
    names = {name for name, age in told if age and int(age[1]) == decade}
    name = next(iter(names)) if len(names) == 1 else None
    if name is None or (gender and is_of_other_gender(name, gender)):
        return None
    return Speaker(name, words[0].start, words[1].end)


def _last(cast: Cast, words: list[Word], gender: str) -> Speaker | None:
    """Whom « ce dernier » means: the one named last."""
    mentions = cast.persons_before(words[0].start)
    fitting = [named for named in mentions if gender_shown(cast, named, mentions) in {None, gender}]
    last = next(iter(fitting or mentions), None)
    name = _told_of_last(cast, last.end if last else 0, words[0].start, gender) or (last.name if last else None)
    return Speaker(name, words[0].start, words[1].end) if name else None


def _told_of_last(cast: Cast, start: int, end: int, gender: str) -> str | None:
    """A person without a name of whom the words before « ce dernier » tell last: rappelé à l'ordre par le président."""
    words = words_in(cast.text, max(start, end - _REACH_OF_LATTER), end)
    for at in range(len(words) - 2, -1, -1):
        is_led = _ARTICLES.get(words[at].lower, "") == gender and words[at + 1].lower in HUMANS
        if is_led and not cast.is_quoted(words[at].start):
            return cast.text[words[at].start : words[at + 1].end]
    return None
