"""Pieces in RAW that belong to no original: of a put that a crash cut off, or that its stream went under."""

from collections.abc import AsyncIterator
from datetime import datetime
from typing import Any, Protocol

from nats.aio.client import Client
from nats.aio.msg import Msg

from contracts.topology import RAW_BUCKET
from services.chassis import asking
from services.chassis.direct import Portion, sequence_of
from services.chassis.raw import STREAM, told
from services.chassis.unavailable import Unavailable

PIECES = f"$O.{RAW_BUCKET}.C."
METAS = f"$O.{RAW_BUCKET}.M.>"
ANSWER_SECONDS = 30.0  # of a busy server that goes through the subjects of 250,000 originals for it
MANY = Portion(8192, ANSWER_SECONDS)  # metas: 3 MB
FIRST = Portion(1, ANSWER_SECONDS)


class Reads(Protocol):
    """What reads and purges RAW by subject."""

    def messages(self, subject: str, *, after: int = 0, portion: Portion = MANY) -> AsyncIterator[Msg]:
        """Everything on the subjects behind this number, oldest first; raises Unavailable."""

    async def purge(self, what: dict[str, Any]) -> None:
        """Take out what the server's purge request says."""


async def remove_unnamed(client: Client, raw: Reads, *, stored_before: datetime) -> int:
    """Take out the pieces that no meta names and that were put before; of how many puts they were.

    First the pieces are listed and then the metas, so that what is put meanwhile is named; and nothing is taken out
    unless as many metas were read as the stream says that it holds. Who is still putting finds its pieces gone, and
    puts them all again. Raises Unavailable.
    """
    unnamed = {subject.removeprefix(PIECES) async for page in held(client, PIECES + ">") for subject in page}
    metas = sum([sum(page.values()) async for page in held(client, METAS)])
    read, last = await _take_named(raw, unnamed, after=0)
    if read < metas:  # a server that is behind told fewer, or some were removed meanwhile
        raise Unavailable("RAW", "not all of its metas could be read")
    removed = 0
    for nuid in sorted(unnamed):
        if await _is_older(raw, nuid, stored_before):
            _, last = await _take_named(raw, unnamed, after=last)  # it may have come to its end after all
            if nuid in unnamed:
                await raw.purge({"filter": PIECES + nuid})
                removed += 1
    return removed


async def _take_named(raw: Reads, unnamed: set[str], *, after: int) -> tuple[int, int]:
    """Take what metas name out of `unnamed`; how many were read behind this number, and the last one's."""
    read, last = 0, after
    async for meta in raw.messages(METAS, after=after, portion=MANY):
        unnamed.discard(str(told(meta.data).get("nuid")))
        read, last = read + 1, sequence_of(meta)
    return read, last


async def _is_older(raw: Reads, nuid: str, than: datetime) -> bool:
    async for piece in raw.messages(PIECES + nuid, portion=FIRST):
        return asking.moment((piece.headers or {})["Nats-Time-Stamp"]) < than
    return False  # gone already


async def held(client: Client, subjects: str) -> AsyncIterator[dict[str, int]]:
    """By the subjects how many messages each has, as the stream's leader tells them: 100,000 at a time.

    Raises Unavailable.
    """
    told_of = 0
    while True:
        asked = {"subjects_filter": subjects, "offset": told_of}
        subject = f"$JS.API.STREAM.INFO.{STREAM}"
        info = await asking.told(client, subject, asked, timeout_seconds=ANSWER_SECONDS)
        if "state" not in info:
            raise Unavailable("NATS", f"no word about {STREAM}")
        page = info["state"].get("subjects") or {}
        if not page:
            return
        yield page
        told_of += len(page)
        if told_of >= info.get("total", 0):
            return
