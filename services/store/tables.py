"""What the store keeps; docs/store.md is generated from here."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, text, true

from services.store.cluster_tables import ClusterMember, Revision
from services.store.columns import CLUSTERED, Row, column, json, moment, words


class Input(Row, table=True):
    """The ledger: one row for every input, from its arrival to its one end."""

    __tablename__ = "inputs"
    __table_args__ = (
        # Nearly all inputs reach the two states that nobody looks for by state: without them this index stays small.
        Index(
            "ix_inputs_open",
            "state",
            "received_at",
            sqlite_where=text("state NOT IN ('stored', 'duplicate')"),
            postgresql_where=text("state NOT IN ('stored', 'duplicate')"),
        ),
        Index(
            "ix_inputs_parent",
            "parent_input_id",
            sqlite_where=text("parent_input_id IS NOT NULL"),
            postgresql_where=text("parent_input_id IS NOT NULL"),
        ),
    )

    input_id: str = column("UUIDv7 of the arrival; `#n` for the n-th input of a container.", primary_key=True)
    parent_input_id: str | None = column("The container that it came out of.")
    source_uri: str | None = words(
        "Where it came from: `inbox:…`, `file:…` or a URL; null where only a broken message told of it.", index=True
    )
    received_at: datetime | None = moment("When fetch took it up; null where only a broken message told of it.")
    state: str = column("`in_progress`, `stored`, `duplicate`, `rejected`, `dead` or `expanded`.")
    ended_at: datetime | None = moment(
        "When its end was recorded, of a dead input when it was buried; null while in progress."
    )
    article_id: str | None = column("The article that it is, as soon as that is known.", index=True)
    duplicate_of: str | None = column("Of a duplicate: the article that was here before, stored or not.")
    reason: str | None = column("Of a duplicate the method, of a rejected or dead input the reason code.")
    detail: str | None = words("The reason in words for people.")
    service: str | None = column("Of a dead input: the service that gave up.")
    attempts: int | None = column("Of a dead input: failures that were counted.")
    children: int | None = column("Of an expanded input: how many inputs came out of it.")
    steps: str = json("The way so far: list of service, version, at, seconds, attempts, outcome, reason.")
    sha256: str | None = column(
        "Of the original bytes: their name in the object store RAW; empty where none were kept, null where nobody told."
    )
    original_removed_at: datetime | None = moment("When its original was removed from RAW to make room, or found gone.")


class InputCount(Row, table=True):
    """How many inputs are in each state, kept in the same transaction as the ledger, so that asking costs nothing."""

    __tablename__ = "input_counts"

    state: str = column("A state of the ledger.", primary_key=True)
    inputs: int = column("Inputs in it.")


class Article(Row, table=True):
    """Every enriched article once, as it was last announced."""

    __tablename__ = "articles"
    __table_args__ = (
        Index("ix_articles_url", "url", sqlite_where=text("url IS NOT NULL"), postgresql_where=text("url IS NOT NULL")),
    )

    number: int | None = column("Order of arrival; the row's number in the full-text index.", primary_key=True)
    article_id: str = column("Identity of this content at this place.", unique=True)
    input_id: str = column("The input that it was last enriched for.")
    source_uri: str = words("Where it came from.")
    url: str | None = words("Its canonical URL, as the document says or the web gave it.")
    sha256: str = column("Of the original bytes: their name in the object store RAW.")
    media_type: str = column("Of the original.")
    language: str = column("BCP 47; `und` if unknown.")
    country: str | None = column("ISO 3166-1 alpha-2, upper case: where it is mainly about.")
    title: str | None = words("The headline.")
    byline: str = json("List of the authors' names.")
    publisher: str | None = words("Who published it.")
    published: str | None = column("ISO 8601, cut to its precision: `2018-01`.")
    published_precision: str | None = column("`year`, `month`, `day`, `minute` or `second`.")
    verdict: str = column("`original` or `revision`.")
    revision_of: str | None = column("The article that this is a new version of.")
    received_at: datetime = moment("When fetch took its input up.")
    enriched_at: datetime = moment("When the last enrichment was stored.", index=True)
    enrichment: int = column("1, and one more each time it was enriched again.")
    enrichments: str = json("List of input_id, way (`:r1` of a replay, else empty) and at, one for each enrichment.")
    enriched: str = json("The public article, ArticleEnriched, whole.")


class EarlierEnrichment(Row, table=True):
    """What an article was announced as before it was enriched again."""

    __tablename__ = "earlier_enrichments"

    article_id: str = column("The article.", primary_key=True)
    enrichment: int = column("Which of its enrichments.", primary_key=True)
    enriched_at: datetime = moment("When it was stored.")
    enriched: str = json("The public article of then, ArticleEnriched, whole.")


class Mention(Row, table=True):
    """Every place in a text where an entity is named."""

    __tablename__ = "mentions"
    __table_args__ = CLUSTERED

    article_id: str = column("The article.", primary_key=True)
    number: int = column("Counted in the article, from 1.", primary_key=True)
    name: str = words("The entity's name.", index=True)
    type: str = column("`person`, `organisation`, `place`, … as in the public article.")
    country: str | None = column("ISO 3166-1 alpha-2 of the entity.")
    start_offset: int = column("Where it stands: code points into the text.")
    end_offset: int = column("Where it ends, exclusive.")
    surface: str = words("The words as they stand there.")
    confidence: float = column("0 to 1.")


class Quotation(Row, table=True):
    """Words between quotation marks, and whose they are."""

    __tablename__ = "quotations"
    __table_args__ = CLUSTERED

    article_id: str = column("The article.", primary_key=True)
    number: int = column("Counted in the article, from 1.", primary_key=True)
    start_offset: int = column("Where it begins, without the mark: code points into the text.")
    end_offset: int = column("Where it ends, exclusive, without the mark.")
    text: str = words("The words.")
    kind: str = column("`direct`, `partial`, `indirect`, `block` or `scare`.")
    speaker: str | None = words("Who said them.", index=True)
    cue: str | None = words("The verb or phrase that introduces the speaker.")
    direct: bool = column("Whether these are somebody's own words.")
    confidence: float = column("0 to 1.")


class Place(Row, table=True):
    """The places that an article names."""

    __tablename__ = "places"
    __table_args__ = CLUSTERED

    article_id: str = column("The article.", primary_key=True)
    number: int = column("Counted in the article, from 1.", primary_key=True)
    name: str = words("The place's name.", index=True)
    latitude: float | None = column("WGS 84, degrees; null where no gazetteer knows it.")
    longitude: float | None = column("WGS 84, degrees.")
    country: str | None = column("ISO 3166-1 alpha-2.")
    source: str | None = column("The gazetteer that knows it.")
    mentions: int = column("How often the article names it.")
    confidence: float = column("0 to 1.")


class SharedPassage(Row, table=True):
    """Text that an article has in common with another one, without being a duplicate of it."""

    __tablename__ = "shared_passages"
    __table_args__ = CLUSTERED

    article_id: str = column("The article.", primary_key=True)
    number: int = column("Counted in the article, from 1.", primary_key=True)
    shared_with: str = column("The other article; it need not be stored.", index=True)
    method: str = column("`contains` (the other stands in it), `contained` (it stands there), `shared_passage`.")
    similarity: float = column("The larger of both shares, 0 to 1.")
    spans: str = json("List of start and end in this article's text.")
    their_spans: str = json(
        "List of start and end in the other's text; empty where not known.",
        sa_column_kwargs={"server_default": text("'[]'")},
        default="[]",
    )
    share: float | None = column("Of this text, what stands in the other, 0 to 1.")
    their_share: float | None = column("Of the other, what stands in this one.")


class Duplicate(Row, table=True):
    """Inputs that were here before. Their originals need not be stored, so nothing points from here to `articles`."""

    __tablename__ = "duplicates"

    input_id: str = column("The input that ended here.", primary_key=True)
    article_id: str = column("The article that it would have been.", index=True)
    duplicate_of: str = column("The article that was here before.", index=True)
    method: str = column("`same_article`, `same_bytes`, `same_text`, `near_duplicate` or `contained`.")
    similarity: float = column("0 to 1.")
    threshold: float | None = column("The least similarity that counts.")
    sha256: str = column("Of the original bytes.")
    found_at: datetime = moment("When it was recorded.")
    duplicated: str = json("The public ArticleDuplicated, whole.")


class DeadMessage(Row, table=True):
    """Messages that a service gave up on, byte for byte."""

    __tablename__ = "dead_letters"

    message_id: str = column("`dead:<the buried message's id>:<its sequence>`.", primary_key=True)
    input_id: str | None = column("The input that it speaks of; null where that cannot be read.", index=True)
    service: str = column("Who gave up.")
    reason: str = column("The bounded reason code.")
    detail: str = words("The reason in words.")
    attempts: int = column("Failures or lone starts that were counted.")
    first_heard_at: datetime = moment("When the service first heard it.")
    buried_at: datetime = moment("When it was buried.", index=True)
    subject: str = column("The original subject.")
    stream: str = column("The original stream.")
    sequence: int = column("The original sequence in that stream.", sa_type=BigInteger)
    headers: str = json("The original headers.")
    body: bytes = column("The original body.", sa_type=LargeBinary)
    body_kept: bool = column(
        "0 where the body was too large to be kept.", sa_column_kwargs={"server_default": true()}, default=True
    )
    requeues: int = column(
        "Its last requeue, the n of `:q<n>`, counted over all burials of one message; 0: it was never sent again.",
        sa_column_kwargs={"server_default": "0"},
        default=0,
    )
    requeued_at: datetime | None = moment("When its last requeue was acknowledged.")


class Unannounced(Row, table=True):
    """What is stored and not yet known to be announced: written with the article, erased after the acknowledgement."""

    __tablename__ = "unannounced"
    __table_args__ = CLUSTERED

    input_id: str = column("The input.", primary_key=True)
    enrichment: int = column("Which enrichment; 0 for a duplicate.", primary_key=True)
    article_id: str = column("The article.")
    way: str = column("Suffix of the message id: `:r1` of a replay, `:q1` of a requeue, else empty.")
    since: datetime = moment("When it was stored.")


TABLES: tuple[type[Row], ...] = (
    Input,
    InputCount,
    Article,
    EarlierEnrichment,
    Mention,
    Quotation,
    Place,
    SharedPassage,
    ClusterMember,
    Revision,
    Duplicate,
    DeadMessage,
    Unannounced,
)
