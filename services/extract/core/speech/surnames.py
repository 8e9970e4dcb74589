"""The first of two surnames, by which Spanish papers call somebody: « Meade » for José Antonio Meade Kuribreña."""

import re
from collections.abc import Sequence

from contracts.extraction import Entity, EntityType
from services.extract.core.speech.name_genders import FEMININE_NAMES, MASCULINE_NAMES

_GIVEN = FEMININE_NAMES | MASCULINE_NAMES
_FEWEST_NAMES = 3  # one given, two surnames
_SHORTEST = 4
_CAPITAL = re.compile(r"(?<![\w-])[A-ZÁÉÍÓÚÑ][\w’'-]*(?![\w-])")
_BESIDE = re.compile(r"[A-ZÁÉÍÓÚÑ][\w’'-]*[ \u00a0]\Z")
_BEHIND = re.compile(r"[ \u00a0-](?:[A-ZÁÉÍÓÚÑ]|de[ \u00a0][A-ZÁÉÍÓÚÑ])")
_SENTENCE_ENDS = frozenset('.!?…:\n«“"»”')
_REACH = 30  # characters before a name


def first_surnames(text: str, entities: Sequence[Entity]) -> list[tuple[int, int, str]]:
    """Where the first surname of one person alone stands by itself, and whose it is."""
    owners: dict[str, set[str]] = {}
    for entity in entities:
        names = entity.name.split()
        if entity.type is EntityType.PERSON and len(names) >= _FEWEST_NAMES:
            owners.setdefault(names[-2], set()).add(entity.name)
    known = {
        surname: next(iter(names)) for surname, names in owners.items() if len(names) == 1 and _is_surname(surname)
    }
    taken = sorted((mention.start, mention.end) for entity in entities for mention in entity.mentions)
    found: list[tuple[int, int, str]] = []
    at = 0
    for match in _CAPITAL.finditer(text) if known else ():
        start, end = match.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        is_taken = at < len(taken) and taken[at][0] < end
        if match[0] in known and not is_taken and not _is_part(text, start, end):
            found.append((start, end, known[match[0]]))
    return found


def _is_surname(word: str) -> bool:
    return len(word) >= _SHORTEST and word[0].isupper() and word.casefold() not in _GIVEN


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a name stands beside another one with a capital, so that both are somebody else's or a place's."""
    if _BEHIND.match(text, end):
        return True
    before = _BESIDE.search(text[max(0, start - _REACH) : start])
    if before is None:
        return False
    ahead = text[max(0, start - _REACH) : start - len(before[0])].rstrip(" \u00a0")
    return bool(ahead) and ahead[-1] not in _SENTENCE_ENDS  # Según Meade opens a sentence; Plaza Meade does not
