"""What is stored and perhaps not announced: a row with the article's own commit, erased after the acknowledgement.

The queue already repeats what a crash interrupts, for it is acknowledged last. These rows are for the day when the
queue itself is lost, or when an announcement had to be buried.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import and_, delete, or_, select
from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import DeadReason, Unfit
from services.chassis.letters import seal
from services.store.tables import Article, Duplicate, Unannounced
from services.store.writing import add_missing, table_of

Announcement = ArticleEnriched | ArticleDuplicated
Key = tuple[str, int]  # input_id, enrichment
TRIES_DIFFER_BYTES = 256  # by which a letter may grow from one try to the next: digits of times and seconds, the trace
FIRST_KEY: Key = ("", 0)  # before all others

ARTICLES, DUPLICATES, UNANNOUNCED = table_of(Article), table_of(Duplicate), table_of(Unannounced)


def key_of(announcement: Announcement) -> Key:
    """The key of its row."""
    return announcement.input_id, announcement.enrichment if isinstance(announcement, ArticleEnriched) else 0


def expect(
    session: Session, announcements: Sequence[tuple[Announcement, str]], at: datetime, *, room_bytes: float
) -> None:
    """These are stored and shall be announced, each on the way that it came.

    Raises Unfit (too_large) where a letter has more than `room_bytes`: it must not be stored and never said.
    """
    rows = []
    for announcement, way in announcements:
        size = seal(announcement, service="store", way=way).size() + TRIES_DIFFER_BYTES
        if size > room_bytes:
            raise Unfit(f"{size} bytes are more than {room_bytes}", DeadReason.TOO_LARGE)
        input_id, enrichment = key_of(announcement)
        key = {"input_id": input_id, "enrichment": enrichment}
        rows.append({**key, "article_id": announcement.article_id, "way": way, "since": at})
    add_missing(session, Unannounced, rows)


def settle(session: Session, keys: Iterable[Key]) -> None:
    """These were announced."""
    inputs_of: dict[int, list[str]] = {}  # nearly all are first enrichments: one statement for them all
    for input_id, enrichment in keys:
        inputs_of.setdefault(enrichment, []).append(input_id)
    for enrichment, input_ids in inputs_of.items():
        session.connection().execute(
            delete(UNANNOUNCED).where(UNANNOUNCED.c.enrichment == enrichment, UNANNOUNCED.c.input_id.in_(input_ids))
        )


def unannounced(
    session: Session, *, before: datetime, after: Key, limit: int
) -> list[tuple[Key, Announcement | None, str]]:
    """Up to `limit` of what was stored `before` and is not known to be announced, in the order of keys after `after`.

    Each with its key and its way; None in the place of an enrichment that a later one has overwritten.
    """
    later = or_(
        UNANNOUNCED.c.input_id > after[0], and_(UNANNOUNCED.c.input_id == after[0], UNANNOUNCED.c.enrichment > after[1])
    )
    key = UNANNOUNCED.c.input_id, UNANNOUNCED.c.enrichment
    rows = session.connection().execute(
        select(*key, UNANNOUNCED.c.way, ARTICLES.c.enriched, DUPLICATES.c.duplicated)
        .outerjoin(
            ARTICLES,
            and_(
                ARTICLES.c.article_id == UNANNOUNCED.c.article_id,
                ARTICLES.c.input_id == UNANNOUNCED.c.input_id,
                ARTICLES.c.enrichment == UNANNOUNCED.c.enrichment,
            ),
        )
        .outerjoin(DUPLICATES, and_(DUPLICATES.c.input_id == UNANNOUNCED.c.input_id, UNANNOUNCED.c.enrichment == 0))
        .where(UNANNOUNCED.c.since < before, later)
        .order_by(*key)
        .limit(limit)
    )
    return [((row[0], row[1]), _read(row[3], row[4]), row[2]) for row in rows]


def _read(enriched: str | None, duplicated: str | None) -> Announcement | None:
    if enriched is not None:
        return ArticleEnriched.model_validate_json(enriched)
    return None if duplicated is None else ArticleDuplicated.model_validate_json(duplicated)
