"""The store after a restore: what was announced since the backup, kept again as it was announced, and never anew."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from pydantic import AwareDatetime, BaseModel, ValidationError
from sqlalchemy import delete, func, select, update
from sqlmodel import Session

from contracts.article_duplicated import ArticleDuplicated
from contracts.article_enriched import ArticleEnriched
from contracts.document import DocumentHead
from contracts.identity import InputId
from contracts.message import Message, Step
from contracts.outcomes import Outcome, RejectReason, State
from contracts.value import OrNewer
from services.store import announcements, articles, core, ledger
from services.store.announcements import Announcement
from services.store.core import Enriched, Enrichment, Entry
from services.store.tables import Article, DeadMessage, Duplicate, Input
from services.store.writing import table_of

ARTICLES, DUPLICATES, INPUTS = table_of(Article), table_of(Duplicate), table_of(Input)
DEAD = table_of(DeadMessage)


class Report(BaseModel):
    """What lies beside a rejected file."""

    input_id: InputId
    source_uri: str
    reason: OrNewer[RejectReason]
    detail: str
    at: AwareDatetime  # when it was received


def announced(event: ArticleEnriched, way: str, known: tuple[Enrichment, ...]) -> Enriched:
    """The article under the number that it was announced with; new where that number was not given yet.

    Numbers before it that nobody tells of any more were given all the same: they stand for no input.
    """
    between = event.enrichment - 1 - len(known)
    if between < 0:
        return Enriched(event, way, known, is_new=False)
    untold = (Enrichment("", "", event.enriched_at),) * between
    return Enriched(event, way, (*known, *untold, Enrichment(event.input_id, way, event.enriched_at)), is_new=True)


def keep(session: Session, events: Iterable[tuple[Announcement, str]]) -> None:
    """Keep what was announced, each with the way that it came, in any order and again without harm."""
    told = list(events)
    _keep_articles(session, [(event, way) for event, way in told if isinstance(event, ArticleEnriched)])
    duplicates = [(event, found_at(event)) for event, _ in told if isinstance(event, ArticleDuplicated)]
    articles.write_duplicates(session, duplicates)
    ledger.record(session, [core.duplicate(event, at) for event, at in duplicates])
    announcements.settle(session, [announcements.key_of(event) for event, _ in told])


def reported(report: Mapping[str, Any]) -> Entry | None:
    """The entry of an input from what fetch wrote beside its file when it rejected it; None where that is no report."""
    try:
        told = Report.model_validate(report)
    except ValidationError:
        return None
    step = Step(service="fetch", version="", at=told.at, seconds=0, outcome=Outcome.REJECTED, reason=told.reason)
    return Entry(
        told.input_id,
        State.REJECTED,
        core.storable(told.source_uri),
        told.at,
        ended_at=told.at,
        reason=told.reason,
        detail=core.storable(told.detail),
        steps=core.steps_of((step,)),
        # What is rejected was not kept, but for what was found too large only when it was to be said.
        sha256=None if told.reason == RejectReason.TOO_LARGE else core.NONE_KEPT,
    )


def on_its_way(article_id: str, document: DocumentHead, message: Message) -> Entry:
    """The entry of an input of which a message still waits to be heard."""
    return Entry(
        message.input_id,
        source_uri=document.source_uri,
        received_at=document.received_at,
        article_id=article_id,
        steps=core.steps_of(message.trail),
        sha256=document.sha256,
    )


def found_at(event: ArticleDuplicated) -> datetime:
    """When the store recorded it: it is the last step of its way."""
    return event.trail[-1].at if event.trail else event.document.received_at


def _keep_articles(session: Session, events: Sequence[tuple[ArticleEnriched, str]]) -> None:
    known = articles.recall(session, {event.article_id for event, _ in events})
    before, made = set(known), list[Enriched]()
    for event, way in sorted(events, key=lambda one: one[0].enrichment):
        one = announced(event, way, known.get(event.article_id, ()))
        known[event.article_id] = one.enrichments
        made.append(one)
    articles.write(session, made, before=before)
    ledger.record(session, [core.stored(event) for event, _ in events])


def articles_between(
    session: Session, since: datetime, until: datetime, *, after: int, limit: int
) -> list[tuple[int, ArticleEnriched]]:
    """Up to `limit` articles that were stored in this time, by their numbers, from behind `after` on."""
    wanted = select(ARTICLES.c.number, ARTICLES.c.enriched).where(
        ARTICLES.c.number > after, ARTICLES.c.enriched_at.between(since, until)
    )
    rows = session.connection().execute(wanted.order_by(ARTICLES.c.number).limit(limit))
    return [(number, ArticleEnriched.model_validate_json(enriched)) for number, enriched in rows]


def duplicates_between(
    session: Session, since: datetime, until: datetime, *, after: str, limit: int
) -> list[ArticleDuplicated]:
    """Up to `limit` duplicates that were recorded in this time, by their inputs, from behind `after` on."""
    wanted = select(DUPLICATES.c.duplicated).where(
        DUPLICATES.c.input_id > after, DUPLICATES.c.found_at.between(since, until)
    )
    rows = session.connection().execute(wanted.order_by(DUPLICATES.c.input_id).limit(limit))
    return [ArticleDuplicated.model_validate_json(duplicated) for (duplicated,) in rows]


class Kept(NamedTuple):
    """A dead letter that is kept, and the input that it speaks of."""

    message_id: str
    input_id: str | None
    buried_at: datetime


def dead_letters(session: Session, *, after: str, limit: int) -> list[Kept]:
    """Up to `limit` dead letters, by their ids, from behind `after` on."""
    wanted = select(DEAD.c.message_id, DEAD.c.input_id, DEAD.c.buried_at).where(DEAD.c.message_id > after)
    rows = session.connection().execute(wanted.order_by(DEAD.c.message_id).limit(limit))
    return [Kept(*row) for row in rows]


def mark_sent_again(session: Session, marks: Iterable[tuple[str, int, datetime | None]]) -> None:
    """Note of dead letters the number of their last requeue and when it was acknowledged, where none as late is."""
    for message_id, number, at in marks:
        noted = update(DEAD).where(DEAD.c.message_id == message_id, DEAD.c.requeues <= number)
        session.connection().execute(noted.values(requeues=number, requeued_at=at))


def throw_away(session: Session, message_ids: Sequence[str]) -> int:
    """Throw dead letters away, and say how many they were; the ledger keeps its `dead`, with the reason."""
    return session.connection().execute(delete(DEAD).where(DEAD.c.message_id.in_(message_ids))).rowcount


def inputs_of(session: Session, article_ids: Iterable[str]) -> dict[str, set[str]]:
    """By those of these articles that the ledger knows, their inputs."""
    wanted = select(INPUTS.c.article_id, INPUTS.c.input_id).where(INPUTS.c.article_id.in_(sorted(article_ids)))
    found = dict[str, set[str]]()
    for known, input_id in session.connection().execute(wanted):
        found.setdefault(known, set()).add(input_id)
    return found


def open_sources(session: Session, source_uris: Iterable[str]) -> set[str]:
    """Those of these sources that have an input of which nothing but its acceptance is known."""
    wanted = select(INPUTS.c.source_uri).where(
        INPUTS.c.source_uri.in_(sorted(source_uris)),
        INPUTS.c.state == State.IN_PROGRESS,
        INPUTS.c.article_id.is_(None),
    )
    return set(session.connection().execute(wanted).scalars())


def containers_at(session: Session, source_uri: str) -> set[str]:
    """The inputs that came from there and out of which others came, as far as one of these or their end is known."""
    members = INPUTS.c.source_uri.between(f"{source_uri}!", f'{source_uri}"') & (
        INPUTS.c.source_uri != f'{source_uri}"'
    )  # the sign behind the exclamation mark
    parts = (INPUTS.c.source_uri == source_uri) & INPUTS.c.parent_input_id.is_not(None)
    itself = (INPUTS.c.source_uri == source_uri) & (INPUTS.c.state == State.EXPANDED)
    wanted = select(INPUTS.c.input_id).where(members | parts | itself)
    return {input_id.partition("#")[0] for input_id in session.connection().execute(wanted).scalars()}


def ended_within(session: Session, input_ids: Iterable[str]) -> set[str]:
    """What came out of these inputs, and out of that in turn, and has its end."""
    found = set[str]()
    for root in input_ids:
        within = INPUTS.c.input_id.between(f"{root}#", f"{root}$")  # the sign behind the number sign
        wanted = select(INPUTS.c.input_id).where(within, INPUTS.c.state != State.IN_PROGRESS)
        found.update(session.connection().execute(wanted).scalars())
    return found


def taken_in(input_id: str, source_uri: str, sha256: str, received_at: datetime) -> Entry:
    """The entry of an input of which nothing but its file and what came out of it is known."""
    return Entry(input_id, source_uri=core.storable(source_uri), received_at=received_at, sha256=sha256)


@dataclass(frozen=True, slots=True)
class Open:
    """An input without an end, and what is known of where its bytes may be found."""

    input_id: str
    source_uri: str | None
    sha256: str | None


def in_progress(session: Session, *, after: str, limit: int) -> list[Open]:
    """Up to `limit` inputs without an end, by their ids, from behind `after` on."""
    wanted = select(INPUTS.c.input_id, INPUTS.c.source_uri, func.nullif(INPUTS.c.sha256, "")).where(
        INPUTS.c.state == State.IN_PROGRESS, INPUTS.c.input_id > after
    )
    rows = session.connection().execute(wanted.order_by(INPUTS.c.input_id).limit(limit))
    return [Open(*row) for row in rows]


def origins(session: Session, input_ids: Iterable[str]) -> list[Open]:
    """What is known of where the bytes of these inputs may be found, ended or not, by their ids."""
    wanted = select(INPUTS.c.input_id, INPUTS.c.source_uri, func.nullif(INPUTS.c.sha256, ""))
    asked = wanted.where(INPUTS.c.input_id.in_(sorted(input_ids))).order_by(INPUTS.c.input_id)
    return [Open(*row) for row in session.connection().execute(asked)]
