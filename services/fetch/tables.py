"""What fetch remembers: of files that it takes where they lie, of URLs that it was asked for, and of pages."""

from sqlalchemy import BigInteger, Index, LargeBinary, Text, column
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Row(SQLModel, registry=registry()):
    """Fetch's own registry: other services' tables are none of its business."""


class Taken(Row, table=True):
    """One input that was taken in place; committed before anything is said of it."""

    __tablename__ = "taken"

    input_id: str = Field(primary_key=True)
    place: bytes = Field(sa_type=LargeBinary, index=True, description="inbox:<path> or file:<path>, byte for byte.")
    inode: str = Field(description="As text: some file systems use all 64 bits.")
    size: int = Field(sa_type=BigInteger)
    mtime_ns: int = Field(sa_type=BigInteger)
    ctime_ns: int | None = Field(default=None, sa_type=BigInteger, description="Of its rights too; none from before.")
    sha256: str | None = Field(default=None, description="Of the original; none where it could not be read.")
    reason: str | None = Field(default=None, description="Why it is rejected, if it is.")
    detail: str | None = None
    said: bool = Field(default=False, description="Whether everything that there is to say was acknowledged.")


class Asked(Row, table=True):
    """One URL that was asked for: kept until its time comes, and for a while after its end, for it may be heard twice.

    Times are in seconds since 1970.
    """

    __tablename__ = "asked"
    __table_args__ = (
        Index(
            "ix_asked_due",
            "due_at",
            "host",
            sqlite_where=column("ended_at").is_(None),
            postgresql_where=column("ended_at").is_(None),
        ),
        Index(
            "ix_asked_oldest",
            "asked_at",
            sqlite_where=column("ended_at").is_(None),
            postgresql_where=column("ended_at").is_(None),
        ),
        Index(
            "ix_asked_ended",
            "ended_at",
            sqlite_where=column("ended_at").is_not(None),
            postgresql_where=column("ended_at").is_not(None),
        ),
    )

    input_id: str = Field(primary_key=True)
    url: str = Field(sa_type=Text, description="As it was asked for.")
    host: str = Field(description="Whose turn it needs; empty where the URL is none.")
    claims: str = Field(sa_type=Text, description="What whoever asked knew of the page, as JSON.")
    asked_at: float = Field(description="When it was heard.")
    due_at: float = Field(description="When it is to be asked for, or again.")
    tries: int = Field(default=0, description="That came to nothing and were not the host's wish.")
    kept_seconds: float = Field(default=0.0, description="For which it was kept for later, all in all.")
    waits_for: str | None = Field(default=None, description="Why it is kept for later: a reason, and the detail.")
    lease: str | None = Field(default=None, description="Who asks for it just now, until `leased_until`.")
    leased_until: float = 0.0
    source_uri: str | None = Field(default=None, sa_type=Text, description="Its place, once it is known how it ends.")
    page_url: str | None = Field(default=None, sa_type=Text, description="Where the page was found.")
    media_type: str | None = None
    charset: str | None = None
    sha256: str | None = Field(default=None, description="Of the original, which is in RAW.")
    reason: str | None = Field(default=None, description="Why it is rejected, if it is.")
    detail: str | None = Field(default=None, sa_type=Text)
    ended_at: float | None = Field(default=None, description="When all that there is to say was acknowledged.")


class Met(Row, table=True):
    """A page that was had: what its server wants to be told the next time, and the original to be read again."""

    __tablename__ = "met"

    url: str = Field(primary_key=True, sa_type=Text)
    etag: str | None = Field(default=None, sa_type=Text)
    last_modified: str | None = Field(default=None, sa_type=Text)
    page_url: str = Field(sa_type=Text)
    media_type: str | None = None
    charset: str | None = None
    sha256: str
    met_at: float = Field(index=True)


class Opening(Row, table=True):
    """A container that takes long: how far it has come, so that it is gone on with after a crash."""

    __tablename__ = "openings"

    input_id: str = Field(primary_key=True)
    version: str = Field(description="Of who wrote it: another one may find other members in it.")
    begun: str = Field(sa_type=Text, description="Which members have their ends, as JSON.")
    written_at: float
    ended_at: float | None = Field(default=None, description="When all that came out of it had its end.")
