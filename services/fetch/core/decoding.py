"""From bytes to text: the encoding is found by certainty, strict tests first, statistics last; nothing fails."""

import codecs
import re
from dataclasses import dataclass

from services.fetch.core.legacy import legacy_encoding, rare_encoding
from services.fetch.core.mixed import mixed
from services.fetch.core.mojibake import WESTERN, of_another_cyrillic, of_another_script, repaired
from services.fetch.core.oddness import reads_oddly
from services.fetch.core.unspaced import is_unspaced

# Longest first: the UTF-32 mark begins with the UTF-16 one.
MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The seven-bit mail wire of Japan and Korea would pass for ASCII: it turns to its letters, and later back again.
ESCAPE = b"\x1b"
TO_KOREAN = b"\x1b$)C"
ESCAPED = (
    (("iso2022_jp", "iso2022_jp_ext"), (b"\x1b$@", b"\x1b$B"), (b"\x1b(B", b"\x1b(J")),  # the other has narrow kana
    (("iso2022_kr",), (TO_KOREAN,), (b"\x0f",)),
)
SURROGATE = re.compile("[\ud800-\udfff]")
SOFT_HYPHEN = "\u00ad"  # where markup says that a word may be divided: nobody sees it
MAX_CONTROLS_SHARE = 0.02  # wire copy has a few framing characters; random bytes have a tenth
PLAIN_CONTROLS = "\t\n\r\f\v\x1a\x1b\x85"
CONTROLS = bytes(code for code in range(32) if chr(code) not in PLAIN_CONTROLS)
C1 = re.compile("[\x80-\x84\x86-\x9f]")
CONTROL_IN_A_WORD = re.compile("[a-z][\x80-\x84\x86-\x9f]{1,2}[a-z]")
SAID = re.compile(rb"\b((?:charset|encoding)\s*=\s*[\"']?)[\w.:-]+", re.IGNORECASE)
# What stands between words in every script: a text without any is no text read rightly.
BREAKS = " \n\r\t\u3000\u3001\u3002"
SHORT_CHARACTERS = 20  # a single word


@dataclass(frozen=True)
class Decoded:
    """A text, how it was read, and how many U+FFFD were put in."""

    text: str
    encoding: str
    lossy: int = 0


def decode(data: bytes, *declared: str | None) -> Decoded:
    """The text of `data` without its byte order mark.

    Of the encodings that were `declared`, the most trusted first, the first one that fits is used. A mark outdoes them
    all: who declares another has not looked; but one of UTF-8 before bytes that are none tells nothing. Mojibake is
    undone where that is proven, and `encoding` says so.
    """
    named = [codec for codec in declared if codec is not None]
    for mark, marked in MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            decoded = _decoded(rest, named) if marked == "utf-8" and _is_no_utf8(rest) else _decode_as(rest, marked)
            break
    else:
        decoded = _decoded(data, named)
    # In any other encoding what looks like mojibake is our own misreading.
    if decoded.text.isascii() or not decoded.encoding.startswith("utf"):
        return decoded
    if (proven := repaired(decoded.text)) is not None:
        return Decoded(proven[0], f"utf-8-as-{proven[1]}", decoded.lossy)
    written = decoded.text.encode("utf-8", "surrogatepass")
    if (proven := of_another_script(decoded.text, written)) is not None:
        return Decoded(proven[0], f"{proven[1]}-as-{WESTERN}", decoded.lossy)
    if (cyrillic := of_another_cyrillic(decoded.text, written)) is not None:
        return Decoded(cyrillic[0], f"{cyrillic[1]}-as-{cyrillic[2]}", decoded.lossy)
    return decoded


def is_plain(text: str) -> bool:
    """Whether `text` has hardly any control characters."""
    data = text.encode("utf-8", "surrogatepass")
    return len(data) - len(data.translate(None, CONTROLS)) <= len(text) * MAX_CONTROLS_SHARE


def without_surrogates(text: str) -> str:
    """`text` with U+FFFD for every surrogate that stands alone: such a string cannot be written as UTF-8."""
    return SURROGATE.sub("\ufffd", text)


def _decoded(data: bytes, declared: list[str]) -> Decoded:
    if (sure := _wide_encoding(data) or _escaped_encoding(data)) is not None:
        return _decode_as(data, sure)
    if (text := _strict(data, "utf-8")) is not None:
        return Decoded(text, "utf-8")
    if (proven := mixed(data, declared)) is not None:
        return Decoded(proven[0], f"utf-8-and-{proven[1]}")
    return _decode_as(data, "utf-8" if _is_damaged_utf8(data) else _encoding(data, declared))


