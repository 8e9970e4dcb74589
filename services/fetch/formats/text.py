"""A plain text: decoded, and nothing else changed."""

from contracts.outcomes import RejectReason
from services.fetch.core.charsets import told_codec
from services.fetch.core.decoding import decode, is_plain
from services.fetch.core.document import ReadDocument, Rejected, Source
from services.fetch.core.html import declared_encoding


def read(source: Source) -> ReadDocument | Rejected:
    """The text as it stands, without its byte order mark."""
    decoded = decode(source.data, told_codec(source.charset), declared_encoding(source.data))
    if not is_plain(decoded.text):
        return Rejected(RejectReason.NOT_TEXT, "the file is full of control characters")
    return ReadDocument(decoded.text, "text/plain", decoded.encoding, decoded.lossy)
