"""Which line of the table a document is of: by what is certain in its bytes, then by how its text begins, then by name.

What is known and not read is rejected by what it is.
"""

import zipfile
from collections.abc import Iterable
from typing import TypeVar

import puremagic

from contracts.outcomes import RejectReason
from services.fetch.core import looks
from services.fetch.core.binary import HEAD_BYTES, binary_kind, has_signature, is_ebcdic
from services.fetch.core.decoding import MARKS, TO_KOREAN, decode, is_plain
from services.fetch.core.document import Rejected, Source
from services.fetch.core.kinds import DOCUMENT_BYTES, KINDS, PLAIN, Kind
from services.fetch.core.packing import FAULTS, unpacked_head
from services.fetch.core.prologue import prologue

T = TypeVar("T")

SURE, TELLING_BYTES = 0.4, 3  # puremagic's confidence, and what of a signature is no zero: a few tell nothing
# What the programs put first into their documents, and where its name stands (APPNOTE 4.3.7).
FIRST_IN_OFFICE = (b"[Content_Types].xml", b"_rels/.rels", b"docProps/", b"word/", b"mimetype", b"META-INF/")
NAME_AT, FIRST_BYTES = 30, 200
ROOT_CHARACTERS = 1000  # that a look needs of the root and of what follows
XML_NAMES = (".xml",)
XML_TYPES = ("application/xml", "text/xml")


def kind_of(source: Source) -> Kind | Rejected:
    """The kind of the document, or why it is none that is read."""
    with source.open() as file:
        head = file.read(HEAD_BYTES)
    if not head:
        return Rejected(RejectReason.EMPTY, "the file has no bytes")
    if (marked := next((kind for kind in KINDS if _is_marked(kind, head)), None)) is not None:
        return _within(marked, source)
    if (called := binary_kind(head)) is not None:
        return _unsupported(called)
    if is_ebcdic(head):
        return _unsupported("a text in EBCDIC, the encoding of mainframes (have it converted to UTF-8)")
    text = text_of(head)
    if not is_plain(text):
        return _kind_of_bytes(head, text, source)
    return _kind_of_text(_with_its_root(text, source) if text.lstrip().startswith("<") else text, source)


def text_of(head: bytes) -> str:
    """The head as text, good enough for looks at ASCII characters."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "ignore")
    if b"\x00" in head:  # without a mark, in two bytes or four a character
        return decode(head[: len(head) // 4 * 4]).text
    if TO_KOREAN in head:  # it shifts by control characters
        return head.decode("iso2022_kr", "ignore")
    return head.decode("latin-1")


def _with_its_root(text: str, source: Source) -> str:
    """The head of a text that may be XML, from its root on where much stands before it: however far that is."""
    size = HEAD_BYTES
    with source.open() as file:
        while (
            (before := prologue(text)) is None or len(text) - before.end < ROOT_CHARACTERS
        ) and size < DOCUMENT_BYTES:
            size *= 16
            file.seek(0)
            data = file.read(size)
            text = text_of(data)
            if len(data) < size:
                before = prologue(text)
                break
    return looks.shortened(text, before)[:HEAD_BYTES] if before is not None else text[:HEAD_BYTES]


def is_hinted(kind: Kind, source: Source) -> bool:
    """Whether its name, or whoever brought it, says that it is of this kind."""
    told = (source.media_type or "").partition(";")[0].strip().lower()
    return told in (kind.media_type, *kind.also) or source.name.lower().endswith(kind.names or "\0")


def _is_marked(kind: Kind, head: bytes) -> bool:
    return any(has_signature(head, offset, magic) for offset, magic in kind.magic)


def _within(kind: Kind, source: Source) -> Kind | Rejected:
    """What is in it tells more: office documents and books are ZIPs, archives and crawls are compressed."""
    if kind.media_type == "application/zip":
        return _packed_in(source, kind)
    if kind.reader != "compressed":
        return kind
    with source.open() as file:
        inner = unpacked_head(kind.media_type, file, HEAD_BYTES)
    tar = _by_reader("tars")
    if tar is not None and _is_marked(tar, inner):
        return tar
    crawl = _by_reader("warc")
    return crawl if crawl is not None and looks.warc(text_of(inner), False) else kind


def _packed_in(source: Source, plain: Kind) -> Kind | Rejected:
    try:
        with source.open() as file, zipfile.ZipFile(file) as archive:
            held = archive.NameToInfo
            for kind in KINDS:
                if any(name in held for name in kind.holds):
                    return kind
            if "[Content_Types].xml" in held and not is_hinted(plain, source):
                return _unsupported("an office document")
    except FAULTS:
        return _remains_of(source, plain)
    return plain


def _remains_of(source: Source, plain: Kind) -> Kind | Rejected:
    """A ZIP without its directory: its first file tells an office document or a book, of which nothing can be read."""
    with source.open() as file:
        head = file.read(HEAD_BYTES)
    if not head.startswith(b"PK\x03\x04") or not head.startswith(FIRST_IN_OFFICE, NAME_AT):
        return plain  # its reader says what is wrong
    for kind in KINDS:
        if kind.holds and (is_hinted(kind, source) or kind.media_type.encode() in head[:FIRST_BYTES]):
            return kind
    return Rejected(
        RejectReason.UNREADABLE, "it is an office document or a book, and damaged: its directory is missing"
    )


def _kind_of_text(text: str, source: Source) -> Kind | Rejected:
    root = looks.xml_root(text, hinted=_is_called_xml(source))
    if root is not None and (by_root := _first(kind for kind in KINDS if set(root) & set(kind.roots))) is not None:
        return by_root
    for kind in KINDS:
        if kind.looks is not None and kind.looks(text, is_hinted(kind, source)):
            return kind
    if looks.cdx(text):
        return _unsupported("the index of a crawl's archive (CDX)")
    if root is not None:
        return Rejected(RejectReason.UNSUPPORTED, f"it is XML of a kind that is not read: its root is {root[0][:100]}")
    if looks.says_xml(text):
        return Rejected(RejectReason.UNSUPPORTED, "it says that it is XML, and no root is found in it")
    return PLAIN


def _kind_of_bytes(head: bytes, text: str, source: Source) -> Kind | Rejected:
    """No text: what is framed by control characters, what is only known by its name, or something else."""
    for kind in KINDS:
        if kind.looks is not None and kind.looks(text, False):
            return kind
    named = _first(kind for kind in KINDS if kind.magic and is_hinted(kind, source))
    if named is not None:
        return named
    try:
        guesses = puremagic.magic_string(head, source.name)
    except (puremagic.PureError, ValueError):
        guesses = []
    sure = _first(guess.name for guess in guesses if _is_sure(guess))
    if sure is not None:
        return _unsupported(f"of a kind called {sure}")
    return Rejected(RejectReason.NOT_TEXT, "the file is full of control characters")


def _is_sure(guess: puremagic.PureMagicWithConfidence) -> bool:
    return guess.confidence >= SURE and len(guess.byte_match.strip(b"\x00")) >= TELLING_BYTES


def _unsupported(called: str) -> Rejected:
    return Rejected(RejectReason.UNSUPPORTED, f"the file is {called}, which is not read")


def _is_called_xml(source: Source) -> bool:
    told = (source.media_type or "").partition(";")[0].strip().lower()
    return source.name.lower().endswith(XML_NAMES) or told in XML_TYPES or told.endswith("+xml")


def _by_reader(reader: str) -> Kind | None:
    return _first(kind for kind in KINDS if kind.reader == reader)


def _first(some: Iterable[T]) -> T | None:
    return next(iter(some), None)
