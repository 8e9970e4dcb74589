"""Telling by its first bytes that a file is not a text."""

import re
from collections.abc import Mapping

# How what one program has packed begins, by media type; of xz also what it was before, LZMA alone.
PACKED: Mapping[str, tuple[bytes, ...]] = {
    "application/gzip": (b"\x1f\x8b",),
    "application/x-bzip2": (b"BZh",),
    "application/x-xz": (b"\xfd7zXZ\x00", b"\x5d\x00\x00"),
    "application/zstd": (b"\x28\xb5\x2f\xfd",),
}
# Magic numbers as file(1) knows them; only kinds that a drop folder for news really sees.
SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", "a PDF"),
    (0, b"%!PS", "PostScript"),
    (0, b"{\\rtf", "an RTF document"),
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"PK\x05\x06", "an empty ZIP archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (
        0,
        b"\x78\x9f\x3e\x22",
        "what only Outlook opens (TNEF, winmail.dat: have it sent as HTML or plain text)",
    ),
    (0, b"\x89PNG\r\n", "a PNG image"),
    (0, b"\xff\xd8\xff", "a JPEG image"),
    (0, b"GIF87a", "a GIF image"),
    (0, b"GIF89a", "a GIF image"),
    (0, b"II*\x00", "a TIFF image"),
    (0, b"MM\x00*", "a TIFF image"),
    (8, b"WEBP", "a WebP image"),
    (8, b"WAVE", "a WAV sound"),
    (8, b"AVI ", "an AVI film"),
    (4, b"ftyp", "an MP4 film or HEIF image"),
    (0, b"\x1aE\xdf\xa3", "a Matroska film"),
    (0, b"ID3", "an MP3 sound"),
    (0, b"OggS", "an Ogg file"),
    (0, b"fLaC", "a FLAC sound"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (0, b"Rar!\x1a\x07", "a RAR archive"),
    (0, b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"\x7fELF", "a program"),
    (0, b"MZ\x90\x00", "a program"),
    (0, b"SQLite format 3\x00", "an SQLite database"),
    (0, b"wOFF", "a font"),
    (0, b"wOF2", "a font"),
)
# These begin with letters that a text may begin with too, so something unlike a text must follow.
WORDLIKE = frozenset(
    (
        *(b"BZh", b"ID3", b"ftyp", b"WEBP", b"WAVE", b"AVI ", b"OggS", b"fLaC", b"wOFF", b"wOF2", b"ustar"),
        *(b"GIF87a", b"GIF89a"),
    )
)
# So do these, and what follows may be all text as well: a line of its own, a mark of its language.
BORNE_OUT: Mapping[bytes, re.Pattern[bytes]] = {
    b"%PDF-": re.compile(rb"%PDF-[\d.]{0,8}[ \t]*(?:[\r\n%]|\Z)"),
    b"%!PS": re.compile(rb"%!PS(?:-Adobe[^\r\n]{0,80})?[ \t]*(?:[\r\n]|\Z)"),
    b"{\\rtf": re.compile(rb"\{\\rtf(?:[^\\{}]*[\\{}]|[^\\{}]{0,20}\Z)"),
}
HEAD_BYTES = 4096
# Of EBCDIC: letters and digits, which all its code pages have in the same places, and the space, where ASCII has @.
EBCDIC_WORDS = bytes(
    code
    for first, last in (
        (0x81, 0x89),
        (0x91, 0x99),
        (0xA2, 0xA9),
        (0xC1, 0xC9),
        (0xD1, 0xD9),
        (0xE2, 0xE9),
        (0xF0, 0xF9),
    )
    for code in range(first, last + 1)
)
EBCDIC_SPACE, ASCII_SPACES = b"\x40", b" \n\r\t"
EBCDIC_SPACES_SHARE, EBCDIC_WORDS_SHARE, EBCDIC_LEAST_BYTES = 0.08, 0.75, 40
CONTROLS = frozenset(range(32)) - frozenset(b"\t\n\r\f\v\x1a\x1b")


def packed(media_type: str) -> tuple[tuple[int, bytes], ...]:
    """The signatures of what is packed so."""
    return tuple((0, magic) for magic in PACKED[media_type])


def binary_kind(data: bytes) -> str | None:
    """What `data` is by its signature, with its article; None where it may be a text."""
    return next((kind for offset, magic, kind in SIGNATURES if has_signature(data, offset, magic)), None)


def has_signature(data: bytes, offset: int, magic: bytes) -> bool:
    """Whether `data` has this signature, and it is no word of a text: where it may be one, the rest bears it out."""
    if not data.startswith(magic, offset):
        return False
    if (rest := BORNE_OUT.get(magic)) is not None and rest.match(data[:HEAD_BYTES]):
        return True
    return (magic not in WORDLIKE and rest is None) or _has_controls(data[:HEAD_BYTES])


def is_ebcdic(head: bytes) -> bool:
    """Whether it is a text as mainframes write it: words between spaces of theirs, and next to none between ours."""
    size, spaces = len(head), head.count(EBCDIC_SPACE)
    written = size - spaces
    if size < EBCDIC_LEAST_BYTES or spaces < size * EBCDIC_SPACES_SHARE or not written:
        return False
    words = written - len(head.replace(EBCDIC_SPACE, b"").translate(None, EBCDIC_WORDS))
    return words >= written * EBCDIC_WORDS_SHARE and size - len(head.translate(None, ASCII_SPACES)) < spaces / 10


def _has_controls(head: bytes) -> bool:
    return not CONTROLS.isdisjoint(head)
