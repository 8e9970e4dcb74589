"""The tables of articles that belong together: clusters, and what is new in a version."""

from datetime import datetime

from sqlalchemy import Index, text

from services.store.columns import CLUSTERED, Row, column, json, moment, words


class ClusterMember(Row, table=True):
    """Which articles belong together: all versions of one article, and their copies.

    What contains one of them, or stands in one, is told by `shared_passages`. The view `clusters` sums up.
    """

    __tablename__ = "cluster_members"
    __table_args__ = (
        Index("ix_cluster_members_cluster", "cluster", "seen_at"),
        Index(
            "ix_cluster_members_revised",
            "linked_to",
            sqlite_where=text("link = 'revision'"),
            postgresql_where=text("link = 'revision'"),
        ),
        CLUSTERED,
    )

    article_id: str = column("The article; of a duplicate the one that it would have been.", primary_key=True)
    cluster: str = column("The article of them that was seen first, stored or not: the *original*.")
    link: str = column("`original`, `revision`, or the method of a duplicate.")
    linked_to: str | None = column("The version before it, or the article that it is a duplicate of.")
    similarity: float | None = column("To that one, 0 to 1; null for an original.")
    source_uri: str = words("Where it came from.")
    seen_at: datetime = moment("When fetch took it up.")
    published: str | None = column("ISO 8601, cut to its precision; of a duplicate as its claims say.")
    published_from: datetime | None = moment("The first moment that this may mean.")
    published_until: datetime | None = moment("The last moment that this may mean.")


class Revision(Row, table=True):
    """What is new in a version, once both are stored.

    The key of a chain is its `source_uri` (and part), and a similarity of at least `threshold` to the version before.
    """

    __tablename__ = "revisions"

    article_id: str = column("The version.", primary_key=True)
    revision_of: str = column("The version before.", index=True)
    source_uri: str = words("Where both stood.")
    similarity: float | None = column("Of both, 0 to 1.")
    threshold: float | None = column("The least similarity that counts.")
    added: int = column("Sentences that came.")
    removed: int = column("Sentences that went.")
    changed: int = column("Sentences that are others now.")
    kept: int = column("Sentences that stayed as they were.")
    changes: str = json(
        "List of kind (`added`, `removed`, `changed`), before, after, before_span, after_span: the first 50, a sentence"
        " cut at 500 characters."
    )
