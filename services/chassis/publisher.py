"""How things are said: acknowledged by their stream, under the same id on every try, many with one fsync."""

import asyncio
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from nats.aio.client import Client
from nats.errors import ConnectionClosedError, MaxPayloadError, NoRespondersError, OutboundBufferLimitError
from nats.errors import Error as NatsError

from contracts.outcomes import DeadReason, Unfit
from services.chassis import atomic
from services.chassis.letters import Letter

ACK_TIMEOUT_SECONDS = 5.0
LANES = 2  # a stream: one batch gathers while the other is being written
BATCH_MESSAGES = 256  # the server takes 1000 (error 10199)
LEAST_BATCH_MESSAGES = 8  # a batch of 4 costs the server twice as much as 4 singles; of 16, a little more than half
BATCH_BYTES = 4 << 20
SINGLES_AT_ONCE = 32
FIRST_DELAY_SECONDS = 0.05
LONGEST_DELAY_SECONDS = 2.0

# Error codes of the server (bus.md of the design; ADR-50): whose fault is it?
STREAM_TOO_SMALL_FOR_IT = 10054


class Refused(Exception):
    """The stream will not take this message, and it is no outage."""


@dataclass
class Stall:
    """Since when a stream takes nothing, and what it said."""

    reason: str
    since: float = field(default_factory=time.monotonic)


@dataclass(slots=True)
class _Posted:
    letter: Letter
    done: asyncio.Future[None]


class Publisher:
    """`publish` returns after the stream's acknowledgement, however long the stream is full or the server away.

    What waits while a batch is being written goes out as the next atomic batch (ADR-50): one fsync for all.
    A batch that fails for any reason is said again one by one; the ids make the repetition harmless.
    Nothing is bounded here: callers wait for their acknowledgements, so they are the bound.
    """

    def __init__(self, client: Client) -> None:
        self._client = client
        self._queues: dict[str, asyncio.Queue[_Posted]] = {}
        self._lanes: list[asyncio.Task[None]] = []
        self.stalls: dict[str, Stall] = {}

    async def publish(self, letter: Letter) -> None:
        """Wait until `letter` is acknowledged; raises Unfit (too_large) or Refused where it never will be."""
        posted = _Posted(letter, asyncio.get_running_loop().create_future())
        self._queue(letter.stream).put_nowait(posted)
        await posted.done

    async def publish_all(self, letters: Iterable[Letter]) -> None:
        """Wait until all `letters` are acknowledged; raises the first refusal, after all were tried."""
        futures = []
        for letter in letters:
            posted = _Posted(letter, asyncio.get_running_loop().create_future())
            self._queue(letter.stream).put_nowait(posted)
            futures.append(posted.done)
        for result in await asyncio.gather(*futures, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def close(self) -> None:
        """Stop; whoever still waits is cancelled."""
        for lane in self._lanes:
            lane.cancel()
        await asyncio.gather(*self._lanes, return_exceptions=True)

    def _queue(self, stream: str) -> asyncio.Queue[_Posted]:
        if stream not in self._queues:
            queue = self._queues[stream] = asyncio.Queue()
            self._lanes += [asyncio.create_task(self._run(stream, queue), name=f"say {stream}") for _ in range(LANES)]
        return self._queues[stream]

    async def _run(self, stream: str, queue: asyncio.Queue[_Posted]) -> None:
        while True:
            batch = [await queue.get()]
            size = batch[0].letter.size()
            while len(batch) < BATCH_MESSAGES and size < BATCH_BYTES and not queue.empty():
                batch.append(queue.get_nowait())
                size += batch[-1].letter.size()
            try:
                await self._deliver(stream, [posted for posted in batch if not posted.done.done()])
            finally:
                for posted in batch:
                    posted.done.cancel()

    async def _deliver(self, stream: str, batch: list[_Posted]) -> None:
        """Try until every letter has its acknowledgement or its refusal."""
        delay = FIRST_DELAY_SECONDS
        while batch:
            if len(batch) >= LEAST_BATCH_MESSAGES and await self._commit(batch):
                batch = []
            else:
                batch = await self._one_by_one(stream, batch)
            if not batch:
                self.stalls.pop(stream, None)
                return
            await asyncio.sleep(delay)
            delay = min(LONGEST_DELAY_SECONDS, delay * 2)
            batch = [posted for posted in batch if not posted.done.done()]  # the caller may have given up

    async def _commit(self, batch: Sequence[_Posted]) -> bool:
        if not self._client.is_connected:
            return False
        try:
            await atomic.publish(self._client, [posted.letter for posted in batch], timeout_seconds=ACK_TIMEOUT_SECONDS)
        except (atomic.ApiError, NatsError, TimeoutError):
            return False
        _acknowledge(batch)
        return True

    async def _one_by_one(self, stream: str, batch: Sequence[_Posted]) -> list[_Posted]:
        """The letters that their stream did not take this time: a few at once, and no more once one is turned away."""
        for first in range(0, len(batch), SINGLES_AT_ONCE):
            group = batch[first : first + SINGLES_AT_ONCE]
            taken = await asyncio.gather(*(self._single(stream, posted) for posted in group))
            if not all(taken):
                return [posted for posted, well in zip(group, taken, strict=True) if not well] + list(
                    batch[first + SINGLES_AT_ONCE :]
                )
        return []

    async def _single(self, stream: str, posted: _Posted) -> bool:
        """Whether the letter found its end: acknowledged, or refused for good."""
        if not self._client.is_connected:
            return self._stall(stream, "not connected to NATS")
        try:
            await atomic.publish_one(self._client, posted.letter, timeout_seconds=ACK_TIMEOUT_SECONDS)
        except MaxPayloadError:
            _refuse(posted, Unfit(f"{posted.letter.size()} bytes are more than the server takes", DeadReason.TOO_LARGE))
        except atomic.ApiError as error:
            if error.code == STREAM_TOO_SMALL_FOR_IT:
                _refuse(posted, Unfit(str(error), DeadReason.TOO_LARGE))
            elif error.is_an_outage():
                return self._stall(stream, str(error))
            else:
                _refuse(posted, Refused(f"{posted.letter.subject}: {error}"))
        except NoRespondersError:
            return self._stall(stream, f"nothing listens on {posted.letter.subject}: is the stream {stream} laid?")
        except (ConnectionClosedError, OutboundBufferLimitError):
            return self._stall(stream, "not connected to NATS")
        except (TimeoutError, NatsError) as error:
            # A missing permission looks like this too: the server's word reaches only the error callback.
            return self._stall(stream, f"no acknowledgement on {posted.letter.subject} ({type(error).__name__})")
        else:
            _acknowledge([posted])
        return True

    def _stall(self, stream: str, reason: str) -> bool:
        stall = self.stalls.setdefault(stream, Stall(reason))
        stall.reason = reason
        return False


def _acknowledge(batch: Iterable[_Posted]) -> None:
    for posted in batch:
        with suppress(asyncio.InvalidStateError):  # the caller was cancelled meanwhile
            posted.done.set_result(None)


def _refuse(posted: _Posted, error: Exception) -> None:
    with suppress(asyncio.InvalidStateError):
        posted.done.set_exception(error)
