"""What is to be seen of a system from outside: plain values, for the checker."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from contracts.outcomes import State
from tests.injuries.differences import Difference

Way = tuple[tuple[str, str, str | None], ...]  # service, outcome and reason of each step


@dataclass(frozen=True)
class Entry:
    """One row of the ledger; moments as the database writes them."""

    input_id: str
    source_uri: str | None
    state: State  # of what is none, that it has no end
    reason: str | None = None
    article_id: str | None = None
    duplicate_of: str | None = None
    original_removed: bool = False
    sha256: str | None = None  # none is told where none was kept
    way: Way = ()
    received_at: str | None = None
    ended_at: str | None = None
    parent_input_id: str | None = None
    detail: str | None = None
    service: str | None = None
    attempts: int | None = None
    children: int | None = None
    first_at: str | None = None  # when the first step of its way began
    last_at: str | None = None


@dataclass(frozen=True)
class Kept:
    """One row of the articles."""

    article_id: str
    input_id: str
    source_uri: str
    sha256: str
    enrichment: int = 1


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
    is_requeued: bool = False


@dataclass
class Evidence:
    """What is to be seen from outside once everything rests."""

    ledger: Sequence[Entry] = ()
    counts: Mapping[Any, int] = field(default_factory=dict)  # the table: how many inputs are in a state
    articles: Sequence[Kept] = ()
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
    reports: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # beside the rejected, by their places
    modes: Mapping[str, int] = field(default_factory=dict)  # of the files on their shelves
    differences: Sequence[Difference] = ()  # of what is kept more than once, compared while it was read: it is too much
    broken: Sequence[str] = ()  # what is not sound in itself, or is gone
    at: datetime | None = None  # when all this was seen


@dataclass
class Special:
    """What a fault did itself, and the checker takes for granted; everything else is held against Wireroom."""

    inputs: set[str] = field(default_factory=set)  # ids of inputs that the fault announced, past the inbox
    letters: int = 0  # messages it said that speak of no input, and must be buried
    requeued: set[str] = field(default_factory=set)  # inputs of which something was sent again, on a way of its own
    makes_room: bool = False  # RAW was made so small that originals have to go
    replayed: Counter[str] = field(default_factory=Counter)  # articles that were enriched again, and how often
    anew: set[tuple[str, str]] = field(default_factory=set)  # table and column: laid again, with nothing in old rows
    clocks_jump: bool = False  # so that moments tell no order
