"""What dedup remembers: every verdict, and of every original and revision enough to know it again."""

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, LargeBinary, Text, text
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel

EMPTY = text("''")
NUMBER = BigInteger().with_variant(Integer(), "sqlite")  # SQLite's own row number is an INTEGER


class Row(SQLModel, registry=registry()):
    """Dedup's own registry: other services' tables are none of its business."""


class Turn(Row, table=True):
    """One row, locked by whoever judges: verdicts are given one batch after the other."""

    __tablename__ = "turn"

    turn: int = Field(primary_key=True)


class Judged(Row, table=True):
    """The verdict on every input, to be said again when the input is heard again."""

    __tablename__ = "judged"
    __table_args__ = {"sqlite_with_rowid": False}  # inputs come in the order of their ids

    input_id: str = Field(primary_key=True)
    article_id: str
    verdict: str = Field(sa_type=Text, description="Duplication or Duplicate, as JSON.")


class Remembered(Row, table=True):
    """An original or a revision; numbers ascend in the order of the verdicts.

    Every index on a digest costs a page written for each article, so the article has none of its own: who has its id
    has its bytes too, and bytes seen again are a duplicate wherever they stand.
    """

    __tablename__ = "remembered"
    __table_args__ = (Index("ix_remembered_place", "place", "number"),)

    number: int = Field(primary_key=True, sa_type=NUMBER)
    article_id: str
    place: bytes = Field(description="Digest of the source and the part.", sa_type=LargeBinary)
    content: bytes = Field(description="Digest of the original's bytes and the part.", sa_type=LargeBinary, unique=True)
    text: bytes = Field(description="Digest of the folded text.", sa_type=LargeBinary, index=True)
    version: str = Field(description="Of the fingerprint; different versions do not compare.")
    shingles: int
    entries: bytes = Field(description="The smallest hashes of the sketch, which the index holds.", sa_type=LargeBinary)
    source: bytes = Field(
        default=b"",
        description="Digest of its publisher or folder; empty where an earlier version did not keep it.",
        sa_type=LargeBinary,
        sa_column_kwargs={"server_default": EMPTY},
    )
    original: str = Field(
        default="",
        description="The first of the versions that it is one of; empty where it is the first.",
        sa_column_kwargs={"server_default": EMPTY},
    )


class Sketch(Row, table=True):
    """The shingles of a remembered text; apart, because all entries are read at the start and these are not."""

    __tablename__ = "sketches"

    number: int = Field(primary_key=True, sa_type=NUMBER, sa_column_args=(ForeignKey("remembered.number"),))
    hashes: bytes = Field(sa_type=LargeBinary)
    places: bytes = Field(
        default=b"",
        description="Where each stands first; empty where an earlier version did not keep it.",
        sa_type=LargeBinary,
        sa_column_kwargs={"server_default": EMPTY},
    )


class Standing(Row, table=True):
    """What came again in the articles of a source: with what many of them hold it is no wonder that two do."""

    __tablename__ = "standing"
    __table_args__ = {"sqlite_with_rowid": False}

    source: bytes = Field(primary_key=True, description="Digest of the publisher or folder.", sa_type=LargeBinary)
    articles: int = Field(description="Of the source since the first shingle came again; halved now and then.")
    hashes: bytes = Field(description="Shingles that came again, sorted; 4096 at most.", sa_type=LargeBinary)
    counts: bytes = Field(description="How many of the articles held each.", sa_type=LargeBinary)
