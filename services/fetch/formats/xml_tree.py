"""An XML document as a tree of plain names, however it lies about its encoding; no entity or DTD is ever looked at."""

import re
from html.entities import html5
from typing import Any

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import Decoded, decode, without_surrogates
from services.fetch.core.document import Rejected, Source
from services.fetch.core.html import declared_encoding

Element = Any  # lxml has no types of its own

XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>")
# Gone before anything is parsed: a document that has no type has no entities of its own, and asks for no file.
DOCTYPE = re.compile(r"<!DOCTYPE\b[^\[>]*(?:\[.*?\]\s*)?>", re.DOTALL | re.IGNORECASE)
# The names of HTML, which NITF and its like take from their DTD.
NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
ILLEGAL_REFERENCE = re.compile(r"&#(?:[0-8]|1[1-24-9]|2[0-9]|3[01]|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
PREAMBLE = re.compile(r"(?:[\s\ufeff]+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)


def decoded_xml(source: Source) -> Decoded:
    """The text of an XML document, by what was told of it, what it declares, and how it reads."""
    return decode(source.data, told_codec(source.charset), declared_encoding(source.data))


def root_of(text: str) -> Element | None:
    """The root of the tree, names without their namespaces; None where there is nothing that can be called one."""
    bare = DOCTYPE.sub("", XML_DECLARATION.sub("", text.lstrip("\ufeff")), count=1)
    bare = NAMED.sub(_named, ILLEGAL.sub("", ILLEGAL_REFERENCE.sub("", bare)))
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(without_surrogates(bare).encode(), parser)
    except etree.XMLSyntaxError:
        return None
    if root is not None:
        for element in root.iter(etree.Element):
            element.tag = etree.QName(element).localname
    return root


def root_name(text: str) -> str | None:
    """The name of the first element, without its prefix, of what opens like XML."""
    start = PREAMBLE.match(text)
    at = start.end() if start is not None else 0
    if (kind := DOCTYPE.match(text, at)) is not None:
        at = kind.end()
        if (more := PREAMBLE.match(text, at)) is not None:
            at = more.end()
    found = ROOT.match(text, at)
    return found[1] if found is not None else None


def words_of(element: Element | None) -> str:
    """Everything written inside, on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(element: Element, *paths: str) -> str:
    """The words of the first of these paths that has any."""
    return next((words for path in paths for found in element.iterfind(path) if (words := words_of(found))), "")


def _named(found: re.Match[str]) -> str:
    if found[1] in XML_NAMES:
        return found[0]
    return html5.get(f"{found[1]};", found[0])


def attribute(element: Element | None, *names: str) -> str:
    """The first of these attributes that is set, whatever its namespace."""
    if element is None:
        return ""
    plain = {etree.QName(name).localname: value for name, value in element.attrib.items()}
    return next((value for name in names if (value := plain.get(name, "").strip())), "")


def unparsable() -> Rejected:
    """What calls itself XML and has not one element."""
    return Rejected(RejectReason.UNREADABLE, "it opens like XML, and no element can be read from it")
