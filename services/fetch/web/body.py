"""Reading an answer's body as it comes, its coding undone, and never more of it than is wanted."""

from collections.abc import AsyncIterator

from contracts.outcomes import RejectReason
from services.fetch.core.web.answer import Refused
from services.fetch.core.web.headers import NO_CODING
from services.fetch.web.undoing import FAULTS, undoing

CODINGS = "gzip, deflate"  # what can be undone a piece at a time, to a limit
MAX_RATIO = 200  # of what comes out to what came in
MOST_CODINGS = 2  # one in another: who has more of them means no good
ALWAYS_BYTES = 1 << 20  # may come out of whatever came in


async def read_body(chunks: AsyncIterator[bytes], coding: str, *, max_bytes: int, cut: bool = False) -> bytes | Refused:
    """The body, or why it is not wanted; with `cut` its first `max_bytes`."""
    names = [name for each in coding.split(",") if (name := each.strip().lower()) not in NO_CODING]
    stages = [stage for name in reversed(names) if (stage := undoing(name)) is not None]
    if len(stages) < len(names) or len(stages) > MOST_CODINGS:
        return Refused(RejectReason.UNREADABLE, f"the page is coded as {coding[:40]}, which was not asked for")
    body, came, out = bytearray(), 0, [0] * len(stages)
    async for chunk in chunks:
        came += len(chunk)
        limit = min(max_bytes, max(ALWAYS_BYTES, MAX_RATIO * came)) if stages else max_bytes
        piece = chunk
        try:
            for at, stage in enumerate(stages):  # of what comes between them may be no more either
                piece = stage.feed(piece, limit + 1 - out[at])
                out[at] += len(piece)
        except FAULTS as error:
            return Refused(RejectReason.UNREADABLE, f"the page is no {coding[:40]}: {error}")
        body += piece
        if max(out, default=len(body)) > limit:
            return bytes(body[:max_bytes]) if cut else _too_much(limit, max_bytes, came)
    if not all(stage.is_done for stage in stages):
        return Refused(RejectReason.UNREADABLE, f"the page ends in the middle of its {coding[:40]}", passing=True)
    return bytes(body)


def _too_much(limit: int, max_bytes: int, came: int) -> Refused:
    if limit < max_bytes:
        return Refused(RejectReason.BOMB, f"{came} bytes unpack to more than {MAX_RATIO} times as many")
    return too_large(None, max_bytes)


def too_large(size: int | None, max_bytes: int) -> Refused:
    """The page has more bytes than it may; `size` if that is known."""
    told = f"the page has {size} bytes" if size is not None else "the page goes on"
    detail = f"{told}, more than the {max_bytes} of WIREROOM_FETCH_MAX_PAGE_BYTES"
    return Refused(RejectReason.TOO_LARGE, detail)
