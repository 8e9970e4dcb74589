"""Whether each entry of the ledger has the form of its end: all that belongs to it, and nothing else."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from contracts.identity import is_input_id, parent_input_id
from contracts.outcomes import DeadReason, RejectReason, State
from services.fetch.arrival import minted_at
from tests.injuries.differences import moment
from tests.injuries.seen import Entry, Evidence, Special, Way

TOLD: Mapping[State, frozenset[str]] = {  # of these exactly those that belong to the end are told
    State.IN_PROGRESS: frozenset(),
    State.STORED: frozenset({"article_id"}),
    State.DUPLICATE: frozenset({"article_id", "duplicate_of", "reason"}),
    State.REJECTED: frozenset({"reason", "detail"}),
    State.DEAD: frozenset({"reason", "detail", "service", "attempts"}),
    State.EXPANDED: frozenset({"children"}),
}
EVERY = frozenset[str]().union(*TOLD.values())
KNOWN_EARLY = {State.IN_PROGRESS, State.DEAD}  # which article it is may be known, or not yet
PASSED = (("fetch", "fetched"), ("language", "detected"), ("dedup", "original"), ("extract", "extracted"))
STEPS = {
    State.STORED: (*PASSED, ("store", "stored")),
    State.DUPLICATE: (*PASSED[:2], ("dedup", "duplicate"), ("store", "duplicate")),
    State.REJECTED: (("fetch", "rejected"),),
    State.EXPANDED: (("fetch", "expanded"),),
}
REASONS: Mapping[State, frozenset[str]] = {
    State.REJECTED: frozenset(RejectReason),
    State.DEAD: frozenset(DeadReason),
}
MEMBERS = re.compile(r"[^#]+(#[1-9][0-9]*)*")  # of an input, the one that came out of it, and so on
SLACK = timedelta(seconds=1)  # by which two clocks of one machine may differ


def misshapen(seen: Evidence, special: Special) -> Iterator[str]:
    """A line for whatever an entry lacks, or has too much."""
    children = Counter(entry.parent_input_id for entry in seen.ledger)
    for entry in seen.ledger:
        yield from _told(entry, special)
        if MEMBERS.fullmatch(entry.input_id) is None:
            yield f"{entry.input_id}: no input has such an id"
        if entry.parent_input_id != parent_input_id(entry.input_id):
            yield f"{entry.input_id}: it is said to have come out of {entry.parent_input_id}"
        if entry.children not in {None, children[entry.input_id]}:
            yield f"{entry.input_id}: {entry.children} came out of it, and {children[entry.input_id]} are known"
        if entry.input_id.partition("#")[0] not in special.inputs:
            yield from _way(entry)
            yield from _received(entry)
        if not special.clocks_jump:
            yield from _in_order(entry, seen.at)


def _told(entry: Entry, special: Special) -> Iterator[str]:
    belongs = TOLD[entry.state]
    for name in sorted(EVERY):
        value = getattr(entry, name)
        may_be = name == "article_id" and (entry.state in KNOWN_EARLY or entry.input_id in special.requeued)
        if (value is None) == (name in belongs) and not may_be:
            yield f"{entry.input_id}: {entry.state}, and its {name} is {value}"
    if (entry.ended_at is None) != (entry.state is State.IN_PROGRESS):
        yield f"{entry.input_id}: {entry.state}, and ended at {entry.ended_at}"
    known = REASONS.get(entry.state)
    if known is not None and entry.reason not in known:
        yield f"{entry.input_id}: {entry.state}, and {entry.reason} is no reason for it"


def _way(entry: Entry) -> Iterator[str]:
    """Its steps are those that its end needs, in their order; of a dead one the first of them, and its burial."""
    if entry.state is State.IN_PROGRESS:
        return
    steps = tuple((service, "original" if outcome == "revision" else outcome) for service, outcome, _ in entry.way)
    if entry.state is State.DEAD:
        wanted = (*STEPS[State.STORED][: max(0, len(steps) - 1)], (entry.service, "dead"))
    else:
        wanted = STEPS[entry.state]
    if steps != wanted:
        yield f"{entry.input_id}: {entry.state}, and its way is {_written(entry.way)}"
    told = {reason for *_, reason in entry.way if reason is not None}
    if told - {entry.reason} or (entry.state is State.DEAD and not told):
        yield f"{entry.input_id}: {entry.state} ({entry.reason}), and its way tells as reason {', '.join(sorted(told))}"


def _received(entry: Entry) -> Iterator[str]:
    """Its id says when it was received, or that of what it came out of."""
    if not is_input_id(entry.input_id):
        return
    received = moment(entry.received_at)
    minted = datetime.fromtimestamp(minted_at(entry.input_id.partition("#")[0]), UTC)
    if received is None or abs(received - minted) > timedelta(milliseconds=1):
        yield f"{entry.input_id}: received at {entry.received_at}, and its id is of {minted}"


def _in_order(entry: Entry, at: datetime | None) -> Iterator[str]:
    """Its moments follow upon each other, and none is to come."""
    named = {
        "received": entry.received_at,
        "its first step": entry.first_at,
        "its last step": entry.last_at,
        "ended": entry.ended_at,
    }
    told = [(name, moment(text)) for name, text in named.items() if text is not None]
    yield from (f"{entry.input_id}: {name} at no moment" for name, when in told if when is None)
    moments = [(name, when) for name, when in told if when is not None]
    for (before, first), (after, then) in pairwise(moments):
        if first > then + SLACK:
            yield f"{entry.input_id}: {before} at {first}, after {after} at {then}"
    if at is not None and moments and moments[-1][1] > at + SLACK:
        yield f"{entry.input_id}: {moments[-1][0]} at {moments[-1][1]}, which is to come"


def _written(way: Way) -> str:
    return ", ".join(f"{service} {outcome}" for service, outcome, _ in way) or "not known"
