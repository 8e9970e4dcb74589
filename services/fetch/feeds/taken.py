"""A feed that is ours to ask for now, and what asking it came to."""

from dataclasses import dataclass
from enum import StrEnum

from contracts.document import Claim
from services.fetch.core.feeds.news import Reading
from services.fetch.core.feeds.polling import Because, Known


class State(StrEnum):
    """Where a feed is in its life."""

    ACTIVE = "active"
    GONE = "gone"  # its server says that it is for good
    DROPPED = "dropped"  # it is not in the file any more


class Poll(StrEnum):
    """How asking a feed ended; a label, so a closed list."""

    READ = "read"
    NOT_MODIFIED = "not_modified"
    FAILED = "failed"
    GONE = "gone"
    PUT_OFF = "put_off"  # its host wants to be left alone, and was not asked


@dataclass(frozen=True)
class Taken:
    """A feed under our lease, as it is remembered; `due` unless it is only that something of it is not said yet."""

    id: int
    url: str
    address: str
    due: bool
    etag: str | None
    last_modified: str | None
    known: Known
    failures: int
    of_an_index: bool


@dataclass(frozen=True)
class Asked:
    """What asking came to: `reading` where something new came, `error` where it failed.

    `moved_to` is its address from now on.
    """

    poll: Poll
    at: float
    next_poll_at: float
    because: Because
    reading: Reading | None = None
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    error: str | None = None


@dataclass(frozen=True)
class Recorded:
    """How many entries became inputs, and how many were passed over because the feed is new to us."""

    found: int = 0
    passed_over: int = 0


@dataclass(frozen=True)
class Entry:
    """An entry that is an input: minted, committed, and not said to the end."""

    input_id: str
    url: str
    claims: tuple[Claim, ...]
    original: bytes | None = None
    note: bytes | None = None
