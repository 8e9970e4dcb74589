"""Whether the promises held: what was given in against what is to be seen from outside. Values in, findings out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from contracts.duplication import Method
from contracts.outcomes import State
from services.fetch.core.names import aside
from tests.e2e.running import DROPPED_MODE
from tests.injuries import consistency
from tests.injuries.differences import kept, moment, shown
from tests.injuries.in_folders import REPORT
from tests.injuries.seen import Entry, Evidence, Special
from tests.injuries.workload import Given

SHELVES = {State.REJECTED: ".rejected"}  # all others go to `.done`
NOTHING = Special()

Pair = tuple[Given, Entry]


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


def judge(given: Sequence[Given], seen: Evidence, special: Special = NOTHING) -> Verdict:
    """What became of everything that was given in, and of what nobody gave."""
    verdict = Verdict(given=len(given) + len(special.inputs), accepted=len(seen.ledger))
    verdict.ends.update(entry.state for entry in seen.ledger if entry.state is not State.IN_PROGRESS)
    pairs = _paired(given, seen, special, verdict)
    for one, entry in pairs:
        _judge_end(one, entry, verdict)
    _judge_shelves(pairs, seen, verdict)
    _judge_kin(pairs, verdict)
    _judge_originals(pairs, seen, special, verdict)
    verdict.lost += consistency.without_an_article(seen)
    verdict.stored_twice += consistency.stored_twice(seen, special)
    verdict.never_announced += consistency.never_announced(seen)
    verdict.repeated = len(seen.events) - len({event.ce_id for event in seen.events})
    verdict.other += consistency.other(pairs, seen, special)
    if not verdict.given == verdict.accepted == verdict.ends.total():
        verdict.other.append(
            f"{verdict.given} were given, {verdict.accepted} accepted, and {verdict.ends.total()} have ended"
        )
    return verdict


def _paired(given: Sequence[Given], seen: Evidence, special: Special, verdict: Verdict) -> list[Pair]:
    """Each given file with its row of the ledger; of several at one path, what was read tells which is which."""
    rows: dict[str | None, list[Entry]] = {}
    for entry in seen.ledger:
        rows.setdefault(entry.source_uri, []).append(entry)
    at: dict[str, list[Given]] = {}
    for one in given:
        at.setdefault(one.source_uri, []).append(one)
    pairs: list[Pair] = []
    for source_uri, versions in at.items():
        pairs += _paired_at(versions, rows.get(source_uri, []), verdict)
    known = {entry.input_id for _, entry in pairs} | special.inputs
    verdict.other += [
        f"{entry.input_id} ({entry.source_uri}): nobody gave it"
        for entry in seen.ledger
        if entry.input_id not in known and entry.source_uri not in at
    ]
    return pairs


def _paired_at(versions: Sequence[Given], entries: Sequence[Entry], verdict: Verdict) -> Iterator[Pair]:
    if len(entries) > len(versions):
        verdict.other.append(f"{versions[0].path}: {len(entries)} inputs of {len(versions)} drops")
    left = list(entries)
    for one in versions:
        found = next((entry for entry in left if len(versions) == 1 or entry.article_id == one.article_id), None)
        if found is None:
            verdict.lost.append(f"{one.path}: the ledger does not know it")
        else:
            left.remove(found)
            yield one, found


def _judge_end(one: Given, entry: Entry, verdict: Verdict) -> None:
    if entry.state is State.IN_PROGRESS:
        verdict.lost.append(f"{one.path}: in progress for ever ({entry.input_id})")
        return
    allowed = {State.STORED, State.DUPLICATE} if one.may_be_duplicate else {one.expected}
    if entry.state not in allowed or (one.reason is not None and entry.reason != one.reason):
        wanted = f"{one.expected}{f' ({one.reason})' if one.reason else ''}"
        verdict.other.append(f"{one.path}: {entry.state} ({entry.reason}), not {wanted}")
    if one.detail is not None and entry.detail != one.detail:
        verdict.other.append(f"{entry.source_uri}: it says {shown(entry.detail)}, not {shown(one.detail)}")


def _judge_shelves(pairs: Sequence[Pair], seen: Evidence, verdict: Verdict) -> None:
    """Every file is on its shelf, the rejected beside their reports, and nothing else is on any."""
    left = dict(seen.shelves)
    several = Counter(one.path for one, _ in pairs if not one.member)
    for one, entry in pairs:
        if entry.state is State.IN_PROGRESS or one.member:
            continue
        shelf = SHELVES.get(entry.state, ".done")
        folder, slash, name = one.path.rpartition("/")
        own, beside = f"{shelf}/{one.path}", f"{shelf}/{folder}{slash}{aside(name, entry.input_id)}"
        place = beside if several[one.path] > 1 and left.get(own) != one.sha256 else own
        if (found := left.pop(place, None)) != one.sha256:
            verdict.lost.append(f"{one.path}: its file is {'damaged' if found else 'not'} in {shelf}")
        if seen.modes.get(place, DROPPED_MODE) != DROPPED_MODE:
            verdict.other.append(f"{one.path}: its file has the mode {seen.modes[place]:o} in {shelf}")
        if entry.state is not State.REJECTED:
            continue
        if left.pop(place + REPORT, None) is None:
            verdict.other.append(f"{one.path}: it was rejected without a report")
        else:
            verdict.other += _reported(one, entry, seen.reports.get(place + REPORT, {}))
    verdict.other += [f"{place}: nobody's file on a shelf" for place in sorted(left)]


def _reported(one: Given, entry: Entry, report: Mapping[str, Any]) -> Iterator[str]:
    """What lies beside a rejected file says what the ledger says."""
    wanted = {name: getattr(entry, name) for name in ("input_id", "source_uri", "reason", "detail")}
    found = dict(report) | {"at": kept(moment(report.get("at")))}
    for name, value in (wanted | {"at": entry.received_at}).items():
        if found.get(name) != value:
            yield f"{one.path}: its report says {name} {shown(report.get(name))}, and the ledger {shown(value)}"


def _judge_kin(pairs: Sequence[Pair], verdict: Verdict) -> None:
    """Of files with the same bytes or nearly the same text one is stored, and the others are duplicates of it."""
    kin: dict[str, list[Pair]] = {}
    for one, entry in pairs:
        if one.may_be_duplicate:
            kin.setdefault(one.kin or one.sha256, []).append((one, entry))
    for family in kin.values():
        entries = [entry for _, entry in family]
        stored = [entry for entry in entries if entry.state is State.STORED]
        bytes_of = {entry.article_id: one.sha256 for one, entry in family}
        if len(stored) > 1:
            verdict.stored_twice.append(", ".join(entry.source_uri or "" for entry in stored))
        if not stored and all(entry.state is State.DUPLICATE for entry in entries):
            verdict.lost.append(f"{entries[0].source_uri}: it and its copies are duplicates of each other")
        for entry in entries:
            if entry.state is State.DUPLICATE and stored and entry.duplicate_of != stored[0].article_id:
                verdict.other.append(f"{entry.source_uri}: a duplicate of {entry.duplicate_of}, not of its twin")
            same = bytes_of.get(entry.duplicate_of) == bytes_of[entry.article_id]
            is_known = entry.state is State.DUPLICATE and entry.duplicate_of in bytes_of
            if is_known and (entry.reason == Method.SAME_BYTES) != same:
                verdict.other.append(f"{entry.source_uri}: a duplicate by {entry.reason}, and its bytes say otherwise")


def _judge_originals(pairs: Sequence[Pair], seen: Evidence, special: Special, verdict: Verdict) -> None:
    """Of everything that was read the original is in RAW; what has ended well may have made room, where it had to."""
    for one, entry in pairs:
        untold = entry.sha256 is None and (entry.state is State.REJECTED or ("inputs", "sha256") in special.anew)
        if entry.sha256 != one.sha256 and not untold and entry.state is not State.IN_PROGRESS:
            verdict.other.append(f"{one.path}: of other bytes, says the ledger, than were given: {shown(entry.sha256)}")
        if entry.state is State.REJECTED and entry.original_removed:
            verdict.other.append(f"{one.path}: it was rejected, and no original of it was there to be removed")
        if entry.state in {State.REJECTED, State.IN_PROGRESS}:
            continue
        if entry.original_removed and entry.state is State.DEAD:
            verdict.lost.append(f"{one.path}: it is dead, and its original was removed")
        elif entry.original_removed and not special.makes_room:
            verdict.lost.append(f"{one.path}: its original was removed where nothing had to go")
        elif not entry.original_removed and one.sha256 not in seen.originals:
            verdict.lost.append(f"{one.path}: its original is not in RAW")
    known = {one.sha256 for one, _ in pairs} | {entry.sha256 for entry in seen.ledger}
    verdict.other += [f"RAW: {name}: nobody's original" for name in sorted(seen.originals.keys() - known)]
