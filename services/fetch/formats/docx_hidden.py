"""A Word document without its hidden words: mammoth knows nothing of them, and would have them in the text."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from lxml import etree

from services.fetch.core.document import Source
from services.fetch.formats.package import Package
from services.fetch.formats.xml import Element

STYLES = "styles.xml"
OFF = frozenset({"0", "false", "off", "none"})
SAFE = {"resolve_entities": False, "no_network": True, "load_dtd": False}
VANISH = b"vanish"
RUN, RUN_STYLE, PARAGRAPH_STYLE = "{*}r", "{*}rPr/{*}rStyle", "{*}pPr/{*}pStyle"
HIDES = "{*}rPr/{*}vanish"


def shown(package: Package, names: Iterable[str], source: Source) -> BinaryIO:
    """The document as a file: itself where nothing in it is hidden, else its parts of these `names` without that."""
    parts = {name: package.data(name) for name in names}
    if not any(VANISH in data.replace(b"\x00", b"") for data in parts.values()):  # in whatever width
        return source.open()
    hiding = frozenset(style for name, data in parts.items() if name.endswith(STYLES) for style in _hiding(data))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in _without(parts, hiding):
            archive.writestr(name, data)
    packed.seek(0)
    return packed


def _hiding(styles: bytes) -> Iterator[str]:
    """The styles that hide what is written in them."""
    root = _tree(styles)
    for style in root.iter("{*}style") if root is not None else ():
        if _hides(style):
            yield _value(style, "styleId")


def _without(parts: Mapping[str, bytes], hiding: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    for name, data in parts.items():
        root = _tree(data)
        hidden = dict.fromkeys(_hidden(root, hiding)) if root is not None else {}
        for run in hidden:
            run.getparent().remove(run)
        yield name, etree.tostring(root, encoding="utf-8", xml_declaration=True) if hidden else data


def _hidden(root: Element, hiding: frozenset[str]) -> Iterator[Element]:
    for paragraph in root.iter("{*}p"):
        style = paragraph.find(PARAGRAPH_STYLE)
        styled = style is not None and _value(style, "val") in hiding
        for run in paragraph.iter(RUN):
            style, own = run.find(RUN_STYLE), _hides(run)
            if own is None:
                own = styled or (style is not None and _value(style, "val") in hiding)
            if own:
                yield run


def _hides(element: Element) -> bool | None:
    """Whether it says that what stands in it is hidden; None where it says nothing."""
    told = element.find(HIDES)
    return None if told is None else _value(told, "val").lower() not in OFF


def _value(element: Element, name: str) -> str:
    """An attribute, in whatever namespace: the strict form of the standard has another."""
    return next((str(value) for key, value in element.items() if etree.QName(key).localname == name), "")


def _tree(data: bytes) -> Element | None:
    """The root; None where it is damaged, which whoever reads it says."""
    try:
        return etree.fromstring(data, etree.XMLParser(**SAFE))
    except (etree.XMLSyntaxError, ValueError):
        return None
