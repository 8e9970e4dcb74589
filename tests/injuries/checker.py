"""Whether the promises held: what was given in against what is to be seen from outside. Values in, findings out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from contracts.outcomes import State
from tests.injuries.workload import Given

ANNOUNCED_AS = {State.STORED: "article_enriched", State.DUPLICATE: "article_duplicated"}
SHELVES = {State.STORED: ".done", State.DUPLICATE: ".done", State.EXPANDED: ".done", State.DEAD: ".done"}


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
    """One message of the public stream."""

    ce_id: str
    article_id: str
    source_uri: str
    duplicate_of: str | None = None


@dataclass
class Evidence:
    """What is to be seen from outside once everything rests."""

    ledger: Sequence[Entry] = ()
    articles: Sequence[Kept] = ()
    events: Sequence[Event] = ()
    originals: Mapping[str, str] = field(default_factory=dict)  # in RAW: name to the hash of what is there
    shelves: Mapping[str, str] = field(default_factory=dict)  # `.done/a.txt` and the like, to the hash of the bytes
    claimed: Sequence[str] = ()
    waiting: Sequence[str] = ()  # files in the inbox that nobody took
    buried: Sequence[str] = ()  # ids of what lies in DEAD
    graves: Sequence[str] = ()  # ids of the rows of dead_letters
    queues: Mapping[str, int] = field(default_factory=dict)  # messages that are left in work queues
    shown: Mapping[State, int] = field(default_factory=dict)  # wireroom_inputs{state}


@dataclass
class Verdict:
    """How many inputs ended how, and everything that is not as it was promised, a line each."""

    given: int = 0
    accepted: int = 0
    ends: Counter[State] = field(default_factory=Counter)
    lost: list[str] = field(default_factory=list)
    stored_twice: list[str] = field(default_factory=list)
    never_announced: list[str] = field(default_factory=list)
    repeated: int = 0  # events that came again under the same ce-id: allowed, and told
    other: list[str] = field(default_factory=list)

    @property
    def findings(self) -> list[str]:
        """Everything that is wrong."""
        return [
            *(f"lost: {line}" for line in self.lost),
            *(f"stored twice: {line}" for line in self.stored_twice),
            *(f"never announced: {line}" for line in self.never_announced),
            *self.other,
        ]


def judge(given: Sequence[Given], seen: Evidence) -> Verdict:
    """What became of everything that was given in, and of what nobody gave."""
    verdict = Verdict(given=len(given), accepted=len(seen.ledger))
    verdict.ends.update(entry.state for entry in seen.ledger)
    by_source: dict[str | None, list[Entry]] = {}
    for entry in seen.ledger:
        by_source.setdefault(entry.source_uri, []).append(entry)
    for one in given:
        _judge_input(one, by_source.get(one.source_uri, []), seen, verdict)
    _judge_twins(given, by_source, verdict)
    _judge_articles(seen, verdict)
    _judge_events(seen, verdict)
    _judge_originals(given, by_source, seen, verdict)
    _judge_rest(seen, verdict)
    return verdict


def _judge_input(one: Given, entries: list[Entry], seen: Evidence, verdict: Verdict) -> None:
    if not entries:
        verdict.lost.append(f"{one.path}: the ledger does not know it")
        return
    if len(entries) > 1:
        verdict.other.append(f"{one.path}: {len(entries)} inputs of one drop")
    entry = entries[0]
    if entry.state is State.IN_PROGRESS:
        verdict.lost.append(f"{one.path}: in progress for ever ({entry.input_id})")
        return
    allowed = {State.STORED, State.DUPLICATE} if one.expected is State.STORED else {one.expected}
    if entry.state not in allowed or (one.reason is not None and entry.reason != one.reason):
        wanted = f"{one.expected}{f' ({one.reason})' if one.reason else ''}"
        verdict.other.append(f"{one.path}: {entry.state} ({entry.reason}), not {wanted}")
    shelf = SHELVES.get(entry.state, ".rejected")
    if (found := seen.shelves.get(f"{shelf}/{one.path}")) != one.sha256:
        verdict.lost.append(f"{one.path}: its file is {'damaged' if found else 'not'} in {shelf}")


def _judge_twins(given: Iterable[Given], by_source: Mapping[str | None, list[Entry]], verdict: Verdict) -> None:
    """Of files with the same bytes one is stored, and the others are duplicates of it."""
    twins: dict[str, list[Entry]] = {}
    for one in given:
        if one.expected is State.STORED:
            twins.setdefault(one.sha256, []).extend(by_source.get(one.source_uri, []))
    for entries in twins.values():
        stored = [entry for entry in entries if entry.state is State.STORED]
        if len(stored) > 1:
            verdict.stored_twice.append(", ".join(entry.source_uri or "" for entry in stored))
        if not stored and all(entry.state is State.DUPLICATE for entry in entries) and entries:
            verdict.lost.append(f"{entries[0].source_uri}: it and its copies are duplicates of each other")
        for entry in entries:
            if entry.state is State.DUPLICATE and stored and entry.duplicate_of != stored[0].article_id:
                verdict.other.append(f"{entry.source_uri}: a duplicate of {entry.duplicate_of}, not of its twin")


def _judge_articles(seen: Evidence, verdict: Verdict) -> None:
    places = Counter(kept.source_uri for kept in seen.articles)
    verdict.stored_twice += [f"{place}: {number} articles" for place, number in places.items() if number > 1]
    verdict.stored_twice += [
        f"{kept.source_uri}: enriched {kept.enrichment} times" for kept in seen.articles if kept.enrichment > 1
    ]
    rows = {kept.input_id for kept in seen.articles}
    stored = {entry.input_id for entry in seen.ledger if entry.state is State.STORED}
    verdict.lost += [
        f"{input_id}: stored, says the ledger, and there is no article" for input_id in sorted(stored - rows)
    ]
    verdict.other += [f"{input_id}: an article whose input is not stored" for input_id in sorted(rows - stored)]


def _judge_events(seen: Evidence, verdict: Verdict) -> None:
    told = Counter(event.ce_id for event in seen.events)
    verdict.repeated = sum(number - 1 for number in told.values())
    expected = {f"{entry.input_id}:{ANNOUNCED_AS[entry.state]}" for entry in seen.ledger if entry.state in ANNOUNCED_AS}
    said = {_without_way(ce_id) for ce_id in told}
    verdict.never_announced += sorted(expected - said)
    verdict.other += [f"{ce_id}: announced, and not in the ledger" for ce_id in sorted(said - expected)]
    known = {event.article_id for event in seen.events if event.duplicate_of is None}
    for event in seen.events:
        if event.duplicate_of is not None and event.duplicate_of not in known:
            verdict.other.append(f"{event.ce_id}: a duplicate of {event.duplicate_of}, which nobody announced")


def _without_way(ce_id: str) -> str:
    """What is said, whether or not a requeue (`:q1`) brought it there."""
    return ":".join(ce_id.split(":")[:2])


def _judge_originals(
    given: Iterable[Given], by_source: Mapping[str | None, list[Entry]], seen: Evidence, verdict: Verdict
) -> None:
    """Of everything that became an article the original is in RAW, or the ledger says that it was removed."""
    for one in given:
        for entry in by_source.get(one.source_uri, []):
            if entry.state in SHELVES and not entry.original_removed and one.sha256 not in seen.originals:
                verdict.lost.append(f"{one.path}: its original is not in RAW")
    verdict.other += [f"RAW: {name} is damaged" for name, found in seen.originals.items() if name != found]


def _judge_rest(seen: Evidence, verdict: Verdict) -> None:
    verdict.other += [f"left in a claim: {path}" for path in seen.claimed]
    verdict.other += [f"left in the inbox: {path}" for path in seen.waiting]
    verdict.other += [f"{number} messages are left in {stream}" for stream, number in seen.queues.items() if number]
    verdict.other += [f"buried {n} times: {one}" for one, n in Counter(seen.buried).items() if n > 1]
    verdict.other += [f"buried, and not recorded: {one}" for one in sorted(set(seen.buried) - set(seen.graves))]
    rows = Counter(entry.state for entry in seen.ledger)
    verdict.other += [
        f"wireroom_inputs{{state={state}}} is {seen.shown.get(state, 0)}, the ledger has {rows[state]}"
        for state in State
        if seen.shown and seen.shown.get(state, 0) != rows[state]
    ]
