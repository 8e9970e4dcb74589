"""Word documents: mammoth makes HTML of them, and that is made plain; what is no text of it is left."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.parsers.expat import ExpatError

import mammoth

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core import headings
from services.fetch.core.claims import claim
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.packing import FAULTS
from services.fetch.formats import properties
from services.fetch.formats.docx_hidden import shown
from services.fetch.formats.flow import marked_text
from services.fetch.formats.package import Package
from services.fetch.formats.refused import Refused, said

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CORE = "docProps/core.xml"
UNREAD = ("customXml/", "docProps/")  # by what makes text of it: damage there costs no word of it
MAX_XML_BYTES = 24 << 20  # of all parts together: as mammoth holds it, thirty times as much
# Word writes the names of its own styles in English, whatever its language; other programs do not.
STYLES = "\n".join(
    f"p[style-name='{name} {level}'] => h{level}:fresh"
    for name in headings.STYLES
    for level in range(1, headings.LOWEST + 1)
)
BACK = re.compile(r'\s*<a href="#[^"]*">↑</a>')  # from a footnote to where it belongs


def read(source: Source) -> ReadDocument | Rejected:
    """The text of the document, with its properties as claims."""
    try:
        package = Package(source, "the Word document")
        parts = list(_parts(package))
        _check(package, parts)
        claims = said(_claims(package))
        file = shown(package, parts, source)
    except Refused as refused:
        return refused.rejected
    try:
        page = mammoth.convert_to_html(
            file, convert_image=_no_image, include_embedded_style_map=False, style_map=STYLES
        )
    except (ExpatError, *FAULTS) as error:
        return Rejected(RejectReason.UNREADABLE, f"the Word document is damaged: {type(error).__name__}")
    text, headed = headings.told(without_surrogates(marked_text(BACK.sub("", page.value))))
    if not text:
        return Rejected(RejectReason.NO_TEXT, "the Word document has no text")
    return ReadDocument(text, MEDIA_TYPE, None, claims=claims, headings=headed)


def _parts(package: Package) -> Iterator[str]:
    """The names of all XML in it that is read."""
    for name in package.names():
        if name.lower().endswith((".xml", ".rels")) and not name.startswith(UNREAD):
            yield name


def _check(package: Package, parts: Iterable[str]) -> None:
    """Raise Refused unless all XML in it is harmless: what follows parses it without asking us."""
    left = MAX_XML_BYTES
    for name in parts:
        data = package.data(name)
        left -= len(data)
        if left < 0:
            raise Refused(RejectReason.TOO_LARGE, f"the Word document has more than {MAX_XML_BYTES} bytes of XML")
        if b"<!DOCTYPE" in data.replace(b"\x00", b""):  # in whatever width
            raise Refused(RejectReason.UNREADABLE, f"its part {name} has a DTD, which no Word document has")


def _no_image(_: Any) -> list[Any]:
    return []  # whatever picture it is


def _claims(package: Package) -> Iterator[Claim | None]:
    for element in package.about(CORE):
        match element.tag:
            case "title":
                yield properties.title(element.text, "docx")
            case "creator":
                yield from properties.authors(element.text, "docx")
            case "language":
                yield properties.language(element.text, "docx")
            case "created" | "modified" as field:
                yield claim(field, element.text, "docx")
