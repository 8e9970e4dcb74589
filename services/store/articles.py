"""Articles and duplicates in the database: written once, however often they are heard."""

from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.duplicate_found import DuplicateFound
from contracts.message import Step
from services.chassis import faults
from services.store import announcements, core, fulltext, ledger
from services.store.core import Enriched, Enrichment
from services.store.rows import (
    ENRICHMENTS,
    article_row,
    duplicate_row,
    mention_rows,
    passage_rows,
    place_rows,
    quotation_rows,
)
from services.store.tables import Article, Duplicate, Mention, Place, Quotation, SharedPassage
from services.store.writing import add, add_missing, erase, put, table_of

ARTICLES = table_of(Article)
PARTS = ((Mention, mention_rows), (Quotation, quotation_rows), (Place, place_rows), (SharedPassage, passage_rows))


def keep(
    session: Session, heard: Iterable[tuple[ArticleExtracted, str]], step: Step, *, room_bytes: float
) -> list[ArticleEnriched]:
    """Store articles, each with the way that it came; what is to be announced, in the same order.

    Raises Unfit where one is too large to be announced.
    """
    pairs = list(heard)
    known = recall(session, {extracted.article_id for extracted, _ in pairs})
    before = set(known)
    made: list[Enriched] = []
    for extracted, way in pairs:
        one = core.enriched(extracted, way, known.get(extracted.article_id, ()), step)
        known[extracted.article_id] = one.enrichments
        made.append(one)
    last = {one.article.article_id: one for one in made if one.is_new}
    write(session, list(last.values()), again=before & last.keys())
    announcements.expect(
        session, [(one.article, one.way) for one in made if one.is_new], step.at, room_bytes=room_bytes
    )
    ledger.record(session, [core.stored(one.article) for one in made])
    faults.point("article_written")
    return [one.article for one in made]


def keep_duplicates(
    session: Session, heard: Iterable[tuple[DuplicateFound, str]], step: Step, *, room_bytes: float
) -> list[ArticleDuplicated]:
    """Store duplicates, each with the way that it came; what is to be announced, in the same order.

    Raises Unfit where one is too large to be announced.
    """
    made = [(core.duplicated(found, step), way) for found, way in heard]
    add_missing(session, Duplicate, [duplicate_row(one, step.at) for one, _ in made])
    announcements.expect(session, made, step.at, room_bytes=room_bytes)
    ledger.record(session, [core.duplicate(one, step.at) for one, _ in made])
    faults.point("duplicate_written")
    return [one for one, _ in made]


def recall(session: Session, article_ids: Iterable[str]) -> dict[str, tuple[Enrichment, ...]]:
    """The enrichments of these articles, as far as they are stored."""
    wanted = select(ARTICLES.c.article_id, ARTICLES.c.enrichments).where(ARTICLES.c.article_id.in_(sorted(article_ids)))
    rows = session.connection().execute(wanted.order_by(ARTICLES.c.article_id).with_for_update())
    return {article_id: ENRICHMENTS.validate_json(enrichments) for article_id, enrichments in rows}


def write(session: Session, enriched: Sequence[Enriched], *, again: Collection[str]) -> None:
    """Write articles with all that belongs to them; those of `again` are there already, from an earlier enrichment."""
    fulltext.forget(session, again)
    put(session, Article, [article_row(one) for one in enriched], key="article_id")
    for part, rows_of in PARTS:
        if again:
            erase(session, table_of(part).c.article_id, again)
        add(session, part, [row for one in enriched for row in rows_of(one.article)])
    fulltext.index(session, [one.article.article_id for one in enriched])
