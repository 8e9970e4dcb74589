"""Whether a document came to its end, and what was being said where it did not."""

import re

END = re.compile(rb"</(?:[\w.-]+:)?(rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)

OF_RDF = re.compile(rb"<(?:[\w.-]+:)?rdf[\s>]", re.IGNORECASE)
HEAD_BYTES = 4096
ENTRY = re.compile(rb"<(/?)(?:[\w.-]+:)?(?:item|entry)[\s>]", re.IGNORECASE)


def is_cut(data: bytes) -> bool:
    """Whether the end of the outermost element is missing; it may stand anywhere: some servers write more behind it."""
    found = END.search(data)
    while found is not None and found[1].lower() == b"channel" and OF_RDF.search(data[:HEAD_BYTES]):
        found = END.search(data, found.end())  # its entries stand behind its channel
    return found is None


def ends_between_entries(data: bytes) -> bool:
    """Whether the last entry that began has its end: of a feed that is cut, it is whole then."""
    marks = [found[1] for found in ENTRY.finditer(data)]
    return bool(marks) and marks[-1] == b"/"
