"""The way of a document's bytes to its text: its kind, its reader, and whether anything is in it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from typing import Any

from lxml.etree import Error as XmlError

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.document import Parts, Read, ReadDocument, Rejected, Source
from services.fetch.core.kinds import KINDS, Kind
from services.fetch.core.packing import FAULTS
from services.fetch.core.sniffing import kind_of
from services.fetch.core.splitting import split
from services.fetch.core.unpacking_file import Broken

MOST_OF_A_FIELD = 100  # claims: whoever has more authors, or more of anything, means harm to who judges between them
# What parsers raise on what they did not expect; a bug of ours looks the same, and the document is not lost either way.
PARSER_FAULTS = (*FAULTS, XmlError)


def read(source: Source, *, max_text_bytes: int) -> Read:
    """What `source` is: a document, several, what comes out of it, or why it cannot be taken.

    `max_text_bytes` limits a text as UTF-8. What comes out of a container is read as one goes on.
    """
    try:
        found = _read(source)
    except Broken as error:
        return Rejected(RejectReason.UNREADABLE, f"it is damaged: {error}")
    except PARSER_FAULTS as error:
        return failed(error)
    if isinstance(found, ReadDocument):
        return _limited(_with_told(found, source), max_text_bytes)
    if isinstance(found, Parts):
        return _limited_parts(found, source, max_text_bytes)
    return found


def streams(source: Source) -> bool:
    """Whether its reader holds little of it at a time, and comes to a member without reading all of it first."""
    kind = kind_of(source)
    return isinstance(kind, Kind) and kind.streams


def load() -> None:
    """Import every reader."""
    for kind in KINDS:
        _reader(kind)


def failed(error: BaseException) -> Rejected:
    """What is said of a document whose reader raised `error`."""
    return Rejected(RejectReason.UNREADABLE, f"reading it failed: {type(error).__name__}")


def _read(source: Source) -> Read:
    kind = kind_of(source)
    if isinstance(kind, Rejected):
        return kind
    if source.cut and not kind.streams:
        raise Broken(source.cut)
    if source.size() > kind.max_bytes:
        return Rejected(
            RejectReason.TOO_LARGE,
            f"{kind.called} of {source.size()} bytes is more than {kind.max_bytes}, and not read",
        )
    found: Read = _reader(kind).read(source)
    if kind.several and isinstance(found, ReadDocument) and not _has_one_title(found, source):
        return split(found)
    return found


def _has_one_title(document: ReadDocument, source: Source) -> bool:
    """Whether somebody outside, or its own front matter, gives one title to it all, whatever headings it has.

    The properties of a Word document are no such thing: they stay when it is written anew.
    """
    front = (claim for claim in document.claims if claim.origin == "front-matter")
    return any(claim.field == "title" for claim in (*source.claims, *front))


def _reader(kind: Kind) -> Any:
    return import_module(f"services.fetch.formats.{kind.reader}")


def _with_told(document: ReadDocument, source: Source) -> ReadDocument:
    """The document with what was told of it from outside; what it says of itself stands first."""
    claims = tuple(dict.fromkeys((*_few(document.claims), *source.claims)))
    lossy = document.lossy + source.lossy
    return replace(document, url=document.url or source.url, claims=claims, lossy=lossy, headings=())


def _few(claims: Iterable[Claim]) -> Iterator[Claim]:
    """Of each field the first ones."""
    met: Counter[str] = Counter()
    for each in claims:
        met[each.field] += 1
        if met[each.field] <= MOST_OF_A_FIELD:
            yield each


def _limited_parts(found: Parts, source: Source, max_text_bytes: int) -> Parts | Rejected:
    parts = [_limited(_with_told(each, source), max_text_bytes) for each in found.documents]
    for part in parts:
        if isinstance(part, Rejected):
            return part
    return Parts(tuple(part for part in parts if isinstance(part, ReadDocument)), found.confidence)


def _limited(document: ReadDocument, max_text_bytes: int) -> ReadDocument | Rejected:
    size = len(document.text.encode())
    if size > max_text_bytes:
        return Rejected(RejectReason.TOO_LARGE, f"the text has {size} bytes, more than {max_text_bytes}")
    if not any(character.isalpha() for character in document.text):
        return Rejected(RejectReason.NO_TEXT, "there is no letter in it")
    return document
