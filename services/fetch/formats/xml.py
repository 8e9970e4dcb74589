"""XML from strangers as a tree of plain names: nothing is fetched for it, and no entity of its own grows in it.

What an agency sends is mended, however it lies about its encoding; a part of a package is well-formed, or refused.
"""

import re
from typing import Any

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import Decoded, decode, without_surrogates
from services.fetch.core.document import Rejected, Source
from services.fetch.core.entities import NotExpanded, declared_in, with_entities
from services.fetch.core.html import declared_encoding
from services.fetch.core.nesting import MAX_ATTRIBUTES
from services.fetch.core.prologue import prologue
from services.fetch.formats.refused import Refused

Element = Any  # lxml has no types of its own

ENTITY = "<!ENTITY"
XML_DECLARATION = re.compile(r"^\s*<\?xml\b[^>]*>")
NAME, NAMELESS = re.compile(r"[A-Za-z_][\w.-]*\Z"), "nameless"
ILLEGAL_REFERENCE = re.compile(r"&#(?:[0-8]|1[1-24-9]|2[0-9]|3[01]|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")
CUT = "the XML ends before its outermost element does: it was cut short"
OVER_LIMITS = "its elements lie more than 256 deep in one another, or a word in it has ten million characters"
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def decoded_xml(source: Source) -> Decoded:
    """The text of an XML document, by what was told of it, what it declares, and how it reads."""
    return decode(source.data, told_codec(source.charset), declared_encoding(source.data))


def root_of(text: str) -> Element | Rejected:
    """The root of the tree, names without their namespaces; rejected where there is nothing that can be called one."""
    bare = _with_its_entities(XML_DECLARATION.sub("", text.lstrip("\ufeff")))
    if isinstance(bare, Rejected):
        return bare
    try:
        root = _tree(ILLEGAL.sub("", ILLEGAL_REFERENCE.sub("", bare)), mended=True)
    except etree.XMLSyntaxError:
        return unparsable()
    except Refused as refused:
        return refused.rejected
    if root is None:
        return unparsable()
    return root if _has_its_end(bare, root.tag) else Rejected(RejectReason.UNREADABLE, CUT)


def _has_its_end(text: str, name: str) -> bool:
    """Whether the root is closed: whatever else is mended, what is missing behind the last word is not there."""
    return re.search(rf"</(?:[\w.-]+:)?{re.escape(name)}\s*>|\A\s*<[^<>]*/>\s*\Z", text) is not None


def part_root(data: bytes, called: str) -> Element:
    """The root of a part of a package, which people know as `called`; raises Refused."""
    text = XML_DECLARATION.sub("", decode(data, declared_encoding(data)).text.lstrip("\ufeff"))
    if ENTITY in text:
        raise Refused(RejectReason.UNREADABLE, f"{called} declares XML entities, which are never expanded here")
    try:
        return _tree(text, mended=False)
    except etree.XMLSyntaxError as error:
        raise Refused(RejectReason.UNREADABLE, f"{called} is no well-formed XML: {error}") from error


def _tree(text: str, *, mended: bool) -> Element | None:
    """A parser of its own for each: one that met a fault may keep it."""
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=mended,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = etree.fromstring(without_surrogates(text).encode(), parser)
    if parser.error_log.filter_types([etree.ErrorTypes.ERR_RESOURCE_LIMIT]):  # it stops there, and would say nothing
        raise Refused(RejectReason.UNREADABLE, OVER_LIMITS)
    for element in root.iter(etree.Element) if root is not None else ():
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
    """The first of these attributes that is set, in whatever namespace; one without goes before."""
    if element is None:
        return ""
    return next((value for name in names if (value := (element.get(name) or _foreign(element, name)).strip())), "")


def _foreign(element: Element, name: str) -> str:
    """An attribute of that name in any namespace; looked for where there are no more than anybody writes."""
    if len(element.attrib) > MAX_ATTRIBUTES:
        return ""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


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
