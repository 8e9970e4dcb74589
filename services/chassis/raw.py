"""The originals: an object store named by content, read without the right to create consumers.

An original may be removed while somebody is about to say that it is kept: so who finds one that is older than
`fresh_seconds` puts it again, and nobody removes one that is younger than twice that.
"""

import asyncio
import base64
import hashlib
import json
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError
from nats.errors import NoRespondersError
from nats.nuid import NUID

from contracts.topology import RAW_BUCKET
from services.chassis import asking, atomic, direct, faults
from services.chassis.direct import Portion, sequence_of
from services.chassis.letters import Letter
from services.chassis.publisher import NoPredecessor, Publisher
from services.chassis.unavailable import Unavailable

STREAM = f"OBJ_{RAW_BUCKET}"
CHUNK_BYTES = 128 * 1024  # nats-py's and the Go client's own
CHUNKS_A_REQUEST = 32
TIMEOUT_SECONDS = 5.0
CHUNKS = Portion(CHUNKS_A_REQUEST, TIMEOUT_SECONDS)
BEHIND_SECONDS = (0.1, 0.4, 1.0)
PAUSES_SECONDS = (0.0, 0.05, 0.2, 0.5, 1.0)  # before each try of a put, which fails where its stream goes


class Body(Protocol):
    """Bytes, or what gives them piece by piece: a large file is never held as a whole."""

    def __len__(self) -> int:
        """How many there are."""

    def __getitem__(self, part: slice, /) -> bytes:
        """Some of them."""


class Kept(Protocol):
    """What takes the bytes of an original, piece by piece."""

    def clear(self) -> None:
        """As if nothing had come: it comes again from the beginning."""

    def write(self, chunk: bytes) -> None:
        """The next of them."""


class NoSuchOriginal(LookupError):
    """RAW holds nothing under this name (any more)."""


