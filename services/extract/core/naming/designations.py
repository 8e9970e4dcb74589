"""Weapons by their designations: families of letters that are always followed by a number, by their makers' habits."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from contracts.extraction import EntityType
from services.extract.core.naming import form_words as vocabulary
from services.extract.core.naming.spoken_words import Built, SpokenWords
from services.extract.core.words import Word

# Letters that nothing but a weapon, a vehicle or an aircraft of an army has before such a number. What roads, laws,
# flights and days are called too (M-60, C-39, MH-17, J-10, A-320) is in the list where it is a weapon, and not here.
_FAMILIES = (
    r"T-(?:14|34|54|55|62|64|72|80|84|90)",
    r"(?:BTR|BMP|BMD|BRDM|MT)[- ]?\d{1,2}",
    r"(?:ZU|ZSU|ZPU)-\d{1,2}",
    r"(?:RPG|SPG)-?\d{1,2}",
    r"AKS?-\d{2,3}",
    r"Su-?\d{2}",
    r"M[iI][gG][- ]?\d{2}",
    r"(?:Mi|Ka|Tu|Yak)-\d{1,3}",
    r"(?:S(?:ou|u)kho[iï])[- ]?(?:Su-)?\d{2}",
    r"Kh-\d{2,3}",
    r"(?:FAB|KAB|OFAB|RBK)-\d{3,4}",
    r"(?:AGM|AIM|GBU|BGM|FGM|MIM|MGM)-\d{1,3}",
    r"(?:AH|UH|MQ|RQ)-\d{1,3}",
    r"(?:AML|ERC|AMX)-\d{2}",
    r"Mirage[- ](?:F-?1|2000|III|IV)",
    r"S-(?:125|200|300|350|400|500)",
    r"BM-(?:13|14|21|24|27|30)",
)
_OF_A_FAMILY = re.compile(
    rf"(?<![\w-])(?:{'|'.join(_FAMILIES)})(?:[A-Z][A-Za-z]{{0,5}}\d{{0,2}}[A-Z]{{0,2}})?(?:-\d{{1,2}})?(?![\w-])"
)


_DESIGNATION = re.compile(r"[A-Z]{1,4}[a-z]?-?\d{1,4}[A-Z]{0,3}\b(?!-)")
_CALLED = re.compile(r"\s[A-Z][a-zà-ÿ]{3,}(?=[\s,.;:)])(?!\s(?:de|du|des)\b)")  # AH-64 Apache
_MAKE = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]{2,}(?:-\d{1,3}[A-Z]?)?(?![\w'’-])(?!\s(?:de|du|des|d['’]|et\s[A-Z]))")
# Within a sentence, or at the head of one where it is neither an article nor a number: Jean Zarbin, d'Anne Zarbin.
_ANOTHER_NAME = (
    r"(?:(?<=[a-zà-ÿ,;:] )|(?<=['’(])|(?<![^\n])|(?<=[.!?»] ))"
    r"(?!(?:Les?|La|Une?|[CDLMNST]es|[NV]os|Cette|Leurs?|Deux|Trois|Quatre|Cinq|Six|Sept|Huit|Neuf|Dix|Vingt|Plusieurs|Quelques"
    r"|Chaque|Dans|Avec|Sur|Par|Pour|Comme|Selon)\s)[A-ZÀ-Ý][a-zà-ÿ]+(?:-[A-ZÀ-Ý][a-zà-ÿ]+)?"
)
_BEHIND_ANOTHER = re.compile(rf"{_ANOTHER_NAME}(?= (?P<last>[A-ZÀ-Ý][a-zà-ÿ]{{2,}})(?!\w))")
_OF_A_TRADE = frozenset(("de", "d"))
_ARTICLE_BEFORE = re.compile(r"\b(?:un|une|d['’]un|d['’]une|des|les|le|l['’])\s?$")
_MOST_OF_A_MAKE = 2


def armed_with(words: SpokenWords, first: int) -> Built | None:
    """What a weapon is called behind its kind: chars T-64, fusils M4."""
    if words.spoken[first].key not in vocabulary.WEAPON_HEADS:
        return None
    if people := words.people(first + 1):
        return _foreign_weapon(words, first + 1 + people)
    if not words.capital(first + 1):
        return None
    start, end = words.spoken[first + 1].start, words.spoken[first + 1].end
    found = _DESIGNATION.match(words.text, start)
    if found is None or found.end() < end:
        return _made(words, first)
    named = _CALLED.match(words.text, found.end())
    return Built(start, named.end() if named else found.end(), EntityType.WEAPON, None)


def _made(words: SpokenWords, first: int) -> Built | None:
    """The make right behind a kind of weapon: blindés Stryker; not le pilote d'hélicoptère Jean Zarbin."""
    is_somebodys = words.key(first - 1) in _OF_A_TRADE and not _ARTICLE_BEFORE.search(
        words.text, max(0, words.spoken[first].start - 8), words.spoken[first].start
    )
    start = words.spoken[first + 1].start
    is_shouted = words.text[words.spoken[first].start].isupper()
    is_two = words.capital(first + 2) and words.text[words.spoken[first + 1].end] == " "
    if words.spoken[first].key not in vocabulary.MADE_HEADS or is_somebodys or is_two or is_shouted:
        return None
    made = _MAKE.match(words.text, start)
    if made is None or made.group() in _last_names(words.text):
        return None  # le missile Zarbin marque, où Jean Zarbin joue
    return Built(start, made.end(), EntityType.WEAPON, None)


@lru_cache(maxsize=2)
def _last_names(text: str) -> frozenset[str]:
    """What the text has behind another name, as it has a person's last one; read once for all that ask."""
    return frozenset(found["last"] for found in _BEHIND_ANOTHER.finditer(text))


def _foreign_weapon(words: SpokenWords, first: int) -> Built | None:
    """The make behind a kind of weapon and a people: drones chinois Wing Loong, missiles russes Iskander."""
    last = first
    while last < first + _MOST_OF_A_MAKE and words.capital(last) and not words.people(last):
        last += 1
    return words.built(first, last - 1, EntityType.WEAPON, None) if last > first else None


def designated(text: str, spoken: Sequence[Word]) -> Iterator[Built]:
    """The designations among these words: ZU-23, T-72B3, MiG-31BM, Soukhoï-25."""
    if spoken:
        for found in _OF_A_FAMILY.finditer(text, spoken[0].start, spoken[-1].end):
            yield Built(found.start(), found.end(), EntityType.WEAPON, None)
