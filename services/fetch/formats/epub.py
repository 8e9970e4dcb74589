"""E-books and issues of magazines (epub): the chapters or articles are members, in the order in which they are read."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim
from services.fetch.core.decoding import decode
from services.fetch.core.document import BadMember, Member, Read, Rejected, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.nesting import shallow
from services.fetch.formats import properties
from services.fetch.formats.package import Package
from services.fetch.formats.refused import Refused, said
from services.fetch.formats.xml import Element, attribute

CONTAINER, RIGHTS = "META-INF/container.xml", "META-INF/encryption.xml"
PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
NAVIGATION = ("application/x-dtbncx+xml",)
MAX_ITEMS = 20_000
# Fonts are made unreadable for other programs as a matter of course; that locks nobody out.
FONT_RIGHTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


class _Book:
    """What the book's package document says: its parts, and the order in which they are read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.path = _package_path(package)
        self.root = package.xml(self.path)
        items = [each for each in self.root.iter() if each.tag == "item"][:MAX_ITEMS]
        self.items = {attribute(item, "id"): item for item in items}
        self.spine = [attribute(each, "idref") for each in self.root.iter() if each.tag == "itemref"][:MAX_ITEMS]

    def place(self, href: str, base: str | None = None) -> str:
        """Where a part lies in the archive."""
        path = unquote(href.partition("#")[0])
        return posixpath.normpath(posixpath.join(posixpath.dirname(base or self.path), path))


def read(source: Source) -> Read:
    """The chapters, with their titles from the table of contents and what the book says of itself as claims."""
    try:
        package = Package(source, "the e-book")
        locked = _locked(package)
        book = _Book(package)
        titles = _titles(book)
    except Refused as refused:
        return refused.rejected
    if not book.spine:
        return Rejected(RejectReason.NO_TEXT, "the e-book names no chapters")
    return _chapters(book, titles, locked)


def _package_path(package: Package) -> str:
    for element in package.xml(CONTAINER).iter():
        if element.tag == "rootfile" and (path := attribute(element, "full-path")):
            return path
    raise Refused(RejectReason.UNREADABLE, "the e-book does not say where its contents begin")


def _locked(package: Package) -> frozenset[str]:
    """The parts that only whoever bought the book can read."""
    if RIGHTS not in package:
        return frozenset()
    locked, algorithm = [], ""
    for element in package.xml(RIGHTS).iter():
        if element.tag == "EncryptionMethod":
            algorithm = attribute(element, "Algorithm")
        elif element.tag == "CipherReference" and algorithm not in FONT_RIGHTS:
            locked.append(posixpath.normpath(unquote(attribute(element, "URI"))))
    return frozenset(locked)


def _chapters(book: _Book, titles: dict[str, str], locked: frozenset[str]) -> Iterator[Member | BadMember]:
    of_book = said(_claims(book.root))
    for idref in book.spine:
        item = book.items.get(idref)
        if item is None or "nav" in attribute(item, "properties").split():
            continue
        if (kind := attribute(item, "media-type")) not in PAGES:
            continue  # a picture that is a page of its own
        path = book.place(attribute(item, "href"))
        if path in locked:
            yield BadMember(path, Rejected(RejectReason.ENCRYPTED, "only the buyer's program can read it (DRM)"))
            continue
        try:
            book.package.check(path)
        except Refused as refused:
            yield BadMember(path, refused.rejected)
            continue
        claims = said([claim("title", titles.get(path), "epub"), *of_book])
        yield Member(path, book.package.chunks(path), kind, claims=claims)


def _titles(book: _Book) -> dict[str, str]:
    """What the table of contents calls each part, by its place: the first entry that leads there."""
    titles: dict[str, str] = {}
    for item in book.items.values():
        path = book.place(attribute(item, "href"))
        if path not in book.package:
            continue
        for href, title in _contents(book, item, path):
            titles.setdefault(book.place(href, path), title)
    return titles


def _contents(book: _Book, item: Element, path: str) -> Iterator[tuple[str, str]]:
    """Places and titles, where the part is a table of contents; a damaged one costs the titles, and not the book."""
    try:
        if "nav" in attribute(item, "properties").split():
            yield from _in_page(book.package.data(path))
        elif attribute(item, "media-type") in NAVIGATION:
            yield from _in_ncx(book.package.xml(path))
    except Refused:
        return


def _in_page(page: bytes) -> Iterator[tuple[str, str]]:
    for link in LexborHTMLParser(shallow(decode(page, declared_encoding(page)).text)).css("nav a[href]"):
        yield link.attributes.get("href") or "", link.text(deep=True)


def _in_ncx(root: Element) -> Iterator[tuple[str, str]]:
    for point in root.iter("navPoint"):
        words = next((each.text for each in point.iter("text") if each.text), "")
        href = next((attribute(each, "src") for each in point.iter("content")), "")
        yield href, words


def _claims(root: Element) -> Iterator[Claim | None]:
    """Of the whole book; its own title is that of the publication, not of a chapter."""
    metas = (each for each in root.iter("meta") if attribute(each, "property") == "dcterms:modified")
    made = frozenset((each.text or "").strip() for each in metas)
    for element in root.iter():
        name, value = element.tag, element.text
        if name == "title":
            yield claim("publication", value, "epub")
        elif name == "creator" and attribute(element, "role") in ("", "aut"):
            yield from properties.authors(value, "epub")
        elif name == "publisher":
            yield claim("publisher", value, "epub")
        elif name == "language":
            yield properties.language(value, "epub")
        elif name == "date" and attribute(element, "event") in ("", "publication"):
            yield claim("modified" if _is_of_making(element, made) else "published", value, "epub")


def _is_of_making(date: Element, made: frozenset[str]) -> bool:
    """Whether a program put down when it made the file: no day, but a moment, and told as that elsewhere.

    Pandoc gives it to a book without a date, under an id of its own.
    """
    moment = (date.text or "").strip()
    return "T" in moment and (moment in made or attribute(date, "id").startswith("epub-date"))
