"""Persons with initials for given names, and those whom one title leads: J.-P. Durand; MM. Durand et Martin."""

import re
from collections.abc import Callable, Iterator

from contracts.extraction import EntityType
from services.extract.core.naming.form_words import BODY_HEADS, GROUP_HEADS, STREETS
from services.extract.core.naming.found import Found
from services.extract.core.naming.span_words import PLACE_HEADS
from services.extract.core.words import fold, word_set

_INITIAL = r"(?:[A-ZÀ-Ý]|Ch|Fr|Th|Ph|Chr|Ed|Alb|Eug|Aug|Jos|Ant|Ad)\."
_PARTICLES = r"(?:(?:de\sla|de|du|von|van|der|den|di|della|d['’])\s?){0,2}"
_LAST = r"[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-[A-ZÀ-Ý][a-zà-ÿ]+){0,2}"
_INITIALLED = re.compile(
    rf"(?<![\w'’-])(?<![A-ZÀ-Ý0-9]\.)(?P<initials>{_INITIAL}(?:[\s-]{{0,2}}{_INITIAL}){{0,2}})\s?{_PARTICLES}{_LAST}(?![\w'’])"
)
_NAMED_SO = re.compile(rf"{_INITIAL}(?:[\s-]{{0,2}}{_INITIAL}){{0,2}}\s?{_PARTICLES}{_LAST}(?:\s{_LAST})?")
# No initials: Monsieur, a share company, a sports club, a page, a note.
_SHORTENED = word_set("m mm s sa f fc cf sc ac as hc ehc us rc cs ca p pp n nb ps no cp ch st ste art al dr me mr")
_OF_STATES = re.compile(r"[UE]\.\s?[SKNU]\.")  # U.S. Fed
_ONE = re.compile(rf"(?:{_INITIAL}(?:[\s-]{{0,2}}{_INITIAL})?\s?)?{_PARTICLES}{_LAST}(?:\s{_LAST}){{0,2}}(?![\w'’])")
_SEVERAL = re.compile(r"\b(?:MM|Mmes|Messieurs|Mesdames|Mrs)\b\.?\s?")
_AND = re.compile(r"\s?,\s(?:et\s)?|\s(?:et|ainsi\sque|and)\s")
_FUNCTION = word_set("le la les un une des ce cette il elle en au aux on nous et ou mais pour dans par sur qui que")


def is_initialled(surface: str) -> bool:
    """Whether a name begins with the initials of a person's given names."""
    if _OF_STATES.match(surface):
        return False
    found = _NAMED_SO.fullmatch(surface)
    return found is not None and fold(surface.partition(".")[0]) not in _SHORTENED


def by_initials(text: str, start: int, end: int, is_word: Callable[[str], bool]) -> Iterator[Found]:
    """The persons that `text[start:end]` names by initials and last name; `is_word` tells the words of the language."""
    for found in _INITIALLED.finditer(text, start, end):
        letters = fold(found["initials"]).replace(" ", "")
        last = found.group()[len(found["initials"]) :].split()[-1]
        if letters in _SHORTENED or fold(last) in _FUNCTION:
            continue
        if len(letters) < 2 and (is_word(last.lower()) or _ends_a_name(text, found.start())):
            continue  # vitamine C. Demain; le plan B. Zarbin
        yield Found(*found.span(), EntityType.PERSON)


def together(text: str, start: int, end: int) -> Iterator[Found]:
    """The persons whom one title in the plural leads in `text[start:end]`: MM. Durand, Petit et Martin."""
    for title in _SEVERAL.finditer(text, start, end):
        at = title.end()
        while (one := _ONE.match(text, at, end)) is not None:
            yield Found(*one.span(), EntityType.PERSON)
            joint = _AND.match(text, one.end(), end)
            if joint is None:
                break
            at = joint.end()


def _ends_a_name(text: str, at: int) -> bool:
    """Whether a word stands before that the letter may belong to: plan B, vitamine C."""
    return re.search(r"[^\W\d_]{3,}\s$", text[max(0, at - 12) : at]) is not None and not re.search(
        r"\b(?:par|avec|pour|chez|selon|que|dont|sous|contre|entre|sur|dans|professeur|président|ministre|conseiller|docteur|"
        r"maire|colonel|capitaine|major|général|lieutenant|directeur|avocat|juge|pasteur|curé|ingénieur)\s$",
        text[max(0, at - 14) : at],
    )


# What the names of persons begin with in Arabic, before two words more and none of a town: Abou Anas al-Zarbi.
_OF_A_FATHER = frozenset(("abou", "abu", "oum", "umm", "abdel", "abdul", "abdoul", "abd"))
_FEWEST_PARTS = 3
_CALLED_AFTER = (
    BODY_HEADS
    | GROUP_HEADS
    | STREETS
    | PLACE_HEADS
    | word_set(
        "parc stade prix affaire groupe sarl societe cabinet clan famille opera aeroport theatre metro station fort"
    )
)
# What last names end with, and hardly a place's second word: Georgian, Ukrainian, Serbian, Turkish, Persian ones.
_OF_LAST_NAMES = (
    "chvili",
    "shvili",
    "adze",
    "idze",
    "elidze",
    "enko",
    "tchouk",
    "ovitch",
    "evitch",
    "oglou",
    "zadeh",
    "poulos",
)


def is_of_a_family(surface: str) -> bool:
    """Whether a name of two words and more is built as persons' names are: Abou Anas al-Zarbi, Zarbina Zorbichvili."""
    parts, words = fold(surface).split(), surface.split()
    if len(words) >= _FEWEST_PARTS and parts[0] in _OF_A_FATHER:
        return True
    is_called_after = len(parts) > 1 and parts[0] in _CALLED_AFTER  # Parc Zorbenko
    return len(parts) > 1 and not is_called_after and parts[-1].endswith(_OF_LAST_NAMES) and words[-1][:1].isupper()
