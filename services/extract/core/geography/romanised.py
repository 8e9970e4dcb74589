"""Names that French writes by ear, as atlases in English spell them: Kourtchatov, Kurchatov; Zougdidi, Zugdidi."""

import re
from collections.abc import Collection

from services.extract.core.geography.atlas import Atlas, Spot
from services.extract.core.words import fold, word_set

# Where names are romanised from Cyrillic, Georgian and Armenian letters, or were in a language that was written so.
COUNTRIES = word_set("AM AZ BG BY GE KG KZ MD MK MN RS RU TJ TM UA UZ")
_SHORTEST = 5  # letters
_DJ = ("j", "dzh")  # Khodjavend, Khojavend; Djankoï, Dzhankoy
_HARD, _MARK = "\x01", "\x02"  # what stands for tch and dj until ch and j are written
_SOUNDS = (
    (re.compile(r"tch"), _HARD),
    (re.compile(r"dj"), _MARK),
    (re.compile(r"sch|ch"), "sh"),
    (re.compile(r"j"), "zh"),
    (re.compile(r"[iï]ou"), "yu"),
    (re.compile(r"ou"), "u"),
    (re.compile(r"gu(?=[eéiïy])"), "g"),
    (re.compile(r"ss"), "s"),
    (re.compile(r"ï|(?:\b|(?<=[^\Waeiouy]))i(?=[aeéou])"), "y"),
    (re.compile(_HARD), "ch"),
)


def in_english(name: str) -> tuple[str, ...]:
    """How English may spell a name that French has by ear, folded; none where that is no other than the name."""
    written = name.lower()
    if len(written) < _SHORTEST:
        return ()
    for sound, letters in _SOUNDS:
        written = sound.sub(letters, written)
    spelt = (fold(written.replace(_MARK, dj)) for dj in _DJ)
    return tuple(dict.fromkeys(one for one in spelt if one != fold(name)))


def spelt_otherwise(name: str, countries: Collection[str], atlas: Atlas) -> list[Spot]:
    """The places that English spells otherwise, in those of the `countries` that write in such letters."""
    present = COUNTRIES.intersection(countries)
    spelt = in_english(name) if present else ()
    return [spot for one in spelt for spot in atlas.named(one) if spot.country in present]
