"""What the rules look at of an article: whose it is, where it stands, what it was read from, and its fingerprint."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import urlsplit

from contracts.document import Document
from services.dedup.core.figures import figures_of, names_of
from services.dedup.core.fingerprints import DIGEST_BYTES, Fingerprint

SOURCE_BYTES = 8


class Source(NamedTuple):
    """Whose an article is: a digest of its publisher, or of the folder that it came in where no publisher is named."""

    key: bytes = b""  # empty where nobody knows
    is_publisher: bool = False


NOBODY = Source()


@dataclass(frozen=True, slots=True)
class Article:
    """What the rules look at: `place` names where it stands, `content` the original's bytes, both digests.

    `original` is the first of the versions that it is one of; empty where it is the first itself. `figures` is where
    its digits stand, `names` where these and its capitals do, and nothing that is remembered of it.
    """

    article_id: str
    place: bytes
    content: bytes
    fingerprint: Fingerprint
    source: Source = NOBODY
    original: str = ""
    figures: bytes = field(default=b"", compare=False)
    names: bytes = field(default=b"", compare=False)


def place_of(source_uri: str, part: int | None) -> bytes:
    """16 bytes that name where an article stands: its source, and its number among several of one original."""
    return _digest(f"{source_uri}\n{part or ''}")


def content_of(sha256: str, part: int | None) -> bytes:
    """16 bytes that name what an article was read from: the original's bytes, and its number in them."""
    return _digest(f"{sha256}\n{part or ''}")


def source_of(document: Document) -> Source:
    """Whose it is: of the host that it was published on, else of the publisher that it names, else of its folder."""
    for url in (document.url, document.source_uri):
        if url and (host := _host(url)):
            return Source(_digest(f"host\n{host}")[:SOURCE_BYTES], is_publisher=True)
    for claim in document.claims:
        if claim.field == "publisher":
            return Source(_digest(f"publisher\n{claim.value.casefold()}")[:SOURCE_BYTES], is_publisher=True)
    folder = document.source_uri.rpartition("/")[0]
    return Source(_digest(f"folder\n{folder}")[:SOURCE_BYTES])


def article_of(article_id: str, document: Document, fingerprint: Callable[[str], Fingerprint]) -> Article:
    """What the rules look at of a document."""
    part = document.part.number if document.part else None
    return Article(
        article_id=article_id,
        place=place_of(document.source_uri, part),
        content=content_of(document.sha256, part),
        fingerprint=fingerprint(document.text),
        source=source_of(document),
        figures=figures_of(document.text),
        names=names_of(document.text),
    )


def _host(url: str) -> str | None:
    try:
        parts = urlsplit(url)
        return parts.hostname.removeprefix("www.") if parts.scheme in {"http", "https"} and parts.hostname else None
    except ValueError:  # brackets that are none of an address
        return None


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:DIGEST_BYTES]
