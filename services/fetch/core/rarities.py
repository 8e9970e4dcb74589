"""Encodings that statistics do not know: capitals throughout, and the rare relatives of the usual code pages."""

import codecs

import chardet

from services.fetch.core.charsets import codec_of

# Capitals of one of them are small letters of another, or another script's: statistics know small letters.
OF_CAPITALS = ("cp1251", "koi8-r", "koi8-u", "cp866", "iso8859-5", "mac_cyrillic", "cp1253", "iso8859-7")
# What each is taken for, and the letters of the language that it was made for (CLDR exemplar characters).
LATVIAN, PORTUGUESE = "āčēģīķļņšūž", "àáâãçéêíóôõú"
RELATIVES = (
    ("iso8859-4", ("cp1257", "cp1250", "cp1252", "iso8859-2", "iso8859-15"), LATVIAN),
    ("cp860", ("cp850", "cp852", "mac-roman"), PORTUGUESE),
)
FEWEST_LETTERS, FEWEST_KINDS = 10, 4  # beyond ASCII: of fewer anything may fit


def by_capitals(sample: bytes) -> tuple[str, float]:
    """The encoding in which a text of nothing but capitals is likeliest, read as small letters; and how likely."""
    best = ("", 0.0)
    for encoding in OF_CAPITALS:
        try:
            text = sample.decode(encoding)
            small = text.lower().encode(encoding) if text.isupper() and _is_foreign(text) else b""
        except UnicodeError:
            continue
        if small and (sure := _confidence(small, encoding)) > best[1]:
            best = (encoding, sure)
    return best


def _is_foreign(text: str) -> bool:
    """Whether most letters are of the other script: those among Latin ones are a Western language's accents."""
    letters = [one for one in text if one.isalpha()]
    return 2 * sum(one > "\x7f" for one in letters) > len(letters)


def relative_of(codec: str, sample: bytes, languages: tuple[str, ...]) -> str | None:
    """The rare encoding in which every letter is its language's, where no language has all of them in `codec`."""
    for rare, taken_for, letters in RELATIVES:
        if codec not in taken_for:
            continue
        found = _letters(sample, rare)
        if len(found) < FEWEST_LETTERS or len(set(found)) < FEWEST_KINDS or not set(found) <= set(letters):
            continue
        usual = set(_letters(sample, codec))
        if not any(usual <= set(each) for each in languages):
            return rare
    return None


def _letters(sample: bytes, encoding: str) -> str:
    """The letters beyond ASCII, and whatever else stands within a word: no letter can be there by mistake."""
    text = f" {sample.decode(encoding, 'replace').lower()} "
    within = (before.isalpha() and after.isalpha() for before, after in zip(text, text[2:], strict=False))
    inner = [False, *within, False]
    return "".join(
        one for one, is_inner in zip(text, inner, strict=False) if one > "\x7f" and (one.isalpha() or is_inner)
    )


def _confidence(sample: bytes, encoding: str) -> float:
    wanted = codecs.lookup(encoding).name
    told = [encoding.replace("_", "-"), "utf-8"]
    found = chardet.detect_all(sample, include_encodings=told, no_match_encoding="utf-8")
    return max((one["confidence"] for one in found if _name(one["encoding"]) == wanted), default=0.0)


def _name(encoding: str | None) -> str:
    return codecs.lookup(codec_of(encoding or "") or encoding or "ascii").name
