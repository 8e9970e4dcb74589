"""A whole entry as a document of its own: an Atom Entry Document (RFC 4287), whatever its feed was written in."""

import re
from collections.abc import Iterable

from lxml import etree

from contracts.document import Claim
from services.fetch.core.feeds.entry import Entry
from services.fetch.core.feeds.fullness import words_of

ATOM = "http://www.w3.org/2005/Atom"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # in XML 1.0


def entry_document(entry: Entry) -> bytes:
    """The entry with its words as they stood, and what it says of itself; the same bytes for the same entry."""
    told = _by_field(entry.claims)
    root = etree.Element(f"{{{ATOM}}}entry", nsmap={None: ATOM})
    for language in told.get("language", [])[:1]:
        root.set(LANGUAGE, language)
    if entry.identifier:
        _add(root, "id", entry.identifier)
    _add(root, "title", entry.title)
    if entry.link is not None:
        _add(root, "link", None, rel="alternate", href=entry.link)
    for name, field in (("published", "published"), ("updated", "modified")):
        for date in told.get(field, [])[:1]:
            _add(root, name, date)
    for author in told.get("author", []):
        _add(_add(root, "author"), "name", author)
    for section in told.get("section", []):
        _add(root, "category", None, term=section)
    for publisher in told.get("publisher", [])[:1]:
        _add(_add(root, "source"), "title", publisher)
    words, kind = words_of(entry)
    _add(root, "content", words, type="text" if kind == "text/plain" else "html")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="utf-8"))


def _add(parent: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    written = {key: UNWRITABLE.sub("\ufffd", value) for key, value in attributes.items()}
    child = etree.SubElement(parent, f"{{{ATOM}}}{name}", written)
    child.text = UNWRITABLE.sub("\ufffd", text) if text is not None else None
    return child


def _by_field(claims: Iterable[Claim]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for claim in claims:
        found.setdefault(claim.field, []).append(claim.value)
    return found
