"""Articles and duplicates in the database: written once, however often they are heard."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, select
from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.article_extracted import ArticleExtracted
from contracts.duplicate_found import DuplicateFound
from contracts.message import Step
from services.chassis import faults
from services.store import announcements, clusters, core, fulltext, ledger
from services.store.core import Enriched, Enrichment
from services.store.rows import (
    ENRICHMENTS,
    article_row,
    duplicate_row,
    earlier_row,
    mention_rows,
    passage_rows,
    place_rows,
    quotation_rows,
)
from services.store.tables import Article, Duplicate, EarlierEnrichment, Mention, Place, Quotation, SharedPassage
from services.store.writing import add, add_missing, erase, put, table_of, upsert

ARTICLES, EARLIER, DUPLICATES = table_of(Article), table_of(EarlierEnrichment), table_of(Duplicate)
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
    write(session, made, before=before)
    announcements.expect(
        session, [(one.article, one.way) for one in made if one.is_new], step.at, room_bytes=room_bytes
    )
    said = _as_kept(session, made)
    ledger.record(session, [core.stored(article) for article in said])
    faults.point("article_written")
    return said


def keep_duplicates(
    session: Session, heard: Iterable[tuple[DuplicateFound, str]], step: Step, *, room_bytes: float
) -> list[ArticleDuplicated]:
    """Store duplicates, each with the way that it came; what is to be announced, in the same order.

    Raises Unfit where one is too large to be announced.
    """
    pairs = list(heard)
    known = _kept_duplicates(session, pairs)
    made = [(known.setdefault(found.input_id, core.duplicated(found, step)), way) for found, way in pairs]
    write_duplicates(session, [(one, step.at) for one, _ in made])
    announcements.expect(session, made, step.at, room_bytes=room_bytes)
    ledger.record(session, [core.duplicate(one, step.at) for one, _ in made])
    faults.point("duplicate_written")
    return [one for one, _ in made]


def write_duplicates(session: Session, found: Sequence[tuple[ArticleDuplicated, datetime]]) -> None:
    """Write duplicates, each with when it was found; what is judged again is a duplicate of what it was found to be."""
    put(session, Duplicate, [duplicate_row(*one) for one in found], key="input_id", only=_is_judged_again)
    clusters.join_copies(session, [duplicate for duplicate, _ in found])


def _is_judged_again(here: Any, now: Any) -> ColumnElement[bool]:
    return and_(here.duplicate_of != now.duplicate_of, here.found_at < now.found_at)


def recall(session: Session, article_ids: Iterable[str]) -> dict[str, tuple[Enrichment, ...]]:
    """The enrichments of these articles, as far as they are stored."""
    wanted = select(ARTICLES.c.article_id, ARTICLES.c.enrichments).where(ARTICLES.c.article_id.in_(sorted(article_ids)))
    rows = session.connection().execute(wanted.order_by(ARTICLES.c.article_id).with_for_update())
    return {article_id: ENRICHMENTS.validate_json(enrichments) for article_id, enrichments in rows}


def write(session: Session, made: Iterable[Enriched], *, before: Collection[str]) -> None:
    """Write what is new of articles, each enrichment in its turn, with all that belongs to the last one.

    Those of `before` are there already: what they were announced as is kept beside.
    """
    new = [one for one in made if one.is_new]
    last = {one.article.article_id: one for one in new}
    again = before & last.keys()
    _set_aside(session, again, overtaken=[one for one in new if one is not last[one.article.article_id]])
    fulltext.forget(session, again)
    put(session, Article, [article_row(one) for one in last.values()], key="article_id")
    for part, rows_of in PARTS:
        if again:
            erase(session, table_of(part).c.article_id, again)
        add(session, part, [row for one in last.values() for row in rows_of(one.article)])
    fulltext.index(session, list(last))
    clusters.join(session, [one.article for one in last.values()])


def _as_kept(session: Session, made: Sequence[Enriched]) -> list[ArticleEnriched]:
    """What is to be said of these: of what was here before the very words that are kept, for they may have been said.

    What is heard again has come another way, at another time, and would be announced in other words than before.
    """
    here = {(one.article.article_id, one.article.enrichment) for one in made if not one.is_new}
    kept: dict[tuple[str, int], ArticleEnriched] = {}
    for table in (ARTICLES, EARLIER) if here else ():
        wanted = select(table.c.article_id, table.c.enrichment, table.c.enriched)
        rows = session.connection().execute(wanted.where(table.c.article_id.in_(sorted(one for one, _ in here))))
        kept |= {
            (article_id, enrichment): ArticleEnriched.model_validate_json(enriched)
            for article_id, enrichment, enriched in rows
            if (article_id, enrichment) in here
        }
    return [kept.get((one.article.article_id, one.article.enrichment), one.article) for one in made]


def _kept_duplicates(session: Session, heard: Iterable[tuple[DuplicateFound, str]]) -> dict[str, ArticleDuplicated]:
    """Those that are here already, by their inputs and as they are kept; what was judged again is not the same."""
    of = {found.input_id: found.duplication.of for found, _ in heard}
    wanted = select(DUPLICATES.c.input_id, DUPLICATES.c.duplicated).where(DUPLICATES.c.input_id.in_(sorted(of)))
    rows = session.connection().execute(wanted)
    known = {input_id: ArticleDuplicated.model_validate_json(duplicated) for input_id, duplicated in rows}
    return {input_id: one for input_id, one in known.items() if one.duplication.of == of[input_id]}


def _set_aside(session: Session, again: Collection[str], *, overtaken: Sequence[Enriched]) -> None:
    """Keep what these articles are about to stop saying, and what was overtaken before it was written."""
    if again:
        names = [column.name for column in EARLIER.columns]
        before = select(*(ARTICLES.c[name] for name in names)).where(ARTICLES.c.article_id.in_(sorted(again)))
        session.connection().execute(
            upsert(session, EarlierEnrichment).from_select(names, before).on_conflict_do_nothing()
        )
    add_missing(session, EarlierEnrichment, [earlier_row(one.article) for one in overtaken])
