"""From the message that asks for a URL to the errand that is kept."""

from contracts.outcomes import Unfit
from contracts.url_requested import UrlRequested
from services.fetch.arrival import minted_at
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.urls import MAX_CHARACTERS, parse
from services.fetch.errands.memory import Errand

MOST_AHEAD_SECONDS = 24 * 3600.0  # clocks differ
VERSION_AT, VERSION = 14, "7"


def errand_of(request: UrlRequested, now: float) -> Errand:
    """The errand; raises Unfit where the request's input can be none of its own.

    Whoever asks mints the id. It must be a UUIDv7: the time of receipt is read off it, after every crash the same.
    """
    input_id = request.input_id
    if "#" in input_id or input_id[VERSION_AT] != VERSION or minted_at(input_id) > now + MOST_AHEAD_SECONDS:
        raise Unfit(f"input_id {input_id}: mint a UUIDv7 for each URL (RFC 9562)")
    url = parse(request.url)
    return Errand(
        input_id=input_id,
        url=request.url[: MAX_CHARACTERS + 1],
        host="" if isinstance(url, Refused) else url.host,
        claims=request.claims,
        asked_at=now,
        due_at=now,
    )