class Raw:
    """Puts through the publisher, so that originals share its fsyncs and its patience; gets by direct get, as patient.

    Object layout: ADR-20, as every NATS client reads it.
    """

    def __init__(self, client: Client, publisher: Publisher, *, fresh_seconds: float) -> None:
        self._client, self._publisher = client, publisher
        self._fresh = timedelta(seconds=fresh_seconds)
        self._nuid = NUID()

    async def put(self, data: Body, sha256: str) -> None:
        """Keep `data` under its own hash; nothing is written where that was done a short while ago.

        A stream that is deleted and laid again meanwhile would be left with a part of it: so each piece, and the meta
        last, is taken only where the piece before it lies. Where it does not all of them are put again.
        """
        meta = await self._meta(sha256)
        if meta is not None and datetime.now(UTC) - _stored_at(meta) < self._fresh:
            return
        for pause in PAUSES_SECONDS:
            await asyncio.sleep(pause)
            with suppress(NoPredecessor):
                await self._put_all(data, sha256)
                return
        raise Unavailable("RAW", "pieces of an original go while the others are put")

    async def _put_all(self, data: Body, sha256: str) -> None:
        nuid = self._nuid.next().decode()
        pieces, last = f"$O.{RAW_BUCKET}.C.{nuid}", 0
        firsts = range(0, len(data), CHUNK_BYTES)
        for number, first in enumerate(firsts):  # in order, and the meta last: who sees it finds all of them
            piece = _letter(pieces, data[first : first + CHUNK_BYTES], f"{nuid}:{number}", behind=(pieces, last))
            last = await self._put_piece(piece, last)
            faults.point("chunk_kept")
        meta = json.dumps(_described(len(data), sha256, nuid, len(firsts))).encode()
        await self._publisher.publish(_letter(_meta_subject(sha256), meta, f"{nuid}:meta", behind=(pieces, last)))

    async def _put_piece(self, letter: Letter, last: int) -> int:
        """Its number; one whose acknowledgement was lost lies there, and the server looks at what is expected first."""
        try:
            return await self._publisher.publish(letter)
        except NoPredecessor:
            found = await self._last(letter.subject)
            if found is None or sequence_of(found) <= last:
                raise
            return sequence_of(found)

    async def get(self, sha256: str) -> bytes:
        """The original; raises as `get_into` does."""
        kept = _InMemory()
        await self.get_into(sha256, kept)
        return b"".join(kept.chunks)

    async def get_into(self, sha256: str, kept: Kept) -> None:
        """The original; raises NoSuchOriginal, Unavailable, or ValueError where the bytes are not what they were.

        Of a cluster's servers one answers that may be a moment behind: what is not there is asked for again.
        """
        for delay in BEHIND_SECONDS:
            with suppress(NoSuchOriginal):
                return await self._get(sha256, kept)
            await asyncio.sleep(delay)
        return await self._get(sha256, kept)

    async def _get(self, sha256: str, kept: Kept) -> None:
        meta = await self._meta(sha256)
        if meta is None:
            raise NoSuchOriginal(sha256)
        kept.clear()
        digest = hashlib.sha256()
        chunks, sequence = 0, 1
        while chunks < meta["chunks"]:
            wanted = min(meta["chunks"] - chunks, CHUNKS_A_REQUEST)
            got = await self._chunks(f"$O.{RAW_BUCKET}.C.{meta['nuid']}", sequence, wanted)
            if not got:
                raise NoSuchOriginal(sha256)
            for message in got:
                kept.write(message.data)
                digest.update(message.data)
            chunks, sequence = chunks + len(got), sequence_of(got[-1]) + 1
        if digest.hexdigest() != sha256:
            raise ValueError(f"RAW: the original {sha256} is damaged")

    async def remove(self, sha256: str, *, stored_before: datetime) -> int | None:
        """Make room of what was put under this name, again and again, and return its bytes: 0 where nothing is there.

        None, and it stays, where it was last put at `stored_before` or later. Raises Unavailable; done again after a
        crash it goes on. The chunks go first: a meta that is left without them is found and removed the next time.
        What is put anew meanwhile stays: its meta comes after the one we saw, and its chunks are those of that meta.
        """
        meta = await self._meta(sha256)
        if meta is None:
            return 0
        if _stored_at(meta) >= stored_before:
            return None
        found = [each async for each in self.messages(_meta_subject(sha256))]
        metas = [told(each.data) for each in found if sequence_of(each) <= meta["sequence"]]
        for each in metas:
            if "nuid" in each:
                await self.purge({"filter": f"$O.{RAW_BUCKET}.C.{each['nuid']}"})
                faults.point("chunks_removed")
        await self.purge({"filter": _meta_subject(sha256), "seq": meta["sequence"] + 1})
        return sum(int(each.get("size", 0)) for each in metas)

    async def messages(self, subject: str, *, after: int = 0, portion: Portion = CHUNKS) -> AsyncIterator[Msg]:
        """Everything on the subjects behind this number, oldest first; raises Unavailable."""
        while got := await direct.portion(self._client, STREAM, subject, after + 1, portion):
            for message in got:
                yield message
            after = sequence_of(got[-1])

    async def purge(self, what: dict[str, Any]) -> None:
        """Take out what the server's purge request says; raises Unavailable."""
        reply = await self._request(f"$JS.API.STREAM.PURGE.{STREAM}", json.dumps(what).encode())
        try:
            atomic.check(reply.data)
        except atomic.ApiError as error:
            raise Unavailable("RAW", str(error)) from error

    async def _meta(self, sha256: str) -> dict[str, Any] | None:
        found = await self._last(_meta_subject(sha256))
        if found is None or not (meta := told(found.data)) or meta.get("deleted"):
            return None
        return {**meta, "stored_at": (found.headers or {}).get("Nats-Time-Stamp", ""), "sequence": sequence_of(found)}

    async def _last(self, subject: str) -> Msg | None:
        reply = await self._request(f"$JS.API.DIRECT.GET.{STREAM}.{subject}")
        status = (reply.headers or {}).get("Status")
        if status == "404":
            return None
        if status:
            raise Unavailable("RAW", f"status {status}")
        return reply

    async def _chunks(self, subject: str, sequence: int, wanted: int) -> list[Msg]:
        return await direct.portion(self._client, STREAM, subject, sequence, Portion(wanted, TIMEOUT_SECONDS))

    async def _request(self, subject: str, body: bytes = b"") -> Msg:
        delay = 0.1
        while True:
            try:
                return await asking.ask(self._client, subject, body, timeout_seconds=TIMEOUT_SECONDS)
            except NoRespondersError as error:
                raise Unavailable("RAW", "the object store is not laid") from error
            except (NatsError, TimeoutError) as error:
                if delay > 1:
                    raise Unavailable("RAW", str(error)) from error
                await asyncio.sleep(delay)
                delay *= 2


class _InMemory:
    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def clear(self) -> None:
        self.chunks.clear()

    def write(self, chunk: bytes) -> None:
        self.chunks.append(chunk)


def _letter(subject: str, body: bytes, identifier: str, *, behind: tuple[str, int]) -> Letter:
    """A letter that is taken where the last of the subject `behind` has this number; 0: where it has none."""
    before, sequence = behind
    last = "Nats-Expected-Last-Subject-Sequence"
    ids = {"Nats-Expected-Stream": STREAM, "Nats-Msg-Id": identifier}
    return Letter(STREAM, subject, body, {**ids, last: str(sequence), f"{last}-Subject": before})


def _meta_subject(sha256: str) -> str:
    return f"$O.{RAW_BUCKET}.M." + base64.urlsafe_b64encode(sha256.encode()).decode()


def told(meta: bytes) -> dict[str, Any]:
    """What a meta tells; nothing where it is none, and then it is as if nothing had been put."""
    try:
        found = json.loads(meta)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _described(size: int, sha256: str, nuid: str, chunks: int) -> dict[str, Any]:
    digest = base64.urlsafe_b64encode(bytes.fromhex(sha256)).decode()
    return {
        "name": sha256,
        "bucket": RAW_BUCKET,
        "nuid": nuid,
        "size": size,
        "chunks": chunks,
        "digest": f"SHA-256={digest}",
        "mtime": datetime.now(UTC).isoformat(),
        "options": {"max_chunk_size": CHUNK_BYTES},
    }


def _stored_at(meta: dict[str, Any]) -> datetime:
    """When the server stored it; the beginning of time where nobody says."""
    stored = meta["stored_at"] or meta.get("mtime", "")
    try:
        return asking.moment(stored)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
