"""The store held against all that lies outside of it: announcements, originals, memories, and files put away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from nats.errors import Error as NatsError

from services.chassis import beginnings
from services.chassis.unavailable import Unavailable
from services.cli.asked import Asked
from services.cli.checks import announcements, hearers, judged, laid, letters, originals, shelved, taken
from services.cli.checks.found import Check, Patience
from services.cli.checks.legible import passed_over
from services.cli.errors import Told
from services.cli.in_time import why
from services.cli.local import history
from services.store.comparing import Comparing
from services.store.reading import Reading

ALL = "what ARTICLES announced, what RAW and DEAD hold, what dedup and fetch remember, and the inbox's shelves"
SILENT = (Told, NatsError, OSError, TimeoutError, Unavailable)  # what comes of a server that does not answer


async def compare(asked: Asked, reading: Reading, found: Check, *, late: datetime, seconds: float) -> None:
    """Each comparison takes at most so many seconds; what is younger than `late` may be on its way."""
    begun, comparing = beginnings.of(asked.settings.home, "store"), reading.comparing
    anew = begun.begun_at if begun is not None and begun.anew else None
    first = (begun.begun_at if begun is not None else None) or comparing.first_received_at()
    try:
        async with history.opened(asked.server, asked.credentials) as streams:
            until = await _streams(asked, streams, comparing, found, since=anew, late=late, seconds=seconds)
    except SILENT as error:
        found.unseen.append(f"{ALL}: {why(error)}")
        return
    with _by_itself(found, "dedup's memory"):
        judged.compare(asked.settings, comparing, found, until=until, patience=Patience(seconds))
    with _by_itself(found, "fetch's memory"):
        taken.compare(asked, reading, found, late=late, until=until, patience=Patience(seconds))
    with _by_itself(found, "the inbox's shelves"):
        after, patience = asked.where.fetch_after, Patience(seconds)
        shelved.compare(asked.inbox, comparing, found, after=after, since=first, until=until, patience=patience)


async def _streams(
    asked: Asked,
    streams: history.Streams,
    comparing: Comparing,
    found: Check,
    *,
    since: datetime | None,
    late: datetime,
    seconds: float,
) -> datetime:
    """Hold what the server has; until when what the store does not know is a disagreement."""
    ack_wait_seconds = asked.where.ack_wait_seconds or asked.settings.ack_wait_seconds
    with _by_itself(found, "how the streams are laid"):
        await laid.compare(streams, laid.as_laid(asked.settings), found)
    with _by_itself(found, "how the services' consumers are laid"):
        await hearers.compare(streams, found, ack_wait_seconds=ack_wait_seconds)
    unheard = await history.oldest(streams, history.STORE)
    with _by_itself(found, "what ARTICLES announced"):
        await announcements.compare(streams, comparing, found, since=since, late=late, patience=Patience(seconds))
    with _by_itself(found, "what DEAD holds"):
        await letters.compare(streams, comparing, found, since=since, late=late, patience=Patience(seconds))
    with _by_itself(found, "what RAW holds"):
        fresh_seconds, patience = 2 * asked.settings.raw_fresh_seconds, Patience(seconds)
        await originals.compare(streams, comparing, found, fresh_seconds=fresh_seconds, patience=patience)
    return late if unheard is None else min(late, unheard - history.MARGIN)


@contextmanager
def _by_itself(found: Check, what: str) -> Iterator[None]:
    """What nobody answers, or nobody can read, ends this comparison alone."""
    try:
        with passed_over(found, what):
            yield
    except SILENT as error:
        found.unseen.append(f"{what}: {why(error)}")
