"""Opinions on words in capitals: towns at the head of what is told there, and what a heading in capitals names."""

import re

from contracts.extraction import EntityType
from services.extract.core.naming.found import Found, IsPlace

_SHORTEST_HEAD, _TOWN_IN_A_HEADING = 3, 20_000  # letters; inhabitants
_HEAD = re.compile(r"\.?\s?[–—]\s?")  # ZOUG. —: the place of what is told below, in papers of old
_INTERVIEW = 10_000  # characters within which whoever is asked answers again
_SHOUTED = re.compile(r"[^\W\d_a-zà-ÿ]{2,}")
_SHOUT_BEFORE = re.compile(r"(?:\b[^\W\d_a-zà-ÿ]+\b[ ,'’-]{1,2})+$")
_SHOUT_AFTER = re.compile(r"(?:[ ,'’-]{1,2}[^\W\d_a-zà-ÿ]+\b)+")
_EARSHOT, _FEWEST_SHOUTED = 60, 4  # characters; words in capitals beside a name that are a heading


def at_the_head(text: str, name: Found, is_place: IsPlace) -> Found:
    """An opinion on words in capitals before a dash that open a line: the town where that is told, if it is one."""
    surface = text[name.start : name.end]
    before = text[max(0, name.start - _EARSHOT) : name.start].rstrip(" \t\r")  # a line may be as long as the text
    is_town_alone = before.endswith((",", ".", ")")) and text[name.end : name.end + 1] == "."  # S. A., ZOUG. — Il
    is_head = surface.isupper() and len(surface) > _SHORTEST_HEAD
    is_head = is_head and (not before or before.endswith("\n") or is_town_alone)
    head = _HEAD.match(text, name.end) if is_head else None
    if head and is_place(surface) and not _labels_another(text, name.start, head.end()):
        return name._replace(type=EntityType.PLACE)
    return name


def _labels_another(text: str, start: int, end: int) -> bool:
    """Whether the label of a line is that of another near by, as a person's in an interview is."""
    label = text[start:end]
    least, most = max(0, start - _INTERVIEW), end + _INTERVIEW
    others = (text.rfind(label, least, start), text.find(label, end, most))
    return any(at == 0 or (at > 0 and text[max(0, at - _EARSHOT) : at].rstrip(" \t\r").endswith("\n")) for at in others)


def in_a_shout(text: str, name: Found, is_place: IsPlace) -> Found | None:
    """An opinion on words among others in capitals, where these say nothing: of a town, or none."""
    surface = text[name.start : name.end]
    if not surface.isupper() or _shouted_around(text, name) < _FEWEST_SHOUTED:
        return name
    return name._replace(type=EntityType.PLACE) if is_place(surface, _TOWN_IN_A_HEADING) else None


def _shouted_around(text: str, name: Found) -> int:
    """How many words in capitals stand beside a name."""
    before = _SHOUT_BEFORE.search(text, max(0, name.start - _EARSHOT), name.start)
    after = _SHOUT_AFTER.match(text, name.end, name.end + _EARSHOT)
    return sum(len(_SHOUTED.findall(found.group())) for found in (before, after) if found)
