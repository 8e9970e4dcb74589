"""Every dead letter that the store keeps lies in DEAD, and the other way round."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from nats.aio.client import Client
from nats.js.errors import NotFoundError

from contracts.topology import DEAD
from services.chassis.buried import facts_of
from services.cli.checks.found import Check, Notes, Patience, Some, notes
from services.cli.local import history
from services.cli.local.history import MARGIN, Held, Streams
from services.store import core
from services.store.comparing import Comparing

NOT_KEPT = "dead letters lie in DEAD, and the store does not have them"
NOT_THERE = (
    "dead letters are kept, and do not lie in DEAD (the store has all of them: `wireroom deadletters requeue` and "
    "`purge` go by that)"
)
DAY = timedelta(days=1)
LOOKED_AT_AGAIN = 200  # what came or went while we looked is few


@dataclass
class Read:
    """How far the stream was read."""

    letters: int = 0
    unheard: Some = field(default_factory=Some)
    before: int = 0  # the store was begun anew
    looked_again: int = 0


async def compare(
    streams: Streams, comparing: Comparing, found: Check, *, since: datetime | None, late: datetime, patience: Patience
) -> None:
    """Hold the dead letters against DEAD; what is older than `since` is of a store that is gone on purpose."""
    js = streams.services.jetstream(timeout=history.ANSWER_SECONDS)
    created, floor = (await js.stream_info(DEAD.name)).created, await _heard(streams.services)
    held_since = datetime.now(UTC) - timedelta(seconds=DEAD.max_age_seconds) + DAY
    read, rows, before = Read(), 0, 0
    if created is not None and held_since < created:
        before = sum(len(page) for page in comparing.letters(since=max(held_since, since or held_since), until=created))
        _tell_before(before, created, found)
    # Where some are of before it was laid, it was laid again, and clocks may differ about what was before.
    laid = created and (created + MARGIN if before else created)
    first = max(at for at in (held_since, laid, since) if at is not None)
    with notes() as seen:
        async for some in history.held(streams, DEAD.name, 1):
            heard = [one for one in some if since is None or one.at >= since]
            read.before += len(some) - len(heard)
            settled = [one for one in heard if one.sequence <= floor or one.at < late]
            await _look_through(streams.services, settled, comparing, seen, read, floor=floor)
            if patience.is_over():
                found.unseen.append(f"the later dead letters in DEAD: {patience.seconds:g} s were over (see --within)")
                break
        else:
            for page in comparing.letters(since=first, until=late):
                rows += len(page)
                for gone in comparing.buried([one for one in page if seen.value(one) is None]):  # it may be purged
                    seen.miss(NOT_THERE, gone)
        found.findings += seen.findings()
    _tell(read, rows, first, late, found)


async def _look_through(
    client: Client, some: Sequence[Held], comparing: Comparing, seen: Notes, read: Read, *, floor: int
) -> None:
    ids = {one.sequence: _id_of(one) for one in some}
    seen.note((name, sequence) for sequence, name in ids.items())
    read.letters += len(ids)
    kept = comparing.buried(list(ids.values()))
    for sequence, name in ids.items():
        if name in kept:
            continue
        if sequence > floor:
            read.unheard.add(name)
        elif read.looked_again >= LOOKED_AT_AGAIN or await _lies_there(client, sequence):
            seen.miss(NOT_KEPT, name)
        read.looked_again += 1


def _id_of(held: Held) -> str:
    """The id that store has given it: also what a stranger wrote into DEAD has one."""
    facts = facts_of(held.headers, subject=held.subject, sequence=held.sequence, at=held.at)
    return core.storable(facts.message_id()) or ""


async def _heard(client: Client) -> int:
    """The sequence up to which the store has heard all of it."""
    try:
        info = await client.jetstream(timeout=history.ANSWER_SECONDS).consumer_info(DEAD.name, history.STORE.lower())
    except NotFoundError:
        return 0
    return info.ack_floor.stream_seq if info.ack_floor is not None else 0


async def _lies_there(client: Client, sequence: int) -> bool:
    """Whether it is still so: what is thrown away goes from DEAD first."""
    try:
        await client.jetstream(timeout=history.ANSWER_SECONDS).get_msg(DEAD.name, sequence)
    except NotFoundError:
        return False
    return True


def _tell_before(letters: int, created: datetime, found: Check) -> None:
    """Whatever became of the stream that they came from: the store has facts and bodies."""
    if letters:
        found.looked_at.append(
            f"DEAD: {letters} letters are kept of before it was laid at {created:%Y-%m-%d %H:%M:%S}Z: nothing is lost "
            "with it, they are shown and requeued as the others are"
        )


def _tell(read: Read, rows: int, first: datetime, late: datetime, found: Check) -> None:
    times = (
        f", buried {first:%Y-%m-%d %H:%M:%S}Z to {late:%Y-%m-%d %H:%M:%S}Z" if first < late else " (all are too new)"
    )
    found.looked_at.append(
        f"DEAD: {read.letters} letters there, and {rows} in the store{times}: that each has its other, not what they "
        "say"
    )
    if read.before:
        found.looked_at.append(f"DEAD: {read.before} letters are of before the store was begun anew")
    if read.unheard.number:
        found.unseen.append(
            f"{read.unheard.number} letters in DEAD that store has not taken in yet: {read.unheard.told()}"
        )
