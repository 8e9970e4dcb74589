"""Every original that the ledger knows of is in RAW, with all its pieces."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from nats.aio.client import Client

from contracts.topology import RAW_BUCKET, RAW_MAX_AGE_SECONDS
from services.chassis import asking
from services.chassis.pieces import PIECES, held
from services.chassis.raw import CHUNK_BYTES, STREAM, told
from services.cli.checks.found import Check, Notes, Patience, notes
from services.cli.checks.sizes import last_sizes
from services.cli.local import history
from services.cli.local.history import Streams
from services.cli.whereabouts import ANSWER_SECONDS
from services.store.comparing import Comparing, KeptOriginal

METAS = f"$O.{RAW_BUCKET}.M."
LAST = " ends with"  # noted with the bytes of its last piece
HELPS = "given in again, as from .done, it is put again once WIREROOM_RAW_FRESH_SECONDS are over"
MISSING = f"inputs have no original in RAW, and the ledger does not say that it was removed ({HELPS})"
IN_PART = (
    "inputs have an original in RAW that lacks pieces, or of which nobody can read which they are, or that are of "
    f"another size than they are told to be ({HELPS})"
)
OF_ANOTHER = f"inputs have an original in RAW that claims the pieces of another ({HELPS})"
NOTHING = sha256(b"").hexdigest()
WHOLE, DAMAGED, FOREIGN = 1, 0, 2
LOOKED_AT_AGAIN = 200  # what came or went while we looked is few
DAY = timedelta(days=1)


async def compare(
    streams: Streams, comparing: Comparing, found: Check, *, fresh_seconds: float, patience: Patience
) -> None:
    """Hold the ledger against RAW, which keeps 90 days; what was found there may be older than its input."""
    since = datetime.now(UTC) - timedelta(seconds=RAW_MAX_AGE_SECONDS) + max(DAY, timedelta(seconds=fresh_seconds))
    inputs, looked_again = 0, 0
    with notes() as seen:
        names = await _note_all(streams, seen, patience)
        for page in comparing.originals(since=since):
            if patience.is_over():
                break
            inputs += len(page)
            missed = [one for one in page if seen.value(one.sha256) != WHOLE]
            for place, one in enumerate(missed):
                if seen.value(one.sha256) == FOREIGN:
                    seen.miss(OF_ANOTHER, f"{one.input_id} ({one.source_uri})")
                elif looked_again + place >= LOOKED_AT_AGAIN or await _is_missed(streams.services, comparing, one):
                    what = MISSING if seen.value(one.sha256) is None else IN_PART
                    seen.miss(what, f"{one.input_id} ({one.source_uri})")
            looked_again += len(missed)
        else:
            found.findings += seen.findings()
            found.looked_at.append(
                f"RAW: {names} originals, for {inputs} inputs since {since:%Y-%m-%d}: that they are there with all "
                "their pieces, not their bytes"
            )
            return
    found.unseen.append(f"the originals: {patience.seconds:g} s were over (see --within)")


async def _note_all(streams: Streams, seen: Notes, patience: Patience) -> int:
    """Note the names of all that lies in RAW, and how each is as it was put last; how many there are."""
    async for pieces in held(streams.services, f"{PIECES}>"):
        seen.note(pieces.items())
    async for subject, size in last_sizes(streams.services, f"{PIECES}>"):
        seen.note([(f"{subject}{LAST}", size)])
    async for some in history.held(streams, STREAM, 1, subject=f"{METAS}>"):
        for one in some:
            name = _name(one.subject)
            seen.note([(name, _state(name, told(one.body), seen))])
        if patience.is_over():
            break
    return seen.count(besides=PIECES)


async def _is_missed(client: Client, comparing: Comparing, one: KeptOriginal) -> bool:
    """Whether it is still so: it may have come or gone while we looked."""
    meta = await _meta(client, one.sha256)
    subject = f"{PIECES}{meta.get('nuid')}"
    last = [size async for _, size in last_sizes(client, subject)]
    is_whole = _is_whole(one.sha256, meta, await _pieces_of(client, subject), last[0] if last else None)
    return not is_whole and one.input_id in comparing.still_kept([one.input_id])


def _state(name: str, meta: dict[str, Any], seen: Notes) -> int:
    """How an original is by its meta; of two that name the same pieces the first is right."""
    pieces = f"{PIECES}{meta.get('nuid')}"
    if not _is_whole(name, meta, seen.value(pieces), seen.value(f"{pieces}{LAST}")):
        return DAMAGED
    owner, known = int.from_bytes(sha256(name.encode()).digest()[:6]), seen.value(f"{pieces} are of")
    if known is None:
        seen.note([(f"{pieces} are of", owner)])
    return WHOLE if known in {None, owner} else FOREIGN


def _name(subject: str) -> str:
    """What is named by the subject of a meta; itself where it is none of ours."""
    try:
        return urlsafe_b64decode(subject.removeprefix(METAS)).decode()
    except ValueError:
        return subject


def _is_whole(name: str, meta: dict[str, Any], pieces: int | None, last: int | None) -> bool:
    """Whether it says of `name` what is said when it is put, and has as many pieces as it says, and bytes.

    All pieces but the last are of one size; where nobody knows how large that is, it is believed.
    """
    chunks, size = meta.get("chunks"), meta.get("size")
    if type(chunks) is not int or type(size) is not int or meta.get("deleted") or meta.get("name") != name:
        return False
    if not (chunks == -(-size // CHUNK_BYTES) <= (pieces or 0) and (size > 0 or name == NOTHING)):
        return False
    return last is None or chunks != pieces or size == (chunks - 1) * CHUNK_BYTES + last


async def _meta(client: Client, sha256: str) -> dict[str, Any]:
    name = urlsafe_b64encode(sha256.encode()).decode()
    return await asking.told(client, f"$JS.API.DIRECT.GET.{STREAM}.{METAS}{name}", timeout_seconds=ANSWER_SECONDS)


async def _pieces_of(client: Client, subject: str) -> int | None:
    async for pieces in held(client, subject):
        return pieces.get(subject)
    return None
