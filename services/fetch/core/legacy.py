"""Which encoding from before Unicode a text is in: the letters of known languages first, then statistics."""

import re

from charset_normalizer import from_bytes

PUNCTUATION = frozenset("«»‹›“”„‘’‚–—…•·°€£§©®™\xa0ºª¿¡½¼¾²³×´`¨\xad†‰")
# Letters beyond ASCII that stand in a language's prose (CLDR exemplar characters, main and some auxiliary).
WESTERN = (
    "àâæçéèêëîïôœùûüÿ",  # French
    "äöüßéèàç",  # German, with its French words
    "áéíñóúü",  # Spanish
    "àáâãçéêíóôõúü",  # Portuguese
    "àèéìíîòóùú",  # Italian
    "åäöé",  # Swedish, Finnish
    "åæøéèêòóôü",  # Danish, Norwegian
    "áäâéèëêíïîóöôúüûñç",  # Dutch, Catalan, borrowings in English
    "áðéíóúýþæö",  # Icelandic
)
CENTRAL = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ćčđšž",  # Croatian, Slovenian
)
TURKISH = ("âçğıi̇îöşûü",)
# By how often they are met, so that the usual one wins where several fit.
CANDIDATES = (
    ("cp1252", WESTERN),
    ("iso8859-15", WESTERN),
    ("cp1250", CENTRAL),
    ("iso8859-2", CENTRAL),
    ("cp1254", TURKISH),
    ("mac_roman", WESTERN),
    ("cp850", WESTERN),
)
# What is left to statistics; the rare relatives of these would win by chance.
STATISTICAL = [
    *(
        "cp1250",
        "iso8859_2",
        "cp852",
        "cp1251",
        "koi8_r",
        "koi8_u",
        "cp866",
        "mac_cyrillic",
        "iso8859_5",
        "cp1253",
        "iso8859_7",
    ),
    *(
        "cp1254",
        "cp1255",
        "cp1256",
        "cp1257",
        "tis_620",
        "cp855",
        "gb18030",
        "big5",
        "big5hkscs",
        "cp932",
        "euc_jp",
        "cp949",
        "johab",
    ),
]
# A capital after a small letter, a sign inside a word: what the wrong encoding makes of an accent.
MISPLACED = re.compile(
    r"[a-zß-ÿ][À-ÖØ-ÞŒŸĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰ]|[A-Za-zÀ-ÖØ-öø-ÿ][¡¿¹´`¨¸˝˛]|[A-Za-zÀ-ÖØ-öø-ÿ][²³½¼¾§¶±©®ºª†‰‚„•‹›][a-zß-öø-ÿ]|[A-Za-ln-z]³"
)
IN_A_ROW = re.compile(r"[^\x00-\x7f\xa0«»“”„‘’–—…]{4}")  # accents do not come four together; letters of two bytes do
MIN_KNOWN_SHARE = 0.97
MOSTLY_KNOWN_SHARE = 0.8  # names from elsewhere, signs of an old printer
MAX_FOREIGN_LETTERS_SHARE = 0.3  # no language of Latin script has so many; every other alphabet has nearly only such
SAMPLE_BYTES = 64 << 10
FALLBACK = "cp1252"


def legacy_encoding(data: bytes) -> str:
    """The name of a Python codec for `data`, which is not UTF-8; windows-1252 where nothing speaks for another."""
    sample = data[:SAMPLE_BYTES]
    read = [(encoding, sample.decode(encoding, "replace"), languages) for encoding, languages in CANDIDATES]
    fitting = [
        (encoding, text) for encoding, text, languages in read if _known_share(text, languages) >= MIN_KNOWN_SHARE
    ]
    if fitting:
        return min(fitting, key=lambda each: len(MISPLACED.findall(each[1])))[0]
    usual = sample.decode(FALLBACK, "replace")
    if _known_share(usual, WESTERN) >= MOSTLY_KNOWN_SHARE and not IN_A_ROW.search(usual):
        return FALLBACK
    best = from_bytes(sample, cp_isolation=STATISTICAL).best()
    return best.encoding if best is not None else FALLBACK


def _known_share(text: str, languages: tuple[str, ...]) -> float:
    """How much of what is not ASCII belongs to the language that fits best; 0 where it reads like a wrong encoding."""
    foreign = [character for character in text if character > "\x7f"]
    letters = sum(1 for character in text if character.isalpha())
    foreign_letters = sum(1 for character in foreign if character.isalpha())
    if foreign_letters > MAX_FOREIGN_LETTERS_SHARE * letters + 3:
        return 0.0
    if len(MISPLACED.findall(text)) > (1 - MIN_KNOWN_SHARE) * len(foreign):
        return 0.0
    return max(sum(1 for each in foreign if each.lower() in known or each in PUNCTUATION) for known in languages) / max(
        1, len(foreign)
    )
