"""Which encoding from before Unicode a text is in: by statistics where they are sure, else by its letters."""

import codecs
import re

import chardet

from services.fetch.core.charsets import codec_of
from services.fetch.core.rarities import by_capitals, relative_of

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
BALTIC = (
    "āčēģīķļņšūž",  # Latvian
    "ąčėęįšūųž",  # Lithuanian
    "äõöüšž",  # Estonian
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
# What statistics choose from; the rare relatives of these would win by chance.
STATISTICAL = [
    "cp1252",
    "iso8859-15",
    "mac-roman",
    "cp850",
    "cp1250",
    "iso8859-2",
    "cp852",
    "cp1251",
    "koi8-r",
    "koi8-u",
    "cp866",
    "cp855",
    "mac-cyrillic",
    "iso8859-5",
    "cp1253",
    "iso8859-7",
    "cp1254",
    "cp1255",
    "cp1256",
    "iso8859-6",
    "iso8859-8",
    "cp1257",
    "tis-620",
    "cp874",
    "cp1258",
    "gb18030",
    "big5hkscs",
    "cp932",
    "shift_jis_2004",
    "euc_jis_2004",
    "euc_kr",
    "cp949",
    "johab",
    "mac-latin2",
    "cp1125",
    "iso8859-13",
    "mac-greek",
    "cp737",
    "cp862",
]
# Rare relatives: asked for where none of those reads as a text.
RARE = ["cp857", "mac-turkish", "iso8859-3", "cp869", "iso8859-16"]
# A capital after a small letter, a sign inside a word: what the wrong encoding makes of an accent.
MISPLACED = re.compile(
    r"[a-zß-ÿ][À-ÖØ-ÞŒŸĄĆĘŁŃŚŹŻČĎĚŇŘŠŤŮŽŐŰ]|[A-Za-zÀ-ÖØ-öø-ÿ][¡¿¹´`¨¸˝˛]|[A-Za-zÀ-ÖØ-öø-ÿ][²³½¼¾§¶±©®ºª†‰‚„•‹›][a-zß-öø-ÿ]|[A-Za-ln-z]³"
)
MIN_KNOWN_SHARE = 0.97
SURE = 0.2  # of statistics: what is less is not for prose of a few lines
MAX_FOREIGN_LETTERS_SHARE = 0.3  # no language of Latin script has so many; every other alphabet has nearly only such
SAMPLE_BYTES = 64 << 10  # from where the first byte beyond ASCII stands
LEAD_BYTES = 1 << 10  # before it: what the accents stand among
FOREIGN_BYTE = re.compile(rb"[\x80-\xff]")
FALLBACK = "cp1252"


def legacy_encoding(data: bytes) -> str:
    """The name of a Python codec for `data`, which is not UTF-8; windows-1252 where nothing speaks for another.

    Statistics need some text to be sure; of a few accents in a line or two, letters judge better.
    """
    foreign = FOREIGN_BYTE.search(data)
    start = foreign.start() if foreign is not None else 0
    sample = data[max(0, start - LEAD_BYTES) : start + SAMPLE_BYTES]
    found = chardet.detect(sample, include_encodings=STATISTICAL, no_match_encoding=FALLBACK)
    named = found["encoding"] or FALLBACK
    codec = codec_of(named) or codecs.lookup(named).name
    capitals, sure = by_capitals(sample)
    if sure > found["confidence"]:
        return capitals
    if found["confidence"] < SURE:
        codec = _by_letters(sample) or codec
    return relative_of(codec, sample, (*WESTERN, *CENTRAL, *TURKISH, *BALTIC)) or codec


def rare_encoding(data: bytes) -> str | None:
    """A rare relative of the usual ones that statistics find for `data`; None where they find none."""
    foreign = FOREIGN_BYTE.search(data)
    start = max(0, foreign.start() - LEAD_BYTES) if foreign is not None else 0
    found = chardet.detect(data[start : start + SAMPLE_BYTES], include_encodings=RARE, no_match_encoding=RARE[0])
    is_told = found["encoding"] is not None and found["confidence"] >= SURE
    return codecs.lookup(found["encoding"] or "").name if is_told else None


def _by_letters(sample: bytes) -> str | None:
    """The encoding in which hardly a letter is foreign to its languages, and fewest stand where none can."""
    read = [(encoding, sample.decode(encoding, "replace"), languages) for encoding, languages in CANDIDATES]
    fitting = [
        (encoding, text) for encoding, text, languages in read if _known_share(text, languages) >= MIN_KNOWN_SHARE
    ]
    return min(fitting, key=lambda each: len(MISPLACED.findall(each[1])))[0] if fitting else None


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
