"""XML from strangers: parsed without entities, network and external parts; what declares entities is refused."""

from typing import Any

from lxml import etree

from contracts.outcomes import RejectReason
from services.fetch.formats.refused import Refused

ENTITY = b"<!ENTITY"


def root_of(data: bytes, called: str) -> Any:
    """The root element of the XML in `data`; raises Refused, with the name that people know it by."""
    if ENTITY in data.replace(b"\x00", b""):  # in whatever width
        raise _declares(called)
    # A parser of its own for each: one that met a fault may keep it.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise Refused(RejectReason.UNREADABLE, f"{called} is no well-formed XML: {error}") from error
    declared = tree.docinfo.internalDTD
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise _declares(called)
    return tree.getroot()


def local(element: Any) -> str:
    """The name of an element without its namespace; empty where it is no element."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str:
    """The value of an attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")


def _declares(called: str) -> Refused:
    return Refused(RejectReason.UNREADABLE, f"{called} declares XML entities, which are never expanded here")
