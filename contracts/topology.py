"""Which stream holds which subject, who says what and who hears it: the table of the wire, as data."""

from dataclasses import dataclass
from typing import Literal

from contracts.article_deduplicated import ArticleDeduplicated
from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.article_fetched import ArticleFetched
from contracts.duplicate_found import DuplicateFound
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from contracts.language_detected import LanguageDetected
from contracts.message import Message
from contracts.url_requested import UrlRequested

SERVICES = ("fetch", "language", "dedup", "extract", "store")  # the order of their metrics ports

DAY_SECONDS = 24 * 3600.0


@dataclass(frozen=True)
class Stream:
    """A JetStream stream: what it holds, for how long, and what happens when it is full."""

    name: str
    subjects: tuple[str, ...]
    retention: Literal["workqueue", "limits"]
    discard: Literal["new", "old"]
    share: float  # of the disk budget
    max_age_seconds: float = 0.0  # 0: no limit
    account: Literal["WIREROOM", "PUBLIC"] = "WIREROOM"


@dataclass(frozen=True)
class Route:
    """One line of the table: who says a message, where it waits, and who hears it."""

    message: type[Message]
    said_by: tuple[str, ...]
    stream: str
    heard_by: str


ROUTES = (
    Route(UrlRequested, ("fetch", "cli", "requester"), "FETCH", "fetch"),
    Route(InputReceived, ("fetch",), "STORE", "store"),
    Route(InputRejected, ("fetch",), "STORE", "store"),
    Route(InputExpanded, ("fetch",), "STORE", "store"),
    Route(ArticleFetched, ("fetch",), "LANGUAGE", "language"),
    Route(LanguageDetected, ("language",), "DEDUP", "dedup"),
    Route(ArticleDeduplicated, ("dedup",), "EXTRACT", "extract"),
    Route(DuplicateFound, ("dedup",), "STORE", "store"),
    Route(ArticleExtracted, ("extract",), "STORE", "store"),
    Route(ArticleEnriched, ("store",), "ARTICLES", "public"),
    Route(ArticleDuplicated, ("store",), "ARTICLES", "public"),
)

MESSAGES: dict[str, type[Message]] = {route.message.name(): route.message for route in ROUTES}

ROUTE_OF: dict[type[Message], Route] = {route.message: route for route in ROUTES}

QUEUE_SHARE = 0.04


def _queue(hearer: str) -> Stream:
    subjects = tuple(route.message.subject for route in ROUTES if route.heard_by == hearer)
    return Stream(hearer.upper(), subjects, "workqueue", "new", QUEUE_SHARE)


ARTICLES = Stream("ARTICLES", ("articles.>",), "limits", "old", 0.30, 30 * DAY_SECONDS, "PUBLIC")
DEAD = Stream("DEAD", ("dead.>",), "limits", "new", 0.05, 90 * DAY_SECONDS)
STREAMS = (*(_queue(service) for service in SERVICES), ARTICLES, DEAD)

RAW_BUCKET = "RAW"  # object store of originals, object name = sha256 in hex
RAW_SHARE = 0.40
RAW_MAX_AGE_SECONDS = 90 * DAY_SECONDS
STARTS_BUCKET = "STARTS"  # key-value: lone starts of messages that may kill their worker
STARTS_MAX_BYTES = 16 << 20
DUPLICATE_WINDOW_SECONDS = 900.0  # costs about 257 bytes of server memory an id
