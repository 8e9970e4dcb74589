"""The ear of a service: holds what was pulled, hands it to the handlers, and gives back on stop what was not begun."""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from contextlib import suppress
from typing import Any

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.errors import Error as NatsError

from contracts.outcomes import Outcome
from services.chassis.alone import Alone
from services.chassis.cancelling import GRACE_SECONDS, end
from services.chassis.delivery import Delivery
from services.chassis.ends import Ends, Subscriber
from services.chassis.failures import LONE_FROM_DELIVERY
from services.chassis.metrics import Measures
from services.chassis.pull import HEARTBEAT_SECONDS, Pull
from services.chassis.pulse import answers
from services.chassis.settings import ServiceSettings
from services.chassis.waits import NOT_CONNECTED, Trouble, Why, now

ALONE_SECONDS = 10.0  # what kills its worker has mostly done so by then
SURELY_ALONE = 2  # lone starts without an end
TURN = 8  # suspects run one after the other before the others may begin, and of the others before the next suspects
BATCHES_AT_ONCE = 2  # one is in the database while the other is being published
READY_SILENCE_SECONDS = 3 * HEARTBEAT_SECONDS
LAST_WORDS_SECONDS = 1.0
LOOK_SECONDS = 0.1  # whether what still runs has had its time
FINISHING = 0.75  # of the grace; the rest is for giving back what is not finished, and for closing what is open


