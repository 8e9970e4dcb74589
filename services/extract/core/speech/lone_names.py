"""Given names that stand alone and that no recogniser found: « Jérémy a huit ans », « Samuel, 17 ans, »."""

import re
from collections.abc import Sequence

from contracts.extraction import Entity, EntityType
from services.extract.core.grammar import DETERMINERS, HUMANS, PREPOSITIONS, word_set
from services.extract.core.speech.name_genders import FEMININE_NAMES, MASCULINE_NAMES

_CAPITAL = re.compile(r"(?<![\w.'’-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]+)*(?![\w-])")
_FAMILY_NAME = re.compile(r"(?:[ \u00a0][A-ZÀ-ÖØ-Þ][\w’'-]+){1,4}")
_GIVEN = (FEMININE_NAMES | MASCULINE_NAMES) - {"noël"}
_PLACES = frozenset(("florence", "lourdes", "victoria", "mercedes"))
# Words of French as well, where a sentence begins with them.
_WORDS = word_set(
    "rose claire marine constance aurore pierre mar luz mercedes dolores lourdes victoria guy soledad consuelo"
)
_BEFORE_PLACES = word_set(
    "saint sainte st ste rue place avenue boulevard quai lycée collège école hôpital stade prix île fort ouragan "
    "cyclone tempête opération église cathédrale université centre parc pont gare"
)
_ARTICLES = DETERMINERS | {"du", "au"}
_BEFORE_NAMES = (
    HUMANS
    | DETERMINERS
    | PREPOSITIONS
    | word_set("petit petite grand grande pauvre cher chère célèbre certain certaine regretté regrettée")
)
_ARTICLE = re.compile(r"([^\W\d_]+['’]?)[ \u00a0]?\Z")
_LONGER = re.compile(r"[ \u00a0]d(?:e[ \u00a0]|['’])[A-ZÀ-ÖØ-Þ]")  # Jeanne d'Arc
_BEFORE = re.compile(r"(\w+)['’]?[ \u00a0-]\Z")
_SENTENCE_ENDS = frozenset('.!?…:\n«“"»”')
_REACH = 30  # characters before a name


def lone_names(text: str, entities: Sequence[Entity]) -> list[tuple[int, int, str]]:
    """Where given names stand by which nobody was found, and whom each means: the only person so called, or itself."""
    others = (entity for entity in entities if entity.type is not EntityType.PLACE or not _is_given(entity.name))
    taken = sorted((mention.start, mention.end) for entity in others for mention in entity.mentions)
    known: dict[str, set[str]] = {}
    for entity in entities:
        if entity.type is EntityType.PERSON:
            known.setdefault(entity.name.split(maxsplit=1)[0].casefold(), set()).add(entity.name)
    found: list[tuple[int, int, str]] = []
    at = 0
    for match in _CAPITAL.finditer(text):
        given = match[0].casefold()
        if given not in _GIVEN or (found and match.start() < found[-1][1]):
            continue
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if (at < len(taken) and taken[at][0] < match.end()) or _is_no_name(text, match.start(), given):
            continue
        family = _FAMILY_NAME.match(text, match.end())
        end = family.end() if family else match.end()
        if at < len(taken) and taken[at][0] < end:
            continue  # next to another name
        if not family and (_LONGER.match(text, end) or _is_a_things(text, match.start())):
            continue
        called = known.get(given, set())
        name = next(iter(called)) if len(called) == 1 and not family else text[match.start() : end]
        found.append((match.start(), end, name))
    return found


def _is_given(name: str) -> bool:
    """Whether what was taken for a place has a name that hardly any place has."""
    return name.casefold() in _GIVEN - _PLACES


def _is_a_things(text: str, start: int) -> bool:
    """Whether the noun before a given name is no person's: le voilier Marie, la boulangerie Paul."""
    noun = _BEFORE.search(text, max(0, start - _REACH), start)
    if noun is None or not noun[1].islower() or noun[1] in _BEFORE_NAMES:
        return False
    article = _ARTICLE.search(text, max(0, noun.start() - _REACH), noun.start())
    return article is not None and article[1].casefold().replace("’", "'") in _ARTICLES


def _is_no_name(text: str, start: int, given: str) -> bool:
    """Whether the word before says that it is a place's or part of another name, or it is a word by itself."""
    before = text[max(0, start - _REACH) : start]
    is_first = not before.strip() or before.rstrip(" \u00a0")[-1:] in _SENTENCE_ENDS
    if is_first:
        return given in _WORDS
    led = _BEFORE.search(before)
    if led is None:
        return False
    ahead = before[: led.start()].rstrip(" \u00a0")
    is_capital = led[1][0].isupper() and len(led[1]) > 3  # Pour Julien opens a sentence; Château Julien does not
    return led[1].casefold() in _BEFORE_PLACES or (is_capital and bool(ahead) and ahead[-1] not in _SENTENCE_ENDS)
