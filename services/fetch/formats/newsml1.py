"""NewsML 1.x: components within components, of which some are articles."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import islice

from lxml import etree

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import Decoded, decode
from services.fetch.core.document import Member, Read, ReadDocument, Rejected, Source
from services.fetch.formats import nitf
from services.fetch.formats.blocks import prose
from services.fetch.formats.mail_body import base64_of
from services.fetch.formats.stamps import iso_moment
from services.fetch.formats.xml import Element, attribute, decoded_xml, first, root_of, words_of

MEDIA_TYPE = "application/vnd.iptc.newsml+xml"
ORIGIN = "newsml"
MAX_SUBJECTS = 10
NESTING, MAX_NESTING = ("NewsItem", "NewsComponent", "DataContent"), 20  # in each other: five are many
UNWRITTEN = re.compile("[\x00-\x08\x0e-\x1f]")


def read(source: Source) -> Read:
    """The article of the document, or its items where there are several."""
    decoded = decoded_xml(source)
    root = root_of(decoded.text)
    if isinstance(root, Rejected):
        return root
    if any(_lies_deep(each) for each in root.iter(*NESTING)):
        return Rejected(RejectReason.UNREADABLE, f"its items and components lie more than {MAX_NESTING} deep")
    outermost = (item for item in root.iter("NewsItem") if next(item.iterancestors("NewsItem"), None) is None)
    written = [(_item_of(component), component) for item in outermost for component in _articles(item)]
    if len(written) > 1:
        return _members(root, written)
    item = written[0][0] if written else next(root.iter("NewsItem"), None)
    if item is None:
        return Rejected(RejectReason.NO_TEXT, "it is a NewsML document without a NewsItem")
    return _document(root, item, written[0][1] if written else item, decoded)


def _lies_deep(element: Element) -> bool:
    """Whether it lies in so many of its kin that each level's text would be taken again for the next."""
    return next(islice(element.iterancestors(*NESTING), MAX_NESTING, None), None) is not None


def _item_of(component: Element) -> Element:
    """The item that it is or lies in."""
    return component if component.tag == "NewsItem" else next(component.iterancestors("NewsItem"))


def _articles(item: Element) -> list[Element]:
    """The innermost components with a headline and text of their own; the whole item where no component has both."""
    found = [
        component
        for component in item.iter("NewsComponent")
        if component.find("NewsLines/HeadLine") is not None and _text(component)
    ]
    outer = {id(ancestor) for component in found for ancestor in component.iterancestors()}
    return [component for component in found if id(component) not in outer] or ([item] if _text(item) else [])


def _members(root: Element, written: list[tuple[Element, Element]]) -> Iterator[Member]:
    """Each article in an item of its own, with what the whole document and its item say."""
    for number, (item, component) in enumerate(written, 1):
        alone = etree.Element("NewsML")
        alone.extend(deepcopy(part) for part in root.iterfind("NewsEnvelope") if not _holds(part))
        copied = etree.SubElement(alone, "NewsItem")
        # Of components and items the article alone: a copy of all for each of them would grow with their square.
        copied.extend(deepcopy(part) for part in item if component is item or not _holds(part))
        if component is not item:
            copied.append(deepcopy(component))
        yield Member(f"NewsItem-{number}.xml", [etree.tostring(alone, encoding="utf-8")], MEDIA_TYPE)


def _holds(part: Element) -> bool:
    """Whether there is, or may be, an article in it."""
    return next(part.iter(*NESTING), None) is not None


def _document(root: Element, item: Element, component: Element, decoded: Decoded) -> ReadDocument:
    found = tuple(dict.fromkeys(each for each in _claims(root, item, component) if each is not None))
    text = _text(component) or first(component, ".//HeadLine")
    return ReadDocument(text, MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def _text(component: Element) -> str:
    return "\n\n".join(filter(None, map(_content, _contents(component))))


def _contents(component: Element) -> Iterator[Element]:
    """What it holds; of what lies in each other the outermost, which has all of it."""
    met: set[Element] = set()
    for content in component.iter("DataContent"):
        if met.isdisjoint(content.iterancestors("DataContent")):
            yield content
        met.add(content)


def _content(content: Element) -> str:
    if len(content) == 0 and _is_base64(content.getparent()):
        return _decoded(base64_of((content.text or "").encode()))
    if (root := content.find(".//nitf")) is not None:
        return nitf.text(root)
    body = content.find(".//body")
    return prose(content if body is None else body)


def _is_base64(holder: Element | None) -> bool:
    return holder is not None and holder.tag == "Encoding" and "base64" in attribute(holder, "Notation").lower()


def _decoded(data: bytes) -> str:
    """A text that was written so; what is none, a picture above all, says nothing."""
    written = decode(data, None)
    return "" if written.lossy or UNWRITTEN.search(written.text) else written.text.strip()


def _claims(root: Element, item: Element, component: Element) -> Iterator[Claim | None]:
    for field, name in (
        ("title", "HeadLine"),
        ("author", "ByLine"),
        ("dateline", "DateLine"),
        ("slugline", "SlugLine"),
    ):
        for line in list(component.iter(name))[:3]:
            yield claim(field, words_of(line), ORIGIN)
    management = "NewsManagement"
    yield claim(
        "published",
        iso_moment(first(item, f"{management}/FirstCreated", "Identification/NewsIdentifier/DateId")),
        ORIGIN,
    )
    yield claim("modified", iso_moment(first(item, f"{management}/ThisRevisionCreated")), ORIGIN)
    for place in (component, item):
        for provider in list(place.iterfind(".//Provider/Party"))[:1]:
            yield claim("publisher", attribute(provider, "FormalName"), ORIGIN)
        for language in list(place.iterfind(".//DescriptiveMetadata/Language"))[:1]:
            yield claim("language", language_tag(attribute(language, "FormalName")), ORIGIN)
    yield claim("publisher", first(component, ".//CreditLine"), ORIGIN)
    yield claim("publisher", first(item, "Identification/NewsIdentifier/ProviderId"), ORIGIN)
    for name in ("KeywordLine", "Keyword"):
        for keyword in list(component.iter(name))[:MAX_SUBJECTS]:
            yield claim("keyword", words_of(keyword), ORIGIN)
    for service in root.iterfind("NewsEnvelope/NewsService"):
        yield claim("section", attribute(service, "FormalName"), ORIGIN)
    for inner in component.iter("nitf"):
        yield from nitf.claims(inner)
