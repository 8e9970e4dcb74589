"""Rich text (RTF): striprtf takes the text out of it."""

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core import headings
from services.fetch.core.claims import claim
from services.fetch.core.decoding import decode
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.unpacking_file import Broken
from services.fetch.formats import properties
from services.fetch.formats.refused import said
from services.fetch.formats.rtf_groups import as_read
from services.fetch.formats.rtf_plain import codec_of, plainly

MEDIA_TYPE = "application/rtf"
CODE_PAGE = re.compile(rb"\\ansicpg(\d{3,5})")
# Pictures and embedded files, written as digits: they are most of such a file, and no text. There is no way back into
# one, which would take ninety bytes for each pair.
DIGITS = re.compile(rb"(?:[0-9A-Fa-f]{2}[\r\n]*+){64,}+")
BINARY = re.compile(rb"(?<!\\)\\bin(\d{1,10}) ?")  # behind another backslash it is a word of the text
ESCAPED = re.compile(r"\\[{}\\]")
PROPERTY = re.compile(r"\{\\(title|author) ?((?:[^{}]|\{[^{}]*\}){0,2000})\}")
TIME = re.compile(r"\{\\(creatim|revtim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")
OUTLINE = re.compile(r"(\\outlinelevel([0-5]))(?!\d) ?")
FIELDS = {"creatim": "created", "revtim": "modified"}
INFO_CHARACTERS = 200_000  # the properties stand near the beginning, behind fonts and styles
MAX_BYTES = 8 << 20  # without pictures


def read(source: Source) -> ReadDocument | Rejected:
    """The text of the document, with its properties as claims."""
    data = DIGITS.sub(b"", _without_binary(source.data))
    if len(data) > MAX_BYTES:
        return Rejected(RejectReason.TOO_LARGE, f"without pictures it has {len(data)} bytes, more than {MAX_BYTES}")
    codec = _codec(data)
    written = decode(data, codec).text
    if _is_cut(written):
        raise Broken("the RTF document ends within a group: it was cut short")
    try:
        text = _text(OUTLINE.sub(_marked, as_read(headings.unmarked(written))), codec)
    except (LookupError, ValueError, OverflowError) as error:
        return Rejected(RejectReason.UNREADABLE, f"the RTF document is damaged: {error}")
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(headings.said(line).rstrip() for line in text.splitlines())).strip("\n")
    text, headed = headings.told(text)
    if not text.strip():
        return Rejected(RejectReason.NO_TEXT, "the RTF document has no text")
    lossy, claims = text.count("\ufffd"), said(_claims(written, codec))
    return ReadDocument(text, MEDIA_TYPE, codec, lossy, claims=claims, headings=headed)


def _marked(found: re.Match[str]) -> str:
    """A paragraph that is a heading, with the mark of its level before its words."""
    return f"{found[1]}{{\\uc1\\u{ord(headings.mark(int(found[2]) + 1))}?}}"


def _is_cut(written: str) -> bool:
    """Whether a brace has no other: the first of all is the document's."""
    braces = ESCAPED.sub("", written)
    return braces.count("{") > braces.count("}")


def _without_binary(data: bytes) -> bytes:
    kept, at = [], 0
    while (found := BINARY.search(data, at)) is not None:
        kept.append(data[at : found.start()])
        at = found.end() + int(found[1])
    return b"".join([*kept, data[at:]])


def _codec(data: bytes) -> str:
    named = CODE_PAGE.search(data, 0, 4096)
    return codec_of(named[1].decode() if named is not None else "1252")


def _text(written: str, codec: str) -> str:
    """The words; characters that were written in two halves are one, and a half alone is none."""
    text: str = rtf_to_text(plainly(written), encoding=codec, errors="replace")  # type: ignore[no-untyped-call] # as it comes
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _claims(written: str, codec: str) -> Iterator[Claim | None]:
    head = written[:INFO_CHARACTERS]
    for name, value in PROPERTY.findall(head)[:10]:
        text = _text("{\\rtf1 " + value + "}", codec)
        if name == "title":
            yield properties.title(text, "rtf")
        else:
            yield from properties.authors(text, "rtf")
    for name, year, month, day in TIME.findall(head)[:4]:
        yield claim(FIELDS[name], f"{year}-{int(month):02}-{int(day):02}", "rtf")
