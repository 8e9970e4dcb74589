"""XML of any kind: read by the name of its root where it is a known one, refused by that name where not."""

from contracts.outcomes import RejectReason
from services.fetch.core.document import Read, Rejected, Source
from services.fetch.formats import newsml1, newsml_g2, nitf
from services.fetch.formats.xml_tree import decoded_xml, root_name, unparsable

READERS = {
    "nitf": nitf.read,
    "newsItem": newsml_g2.read,
    "newsMessage": newsml_g2.read,
    "packageItem": newsml_g2.read,
    "NewsML": newsml1.read,
}
MAX_NAME = 60


def read(source: Source) -> Read:
    """What the reader for the document's root comes to."""
    name = root_name(decoded_xml(source).text)
    if name is None:
        return unparsable()
    reader = READERS.get(name)
    if reader is not None:
        return reader(source)
    detail = f"an XML document whose root is <{name[:MAX_NAME]}>, which is no format of news; known are {', '.join(READERS)}"
    return Rejected(RejectReason.UNREADABLE, detail)
