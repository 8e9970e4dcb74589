"""What fetch remembers of feeds: when each is asked again, what was seen in it, and what is not said yet."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from services.fetch.tables import Row


class Subscription(Row, table=True):
    """One feed, or one sitemap that an index names. Times are in seconds since 1970."""

    __tablename__ = "feeds"

    id: int | None = Field(default=None, primary_key=True)
    url: str = Field(unique=True, description="As it is written in the file of feeds, or in the index.")
    address: str = Field(description="Where it is asked for: it may have moved for good.")
    index_id: int | None = Field(default=None, index=True, description="The index of sitemaps that names it.")
    changed: str = Field(default="", description="When it last changed, by the word of its index.")
    state: str = Field(default="active", description="active, gone (the server says for good) or dropped.")
    title: str = ""
    etag: str | None = None
    last_modified: str | None = None
    gap_seconds: float | None = Field(default=None, description="The median between its entries.")
    latest: float | None = Field(default=None, description="Time of its latest entry.")
    ttl_seconds: float | None = None
    next_poll_at: float = Field(index=True)
    because: str = Field(default="", description="What decided that.")
    lease: str | None = Field(default=None, description="Who asks it just now, until `leased_until`.")
    leased_until: float = 0.0
    polled_at: float | None = None
    read_at: float | None = Field(default=None, description="When it last came whole.")
    half: bytes | None = Field(default=None, sa_type=LargeBinary, description="Hash of an entry that was cut off.")
    failures: int = Field(default=0, description="In a row.")
    error: str | None = Field(default=None, description="Of the last of them.")
    failed_at: float | None = None
    found: int = Field(default=0, sa_type=BigInteger, description="Entries that became inputs.")
    passed_over: int = Field(default=0, sa_type=BigInteger, description="Old ones at its first reading, and sitemaps.")
    dropped_at: float | None = None


class SeenMark(Row, table=True):
    """A mark by which an entry is known again; it is forgotten some time after the entry has left the feed."""

    __tablename__ = "feed_marks"

    feed_id: int = Field(primary_key=True)
    mark: bytes = Field(primary_key=True, sa_type=LargeBinary)
    seen_at: float = Field(description="True to a day.")


class Unsaid(Row, table=True):
    """An entry that is an input and is not said to the end; the row is removed when it is."""

    __tablename__ = "feed_entries"

    input_id: str = Field(primary_key=True)
    feed_id: int = Field(index=True)
    url: str
    claims: str = Field(description="JSON.")
    original: bytes | None = Field(default=None, sa_type=LargeBinary, description="The whole article, if it is here.")
    note: bytes | None = Field(default=None, sa_type=LargeBinary, description="What is noted of it, as of a file.")
