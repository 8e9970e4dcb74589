"""Whether a document came to its end."""

import re

END = re.compile(rb"</(?:[\w.-]+:)?(?:rss|feed|rdf|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)


def is_cut(data: bytes) -> bool:
    """Whether the end of the outermost element is missing; it may stand anywhere: some servers write more behind it."""
    return END.search(data) is None
