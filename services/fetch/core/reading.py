"""The way of a document's bytes to its text: what kind it is, how it is decoded, whether there is anything to read."""

from lxml.etree import Error as XmlError

from contracts.outcomes import RejectReason
from services.fetch.core.binary import binary_kind
from services.fetch.core.decoding import Decoded, decode, is_plain, without_surrogates
from services.fetch.core.document import ReadDocument, Rejected
from services.fetch.core.html import body_text, claims_of, declared_encoding, has_words, looks_like_html

# What parsers raise on what they did not expect; a bug of ours looks the same, and the document is not lost either way.
PARSER_FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RuntimeError,
    TypeError,
    ValueError,
    XmlError,
)
HTML_NAMES = (".html", ".htm", ".xhtml", ".xht")


def read(data: bytes, name: str, *, max_text_bytes: int) -> ReadDocument | Rejected:
    """The document that `data` is, or why it cannot be taken; `name` only breaks ties between kinds.

    `max_text_bytes` limits the text as UTF-8.
    """
    try:
        return _read(data, name, max_text_bytes)
    except PARSER_FAULTS as error:
        return Rejected(RejectReason.UNREADABLE, f"reading it failed: {type(error).__name__}")


def _read(data: bytes, name: str, max_text_bytes: int) -> ReadDocument | Rejected:
    if not data:
        return Rejected(RejectReason.EMPTY, "the file has no bytes")
    if kind := binary_kind(data):
        return Rejected(RejectReason.NOT_TEXT, f"the file is {kind}, not a text")
    decoded = decode(data, declared_encoding(data))
    if not is_plain(decoded.text):
        return Rejected(RejectReason.NOT_TEXT, "the file is full of control characters")
    if looks_like_html(decoded.text, named=name.lower().endswith(HTML_NAMES)):
        page = _page(decoded)
        if not page.text and has_words(decoded.text):
            return Rejected(RejectReason.UNREADABLE, "no article was found among the words of the page")
        return _limited(page, max_text_bytes)
    return _limited(ReadDocument(decoded.text, "text/plain", decoded.encoding, decoded.lossy), max_text_bytes)


def _page(decoded: Decoded) -> ReadDocument:
    claims = claims_of(decoded.text)
    url = next((claim.value for claim in claims if claim.origin == "html-canonical"), None)
    text = without_surrogates(body_text(decoded.text))
    return ReadDocument(text, "text/html", decoded.encoding, decoded.lossy, url, claims)


def _limited(document: ReadDocument, max_text_bytes: int) -> ReadDocument | Rejected:
    size = len(document.text.encode())
    if size > max_text_bytes:
        return Rejected(RejectReason.TOO_LARGE, f"the text has {size} bytes, more than {max_text_bytes}")
    if not any(character.isalpha() for character in document.text):
        return Rejected(RejectReason.NO_TEXT, "there is no letter in it")
    return document
