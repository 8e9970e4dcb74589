"""The ends of a delivery: said, recorded, tried again, held while something is away, or buried; each counted once."""

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Protocol

from nats.errors import Error as NatsError

from contracts.identity import input_id_of
from contracts.message import Message, Step
from contracts.outcomes import DeadReason, Outcome
from services.chassis import failures, faults
from services.chassis.delivery import Delivery
from services.chassis.graves import bury
from services.chassis.hear import EARS, Answer, Ear, Undecodable
from services.chassis.letters import Letter, seal
from services.chassis.logs import logger
from services.chassis.metrics import Measures
from services.chassis.outage import Outage
from services.chassis.publisher import Publisher, Refused
from services.chassis.starts import Starts
from services.chassis.unavailable import Unavailable
from services.chassis.waits import Trouble

REMEMBERED_FAILURES = 10_000  # of messages that will come again, or that another worker has ended meanwhile
LAST_WORDS_SECONDS = 1.0


class Subscriber(Protocol):
    """FastStream's subscriber, as far as we call it."""

    def process_message(self, msg: Any) -> Awaitable[Any]:
        """The handler's response to one raw message, or to a list of them."""


class Ends:
    """Brings deliveries to their ends. Publish first, acknowledge last: a crash between any two steps repeats them."""

    def __init__(
        self,
        publisher: Publisher,
        measures: Measures,
        starts: Starts,
        *,
        service: str,
        version: str,
        timeout_seconds: float,
    ) -> None:
        self._publisher, self._measures, self._starts = publisher, measures, starts
        self._service, self._version, self._timeout_seconds = service, version, timeout_seconds
        self._failures: OrderedDict[tuple[str, int, float], int] = OrderedDict()
        self._outage = Outage(measures)
        self._log = logger()

    def troubles(self) -> list[Trouble]:
        """What is away, and which streams take nothing."""
        return self._outage.troubles() + list(self._publisher.stalls.values())

    def failures_of(self, delivery: Delivery) -> int:
        """How often we have seen this message fail."""
        return self._failures.get(delivery.key, 0)

    async def stop(self) -> None:
        """Wait for nothing any more."""
        await self._outage.stop()

    async def reach(self, subscriber: Subscriber | None, deliveries: list[Delivery]) -> None:
        """Bring every delivery to its end; of what fails together, only the guilty counts."""
        if subscriber is None:  # said by a newer Wireroom: it waits here for ours to be upgraded
            for delivery in deliveries:
                await self._give_back(delivery, failures.BACKOFF_SECONDS[-1], "unknown_subject")
            return
        ear = EARS[subscriber]
        todo = [deliveries]
        excused = False
        while todo:
            group = todo.pop()
            try:
                await self._attempt(subscriber, ear, group)
            except Undecodable as error:
                for index, problem in error.problems.items():
                    await self._fail(ear, group[index], problem)
                todo += [left] if (left := [one for at, one in enumerate(group) if at not in error.problems]) else []
            except Exception as error:  # noqa: BLE001 - the one place where whatever a handler raises becomes a decision
                if isinstance(error, Unavailable) and ear.probe is not None and not excused:
                    # Where the probe says that all is well it may have recovered just now: one more try tells.
                    excused = not await self._outage.passed(error, ear.probe)
                    todo.append(group)
                elif len(group) > 1:
                    todo += [group[len(group) // 2 :], group[: len(group) // 2]]
                    excused = False  # each half is innocent until it has had its own second try
                else:
                    await self._fail(ear, group[0], error)
            else:
                excused = False
                self._outage.went_through()

    async def reach_alone(self, subscriber: Subscriber | None, delivery: Delivery) -> None:
        """As `reach`, for a message that may kill its worker: its start is on record until its handler is done."""
        if subscriber is None:  # no handler of ours will have it, so none can die of it
            await self.reach(None, [delivery])
            return
        before = await self._outage.retry(lambda: self._starts.begin(delivery))
        delivery.alone, delivery.lone_starts = True, before
        if before >= failures.MAX_LONE_STARTS and EARS[subscriber].bury:
            detail = f"{before} lone starts, and none came to an end"
            await self._bury(delivery, DeadReason.KILLS_ITS_WORKER, detail, before)
            await self._forget_start(delivery)
        else:
            await self.reach(subscriber, [delivery])

    async def _attempt(self, subscriber: Subscriber, ear: Ear, deliveries: list[Delivery]) -> None:
        at, begun = datetime.now(UTC), time.monotonic()
        answers = await self._answers(subscriber, ear, deliveries)
        faults.point("answered")
        seconds = time.monotonic() - begun
        self._measures.handler_seconds.observe(seconds)
        said = [
            tuple(self._signed(message, delivery, at, seconds) for message in _messages(answer))
            for delivery, answer in zip(deliveries, answers, strict=True)
        ]
        await self._say(deliveries, said)
        faults.point("said")
        if ear.said is not None:
            ear.said([message for messages in said for message in messages])
        for delivery, messages in zip(deliveries, said, strict=True):
            await self._acknowledge(delivery)
            self._count(delivery, messages[-1].ended() if messages else Outcome.RECORDED, seconds)
        faults.point("acknowledged")

    async def _answers(self, subscriber: Subscriber, ear: Ear, deliveries: list[Delivery]) -> Sequence[Answer]:
        raws = [delivery.message for delivery in deliveries]
        begun = time.monotonic()
        for delivery in deliveries:
            delivery.began = begun
        faults.point("heard", raws)
        try:
            async with asyncio.timeout(self._timeout_seconds):
                if ear.batch:
                    response = await subscriber.process_message(raws)
                    return response.body or [None] * len(raws)
                return [(await subscriber.process_message(raw)).body for raw in raws]
        finally:
            for delivery in deliveries:
                delivery.began = None  # what it waits for from here on is not its fault
                if delivery.alone:
                    await self._forget_start(delivery)

    async def _say(self, deliveries: list[Delivery], said: Sequence[tuple[Message, ...]]) -> None:
        letters: list[Letter] = [
            seal(message, service=self._service, way=delivery.way, traceparent=delivery.headers.get("traceparent"))
            for delivery, messages in zip(deliveries, said, strict=True)
            for message in messages
        ]
        if len(letters) == 1:
            await self._publisher.publish(letters[0])
        elif letters:
            await self._publisher.publish_all(letters)

    def _signed(self, message: Message, delivery: Delivery, at: datetime, seconds: float) -> Message:
        """The message with our step at the end of its way, unless the service wrote it itself."""
        outcome = message.ended()
        last = message.trail[-1] if message.trail else None
        if last is not None and (last.service, last.outcome) == (self._service, outcome):
            return message
        attempts = self.failures_of(delivery) + 1
        step = Step(
            service=self._service, version=self._version, at=at, seconds=seconds, attempts=attempts, outcome=outcome
        )
        return message.model_copy(update={"trail": (*message.trail, step)})

    async def _fail(self, ear: Ear, delivery: Delivery, error: Exception) -> None:
        self._failures[delivery.key] = count = self._failures.pop(delivery.key, 0) + 1
        if len(self._failures) > REMEMBERED_FAILURES:
            self._failures.popitem(last=False)
        verdict = failures.judge(error, count) if ear.bury else failures.Retry(failures.BACKOFF_SECONDS[-1], "error")
        if isinstance(verdict, failures.Bury):
            await self._bury(delivery, verdict.reason, f"{type(error).__name__}: {error}", verdict.attempts)
            return
        await self._give_back(delivery, verdict.delay_seconds, verdict.reason)
        self._log.warning(
            "failed",
            message_id=delivery.message_id,
            failures=count,
            again_in_seconds=verdict.delay_seconds,
            error=type(error).__name__,
            where=_where(error),
        )

    async def _give_back(self, delivery: Delivery, delay_seconds: float, reason: str) -> None:
        with suppress(NatsError):  # without a connection it comes back by itself after ack_wait
            await delivery.message.nak(delay=delay_seconds)
        delivery.ended = True
        self._measures.count(Outcome.FAILED, reason)

    async def _bury(self, delivery: Delivery, reason: DeadReason, detail: str, attempts: int) -> None:
        try:
            await bury(
                self._publisher, delivery, service=self._service, reason=reason, detail=detail, attempts=attempts
            )
        except Refused as error:  # the queue is the one place that has it
            await self._give_back(delivery, failures.BACKOFF_SECONDS[-1], "error")
            self._log.error("not_buried", message_id=delivery.message_id, reason=reason, error=str(error))
            return
        faults.point("buried")
        await self._acknowledge(delivery)
        self._failures.pop(delivery.key, None)
        self._outage.went_through()  # it may be the last that comes for long, and the next outage is another
        self._measures.bury(reason)
        self._log.error("buried", message_id=delivery.message_id, reason=reason, attempts=attempts)

    async def _acknowledge(self, delivery: Delivery) -> None:
        with suppress(NatsError):  # a lost acknowledgement is a redelivery, which says the same again
            await delivery.message.ack()
        delivery.ended = True

    async def _forget_start(self, delivery: Delivery) -> None:
        """Best effort, and also while we are being cancelled: a start too many buries only after five of them."""
        delivery.alone = False
        with suppress(Unavailable, TimeoutError):
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                await self._starts.end(delivery)

    def _count(self, delivery: Delivery, outcome: Outcome, seconds: float) -> None:
        if self._failures:
            self._failures.pop(delivery.key, None)
        self._measures.count(outcome)
        if (age := delivery.age_seconds()) is not None:
            self._measures.age_seconds.observe(age)
        self._log.info(
            "ended",
            outcome=outcome,
            input_id=input_id_of(delivery.message_id),
            message_id=delivery.message_id,
            seconds=round(seconds, 4),
        )


def _messages(answer: Answer) -> tuple[Message, ...]:
    if answer is None:
        return ()
    return (answer,) if isinstance(answer, Message) else answer


def _where(error: Exception) -> str:
    """File and line that raised: enough to look it up, and no value of the article."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
