"""What fetch remembers of files that it takes where they lie."""

from sqlalchemy import BigInteger, LargeBinary
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
