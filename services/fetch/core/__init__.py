"""Reading a document: from its bytes and its name to plain text and what it says of itself."""

from services.fetch.core.document import ReadDocument, Rejected
from services.fetch.core.reading import read

__all__ = ["ReadDocument", "Rejected", "read"]
