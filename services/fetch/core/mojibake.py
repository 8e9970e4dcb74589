"""Undoing text that was read as something else and written again, where the way back proves it."""

import re

from ftfy import ExplanationStep, TextFixerConfig, fix_encoding_and_explain

from services.fetch.core.legacy import legacy_encoding
from services.fetch.core.oddness import ACCENTS_IN_A_ROW, WORD, reads_oddly

MAX_CHARACTERS = 8 << 20  # a longer text is no article, and looking at it costs seconds
# Only the way back through one encoding after another; nothing that ftfy would guess at.
PROVABLE = TextFixerConfig(
    unescape_html=False,
    restore_byte_a0=False,
    replace_lossy_sequences=False,
    decode_inconsistent_utf8=False,
    fix_c1_controls=False,
)
CODECS = {"latin-1": "latin-1", "iso-8859-2": "iso8859-2", "macroman": "mac-roman", "cp437": "cp437"} | {
    f"sloppy-windows-{number}": f"cp{number}" for number in (1250, 1251, 1252, 1253, 1254, 1257)
}
WAY_BACK = {ExplanationStep("encode", codec) for codec in CODECS} | {ExplanationStep("decode", "utf-8")}
FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")
BESIDE_ALL_CODECS = re.compile(r"[\u0530-\u1eff\u2e80-\uf8fe\U00010000-\U0010ffff]")  # of the codecs here, that is
LOST = "\ufffd"  # the byte that stood there is gone, and with it the proof
# Of other scripts: each of their letters is one of Latin with an accent where it was taken for the Western encoding.
OTHER_SCRIPTS = frozenset(
    ("cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic", "cp1253", "iso8859-7", "cp1255", "cp1256")
)
WESTERN = "cp1252"
COMMON, MOST_BY_CHANCE = frozenset("оеаинтрсвлі"), 0.5  # of Cyrillic letters: they are two thirds of any prose
SAMPLE_CHARACTERS = 32 << 10
CYRILLIC = re.compile("[\u0400-\u045f]")
CYRILLIC_LEADS = (b"\xd0", b"\xd1")  # the first bytes of these letters in UTF-8
# Of each byte of UTF-8 whether it begins a letter between U+00C0 and U+02BF, or goes on with one; pages are looked
# through in a third of the time that the letters themselves take.
LEADS = bytes(1 if 0xC3 <= byte <= 0xCA else 2 if 0x80 <= byte <= 0xBF else 0 for byte in range(256))
IN_A_ROW = b"\x01\x02" * 4
TAKEN_FOR = (("koi8-r", "cp1251"), ("cp1251", "koi8-r"), ("koi8-r", "iso8859-5"))
FEWEST_WORDS, MIN_ACCENTS = 5, 0.9  # of accents in a row; and of all letters in words with accents


def repaired(text: str) -> tuple[str, str] | None:
    """`text` as it was written, and the codec that its UTF-8 was taken for; None where nothing proves that it was.

    The proof: every character goes back to a byte of that codec, and all of the bytes together are good UTF-8.
    """
    if text.isascii() or len(text) > MAX_CHARACTERS or LOST in text or _is_no_mojibake(text):
        return None
    fixed, steps = fix_encoding_and_explain(text, PROVABLE)
    if fixed == text or not steps or any(step not in WAY_BACK for step in steps):
        return None
    return fixed, CODECS[steps[0].parameter]


def _is_no_mojibake(text: str) -> bool:
    """Whether a letter disproves it at a glance, as one does in nearly every text: it would have been two at least.

    What stands alone among ASCII was no UTF-8, and what none of the codecs has was never read with one.
    """
    return any(len(run[0]) == 1 or BESIDE_ALL_CODECS.search(run[0]) for run in FOREIGN_RUN.finditer(text))


def of_another_script(text: str, utf8: bytes) -> tuple[str, str] | None:
    """`text` as it was written in a one-byte encoding that was taken for the Western one, and the name of that.

    `utf8` is the text in bytes, which are looked at first.
    The proof: words with accents consist of them, as in no language of Latin letters, and their bytes read as prose of
    another script.
    """
    if text.isascii() or len(text) > MAX_CHARACTERS or LOST in text or not _has_accents_in_a_row(text, utf8):
        return None
    words = [word for word in WORD.findall(text) if not word.isascii()]
    accented = sum(one > "\x7f" for word in words for one in word)
    in_a_row = sum(ACCENTS_IN_A_ROW.search(word) is not None for word in words)
    if in_a_row < FEWEST_WORDS or accented < MIN_ACCENTS * sum(map(len, words)):
        return None
    data = _western(text)
    codec = legacy_encoding(_western(" ".join(words)) or b"") if data is not None else ""
    if data is None or codec not in OTHER_SCRIPTS:
        return None
    try:
        read = data.decode(codec)
    except UnicodeError:
        return None
    return None if reads_oddly(read) else (read, codec)


def of_another_cyrillic(text: str, utf8: bytes) -> tuple[str, str, str] | None:
    """`text` as it was written in one Cyrillic encoding that was taken for another, and the names of both.

    `utf8` is the text in bytes, which are looked at first.
    The proof: its words have their capitals and small letters reversed, every character goes back to a byte, and what
    the bytes read as has the letters that are common in every language of that script.
    """
    if text.isascii() or len(text) > MAX_CHARACTERS:
        return None
    if not any(lead in utf8 for lead in CYRILLIC_LEADS):
        return None
    first = CYRILLIC.search(text)
    if first is None or not reads_oddly(text[first.start() :]):
        return None
    for written, taken in TAKEN_FOR:
        try:
            read = text.encode(taken).decode(written)
        except UnicodeError:
            continue
        letters = CYRILLIC.findall(read[:SAMPLE_CHARACTERS].lower())
        common = sum(letter in COMMON for letter in letters)
        if not reads_oddly(read) and common > MOST_BY_CHANCE * len(letters):
            return read, written, taken
    return None


def _has_accents_in_a_row(text: str, utf8: bytes) -> bool:
    return IN_A_ROW in utf8.translate(LEADS) and ACCENTS_IN_A_ROW.search(text) is not None


def _western(text: str) -> bytes | None:
    """The bytes that were taken for the Western encoding, also where its control characters stand for some."""
    try:
        return b"".join(one.encode("latin-1" if one < "\u0100" else WESTERN) for one in text)
    except UnicodeError:
        return None
