"""What reading is given and what it comes to: a document, several, what lies in a container, or why there is none."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from contracts.document import Claim, Part
from contracts.outcomes import RejectReason
from services.fetch.core.cut import cut_short


@dataclass(frozen=True)
class Source:
    """The bytes to be read and what was told of them by whoever brought them; none of it is believed blindly.

    `media_type` and `charset` come from a container, an HTTP answer or a mail header; `claims` from a feed or archive.
    `keys` (field, path) says what the settings call the fields of JSON and of tables.
    What may be large (an archive, a mailbox) is read from `open()`, and then never lies in memory as a whole.
    `cut` says why its bytes end where they do, if that is not its end: `open()` raises there. `lossy` counts the U+FFFD
    in it that stand for what its container could not decode.
    """

    data: bytes
    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    claims: tuple[Claim, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    cut: str = ""
    lossy: int = 0

    def open(self) -> BinaryIO:
        """The bytes as a file, from their beginning."""
        return cut_short(BytesIO(self.data), self.cut)

    def size(self) -> int:
        """How many bytes there are."""
        return len(self.data)


@dataclass(frozen=True)
class ReadDocument:
    """A document as plain text; `lossy` counts the U+FFFD that stand for what could not be decoded.

    `headings` are those that its format marks as such: where each begins, and its level.
    """

    text: str
    media_type: str
    encoding: str | None
    lossy: int = 0
    url: str | None = None
    claims: tuple[Claim, ...] = ()
    part: Part | None = None
    headings: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Rejected:
    """A document that cannot be taken: the bounded reason, and `detail` for people."""

    reason: RejectReason
    detail: str


@dataclass(frozen=True)
class Parts:
    """The articles of an original that holds several: their spans tile its text; `confidence`, 0 to 1, is in that."""

    documents: tuple[ReadDocument, ...]
    confidence: float


@dataclass(frozen=True)
class Member:
    """One thing in a container: its path there, its bytes as they come, and what the container tells of it.

    `apart` if what lies behind it can be had without unpacking it. `lossy` counts the U+FFFD that the container put in.
    """

    path: str
    chunks: Iterable[bytes]
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    claims: tuple[Claim, ...] = ()
    apart: bool = False
    lossy: int = 0


@dataclass(frozen=True)
class BadMember:
    """One thing in a container that cannot be had, though its neighbours can."""

    path: str
    rejected: Rejected


# What the reader of a format comes to. A container's members come one by one, in reading order, and are limited by
# whoever takes them: nobody holds them all.
Read = ReadDocument | Rejected | Parts | Iterator[Member | BadMember]
