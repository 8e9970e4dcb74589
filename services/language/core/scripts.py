"""Which script a letter is of, and where a text runs in another script than its own."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

# The first word of a letter's Unicode name, and the ISO 15924 code of its script.
_BY_NAME = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "BENGALI": "Beng",
    "BOPOMOFO": "Bopo",
    "CANADIAN": "Cans",
    "CHEROKEE": "Cher",
    "CJK": "Hani",
    "COPTIC": "Copt",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "ETHIOPIC": "Ethi",
    "FULLWIDTH": "Latn",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "GUJARATI": "Gujr",
    "GURMUKHI": "Guru",
    "HALFWIDTH": "Kana",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Hira",
    "KANNADA": "Knda",
    "KATAKANA": "Kana",
    "KATAKANA-HIRAGANA": "Kana",
    "KHMER": "Khmr",
    "LAO": "Laoo",
    "LATIN": "Latn",
    "MALAYALAM": "Mlym",
    "MONGOLIAN": "Mong",
    "MYANMAR": "Mymr",
    "NKO": "Nkoo",
    "ORIYA": "Orya",
    "SINHALA": "Sinh",
    "SYRIAC": "Syrc",
    "TAMIL": "Taml",
    "TELUGU": "Telu",
    "THAANA": "Thaa",
    "THAI": "Thai",
    "TIBETAN": "Tibt",
    "TIFINAGH": "Tfng",
}
EAST_ASIAN = "Hani"  # Chinese characters, kana and hangul stand side by side in one text: one system
_EAST_ASIAN_SCRIPTS = {"Bopo", "Hang", "Hani", "Hira", "Kana"}
_LETTERS_SAID_BY_ONE = {
    "Bopo": 2,
    "Hang": 2,
    "Hani": 3,
    "Hira": 2,
    "Kana": 2,
}  # a character there says as much as these

GAP = "\x1f"  # stands in for a letter of another system, so that offsets stand; no text has it, see detection

_CODES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_RUN = re.compile(r"([A-Z])\1*(?:[^A-Za-z\n]{1,20}\1+)*")
_WORD = re.compile(r"[A-Z]+")


@lru_cache(maxsize=1 << 14)
def script_of(character: str) -> str | None:
    """The ISO 15924 code of a letter's (or letter's mark's) script; None for what all scripts share."""
    if unicodedata.category(character)[0] not in "LM":
        return None
    return _BY_NAME.get(unicodedata.name(character, "").partition(" ")[0])


def system_of(script: str) -> str:
    """The script, or the one code for those that East Asian texts mix."""
    return EAST_ASIAN if script in _EAST_ASIAN_SCRIPTS else script


class Letters(NamedTuple):
    """What letters a text is made of."""

    by_script: Counter[str]
    by_system: dict[str, list[str]]  # the distinct letters

    def weight(self, scripts: Iterable[str] | None = None) -> int:
        """How much the letters of these scripts (of all) say, in letters of an alphabet."""
        chosen = self.by_script if scripts is None else scripts
        return sum(self.by_script[script] * _LETTERS_SAID_BY_ONE.get(script, 1) for script in chosen)

    def system(self) -> str | None:
        """The writing system that says most in the text; None without letters."""
        weights = Counter[str]()
        for script in self.by_script:
            weights[system_of(script)] += self.weight([script])
        return max(weights, key=weights.__getitem__, default=None)


def letters(text: str) -> Letters:
    """The letters of `text`, counted by script."""
    by_script, by_system = Counter[str](), dict[str, list[str]]()
    for character, count in Counter(text).items():
        if script := script_of(character):
            by_script[script] += count
            by_system.setdefault(system_of(script), []).append(character)
    return Letters(by_script, by_system)


def only(text: str, found: Letters, system: str) -> str:
    """`text` with GAPs in place of the letters of other systems."""
    others = [character for other, characters in found.by_system.items() if other != system for character in characters]
    return text.translate(dict.fromkeys(map(ord, others), GAP)) if others else text


class Run(NamedTuple):
    """Where words of one foreign system follow each other on one line."""

    start: int
    end: int
    system: str
    words: int


def runs(text: str, found: Letters, system: str) -> Iterator[Run]:
    """The runs of words in other systems than `system`, in order; signs and numbers between words do not end a run."""
    others = [other for other in found.by_system if other != system][: len(_CODES)]
    if not others:
        return
    table = dict.fromkeys(map(ord, found.by_system[system]), "m")
    for code, other in zip(_CODES, others, strict=False):
        table |= dict.fromkeys(map(ord, found.by_system[other]), code)
    shared = {character: "." for character in map(ord, set(text)) if character not in table and character != 0x0A}
    classes = text.translate(table | shared)
    for match in _RUN.finditer(classes):
        other = others[_CODES.index(match[1])]
        yield Run(match.start(), match.end(), other, len(_WORD.findall(match[0])))
