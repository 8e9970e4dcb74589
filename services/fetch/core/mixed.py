"""Lines of two encodings in one text, one of them UTF-8: each is read by what it is, where the letters prove which."""

from collections import Counter
from collections.abc import Iterator, Sequence

from services.fetch.core.legacy import legacy_encoding
from services.fetch.core.oddness import reads_oddly

CODECS = ("cp1252", "iso8859-15", "cp1250", "iso8859-2", "cp1251", "koi8-r", "mac_roman", "cp850", "cp1253", "cp1254")
MAX_BYTES = 4 << 20
MOST_LINES = 1000
FEWEST_IN_UTF8 = 3  # letters: one or two may be a word that was copied from a page read wrongly
# A short text does not have all letters of its language: of those beyond ASCII so many are known from the lines in
# UTF-8, and so many more than in any other encoding.
MIN_KNOWN_SHARE, MIN_LEAD = 0.5, 3
FEWEST_FOR_STATISTICS, FEWEST_DIFFERENT = 12, 3  # bytes beyond ASCII: fewer may be UTF-8 that was damaged
# In any other encoding a capital and the sign behind it may pass for a letter of UTF-8: for none that the lines beside
# it have, and not for so many.
MIN_SAME_SHARE, MANY_LETTERS = 0.25, 8


def mixed(data: bytes, declared: Sequence[str] = ()) -> tuple[str, str] | None:
    """The text, and the encoding beside UTF-8; None where nothing proves that there is one, or which.

    In the lines that are not UTF-8 no letter of several bytes may be. The proof is that, in one encoding alone, they
    have the letters of the other lines; else, where they have more than damage makes, that what was `declared` or what
    statistics find reads well, and that the lines in UTF-8 have letters of theirs, or many.
    """
    if len(data) > MAX_BYTES:
        return None
    lines = data.split(b"\n")
    strange = [at for at, line in enumerate(lines) if not _is_utf8(line)]
    if not 0 < len(strange) <= MOST_LINES or any(_has_utf8(lines[at]) for at in strange):
        return None
    others = set(strange)
    own = Counter(one for at, line in enumerate(lines) if at not in others for one in line.decode() if one > "\x7f")
    if own.total() < FEWEST_IN_UTF8:
        return None
    foreign = b"\n".join(lines[at] for at in strange)
    proven = _by_letters(foreign, own) or _by_its_looks(foreign, own, declared)
    if proven is None or reads_oddly(proven[0]):
        return None
    text, codec = proven
    for at, line in zip(strange, text.split("\n"), strict=True):
        lines[at] = line.encode()
    return b"\n".join(lines).decode(), codec


def _by_letters(foreign: bytes, own: Counter[str]) -> tuple[str, str] | None:
    """The one reading whose letters are those of the lines in UTF-8: all of them, or most where no other is near."""
    read = {text: codec for codec, text in _readings(foreign)}
    unknown = {text: sum(1 for one in text if one > "\x7f" and one not in own) for text in read}
    ranked = sorted(unknown, key=unknown.__getitem__)
    if not ranked:
        return None
    best, fewest = ranked[0], unknown[ranked[0]]
    size = sum(1 for one in best if one > "\x7f")
    next_best = min(unknown[ranked[1]], size) if len(ranked) > 1 else size
    lead = next_best - fewest
    alike = lead > 0 if fewest == 0 else lead >= MIN_LEAD and size - fewest >= MIN_KNOWN_SHARE * size
    return (best, read[best]) if alike else None


def _by_its_looks(foreign: bytes, own: Counter[str], declared: Sequence[str]) -> tuple[str, str] | None:
    """The reading that was declared, or that statistics find, where the lines in UTF-8 are no accident beside it."""
    beyond = [byte for byte in foreign if byte > 0x7F]
    if len(beyond) < FEWEST_FOR_STATISTICS or len(set(beyond)) < FEWEST_DIFFERENT:
        return None
    for codec in (*declared, legacy_encoding(foreign)):
        text = _read(foreign, codec)
        if text is None or reads_oddly(text) or any("\x80" <= one <= "\x9f" for one in text):
            continue
        same = sum(count for one, count in own.items() if one in text)
        if same < MIN_SAME_SHARE * own.total() and len(own) < MANY_LETTERS:
            return None
        usual = next((usual for usual in CODECS if _read(foreign, usual) == text), codec)
        return text, usual
    return None


def _readings(foreign: bytes) -> Iterator[tuple[str, str]]:
    """The lines in each encoding, the usual ones last, so that these give it its name where several read the same."""
    for codec in reversed(CODECS):
        if (text := _read(foreign, codec)) is not None:
            yield codec, text


def _read(foreign: bytes, codec: str) -> str | None:
    """The lines in this encoding, as many as they are; None where they are not in it."""
    try:
        text = foreign.decode(codec)
    except UnicodeError:
        return None
    return text if text.count("\n") == foreign.count(b"\n") else None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode()
    except UnicodeError:
        return False
    return True


def _has_utf8(line: bytes) -> bool:
    return not line.decode("utf-8", "ignore").isascii()
