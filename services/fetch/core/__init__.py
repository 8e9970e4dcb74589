"""Reading a document: from its bytes and its name to plain text and what it says of itself.

The parsers come with `reading`, which only the child processes import.
"""

from services.fetch.core.document import Parts, ReadDocument, Rejected

__all__ = ["Parts", "ReadDocument", "Rejected"]