class Worker:
    """One durable consumer's messages, from the pull to their ends; to FastStream, its subscribers' subscription."""

    def __init__(
        self,
        client: Client,
        measures: Measures,
        ends: Ends,
        *,
        stream: str,
        durable: str,
        subscribers: Mapping[str, Subscriber],
        batch: bool,
        settings: ServiceSettings,
        on_death: Callable[[BaseException], None],
    ) -> None:
        self.stream, self.durable = stream, durable
        self.paused: str | None = None  # in words, where an operator has done that
        self.alone: Alone | None = None  # what has run by itself for long
        self._client, self._measures, self._ends = client, measures, ends
        self._subscribers, self._batch, self._settings, self._on_death = subscribers, batch, settings, on_death
        self._held: dict[tuple[str, int, float], Delivery] = {}
        self._held_bytes = 0
        self._waiting: asyncio.Queue[Delivery] = asyncio.Queue()
        self._suspects: asyncio.Queue[Delivery] = asyncio.Queue()
        self._running: dict[object, float] = {}  # since when
        self._turn = 0  # how many have begun since the last suspects
        self._go = asyncio.Event()
        self._go.set()
        self._still = asyncio.Event()  # nothing runs
        self._still.set()
        self._stopping = False
        self._tasks: list[asyncio.Task[None]] = []
        self._pull = Pull(client, stream, durable, room=self._room, take=self._take)

    async def start(self) -> None:
        """Begin to pull and to work."""
        tasks = BATCHES_AT_ONCE if self._batch else self._settings.concurrency
        self._tasks = [self._task(self._serve()) for _ in range(tasks)]
        self._tasks += [self._task(self._serve_alone()), self._task(self._give_signs())]
        (await self._pull.open()).add_done_callback(self._mourn)

    def troubles(self) -> list[Trouble]:
        """Why this worker is not ready; empty where it is."""
        if not self._client.is_connected:
            return [NOT_CONNECTED]
        found = [Trouble(self.stream, self._pull.why, f"{self.stream}: {self._pull.error}")] if self._pull.error else []
        if self._pull.silent_seconds() > READY_SILENCE_SECONDS and self._room()[0] > 0:
            told = f"{self.stream}: no word from the consumer for {self._pull.silent_seconds():.0f} s"
            found.append(Trouble(self.stream, Why.NO_WORD, told))
        if self.paused is not None:
            found.append(Trouble(self.stream, Why.PAUSED, self.paused))
        return found + self._ends.troubles()

    async def unsubscribe(self) -> None:
        """Stop: give back what was not begun, finish what was within the grace, give back the rest."""
        if self._stopping:
            return
        self._stopping = True
        with suppress(NatsError):
            await self._pull.close()
        for queue in (self._waiting, self._suspects):
            while not queue.empty():
                await self._release(queue.get_nowait())
        if self._client.is_connected and not self._ends.troubles():  # what waits for somebody would not be finished
            await self._finish(FINISHING * self._settings.house.stop_seconds)
        ended = end(self._tasks, grace_seconds=min(self._settings.house.stop_seconds, GRACE_SECONDS))
        await asyncio.gather(ended, self._ends.stop(), return_exceptions=True)
        for delivery in list(self._held.values()):
            await self._release(delivery)
        await answers(self._client, LAST_WORDS_SECONDS)  # so that what was given back is there

    async def _finish(self, seconds: float) -> None:
        """Wait for what was begun, so long from the beginning of each: what has had that long ends hardly just now."""
        asked = time.monotonic()
        while self._running:
            left = min(asked, max(self._running.values())) + seconds - time.monotonic()
            if left <= 0:
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(min(left, LOOK_SECONDS)):
                    await self._still.wait()

    def _room(self) -> tuple[int, int]:
        if self._stopping or self._ends.troubles():
            return 0, 0
        return self._settings.hold_messages - len(self._held), self._settings.hold_bytes - self._held_bytes

    def _take(self, message: Msg) -> None:
        delivery = Delivery.of(message)
        if delivery.number > 1:
            self._measures.redelivered.inc()
        if (held := self._held.get(delivery.key)) is not None and not held.ended:
            held.message, held.signed = message, time.monotonic()  # we were silent too long; the work goes on
            return
        self._held[delivery.key] = delivery
        self._held_bytes += delivery.size
        self._measures.in_flight.inc()
        # Deliveries that ended in a failure which we lived to see are no sign that this one kills.
        unexplained = delivery.number - self._ends.failures_of(delivery)
        (self._suspects if unexplained >= LONE_FROM_DELIVERY else self._waiting).put_nowait(delivery)

    def _let_go(self, delivery: Delivery) -> None:
        if self._held.get(delivery.key) is delivery:  # else it ended, and was delivered again meanwhile
            del self._held[delivery.key]
        self._held_bytes -= delivery.size
        self._measures.in_flight.dec()

    async def _serve(self) -> None:
        while True:
            deliveries = [await self._waiting.get()]
            while self._batch and len(deliveries) < self._settings.hold_messages and not self._waiting.empty():
                deliveries.append(self._waiting.get_nowait())
            while not self._go.is_set():
                await self._go.wait()
            self._turn += 1
            if self._turn >= TURN and not self._suspects.empty():
                self._go.clear()  # as many have begun as were let before us; now the suspects
            await self._run(deliveries, self._ends.reach)

    async def _serve_alone(self) -> None:
        """From their third delivery on messages run by themselves: one of them may be killing us.

        Whoever was held when we died is a suspect, hundreds perhaps: some at a time, and the others some at a time.
        """
        while True:
            suspects = deque([await self._suspects.get()])
            self._go.clear()
            await self._still.wait()
            while len(suspects) < TURN and not self._suspects.empty():
                suspects.append(self._suspects.get_nowait())
            while suspects and not self._stopping:  # else what is not begun is given back
                await self._run_alone(suspects.popleft(), suspects)
            self._turn = 0
            self._go.set()
            await asyncio.sleep(0)

    async def _run_alone(self, delivery: Delivery, suspects: deque[Delivery]) -> None:
        """Run one by itself; where it lives on and on, the others, suspects too, go on beside it.

        Whoever was given back at two stops is a suspect, and kills nobody: a long article would hold up all that was
        waiting then. With two lone starts that had no end it has all to itself until it has one: else it could be
        buried for what others do beside it.
        """
        since = now()
        alone = asyncio.create_task(self._run([delivery], self._reach_alone))
        try:
            await asyncio.wait({alone}, timeout=ALONE_SECONDS)
            while not alone.done() and delivery.lone_starts is None:  # it has not begun: STARTS does not answer
                await asyncio.wait({alone}, timeout=ALONE_SECONDS)
            if not alone.done():
                self.alone = Alone.of(delivery, since, holds_up=(delivery.lone_starts or 0) >= SURELY_ALONE)
                if not self.alone.holds_up:
                    await self._go_on_beside(alone, suspects)
            await alone
        finally:
            self.alone = None
            alone.cancel()
            await asyncio.wait({alone})

    async def _go_on_beside(self, long: asyncio.Task[None], suspects: deque[Delivery]) -> None:
        while not long.done():
            while suspects:
                self._waiting.put_nowait(suspects.popleft())
            self._turn = 0
            self._go.set()
            coming = asyncio.ensure_future(self._suspects.get())
            try:
                await asyncio.wait({long, coming}, return_when=asyncio.FIRST_COMPLETED)
            finally:
                if coming.done():
                    suspects.append(coming.result())
                coming.cancel()
        self._go.clear()
        await self._still.wait()

    async def _reach_alone(self, subscriber: Subscriber | None, deliveries: list[Delivery]) -> None:
        for delivery in deliveries:
            await self._ends.reach_alone(subscriber, delivery)

    async def _run(
        self,
        deliveries: list[Delivery],
        reach: Callable[[Subscriber | None, list[Delivery]], Coroutine[Any, Any, None]],
    ) -> None:
        run = object()
        self._running[run] = time.monotonic()
        self._still.clear()
        try:
            for subscriber, group in self._by_subscriber(deliveries):
                await reach(subscriber, group)
                for delivery in group:
                    self._let_go(delivery)
        finally:
            del self._running[run]
            if not self._running:
                self._still.set()
        if not self._stopping:
            with suppress(NatsError):  # no room for it while there is no connection: the next one is asked anew
                await self._pull.ask()

    def _by_subscriber(self, deliveries: list[Delivery]) -> list[tuple[Subscriber | None, list[Delivery]]]:
        if len(deliveries) == 1:
            return [(self._subscriber(deliveries[0]), deliveries)]
        groups: dict[int, tuple[Subscriber | None, list[Delivery]]] = {}
        for delivery in deliveries:
            subscriber = self._subscriber(delivery)
            groups.setdefault(id(subscriber), (subscriber, []))[1].append(delivery)
        return list(groups.values())

    def _subscriber(self, delivery: Delivery) -> Subscriber | None:
        subject = delivery.message.subject
        return self._subscribers.get(subject) or self._subscribers.get(subject.partition(".")[0] + ".>")

    async def _release(self, delivery: Delivery) -> None:
        if not delivery.ended:
            with suppress(NatsError):
                await delivery.message.nak()
            self._measures.count(Outcome.RELEASED)
        self._let_go(delivery)

    async def _give_signs(self) -> None:
        """One timer for all that we hold, so that the server gives it to nobody else meanwhile."""
        ack_wait = self._settings.house.ack_wait_seconds
        while True:
            await asyncio.sleep(ack_wait / 4)
            now = time.monotonic()
            for delivery in list(self._held.values()):
                late = delivery.began is not None and now - delivery.began > self._settings.delivery_seconds()
                if now - delivery.signed > ack_wait / 3 and not late and not delivery.ended:
                    with suppress(NatsError):
                        await delivery.message.in_progress()
                        delivery.signed = now

    def _task(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        task.add_done_callback(self._mourn)
        return task

    def _mourn(self, task: asyncio.Task[None]) -> None:
        """Our tasks end only by being cancelled: else it is a defect, and a restart is better than a deaf service."""
        if task.cancelled():
            if not self._stopping:
                self._on_death(asyncio.CancelledError(f"{self.stream}: a worker's task was cancelled"))
        elif (error := task.exception()) is not None:
            self._on_death(error)
