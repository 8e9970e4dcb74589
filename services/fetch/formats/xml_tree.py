"""An XML document as a tree of plain names, however it lies about its encoding; nothing is ever fetched for it."""

import re
from typing import Any

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import Decoded, decode, without_surrogates
from services.fetch.core.document import Rejected, Source
from services.fetch.core.entities import NotExpanded, declared_in, with_entities
from services.fetch.core.html import declared_encoding
from services.fetch.core.prologue import prologue

Element = Any  # lxml has no types of its own

XML_NAMESPACE = "{http://www.w3.org/XML/1998/namespace}"
XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>")
NAME, NAMELESS = re.compile(r"[A-Za-z_][\w.-]*\Z"), "nameless"
ILLEGAL_REFERENCE = re.compile(r"&#(?:[0-8]|1[1-24-9]|2[0-9]|3[01]|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decoded_xml(source: Source) -> Decoded:
    """The text of an XML document, by what was told of it, what it declares, and how it reads."""
    return decode(source.data, told_codec(source.charset), declared_encoding(source.data))


def root_of(text: str) -> Element | Rejected:
    """The root of the tree, names without their namespaces; rejected where there is nothing that can be called one."""
    bare = _with_its_entities(XML_DECLARATION.sub("", text.lstrip("\ufeff")))
    if isinstance(bare, Rejected):
        return bare
    bare = ILLEGAL.sub("", ILLEGAL_REFERENCE.sub("", bare))
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
        return unparsable()
    if root is None:
        return unparsable()
    for element in root.iter(etree.Element):
        name = element.tag.rpartition("}")[2].rpartition(":")[2]
        element.tag = name if NAME.match(name) else NAMELESS  # what is mended may have a name that none can have
    return root


def words_of(element: Element | None) -> str:
    """Everything written inside, on one line."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(element: Element, *paths: str) -> str:
    """The words of the first of these paths that has any."""
    return next((words for path in paths for found in element.iterfind(path) if (words := words_of(found))), "")


def attribute(element: Element | None, *names: str) -> str:
    """The first of these attributes that is set, in no namespace or in that of XML."""
    if element is None:
        return ""
    spelled = (spelling for name in names for spelling in (name, XML_NAMESPACE + name))
    return next((value for name in spelled if (value := (element.get(name) or "").strip())), "")


def unparsable() -> Rejected:
    """What calls itself XML and has not one element."""
    return Rejected(RejectReason.UNREADABLE, "it opens like XML, and no element can be read from it")


def _with_its_entities(text: str) -> str | Rejected:
    """The text without its type, its entities put in: a document that has no type asks for no file."""
    before = prologue(text)
    if before is None:
        return unparsable()
    bare = text[: before.type_start] + text[before.type_end :]
    try:
        return with_entities(bare, declared_in(before.subset))
    except NotExpanded as refused:
        return Rejected(RejectReason.UNREADABLE, str(refused))
