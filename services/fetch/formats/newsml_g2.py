"""NewsML-G2: one item is an article, a message with several is a container of them, a package only points elsewhere."""

from base64 import b64decode
from collections.abc import Iterator

from lxml import etree

from contracts.document import Claim
from contracts.outcomes import RejectReason
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import Decoded, decode
from services.fetch.core.document import Member, Read, ReadDocument, Rejected, Source
from services.fetch.formats import nitf
from services.fetch.formats.blocks import prose
from services.fetch.formats.flow import plain_text
from services.fetch.formats.stamps import iso_moment
from services.fetch.formats.xml import Element, attribute, decoded_xml, first, root_of, words_of

MEDIA_TYPE = "application/vnd.iptc.g2.newsitem+xml"
ORIGIN = "newsml"
PACKAGES = ("packageItem", "knowledgeItem", "conceptItem", "planningItem", "catalogItem")
PERSONAL = ("by", "creator", "contributor")
MAX_SUBJECTS = 10


def read(source: Source) -> Read:
    """The article of an item, or the items of a message."""
    decoded = decoded_xml(source)
    root = root_of(decoded.text)
    if isinstance(root, Rejected):
        return root
    items = [item for item in root.iter("newsItem") if next(item.iterancestors("newsItem"), None) is None]
    if len(items) == 1:
        return document(items[0], decoded)
    if items:
        return _members(items)
    package = next((kind for kind in PACKAGES if root.tag == kind or root.find(f".//{kind}") is not None), root.tag)
    return Rejected(RejectReason.NO_TEXT, f"it is a NewsML-G2 {package}, which points to articles and holds none")


def document(item: Element, decoded: Decoded) -> ReadDocument:
    """The article of one item."""
    found = tuple(dict.fromkeys(each for each in claims(item) if each is not None))
    return ReadDocument(text(item), MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def _members(items: list[Element]) -> Iterator[Member]:
    for number, item in enumerate(items, 1):
        yield Member(f"newsItem-{number}.xml", [etree.tostring(item, encoding="utf-8", with_tail=False)], MEDIA_TYPE)


def text(item: Element) -> str:
    """The prose of the first content that has any; of a picture or an alert, its caption or headline."""
    for content in item.iterfind("contentSet/*"):
        if found := _content(content):
            return found
    captions = [words_of(each) for each in item.iterfind("contentMeta/description")]
    return max(captions, key=len, default="") or first(item, "contentMeta/headline")


def _content(content: Element) -> str:
    if content.tag == "inlineXML":
        return "\n\n".join(filter(None, map(_inline, content)))
    if content.tag != "inlineData":
        return ""
    written = content.text or ""
    if content.get("encoding", "").rpartition(":")[2].lower().startswith("base64"):
        try:
            written = decode(b64decode("".join(written.split()))).text
        except ValueError:
            return ""
    return plain_text(written) if "html" in content.get("contenttype", "") else written.strip()


def _inline(root: Element) -> str:
    if root.tag == "nitf":
        return nitf.text(root)
    body = root.find("body")
    return prose(root if body is None else body)


def claims(item: Element) -> Iterator[Claim | None]:
    """What the item says of itself, and then the article inside of it."""
    meta = "contentMeta"
    yield claim("title", first(item, f"{meta}/headline", "itemMeta/title"), ORIGIN)
    for path in ("itemMeta/firstCreated", f"{meta}/contentCreated", "itemMeta/versionCreated"):
        if stamp := first(item, path):
            yield claim("published", iso_moment(stamp), ORIGIN)
            break
    yield claim("modified", iso_moment(first(item, f"{meta}/contentModified", "itemMeta/versionCreated")), ORIGIN)
    for name in PERSONAL:
        for person in item.iterfind(f"{meta}/{name}"):
            if attribute(person, "role").rpartition(":")[2] not in ("source", "origProv"):
                yield claim("author", _named(person), ORIGIN)
    for path in (f"{meta}/creditline", f"{meta}/infoSource", "itemMeta/provider", "rightsInfo/copyrightHolder"):
        for each in item.iterfind(path):
            yield claim("publisher", _named(each), ORIGIN)
    yield claim(
        "language", language_tag(attribute(item.find(f"{meta}/language"), "tag") or attribute(item, "lang")), ORIGIN
    )
    yield claim("dateline", first(item, f"{meta}/dateline") or _named(item.find(f"{meta}/located")), ORIGIN)
    for genre in item.iterfind(f"{meta}/genre"):
        yield claim("genre", _named(genre), ORIGIN)
    yield from _subjects(item)
    yield claim("slugline", first(item, f"{meta}/slugline"), ORIGIN)
    yield claim("kind", attribute(item.find("itemMeta/itemClass"), "qcode", "uri").rpartition(":")[2], ORIGIN)
    for root in item.iterfind("contentSet/inlineXML/nitf"):
        yield from nitf.claims(root)


def _named(element: Element | None) -> str:
    """A thing by its name, by its own words, or by the words of an attribute; never by a code alone."""
    if element is None:
        return ""
    return first(element, "name") or " ".join((element.text or "").split()) or attribute(element, "literal")


def _subjects(item: Element) -> Iterator[Claim | None]:
    for subject in item.iterfind("itemMeta/memberOf"):
        yield claim("section", _named(subject), ORIGIN)
    named = (name for subject in item.iterfind("contentMeta/subject") if (name := _named(subject)))
    for _, name in zip(range(MAX_SUBJECTS), named, strict=False):
        yield claim("section", name, ORIGIN)
    for keyword in list(item.iterfind("contentMeta/keyword"))[:MAX_SUBJECTS]:
        yield claim("keyword", words_of(keyword), ORIGIN)
