"""What a message makes of the ledger."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from pydantic import TypeAdapter

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.dead_letter import DeadLetter
from contracts.identity import SHA256_PATTERN, input_id_of, is_input_id
from contracts.input_expanded import InputExpanded
from contracts.input_received import InputReceived
from contracts.input_rejected import InputRejected
from contracts.message import Step
from contracts.outcomes import Outcome, State

NO_STEPS = "[]"
NONE_KEPT = ""

# Ends never go backwards: whatever the order of arrival, the highest that was heard of stands.
RANK = {
    state: rank
    for rank, state in enumerate(
        (State.IN_PROGRESS, State.DEAD, State.REJECTED, State.EXPANDED, State.DUPLICATE, State.STORED)
    )
}

_TRAIL = TypeAdapter(tuple[Step, ...])
_SHA256 = re.compile(SHA256_PATTERN)


@dataclass(frozen=True, slots=True)
class Entry:
    """One input in the ledger, as far as it is known."""

    input_id: str
    state: State = State.IN_PROGRESS
    source_uri: str | None = None
    received_at: datetime | None = None
    ended_at: datetime | None = None
    article_id: str | None = None
    duplicate_of: str | None = None
    reason: str | None = None
    detail: str | None = None
    service: str | None = None
    attempts: int | None = None
    children: int | None = None
    steps: str = NO_STEPS  # JSON
    sha256: str | None = None  # of the original in RAW; NONE_KEPT, or None where nobody told


def steps_of(trail: tuple[Step, ...]) -> str:
    """The trail as JSON."""
    return _TRAIL.dump_json(trail).decode()


def received(message: InputReceived) -> Entry:
    """The entry of an input that has arrived."""
    return Entry(
        message.input_id,
        source_uri=message.source_uri,
        received_at=message.received_at,
        steps=steps_of(message.trail),
        sha256=message.sha256 or (NONE_KEPT if "sha256" in message.model_fields_set else None),
    )


def rejected(message: InputRejected, at: datetime) -> Entry:
    """The entry of an input that could not be taken."""
    return Entry(
        message.input_id,
        State.REJECTED,
        message.source_uri,
        message.received_at,
        ended_at=at,
        reason=message.reason,
        detail=storable(message.detail),
        steps=steps_of(message.trail),
    )


def expanded(message: InputExpanded, at: datetime) -> Entry:
    """The entry of a container."""
    return Entry(
        message.input_id,
        State.EXPANDED,
        message.source_uri,
        message.received_at,
        ended_at=at,
        children=message.children,
        steps=steps_of(message.trail),
    )


def duplicate(message: ArticleDuplicated, at: datetime) -> Entry:
    """The entry of an input that was here before."""
    return Entry(
        message.input_id,
        State.DUPLICATE,
        message.document.source_uri,
        message.document.received_at,
        ended_at=at,
        article_id=message.article_id,
        duplicate_of=message.duplication.of,
        reason=message.duplication.method,
        steps=steps_of(message.trail),
        sha256=message.document.sha256,
    )


def stored(article: ArticleEnriched) -> Entry:
    """The entry of an input whose article is kept."""
    return Entry(
        article.input_id,
        State.STORED,
        article.document.source_uri,
        article.document.received_at,
        ended_at=article.enriched_at,
        article_id=article.article_id,
        steps=steps_of(article.trail),
        sha256=article.document.sha256,
    )


def dead(letter: DeadLetter, body: bytes) -> Entry | None:
    """The entry of an input whose message was buried; None where neither its id nor its body names an input.

    The body may be anything: it is read as far as it can be, and nothing in it is believed to be well-formed.
    """
    said = _object(body)
    input_id = input_of(letter, said)
    if input_id is None:
        return None
    document = said.get("document")
    about = document if isinstance(document, dict) else said
    return Entry(
        input_id,
        State.DEAD,
        _text(about.get("source_uri")),
        _moment(about.get("received_at")),
        ended_at=letter.buried_at,
        article_id=_text(said.get("article_id")),
        reason=letter.reason,
        detail=storable(letter.detail),
        service=storable(letter.service),
        attempts=letter.attempts,
        steps=_last_steps(letter, said.get("trail")),
        sha256=_sha256(about.get("sha256")),
    )


def input_of(letter: DeadLetter, said: Mapping[str, Any]) -> str | None:
    """The input that a buried message speaks of: its body says so, or its own id, or nothing does.

    The body first, as handlers read it: a stranger's message may bear an id that is another's.
    """
    for named in (said.get("input_id"), input_id_of(letter.headers.get("Nats-Msg-Id", ""))):
        if isinstance(named, str) and is_input_id(named):
            return named
    return None


def buried_input(letter: DeadLetter, body: bytes) -> str | None:
    """The input that a dead letter with this body speaks of, or None."""
    return input_of(letter, _object(body))


def merged(known: Entry | None, heard: Entry) -> Entry:
    """The entry after `heard`: an end gives way only to a better one, and what either of them knows is not lost.

    Of two deaths the later one tells, for the first was undone by a requeue, and of two articles that it is said to be
    a duplicate of the later one, for the first was forgotten; of any other two equals the first stands.
    """
    if known is None:
        return heard
    undone = known.state is State.DEAD or known.duplicate_of != heard.duplicate_of
    later = known.state is heard.state and undone and _after(heard.ended_at, known.ended_at)
    first, second = (heard, known) if later or RANK[heard.state] > RANK[known.state] else (known, heard)
    return replace(
        first,
        source_uri=first.source_uri or second.source_uri,
        received_at=first.received_at or second.received_at,
        article_id=first.article_id or second.article_id,
        steps=first.steps if first.steps != NO_STEPS else second.steps,
        sha256=first.sha256 or second.sha256 or (first.sha256 if second.sha256 is None else second.sha256),
    )


def folded(known: Mapping[str, Entry], heard: Iterable[Entry]) -> dict[str, Entry]:
    """By input id, the entries that differ from what is known once all of `heard` is taken in."""
    after: dict[str, Entry] = {}
    for entry in heard:
        after[entry.input_id] = merged(after.get(entry.input_id) or known.get(entry.input_id), entry)
    return {input_id: entry for input_id, entry in after.items() if known.get(input_id) != entry}


def moved(known: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[State, int]:
    """By state, how many inputs more (or fewer) are in it after `after` took the place of `known`."""
    difference: dict[State, int] = {}
    for input_id, entry in after.items():
        if (before := known.get(input_id)) is not None:
            difference[before.state] = difference.get(before.state, 0) - 1
        difference[entry.state] = difference.get(entry.state, 0) + 1
    return {state: number for state, number in difference.items() if number}


def storable(text: str) -> str:
    """`text` as any database takes it: lone surrogates and NUL (which hostile bodies hold) become U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")


def _after(later: datetime | None, earlier: datetime | None) -> bool:
    return later is not None and earlier is not None and later > earlier


def _object(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _text(value: object) -> str | None:
    return storable(value) if isinstance(value, str) else None


def _sha256(value: object) -> str | None:
    return value if isinstance(value, str) and _SHA256.fullmatch(value) else None


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        return moment.astimezone(UTC) if moment is not None and moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def _last_steps(letter: DeadLetter, trail: object) -> str:
    """The way as the body tells it, and the burial as its last step; which version gave up is not told."""
    try:
        known = _TRAIL.validate_json(json.dumps(trail or ()))
    except ValueError:
        known = ()
    burial = Step(
        service=letter.service,
        version="",
        at=letter.first_heard_at,
        seconds=max(0.0, (letter.buried_at - letter.first_heard_at).total_seconds()),
        attempts=max(1, letter.attempts),
        outcome=Outcome.DEAD,
        reason=letter.reason,
    )
    return steps_of((*known, burial))