def _encoding(data: bytes, declared: list[str]) -> str:
    fitting = [codec for codec in declared if _fits(data, codec)]
    if (believed := next((codec for codec in fitting if not reads_oddly(data.decode(codec))), None)) is not None:
        return believed
    # Statistics would believe what the page says of itself, which has just been seen not to be so.
    found = legacy_encoding(SAID.sub(rb"\1", data) if fitting else data)
    if not _is_misread(data, found):
        return found
    if (rare := rare_encoding(data)) is not None and not _is_misread(data, rare):
        return rare
    # Where every reading is odd, the text is, and not what was said of it.
    return fitting[0] if fitting and reads_oddly(data.decode(found, "replace")) else found


def _is_misread(data: bytes, codec: str) -> bool:
    read = data.decode(codec, "replace")
    return reads_oddly(read) or CONTROL_IN_A_WORD.search(read) is not None


def _fits(data: bytes, codec: str) -> bool:
    if codec.startswith(("utf-16", "utf-32")) and not _reads_plainly(data[:4096], codec):
        return False
    text = _strict(data, codec)
    return text is not None and not _has_c1(text)


def _escaped_encoding(data: bytes) -> str | None:
    if ESCAPE not in data:
        return None
    for encodings, openings, closings in ESCAPED:
        turns = [at for opening in openings if (at := data.find(opening)) >= 0]
        if turns and any(data.find(closing, min(turns)) >= 0 for closing in closings):
            return next((encoding for encoding in encodings if _strict(data, encoding) is not None), None)
    return None


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _decode_as(data: bytes, encoding: str) -> Decoded:
    if (text := _strict(data, encoding)) is not None:
        return Decoded(text, encoding)
    text = data.decode(encoding, "replace")
    own = data.decode(encoding, "ignore").count("\ufffd")  # those that the document itself has
    return Decoded(text, encoding, text.count("\ufffd") - own)


def _is_no_utf8(data: bytes) -> bool:
    """Whether there is more to it than an end within a letter."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeError:
        return True
    return False


def _is_damaged_utf8(data: bytes) -> bool:
    """Whether most of what is not ASCII is good UTF-8: a file cut in the middle of a letter, one byte gone bad."""
    kept = data.decode("utf-8", "ignore")
    good = sum(1 for character in kept if character > "\x7f")
    bad = data.decode("utf-8", "replace").count("\ufffd") - kept.count("\ufffd")
    return good >= 4 * bad


def _has_c1(text: str) -> bool:
    return C1.search(text) is not None


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 without a mark, where the zeros of ASCII characters, the spaces or one script give it away."""
    head = data[:4096]
    if len(head) < 4 or 0 not in head:
        return None
    for encoding, width, low in (("utf-32-le", 4, 0), ("utf-32-be", 4, 3), ("utf-16-le", 2, 0), ("utf-16-be", 2, 1)):
        units = [head[at : at + width] for at in range(0, len(head) - width + 1, width)]
        ascii_units = sum(1 for unit in units if 0 < unit[low] < 0x80 and not any(unit[:low] + unit[low + 1 :]))
        if ascii_units * 20 >= len(units) and _reads_plainly(head[: len(units) * width], encoding):
            return encoding
    return next((encoding for encoding in ("utf-16-le", "utf-16-be") if _reads_unspaced(head, encoding)), None)


def _reads_unspaced(head: bytes, encoding: str) -> bool:
    """Whether it is a text in a script without spaces, whose only ASCII may be the ends of its lines."""
    head = head[: len(head) // 2 * 2]
    return _reads_plainly(head, encoding) and is_unspaced(head.decode(encoding, "ignore"))


def _reads_plainly(head: bytes, encoding: str) -> bool:
    text = head.decode(encoding, "ignore")
    if "\x00" in text or not (text.isascii() or any(mark in text for mark in BREAKS) or len(text) < SHORT_CHARACTERS):
        return False
    odd = sum(1 for character in text if not (character.isprintable() or character in PLAIN_CONTROLS))
    return len(text) * 4 >= len(head) * 0.9 and odd <= len(text) * MAX_CONTROLS_SHARE and is_plain(text)
