"""Reuters-21578 in SGML: records with a headline, a dateline and a body in set lines, many in one file."""

import re
from collections.abc import Iterator
from html import unescape
from itertools import chain, islice, pairwise

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.claims import claim
from services.fetch.core.decoding import Decoded, decode
from services.fetch.core.document import BadMember, Member, Read, ReadDocument, Rejected, Source
from services.fetch.formats.stamps import iso_moment

MEDIA_TYPE = "text/sgml"
ORIGIN = "reuters-sgml"
OPENS, CLOSES = re.compile(rb"<REUTERS\b", re.IGNORECASE), re.compile(rb"</REUTERS\s*>", re.IGNORECASE)
CONTROL_REFERENCE = re.compile(r"&#(?:[0-9]|[12][0-9]|3[01]|127);")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
LISTS = {"TOPICS": "section", "PLACES": "place", "PEOPLE": "person", "ORGS": "organisation"}
SIGNED = re.compile(r"\n\s*reuters?\s*(?:&#3;|\x03)?\s*\Z", re.IGNORECASE)
TAIL_CHARACTERS = 100  # in which the agency signs
MAX_LISTED = 20


def read(source: Source) -> Read:
    """The record, or the records where the file holds several."""
    starts = list(islice(_starts(source.data), 2))
    if not starts:
        return Rejected(RejectReason.UNREADABLE, "no <REUTERS> record begins in it")
    if len(starts) > 1:
        return _members(source.data)
    return _document(decode(source.data[starts[0] :], told_codec(source.charset)))


def _starts(data: bytes) -> Iterator[int]:
    return (found.start() for found in OPENS.finditer(data))


def _members(data: bytes) -> Iterator[Member | BadMember]:
    for number, (start, end) in enumerate(pairwise(chain(_starts(data), [len(data)])), 1):
        closed = CLOSES.search(data, start, end)
        yield Member(f"record-{number}.sgm", [data[start : closed.end() if closed is not None else end]], MEDIA_TYPE)


def _document(decoded: Decoded) -> ReadDocument:
    record = decoded.text
    told = _field(record, "TEXT")
    body = _field(told, "BODY") or (TAG.sub("", told) if "<TITLE" not in told.upper() else "")
    body = body[:-TAIL_CHARACTERS] + SIGNED.sub("", body[-TAIL_CHARACTERS:])
    dateline = " ".join(_plain(_field(told, "DATELINE")).split())
    paragraphs = list(_paragraphs(_plain(body)))
    if dateline and paragraphs:
        paragraphs[0] = f"{dateline} {paragraphs[0]}"
    title = " ".join(_plain(_field(told, "TITLE")).split())
    found = tuple(dict.fromkeys(each for each in _claims(record, told, title, dateline) if each is not None))
    return ReadDocument("\n\n".join(paragraphs) or title, MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def _field(record: str, name: str) -> str:
    """What stands between the tags of this name, to the end where it is not closed."""
    opened = re.search(rf"<{name}\b[^<>]*>", record, re.IGNORECASE)
    if opened is None:
        return ""
    closed = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(record, opened.end())
    return record[opened.end() : closed.start() if closed is not None else len(record)]


def _plain(marked: str) -> str:
    return CONTROLS.sub("", unescape(CONTROL_REFERENCE.sub("", marked)).replace("\r\n", "\n"))


def _paragraphs(body: str) -> Iterator[str]:
    """Set lines joined, an indent or an empty line begins a paragraph; a table stays in its lines."""
    paragraph: list[str] = []
    for line in [*body.split("\n"), ""]:
        if paragraph and (not line.strip() or line.startswith("   ")):
            yield " ".join(paragraph)
            paragraph = []
        if line.strip():
            paragraph.append(line.strip())


def _claims(record: str, told: str, title: str, dateline: str) -> Iterator[Claim | None]:
    yield claim("title", title, ORIGIN)
    yield claim("author", _plain(_field(told, "AUTHOR")), ORIGIN)
    yield claim("published", iso_moment(_plain(_field(record, "DATE"))), ORIGIN)
    yield claim("dateline", dateline.rstrip("- "), ORIGIN)
    yield claim("publisher", "Reuters", ORIGIN)
    for name, field in LISTS.items():
        for item in re.findall(r"<D>([^<]*)</D>", _field(record, name), re.IGNORECASE)[:MAX_LISTED]:
            yield claim(field, _plain(item), ORIGIN)
