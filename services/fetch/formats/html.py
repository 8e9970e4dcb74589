"""A web page: its prose, and what it says of itself."""

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode, is_plain, without_surrogates
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.html import declared_encoding
from services.fetch.core.nesting import shallow
from services.fetch.core.page import read_page

MOST_TAGS = 400_000  # the longest pages that people read have a tenth of it


def read(source: Source) -> ReadDocument | Rejected:
    """The article of the page, if there is one."""
    decoded = decode(source.data, told_codec(source.charset), declared_encoding(source.data))
    if not is_plain(decoded.text):
        return Rejected(RejectReason.NOT_TEXT, "the file is full of control characters")
    if (tags := decoded.text.count("<")) > MOST_TAGS:
        return Rejected(RejectReason.TOO_LARGE, f"the page has {tags} tags, more than {MOST_TAGS}, and is not read")
    page = read_page(shallow(decoded.text))
    if page.kind is not None and page.kind.is_none:
        return Rejected(RejectReason.NOT_AN_ARTICLE, page.kind.detail)
    url = next((claim.value for claim in page.claims if claim.origin == "html-canonical"), None)
    text = without_surrogates(page.text)
    if not text and page.worded:
        return Rejected(RejectReason.UNREADABLE, "no article was found among the words of the page")
    return ReadDocument(text, "text/html", decoded.encoding, decoded.lossy, url, page.claims)
