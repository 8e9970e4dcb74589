"""What comes out of a container once its members lie in a spool, and what one may take: plain values."""

from dataclasses import dataclass, field, replace

from contracts.document import Claim
from services.fetch.core.document import BadMember

MEBIBYTE = 1 << 20
REST = "(the rest)"  # the path of what could not even be named
RATIO_FROM_BYTES = MEBIBYTE  # a few lines of the same may shrink to any ratio


@dataclass(frozen=True)
class About:
    """What was told of a document by whoever brought it, `cut`, if not all of it came: a Source but its bytes."""

    name: str = ""
    media_type: str | None = None
    charset: str | None = None
    url: str | None = None
    claims: tuple[Claim, ...] = ()
    keys: tuple[tuple[str, str], ...] = ()
    cut: str = ""
    lossy: int = 0


@dataclass(frozen=True)
class Slot:
    """A member as it lies in a spool; `opens` if inputs may come out of it in turn."""

    path: str
    start: int
    length: int
    sha256: str
    about: About
    opens: bool = False


@dataclass(frozen=True)
class Limits:
    """What may come out of one thing that came in, with all that is nested in it."""

    depth: int = 4
    members: int = 50_000
    total_bytes: int = 2048 * MEBIBYTE
    ratio: int = 200
    member_bytes: int = 256 * MEBIBYTE
    told_bytes: int = 64 * MEBIBYTE  # of paths and claims, which are held in memory


@dataclass(frozen=True)
class Spent:
    """How much of it has come out: all that was unpacked, and what was kept of that."""

    members: int = 0
    bytes: int = 0
    kept_bytes: int = 0
    told_bytes: int = 0


@dataclass(frozen=True)
class Allowance:
    """What a container may unpack into: limits and what was spent of them, and how deep it lies in how large a root."""

    root_bytes: int
    limits: Limits = field(default_factory=Limits)
    spent: Spent = field(default_factory=Spent)
    depth: int = 1

    def inner(self, spent: Spent) -> "Allowance":
        """For a container in this one, after so much was spent."""
        return replace(self, spent=spent, depth=self.depth + 1)


@dataclass(frozen=True)
class Behind:
    """What of a container is done with when a portion of it is unpacked: so many members, and what was kept of them."""

    members: int = 0
    kept_bytes: int = 0


@dataclass(frozen=True)
class Unpacked:
    """Members of a container, in reading order, what has been spent when they lay there, and whether `more` follow.

    `behind` is what is done with when they are.
    """

    members: tuple[Slot | BadMember, ...]
    spent: Spent
    behind: Behind = field(default_factory=Behind)
    more: bool = False


@dataclass(frozen=True)
class Opens:
    """The document is a container: it wants a spool to be unpacked into."""
