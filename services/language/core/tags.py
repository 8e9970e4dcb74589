"""BCP 47 tags: where a script says the language, and where a tag must say the script."""

from functools import lru_cache

from services.language.core.scripts import EAST_ASIAN, Letters

# Scripts that one language of the press is written in. Where there are others (Hebrew: Yiddish) a long text has been
# given its name already; a few words are the big one's.
LANGUAGE_OF_SCRIPT = {
    "Armn": "hy",
    "Geor": "ka",
    "Grek": "el",
    "Gujr": "gu",
    "Guru": "pa",
    "Hang": "ko",
    "Hebr": "he",
    "Hira": "ja",
    "Kana": "ja",
    "Khmr": "km",
    "Knda": "kn",
    "Laoo": "lo",
    "Mlym": "ml",
    "Mymr": "my",
    "Orya": "or",
    "Sinh": "si",
    "Taml": "ta",
    "Telu": "te",
    "Thaa": "dv",
    "Thai": "th",
    "Tibt": "bo",
}

# Languages written in several scripts, and the one that goes without saying (CLDR's likely subtags). Only where a text
# departs from it does the tag say so: sr-Latn, pa-Arab. Chinese always says it if it can be told.
_USUAL_SCRIPT = {
    "az": "Latn",
    "kk": "Cyrl",
    "ku": "Latn",
    "ky": "Cyrl",
    "mn": "Cyrl",
    "ms": "Latn",
    "pa": "Guru",
    "sd": "Arab",
    "sr": "Cyrl",
    "tg": "Cyrl",
    "tk": "Latn",
    "tt": "Cyrl",
    "ug": "Arab",
    "uz": "Latn",
}


def script_in(found: Letters, language: str, system: str) -> str:
    """The ISO 15924 code of what `language` is written in: Jpan and Kore for their mixtures, Hans or Hant if told."""
    if system != EAST_ASIAN:
        return system
    if language == "zh":
        return _chinese(found.by_system[EAST_ASIAN])
    by_language = {"ja": "Jpan", "ko": "Kore"}
    return by_language.get(language) or max(found.by_script, key=lambda script: found.weight([script]))


def tagged(language: str, script: str) -> str:
    """The BCP 47 tag, with a script subtag only where the script does not go without saying."""
    if script in {"Hans", "Hant"} or _USUAL_SCRIPT.get(language, script) != script:
        return f"{language}-{script}"
    return language


def _chinese(characters: list[str]) -> str:
    standards = [_standard(character) for character in characters]
    simplified, traditional = standards.count("Hans"), standards.count("Hant")
    if simplified == traditional:
        return "Hani"
    return "Hans" if simplified > traditional else "Hant"


@lru_cache(maxsize=1 << 14)
def _standard(character: str) -> str | None:
    """Which of the two national character sets alone has the character: GB 2312 is simplified, Big5 traditional."""
    in_gb2312, in_big5 = _encodes(character, "gb2312"), _encodes(character, "big5")
    if in_gb2312 == in_big5:
        return None
    return "Hans" if in_gb2312 else "Hant"


def _encodes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
