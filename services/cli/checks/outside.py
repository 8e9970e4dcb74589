"""The store held against all that lies outside of it: announcements, originals, memories, and files put away."""

from datetime import datetime

from nats.errors import Error as NatsError

from services.chassis import beginnings
from services.cli.asked import Asked
from services.cli.checks import announcements, hearers, judged, laid, letters, originals, shelved, taken
from services.cli.checks.found import Check, Patience
from services.cli.checks.legible import passed_over
from services.cli.errors import Told
from services.cli.in_time import why
from services.cli.local import history
from services.store.reading import Reading


async def compare(asked: Asked, reading: Reading, found: Check, *, late: datetime, seconds: float) -> None:
    """Each comparison takes at most so many seconds; what is younger than `late` may be on its way."""
    begun, comparing = beginnings.of(asked.settings.home, "store"), reading.comparing
    anew = begun.begun_at if begun is not None and begun.anew else None
    first = (begun.begun_at if begun is not None else None) or comparing.first_received_at()
    try:
        async with history.opened(asked.server, asked.credentials) as streams:
            ack_wait_seconds = asked.where.ack_wait_seconds or asked.settings.ack_wait_seconds
            await laid.compare(streams, laid.as_laid(asked.settings), found)
            await hearers.compare(streams, found, ack_wait_seconds=ack_wait_seconds)
            unheard = await history.oldest(streams, history.STORE)
            until = late if unheard is None else min(late, unheard - history.MARGIN)
            with passed_over(found, "what ARTICLES announced"):
                await announcements.compare(
                    streams, comparing, found, since=anew, late=late, patience=Patience(seconds)
                )
            with passed_over(found, "what DEAD holds"):
                await letters.compare(streams, comparing, found, since=anew, late=late, patience=Patience(seconds))
            fresh_seconds = 2 * asked.settings.raw_fresh_seconds
            with passed_over(found, "what RAW holds"):
                await originals.compare(
                    streams, comparing, found, fresh_seconds=fresh_seconds, patience=Patience(seconds)
                )
    except (Told, NatsError, OSError, TimeoutError) as error:
        found.unseen.append(f"what ARTICLES announced, what RAW and DEAD hold, and the inbox's shelves: {why(error)}")
        return
    with passed_over(found, "dedup's memory"):
        judged.compare(asked.settings, comparing, found, until=until, patience=Patience(seconds))
    with passed_over(found, "fetch's memory"):
        taken.compare(asked, reading, found, late=late, until=until, patience=Patience(seconds))
    with passed_over(found, "the inbox's shelves"):
        after, patience = asked.where.fetch_after, Patience(seconds)
        shelved.compare(asked.inbox, comparing, found, after=after, since=first, until=until, patience=patience)
