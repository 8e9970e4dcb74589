"""What is to be seen of a system from outside: plain values, for the checker."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from contracts.outcomes import State


@dataclass(frozen=True)
class Entry:
    """One row of the ledger."""

    input_id: str
    source_uri: str | None
    state: State
    reason: str | None = None
    article_id: str | None = None
    duplicate_of: str | None = None
    original_removed: bool = False
    sha256: str | None = None  # none is told where none was kept
    steps: int = 1  # of its way, as far as they are known


@dataclass(frozen=True)
class Kept:
    """One row of the articles."""

    article_id: str
    input_id: str
    source_uri: str
    sha256: str
    enrichment: int = 1


@dataclass(frozen=True)
class Contents:
    """An article as it is kept as a whole, and what tables of their own hold of it."""

    input_id: str
    article_id: str
    whole_article_id: str | None
    whole: tuple[int | None, ...]  # how many mentions, quotations and places it has
    rows: tuple[int, ...]  # and how many rows there are of each


@dataclass(frozen=True)
class Event:
    """One message of the public stream; of a text its hash, which is all that is compared."""

    ce_id: str
    article_id: str
    source_uri: str
    sha256: str
    text_sha256: str | None = None  # a duplicate is announced without its text
    duplicate_of: str | None = None


@dataclass(frozen=True)
class Grave:
    """One row of the dead letters."""

    message_id: str
    input_id: str | None = None


@dataclass
class Evidence:
    """What is to be seen from outside once everything rests."""

    ledger: Sequence[Entry] = ()
    articles: Sequence[Kept] = ()
    contents: Sequence[Contents] = ()
    duplicates: Mapping[str, str] = field(default_factory=dict)  # the table: input to the article it is a duplicate of
    unannounced: Sequence[str] = ()  # inputs whose announcement is still owed
    events: Sequence[Event] = ()
    originals: Mapping[str, str] = field(default_factory=dict)  # in RAW: name to the hash of what is there
    shelves: Mapping[str, str] = field(default_factory=dict)  # `.done/a.txt` and the like, to the hash of the bytes
    claimed: Sequence[str] = ()
    waiting: Sequence[str] = ()  # files in the inbox that nobody took
    buried: Sequence[str] = ()  # ids of what lies in DEAD
    graves: Sequence[Grave] = ()
    queues: Mapping[str, int] = field(default_factory=dict)  # messages that are left in work queues
    shown: Mapping[State, int] = field(default_factory=dict)  # wireroom_inputs{state}


@dataclass
class Special:
    """What a fault did itself, and the checker takes for granted; everything else is held against Wireroom."""

    inputs: set[str] = field(default_factory=set)  # ids of inputs that the fault announced, past the inbox
    letters: int = 0  # messages it said that speak of no input, and must be buried
    requeued: set[str] = field(default_factory=set)  # inputs of which something was sent again, on a way of its own
    makes_room: bool = False  # RAW was made so small that originals have to go
