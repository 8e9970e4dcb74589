"""What articles have to do with each other: the clusters that they are in, their versions, passages in common."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import BaseModel, Json
from sqlalchemy import Column, Connection, MetaData, String, Table, exists, func, or_, select
from sqlalchemy.sql.expression import ColumnElement

from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import State
from contracts.value import Span
from services.store.cluster_tables import ClusterMember, Revision
from services.store.columns import Utc
from services.store.core.difference import Change, difference
from services.store.tables import Article, Duplicate, Input, SharedPassage
from services.store.writing import table_of

ARTICLES, PASSAGES = table_of(Article), table_of(SharedPassage)
DUPLICATES, INPUTS = table_of(Duplicate), table_of(Input)
FIRSTS = INPUTS.alias("firsts")
MEMBERS, REVISIONS = table_of(ClusterMember), table_of(Revision)
CLUSTERS = Table(
    "clusters",
    MetaData(),
    *(Column(name, String) for name in ("original", "canonical", "articles", "revisions", "copies")),
    *(Column(name, Utc) for name in ("first_seen_at", "last_seen_at")),
)  # a view


class Difference(BaseModel):
    """What is new in a version."""

    revision_of: str
    threshold: float | None  # the least similarity that counts, at the same source
    added: int
    removed: int
    changed: int
    kept: int
    changes: Json[list[Change]] | list[Change]


class Member(BaseModel):
    """An article of a cluster."""

    article_id: str
    link: str
    linked_to: str | None
    similarity: float | None
    source_uri: str
    seen_at: datetime
    published: str | None
    difference: Difference | None = None  # of a revision, where both versions are stored


class Passage(BaseModel):
    """Text that an article has in common with another one, whichever was first."""

    article_id: str
    method: str  # contains, contained, shared_passage: as seen from the article that was asked for
    share: float | None
    their_share: float | None
    spans: Json[list[Span]]
    their_spans: Json[list[Span]]


class Related(BaseModel):
    """All that an article has to do with others; of its members and passages as many as were asked for."""

    article_id: str
    original: str
    canonical: str | None
    articles: int
    revisions: int
    copies: int
    members: list[Member]
    passages: list[Passage]
    passages_in_all: int


class Orphan(BaseModel):
    """An input that ended as a duplicate of an article that was never stored, and that nobody has in hand."""

    input_id: str
    article_id: str
    duplicate_of: str


class Relations:
    """Questions about articles that belong together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, article_id: str, *, limit: int) -> Related | None:
        """What this article has to do with others; None where nothing is kept of it."""
        asked = select(MEMBERS.c.cluster).where(MEMBERS.c.article_id == article_id)
        cluster = self._connection.scalar(asked) or article_id
        told = self._connection.execute(select(CLUSTERS).where(CLUSTERS.c.original == cluster)).mappings().first()
        if told is None:
            return None
        return Related(
            article_id=article_id,
            members=self._members(cluster, limit),
            passages=self._passages(article_id, limit),
            passages_in_all=self._count(PASSAGES.c.article_id == article_id)
            + self._count(PASSAGES.c.shared_with == article_id),
            **told,
        )

    def orphans(self, ids: Sequence[str]) -> list[Orphan]:
        """Those with one of these ids (of the input or of the article), or all; oldest first."""
        stored = exists().where(ARTICLES.c.article_id == DUPLICATES.c.duplicate_of)
        on_its_way = exists().where(
            FIRSTS.c.article_id == DUPLICATES.c.duplicate_of, FIRSTS.c.state == State.IN_PROGRESS
        )
        asked = (
            select(DUPLICATES.c.input_id, DUPLICATES.c.article_id, DUPLICATES.c.duplicate_of)
            .join(INPUTS, INPUTS.c.input_id == DUPLICATES.c.input_id)
            .where(INPUTS.c.state == State.DUPLICATE, ~stored, ~on_its_way)
            .order_by(DUPLICATES.c.input_id)
        )
        if ids:
            asked = asked.where(or_(DUPLICATES.c.input_id.in_(ids), DUPLICATES.c.article_id.in_(ids)))
        return [Orphan.model_validate(dict(row)) for row in self._connection.execute(asked).mappings()]

    def _members(self, cluster: str, limit: int) -> list[Member]:
        asked = (
            select(MEMBERS)
            .where(MEMBERS.c.cluster == cluster)
            .order_by(MEMBERS.c.article_id != cluster, MEMBERS.c.seen_at, MEMBERS.c.article_id)
        )
        members = [Member.model_validate(dict(row)) for row in self._connection.execute(asked.limit(limit)).mappings()]
        kept = self._kept([one.article_id for one in members if one.link == "revision"])
        return [one.model_copy(update={"difference": kept.get(one.article_id) or self._made(one)}) for one in members]

    def _kept(self, article_ids: list[str]) -> dict[str, Difference]:
        asked = select(REVISIONS).where(REVISIONS.c.article_id.in_(article_ids))
        rows = self._connection.execute(asked).mappings()
        return {row["article_id"]: Difference.model_validate(dict(row)) for row in rows}

    def _made(self, member: Member) -> Difference | None:
        """Of a version that was stored before differences were kept."""
        if member.link != "revision" or member.linked_to is None:
            return None
        before, after = (self._article(article_id) for article_id in (member.linked_to, member.article_id))
        if before is None or after is None:
            return None
        found = dict(difference(before.document.text, after.document.text))
        return Difference(revision_of=member.linked_to, threshold=after.duplication.threshold, **found)

    def _article(self, article_id: str) -> ArticleEnriched | None:
        enriched = self._connection.scalar(select(ARTICLES.c.enriched).where(ARTICLES.c.article_id == article_id))
        return None if enriched is None else ArticleEnriched.model_validate_json(enriched)

    def _passages(self, article_id: str, limit: int) -> list[Passage]:
        """Those of earlier articles, then those of later ones."""
        found = []
        for this, other, turned in (("article_id", "shared_with", False), ("shared_with", "article_id", True)):
            asked = (
                select(PASSAGES)
                .where(PASSAGES.c[this] == article_id)
                .order_by(PASSAGES.c.similarity.desc(), PASSAGES.c[other])
            )
            rows = self._connection.execute(asked.limit(limit)).mappings()
            found += [Passage.model_validate(_seen(dict(row), turned=turned)) for row in rows]
        return found[:limit]

    def _count(self, where: ColumnElement[bool]) -> int:
        return int(self._connection.scalar(select(func.count()).select_from(PASSAGES).where(where)) or 0)


TURNED = {"contains": "contained", "contained": "contains"}


def _seen(row: dict[str, object], *, turned: bool) -> dict[str, object]:
    """The passage from the side of the article that was asked for."""
    if not turned:
        return {**row, "article_id": row["shared_with"]}
    return {
        "article_id": row["article_id"],
        "method": TURNED.get(str(row["method"]), row["method"]),
        "share": row["their_share"],
        "their_share": row["share"],
        "spans": row["their_spans"],
        "their_spans": row["spans"],
    }
