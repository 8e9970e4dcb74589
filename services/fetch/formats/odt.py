"""OpenDocument texts (odt): paragraphs, headings, lists, tables and notes in their order."""

import re
from collections.abc import Iterator

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core import headings
from services.fetch.core.claims import claim
from services.fetch.core.decoding import without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.formats import properties
from services.fetch.formats.package import Package
from services.fetch.formats.refused import Refused, said
from services.fetch.formats.xml import Element, attribute

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
KIND, CONTENT, META, MANIFEST = "mimetype", "content.xml", "meta.xml", "META-INF/manifest.xml"
# What is in the file and not on the page.
UNSEEN = frozenset(
    {
        "annotation",
        "annotation-end",
        "tracked-changes",
        "forms",
        "sequence-decls",
        "script",
        "desc",
        "title",
        "binary-data",
        "bookmark",
        "index-source",
        "note-citation",
        "table-of-content-source",
    }
)
SPACES = re.compile(r"[ \t\r\n]+")
BLOCKS = frozenset({"p", "h"})
MAX_SPACES = 100
ESCAPED = re.compile(r"_([0-9a-f]{2,4})_")
FIELDS = {"creation-date": "created", "date": "modified"}


def read(source: Source) -> ReadDocument | Rejected:
    """The text of the document, with its properties as claims."""
    try:
        package = Package(source, "the OpenDocument text")
        if MANIFEST in package and b"encryption-data" in package.data(MANIFEST):
            return Rejected(RejectReason.ENCRYPTED, "the document is encrypted: save it without a password")
        if KIND in package and not (kind := package.data(KIND)[:200].decode("ascii", "replace")).startswith(MEDIA_TYPE):
            return Rejected(RejectReason.UNSUPPORTED, f"the file is of a kind that is not read: {kind}")
        text, headed = headings.told(without_surrogates("\n\n".join(_blocks(_body(package)))))
        claims = said(_claims(package))
    except Refused as refused:
        return refused.rejected
    if not text.strip():
        return Rejected(RejectReason.NO_TEXT, "the document has no text")
    return ReadDocument(text, MEDIA_TYPE, None, claims=claims, headings=headed)


def _body(package: Package) -> Element:
    root = package.xml(CONTENT)
    return next((element for element in root if element.tag == "body"), root)


def _blocks(element: Element, mark: str = "") -> Iterator[str]:
    """The paragraphs, lists and tables below `element`; `mark` stands before the first line of a list's item."""
    for inner in element:
        name = inner.tag
        if name in BLOCKS:
            yield from _paragraph(inner, mark)
            mark = ""
        elif name in ("list", "table"):
            inside = (_blocks(item, "- ") for item in inner) if name == "list" else (_blocks(inner),)
            if lines := "\n".join(line for each in inside for line in each):
                yield lines
        elif name == "table-row":
            yield from _row(inner)
        elif name not in UNSEEN:
            yield from _blocks(inner, mark)


def _paragraph(paragraph: Element, mark: str) -> Iterator[str]:
    text, apart = _line(paragraph)
    if text:
        yield (mark or headings.mark(_level(paragraph))) + headings.unmarked(text)
    for each in apart:  # notes and frames that hang on it
        yield from _blocks(each)


def _level(paragraph: Element) -> int:
    """That of a heading; a style has its name with the spaces as numbers."""
    level = attribute(paragraph, "outline-level")
    if paragraph.tag == "h" and level.isdecimal():
        return int(level)
    return headings.level_of(ESCAPED.sub(lambda found: chr(int(found[1], 16)), attribute(paragraph, "style-name")))


def _row(row: Element) -> Iterator[str]:
    cells = [" ".join(" ".join(_blocks(cell)).split()) for cell in row if cell.tag == "table-cell"]
    if any(cells):
        yield " | ".join(cells)


def _line(paragraph: Element) -> tuple[str, list[Element]]:
    """The words of a paragraph, and what stands apart from them though it is inside."""
    pieces: list[str] = []
    apart: list[Element] = []
    _inline(paragraph, pieces, apart)
    return "\n".join(line.strip() for line in "".join(pieces).split("\n")).strip("\n"), apart


def _inline(element: Element, pieces: list[str], apart: list[Element]) -> None:
    pieces.append(_collapsed(element.text))
    for inner in element:
        name = inner.tag
        if name == "s":
            count = attribute(inner, "c")
            pieces.append(" " * min(int(count) if count.isdigit() else 1, MAX_SPACES))
        elif name == "tab":
            pieces.append("\t")
        elif name == "line-break":
            pieces.append("\n")
        elif name in ("note-body", "text-box"):
            apart.append(inner)
        elif isinstance(name, str) and name not in UNSEEN:
            _inline(inner, pieces, apart)
        pieces.append(_collapsed(inner.tail))


def _collapsed(text: str | None) -> str:
    """White space as the format has it: any run of it is one space."""
    return SPACES.sub(" ", text or "")


def _claims(package: Package) -> Iterator[Claim | None]:
    for element in package.about(META):
        name = element.tag
        if name == "title":
            yield properties.title(element.text, "odt")
        elif name == "initial-creator":
            yield from properties.authors(element.text, "odt")
        elif name == "language":
            yield properties.language(element.text, "odt")
        elif name in FIELDS:
            yield claim(FIELDS[name], element.text, "odt")
