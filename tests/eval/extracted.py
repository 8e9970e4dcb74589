"""What the extractor says of the annotated articles: read once, judged by every evaluation that looks at them."""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from contracts.document import Claim, Document
from contracts.extraction import Extraction
from contracts.language import Language
from services.extract import lists
from services.extract.core import Knowledge, extract
from services.extract.core.naming.found import Recogniser
from services.extract.model import load_recognisers
from tests.eval.annotated import Annotated, Set

RECEIVED = datetime(2026, 1, 1, tzinfo=UTC)  # always the same: a date after it is not believed


@dataclass(frozen=True)
class Reading:
    """An annotated article and what was read out of it."""

    article: Annotated
    extraction: Extraction


@dataclass(frozen=True)
class Readings:
    """A set as it was read, and how long that took."""

    name: str
    every: tuple[Reading, ...]
    seconds: float


@cache
def read(some: Set) -> Readings:
    """The extractions of a set, each article in its own language; models are loaded before time is taken."""
    for one in some.articles:
        knowledge(one.language)
    began = time.process_time()
    every = tuple(
        Reading(one, extract(document_of(one), language_of(one), knowledge(one.language))) for one in some.articles
    )
    return Readings(some.name, every, time.process_time() - began)


def document_of(article: Annotated) -> Document:
    """The article as fetch would hand it on; what only the corpus knows of its day is a claim."""
    day = article.claimed_day
    data = article.text.encode()
    return Document(
        source_uri="inbox:eval.txt",
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        bytes=len(data),
        received_at=RECEIVED,
        text=article.text,
        claims=(Claim(field="published", value=day, origin="jsonld"),) if day else (),
    )


def language_of(article: Annotated) -> Language:
    """The article's own, surely."""
    return Language(tag=article.language, script=None, confidence=1.0)


@cache
def knowledge(language: str) -> Knowledge:
    """What the service knows before it reads, without the atlas: nothing that is judged here asks for places."""
    return Knowledge(lists.names(language), _recognisers())


@cache
def _recognisers() -> Mapping[str, Recogniser]:
    return load_recognisers()
