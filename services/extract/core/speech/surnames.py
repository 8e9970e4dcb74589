"""The first of two surnames, by which Spanish papers call somebody: « Meade » for José Antonio Meade Kuribreña."""

import re
from collections.abc import Sequence

from contracts.extraction import Entity, EntityType
from services.extract.core.speech.name_genders import FEMININE_NAMES, MASCULINE_NAMES

_GIVEN = FEMININE_NAMES | MASCULINE_NAMES
_FEWEST_NAMES = 3  # one given, two surnames
_SHORTEST = 4
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
    taken = [(mention.start, mention.end) for entity in entities for mention in entity.mentions]
    found: list[tuple[int, int, str]] = []
    for surname, names_of in owners.items():
        is_name = len(surname) >= _SHORTEST and surname[0].isupper() and surname.casefold() not in _GIVEN
        if not is_name or len(names_of) > 1:
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(surname)}(?![\w-])", text):
            start, end = match.span()
            is_taken = any(other < end and start < last for other, last in taken)
            if not is_taken and not _is_part(text, start, end):
                found.append((start, end, next(iter(names_of))))
    return found


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether a name stands beside another one with a capital, so that both are somebody else's or a place's."""
    if _BEHIND.match(text, end):
        return True
    before = _BESIDE.search(text[max(0, start - _REACH) : start])
    if before is None:
        return False
    ahead = text[max(0, start - _REACH) : start - len(before[0])].rstrip(" \u00a0")
    return bool(ahead) and ahead[-1] not in _SENTENCE_ENDS  # Según Meade opens a sentence; Plaza Meade does not
