"""NITF: the articles of news agencies in the markup of the IPTC, alone or inside a NewsML item."""

from collections.abc import Iterator

from contracts.document import Claim
from services.fetch.core.claims import claim, language_tag
from services.fetch.core.decoding import Decoded
from services.fetch.core.document import Read, ReadDocument, Rejected, Source
from services.fetch.formats.blocks import prose
from services.fetch.formats.stamps import iso_moment
from services.fetch.formats.xml import Element, attribute, decoded_xml, first, root_of, words_of

MEDIA_TYPE = "application/nitf+xml"
ORIGIN = "nitf"
TITLES = ("body/body.head/hedline/hl1", "body/body.head/hedline/hl2", "head/title")
STAMPS = ("head/docdata/date.issue", "head/docdata/date.release", "body/body.head/dateline/story.date")
MAX_SUBJECTS = 10


def read(source: Source) -> Read:
    """The article of a NITF document."""
    decoded = decoded_xml(source)
    root = root_of(decoded.text)
    return root if isinstance(root, Rejected) else document(root, decoded)


def document(root: Element, decoded: Decoded) -> ReadDocument:
    """The article whose root element is `root`."""
    found = tuple(dict.fromkeys(each for each in claims(root) if each is not None))
    return ReadDocument(text(root), MEDIA_TYPE, decoded.encoding, decoded.lossy, claims=found)


def text(root: Element) -> str:
    """The body and its tagline; of an alert that has none, its headline."""
    parts = [prose(part) for path in ("body/body.content", "body/body.end") for part in root.iterfind(path)]
    return "\n\n".join(filter(None, parts)) or prose_of_head(root)


def prose_of_head(root: Element) -> str:
    """What the head of the body says in prose: the abstract, else the headline."""
    abstract = next((words for part in root.iterfind("body/body.head/abstract") if (words := prose(part))), "")
    return abstract or first(root, *TITLES)


def claims(root: Element) -> Iterator[Claim | None]:
    """What the article says of itself."""
    yield claim("title", first(root, *TITLES), ORIGIN)
    for line in root.iterfind("body/body.head/byline"):
        yield claim("author", _person(line), ORIGIN)
    publication = root.find("head/pubdata")
    yield claim("published", iso_moment(_stamp(root) or attribute(publication, "date.publication")), ORIGIN)
    yield claim("publisher", attribute(publication, "name"), ORIGIN)
    yield claim("publisher", first(root, "body/body.head/distributor"), ORIGIN)
    yield claim("publisher", attribute(root.find("head/docdata/doc.copyright"), "holder"), ORIGIN)
    yield claim("section", attribute(publication, "position.section"), ORIGIN)
    yield claim("dateline", _dateline(root), ORIGIN)
    yield claim("language", language_tag(attribute(root, "baselang", "lang")), ORIGIN)
    yield claim("description", first(root, "body/body.head/abstract"), ORIGIN)
    yield from _subjects(root)


def _stamp(root: Element) -> str:
    dates = (date for path in STAMPS for date in root.iterfind(path))
    return next((stamp for date in dates if (stamp := attribute(date, "norm") or words_of(date))), "")


def _person(byline: Element) -> str:
    """Who wrote it, without what they are."""
    named = [words_of(person) for person in byline.iterfind("person")]
    if any(named):
        return ", ".join(filter(None, named))
    return " ".join(f"{byline.text or ''} {''.join(each.tail or '' for each in byline)}".split()) or words_of(byline)


def _dateline(root: Element) -> str:
    """The place where it was written, and the day where one is given in words."""
    dateline = root.find("body/body.head/dateline")
    if dateline is None:
        return ""
    places = [words_of(place) for place in dateline.iterfind("location")]
    return ", ".join(filter(None, places)) or " ".join((dateline.text or "").split())


def _subjects(root: Element) -> Iterator[Claim | None]:
    subjects = list(root.iterfind("head/tobject/tobject.subject"))[:MAX_SUBJECTS]
    for subject in subjects:
        yield claim("section", attribute(subject, "tobject.subject.type"), ORIGIN)
        for name in ("tobject.subject.matter", "tobject.subject.detail"):
            yield claim("keyword", attribute(subject, name), ORIGIN)
    for keyword in list(root.iterfind("head/docdata/key-list/keyword"))[:MAX_SUBJECTS]:
        yield claim("keyword", attribute(keyword, "key"), ORIGIN)
