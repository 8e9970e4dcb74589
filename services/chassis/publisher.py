"""How things are said: acknowledged by their stream, under the same id on every try, many with one fsync."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from nats.aio.client import Client
from nats.errors import ConnectionClosedError, NoRespondersError, OutboundBufferLimitError
from nats.errors import Error as NatsError

from contracts.outcomes import DeadReason, Unfit
from contracts.topology import DEAD
from services.chassis import asking, atomic
from services.chassis.cancelling import end
from services.chassis.letters import Letter
from services.chassis.logs import logger
from services.chassis.waits import Trouble, Why

ACK_TIMEOUT_SECONDS = 5.0
GRACE_SECONDS = 2.0  # of a lane that is cancelled
LANES = 2  # a stream: one batch gathers while the other is being written
BATCH_MESSAGES = 256  # the server takes 1000 (error 10199)
LEAST_BATCH_MESSAGES = 8  # a batch of 4 costs the server twice as much as 4 singles; of 16, a little more than half
BATCH_BYTES = 4 << 20
SINGLES_AT_ONCE = 32
FIRST_DELAY_SECONDS = 0.05
LONGEST_DELAY_SECONDS = 2.0
# What a message stays under max_payload by, so that it fits with the facts about its death around it.
DEATH_MARGIN_BYTES = 64 << 10
TOO_LARGE_FOR_ANY = 10097  # stream: headers over 64 KB
TOO_LARGE_FOR_THIS = 10054  # which takes all of ours as it is laid


class Refused(Exception):
    """The stream will not take this message, and it is no outage."""


class NoPredecessor(Refused):
    """What the letter was to follow is not where it was: the stream was laid again, or it was removed."""


@dataclass(slots=True)
class _Posted:
    letter: Letter
    done: asyncio.Future[int]


class Publisher:
    """`publish` returns after the stream's acknowledgement, however long the stream is full or the server away.

    What waits while a batch is being written goes out as the next atomic batch (ADR-50): one fsync for all.
    A batch that fails for any reason is said again one by one; the ids make the repetition harmless. What its stream
    finds too large waits apart, and in no lane, for that may be for ever.
    Nothing is bounded here: callers wait for their acknowledgements, so they are the bound.
    """

    def __init__(self, client: Client, on_death: Callable[[BaseException], None] | None = None) -> None:
        self._client = client
        self._on_death = on_death
        self._queues: dict[str, asyncio.Queue[_Posted]] = {}
        self._lanes: list[asyncio.Task[None]] = []
        self._apart: dict[str, list[_Posted]] = {}  # by stream: what is too large for it
        self._trying: dict[str, asyncio.Task[None]] = {}
        self._closed = False
        self.stalls: dict[str, Trouble] = {}  # by stream: why it takes nothing

    async def publish(self, letter: Letter) -> int:
        """Wait until `letter` is acknowledged, and say under which number the stream has it.

        Raises Unfit (too_large) or Refused where it never will be.
        """
        return await self._post(letter)

    async def publish_all(self, letters: Iterable[Letter]) -> None:
        """Wait until all `letters` are acknowledged; raises the first refusal, after all were tried."""
        posted = [self._post(letter) for letter in letters]
        for result in await asyncio.gather(*posted, return_exceptions=True):
            if isinstance(result, BaseException):
                raise result

    async def close(self) -> None:
        """Stop; whoever still waits is cancelled."""
        self._closed = True
        await end([*self._lanes, *self._trying.values()], grace_seconds=GRACE_SECONDS)
        for queue in self._queues.values():
            while not queue.empty():
                queue.get_nowait().done.cancel()

    def _post(self, letter: Letter) -> asyncio.Future[int]:
        posted = _Posted(letter, asyncio.get_running_loop().create_future())
        if self._closed:
            posted.done.cancel()
        elif not self._refuse_too_large(posted):
            self._queue(letter.stream).put_nowait(posted)
        return posted.done

    def _refuse_too_large(self, posted: _Posted) -> bool:
        """Whether the server would not take it: it ends the connection of who sends more, headers and all.

        nats-py measures the body alone. The limit is the last server's; what waits may meet another's.
        """
        letter = posted.letter
        room = self._client.max_payload - (0 if letter.stream == DEAD.name else DEATH_MARGIN_BYTES)
        if letter.size() <= room:
            return False
        _refuse(posted, Unfit(f"{letter.size()} bytes are more than {room}", DeadReason.TOO_LARGE))
        return True

    def _queue(self, stream: str) -> asyncio.Queue[_Posted]:
        if stream not in self._queues:
            queue = self._queues[stream] = asyncio.Queue()
            for _ in range(LANES):
                lane = asyncio.create_task(self._run(stream, queue), name=f"say {stream}")
                lane.add_done_callback(self._mourn)
                self._lanes.append(lane)
        return self._queues[stream]

    async def _run(self, stream: str, queue: asyncio.Queue[_Posted]) -> None:
        while True:
            batch = [await queue.get()]
            size = batch[0].letter.size()
            while len(batch) < BATCH_MESSAGES and size < BATCH_BYTES and not queue.empty():
                batch.append(queue.get_nowait())
                size += batch[-1].letter.size()
            try:
                await self._deliver(stream, batch)
            except BaseException as error:  # the lane ends here: nobody may be left waiting for it
                _refuse_all(batch, error)
                raise

    def _mourn(self, lane: asyncio.Task[None]) -> None:
        if not lane.cancelled() and (error := lane.exception()) is not None and self._on_death is not None:
            self._on_death(error)

    async def _deliver(self, stream: str, batch: Sequence[_Posted]) -> None:
        """Try until every letter has its acknowledgement or its refusal, or its caller has given up."""
        delay = FIRST_DELAY_SECONDS
        left = self._still_waiting(batch)
        while left:
            if len(left) < LEAST_BATCH_MESSAGES or not await self._commit(left):
                left = await self._one_by_one(stream, left)
            if left:
                await asking.rest(self._client, delay)
                delay = min(LONGEST_DELAY_SECONDS, delay * 2)
                left = self._still_waiting(left)
        if not self._apart.get(stream):
            self.stalls.pop(stream, None)

    def _set_apart(self, stream: str, posted: _Posted) -> None:
        apart = self._apart.setdefault(stream, [])
        if posted not in apart:
            apart.append(posted)
        if stream not in self._trying:
            self._trying[stream] = asyncio.create_task(self._try_apart(stream), name=f"say apart {stream}")
            self._trying[stream].add_done_callback(self._mourn)

    async def _try_apart(self, stream: str) -> None:
        """Until nothing is too large for the stream any more: the smallest now and then, and others when it is not."""
        apart = self._apart[stream]
        try:
            while apart:
                await asking.rest(self._client, LONGEST_DELAY_SECONDS)
                for posted in sorted(self._still_waiting(apart), key=lambda posted: posted.letter.size()):
                    await self._single(stream, posted)
                    if not posted.done.done():
                        break
                apart[:] = self._still_waiting(apart)
        except BaseException as error:  # as in a lane: nobody may be left waiting
            _refuse_all(apart, error)
            raise
        del self._trying[stream]
        self.stalls.pop(stream, None)

    def _still_waiting(self, batch: Iterable[_Posted]) -> list[_Posted]:
        """The letters that somebody waits for and that the server of now would take."""
        return [posted for posted in batch if not posted.done.done() and not self._refuse_too_large(posted)]

    async def _commit(self, batch: Sequence[_Posted]) -> bool:
        if not self._client.is_connected:
            return False
        try:
            letters = [posted.letter for posted in batch]
            first = await atomic.publish(self._client, letters, timeout_seconds=ACK_TIMEOUT_SECONDS)
        except (atomic.ApiError, NatsError, TimeoutError):
            return False
        for sequence, posted in enumerate(batch, first):
            _acknowledge(posted, sequence)
        return True

    async def _one_by_one(self, stream: str, batch: Sequence[_Posted]) -> list[_Posted]:
        """The letters not taken this time: a few at once, and no more once one is turned away."""
        for first in range(0, len(batch), SINGLES_AT_ONCE):
            group = batch[first : first + SINGLES_AT_ONCE]
            taken = await asyncio.gather(*(self._single(stream, posted) for posted in group))
            if not all(taken):
                turned_away = [posted for posted, well in zip(group, taken, strict=True) if not well]
                return turned_away + list(batch[first + SINGLES_AT_ONCE :])
        return []

    async def _single(self, stream: str, posted: _Posted) -> bool:
        """Whether nothing is left to do with the letter here: acknowledged, refused for good, or set apart."""
        subject = posted.letter.subject
        if not self._client.is_connected:
            return self._stall(stream, Why.NOT_CONNECTED, "not connected to NATS")
        try:
            taken = await atomic.publish_one(self._client, posted.letter, timeout_seconds=ACK_TIMEOUT_SECONDS)
        except atomic.ApiError as error:
            return self._turned_away(stream, posted, error)
        except NoRespondersError:
            told = f"nothing listens on {subject}: the stream {stream} is missing or has no leader"
            return self._stall(stream, Why.NOT_LAID, told)
        except (ConnectionClosedError, OutboundBufferLimitError):
            return self._stall(stream, Why.NOT_CONNECTED, "not connected to NATS")
        except (TimeoutError, NatsError) as error:
            # A missing permission looks like this too: the server's word reaches only the error callback.
            told = f"no acknowledgement on {subject} ({type(error).__name__})"
            return self._stall(stream, Why.NO_ACKNOWLEDGEMENT, told)
        else:
            _acknowledge(posted, taken.sequence)
        return True

    def _turned_away(self, stream: str, posted: _Posted, error: atomic.ApiError) -> bool:
        """Whether that is for good, or for another time than that of its lane."""
        subject = posted.letter.subject
        if error.code == TOO_LARGE_FOR_THIS:
            remedy = f"`nats stream edit {stream} --max-msg-size=-1` as operator"
            self._set_apart(stream, posted)
            self._stall(stream, Why.REFUSED, f"{error}, for somebody has lowered its max_msg_size: {remedy}")
            return True
        if error.is_an_outage():
            return self._stall(stream, Why.FULL if error.is_full() else Why.REFUSED, str(error))
        if error.code == TOO_LARGE_FOR_ANY:
            _refuse(posted, Unfit(str(error), DeadReason.TOO_LARGE))
        elif error.is_about_what_went_before():
            _refuse(posted, NoPredecessor(f"{subject}: {error}"))
        else:
            logger().warning("refused", subject=subject, error=str(error))
            _refuse(posted, Refused(f"{subject}: {error}"))
        return True

    def _stall(self, stream: str, why: Why, told: str) -> bool:
        self.stalls[stream] = Trouble(stream, why, f"{stream}: {told}")
        return False


def _acknowledge(posted: _Posted, sequence: int) -> None:
    with suppress(asyncio.InvalidStateError):  # the caller was cancelled meanwhile
        posted.done.set_result(sequence)


def _refuse(posted: _Posted, error: BaseException) -> None:
    with suppress(asyncio.InvalidStateError):
        posted.done.set_exception(error)


def _refuse_all(batch: Iterable[_Posted], error: BaseException) -> None:
    for posted in batch:
        if isinstance(error, asyncio.CancelledError):
            posted.done.cancel()
        else:
            _refuse(posted, error)
