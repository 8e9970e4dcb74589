"""Which articles belong together, in the database; and what is different between the versions of one."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import ColumnElement, and_, literal_column, select
from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from services.store.cluster_tables import ClusterMember, Revision
from services.store.core.clusters import Member, copy, member
from services.store.core.difference import Change, difference
from services.store.tables import Article
from services.store.writing import Values, add_missing, put, table_of

ARTICLES, MEMBERS, REVISIONS = table_of(Article), table_of(ClusterMember), table_of(Revision)
_CHANGES = TypeAdapter(tuple[Change, ...])


def join(session: Session, articles: Collection[ArticleEnriched]) -> None:
    """Originals and revisions in their clusters, and revisions compared with what they revise.

    Either may be stored before the other: whoever comes last has both.
    """
    put(session, ClusterMember, [_row(member(one)) for one in articles], key="article_id")
    here = {one.article_id for one in articles}
    pairs = {one.article_id: one.duplication.revision_of for one in articles if one.duplication.revision_of}
    later = select(MEMBERS.c.article_id, MEMBERS.c.linked_to).where(
        MEMBERS.c.link == literal_column("'revision'"),  # as the index has it, which holds these alone
        MEMBERS.c.linked_to.in_(sorted(here)),
    )
    pairs |= {row.article_id: row.linked_to for row in session.connection().execute(later)}
    if not pairs:
        return
    told = select(REVISIONS.c.article_id).where(REVISIONS.c.article_id.in_(sorted(pairs)))
    for article_id in session.connection().execute(told).scalars().all():
        del pairs[article_id]
    stored = _stored(session, {*pairs, *pairs.values()})
    rows = [
        _revision(stored[article_id], stored[before])
        for article_id, before in pairs.items()
        if article_id in stored and before in stored
    ]
    add_missing(session, Revision, rows)


def join_copies(session: Session, duplicates: Iterable[ArticleDuplicated]) -> None:
    """Duplicates in the clusters of what they are duplicates of; those that are stored as articles stay as they are."""
    rows = [_row(found) for one in duplicates if (found := copy(one)) is not None]
    put(session, ClusterMember, rows, key="article_id", only=_is_no_article)


def _is_no_article(here: Any, _: Any) -> ColumnElement[bool]:
    return and_(here.link != "original", here.link != "revision")


def _stored(session: Session, article_ids: Iterable[str]) -> dict[str, ArticleEnriched]:
    wanted = select(ARTICLES.c.article_id, ARTICLES.c.enriched).where(ARTICLES.c.article_id.in_(sorted(article_ids)))
    rows = session.connection().execute(wanted)
    return {article_id: ArticleEnriched.model_validate_json(enriched) for article_id, enriched in rows}


def _row(one: Member) -> Values:
    return asdict(one)


def _revision(article: ArticleEnriched, before: ArticleEnriched) -> Values:
    found = difference(before.document.text, article.document.text)
    return {
        "article_id": article.article_id,
        "revision_of": before.article_id,
        "source_uri": article.document.source_uri,
        "similarity": article.duplication.similarity,
        "threshold": article.duplication.threshold,
        "added": found.added,
        "removed": found.removed,
        "changed": found.changed,
        "kept": found.kept,
        "changes": _CHANGES.dump_json(found.changes).decode(),
    }
