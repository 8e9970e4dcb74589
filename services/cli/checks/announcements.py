"""What ARTICLES announced is kept under the number that it was announced with, and the other way round."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from nats.js.api import StreamInfo
from pydantic import BaseModel, ValidationError

from contracts.article_enriched import ArticleEnriched
from contracts.outcomes import State
from contracts.topology import ARTICLES
from services.cli.checks.found import Check, Notes, Patience, Some, notes
from services.cli.local import history
from services.cli.local.history import MARGIN, Held, Streams
from services.store.comparing import Comparing

ENRICHED = ArticleEnriched.subject.partition("*")[0]  # what an enriched article's subject begins with
NOT_KEPT = "articles were announced and are not kept"
EARLIER = "articles are kept as an earlier enrichment than was announced"
NO_END = "inputs were announced with their end, and the ledger does not know it"
NOT_ANNOUNCED = "articles are kept as announced, and ARTICLES does not have that"
NOT_ANNOUNCED_AS_ONE = "inputs are duplicates, and ARTICLES does not have that"
GONE = "were announced before ARTICLES was laid at {}, and are not in it (`wireroom replay --announce` says them again)"
DAY = timedelta(days=1)
ENDS = {True: (State.STORED,), False: (State.DUPLICATE, State.STORED)}  # a duplicate may be made more of


class Said(BaseModel):
    """As much of an announcement as is compared."""

    article_id: str
    input_id: str
    enrichment: int = 0  # of a duplicate


@dataclass
class Read:
    """How far the stream was read."""

    announcements: int = 0
    illegible: Some = field(default_factory=Some)  # their numbers in the stream
    before: int = 0  # the store was begun anew
    first_at: datetime | None = None


async def compare(
    streams: Streams, comparing: Comparing, found: Check, *, since: datetime | None, late: datetime, patience: Patience
) -> None:
    """Hold articles and ledger against ARTICLES; what is older than `since` is of a store that is gone on purpose."""
    info = await streams.public.jetstream().stream_info(ARTICLES.name)
    held_now, read, whole = info.state.messages, Read(), True
    with notes() as missing:
        async for some in history.held(streams, ARTICLES.name, 1):
            _look_through(some, comparing, missing, read, since)
            if patience.is_over():
                whole = read.announcements + read.before + read.illegible.number >= held_now
                break
        if whole:
            begin = _miss_before(info, comparing, missing, late=late) or (read.first_at and read.first_at + MARGIN)
            if begin is not None:
                _look_back(comparing, missing, since=begin, until=late)
        found.findings += missing.findings()
    _tell(read, held_now, found, patience, whole=whole)


def _look_through(
    some: Iterable[Held], comparing: Comparing, missing: Notes, read: Read, since: datetime | None
) -> None:
    said: list[tuple[Said, bool]] = []
    for held in some:
        if since is not None and held.at < since:
            read.before += 1
            continue
        read.first_at = read.first_at or held.at
        try:
            said.append((Said.model_validate_json(held.body), held.subject.startswith(ENRICHED)))
        except ValidationError:
            read.illegible.add(str(held.sequence))
    read.announcements += len(said)
    kept = comparing.enrichments([one.article_id for one, enriched in said if enriched])
    states = comparing.states([one.input_id for one, _ in said])
    for one, enriched in said:
        if enriched and one.article_id not in kept:
            missing.miss(NOT_KEPT, one.article_id)
        elif enriched and kept[one.article_id] < one.enrichment:
            missing.miss(EARLIER, one.article_id)
        if states.get(one.input_id) not in ENDS[enriched]:
            missing.miss(NO_END, one.input_id)
    note(missing, said)


def note(seen: Notes, said: Iterable[tuple[Said, bool]]) -> None:
    """Note what was announced."""
    seen.note((f"{one.article_id}:{one.enrichment}" if enriched else one.input_id, 1) for one, enriched in said)


def begin_of(info: StreamInfo) -> datetime | None:
    """Since when all that was announced has to be in the stream; None where it has dropped its oldest, as it shall."""
    seconds = info.config.max_age or ARTICLES.max_age_seconds
    return None if info.state.first_seq > 1 else datetime.now(UTC) - timedelta(seconds=seconds) + DAY


def not_said(comparing: Comparing, seen: Notes, *, since: datetime, until: datetime) -> Iterator[tuple[bool, str]]:
    """What was kept in this time as announced and was not seen: articles, and inputs that are duplicates (False)."""
    for page in comparing.articles(since=since, until=until):
        for one in page:
            if seen.value(f"{one.article_id}:{one.enrichment}") is None:
                yield True, one.article_id
    for duplicates in comparing.duplicates(since=since, until=until):
        yield from ((False, input_id) for input_id in duplicates if seen.value(input_id) is None)


def _miss_before(info: StreamInfo, comparing: Comparing, missing: Notes, *, late: datetime) -> datetime | None:
    """Miss what was announced before the stream was laid; since when all must be in it, None where that is not known.

    Where something was, it was laid again, and clocks may differ about what was before.
    """
    if info.created is None or (kept_since := begin_of(info)) is None:
        return None
    laid_again = False
    for _, name in not_said(comparing, missing, since=kept_since, until=min(info.created, late)):
        laid_again = True
        missing.miss(GONE.format(f"{info.created:%Y-%m-%d %H:%M:%S}Z"), name)
    return max(kept_since, info.created + MARGIN if laid_again else info.created)


def _look_back(comparing: Comparing, missing: Notes, *, since: datetime, until: datetime) -> None:
    """Who was enriched after the oldest message came was announced after it too, and what comes later goes later."""
    for is_article, name in not_said(comparing, missing, since=since, until=until):
        missing.miss(NOT_ANNOUNCED if is_article else NOT_ANNOUNCED_AS_ONE, name)


def _tell(read: Read, held_now: int, found: Check, patience: Patience, *, whole: bool) -> None:
    back_to = f", back to {read.first_at:%Y-%m-%d %H:%M:%S}Z" if read.first_at else ""
    found.looked_at.append(
        f"ARTICLES: {read.announcements} of {held_now} announcements{back_to}: their articles, inputs and numbers, "
        "not what they say"
    )
    if read.before:
        found.looked_at.append(f"ARTICLES: {read.before} announcements are of before the store was begun anew")
    if read.illegible.number:
        found.unseen.append(
            f"{read.illegible.number} messages in ARTICLES that no store of ours has said: "
            f"number {read.illegible.told()}"
        )
    if not whole:
        found.unseen.append(f"the later announcements in ARTICLES: {patience.seconds:g} s were over (see --within)")
